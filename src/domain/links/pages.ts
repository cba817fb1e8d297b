import { proposalUrl } from '../proposals/governance.ts';
import { httpsAddress } from '../base/httpsAddress.ts';
import { isCommit } from '../base/ids.ts';
import type { Subject } from './mention.ts';
import { hostBatchName } from '../releases/hostBatch.ts';
import type { Batch, Rollout } from '../releases/rollout.ts';
import { isCheckedPrincipal } from '../base/principal.ts';

/** The public dashboard of the network (dre.md 8.5). */
export const dashboard = 'https://dashboard.internetcomputer.org';

/** The public page of what a text names, https only; undefined where there is none or the id is not whole. */
export function subjectPage({ kind, id }: Subject): string | undefined {
  switch (kind) {
    case 'subnet':
    case 'node':
      return isCheckedPrincipal(id) ? `${dashboard}/${kind}/${id}` : undefined;
    case 'nodeProvider':
      return isCheckedPrincipal(id) ? `${dashboard}/provider/${id}` : undefined;
    case 'dataCenter':
      return `${dashboard}/center/${encodeURIComponent(id)}`;
    case 'version':
      return isCommit(id) ? `${dashboard}/release/${id}` : undefined;
    case 'proposal':
      return proposalUrl(BigInt(id));
    case 'pullRequest': {
      const [repository = '', number = ''] = id.split('#');
      return `https://github.com/${repository.split('/').map(encodeURIComponent).join('/')}/pull/${encodeURIComponent(number)}`;
    }
    case 'release':
      return `https://github.com/dfinity/ic/tree/${encodeURIComponent(id)}`;
    case 'ticket':
    case 'alert':
      return undefined;
  }
}

/** A commit of dfinity/ic on GitHub (rollout-dashboard.md 2.6); undefined where it is not a whole one. */
export function commitPage(commit: string): string | undefined {
  return isCommit(commit) ? `https://github.com/dfinity/ic/tree/${commit}` : undefined;
}

/** The address that a proposal gives for itself, if it is a thread of the forum (dre.md 5.3); undefined for all others. */
export function forumThread(url: string): string | undefined {
  const address = httpsAddress(url);
  return address?.startsWith('https://forum.dfinity.org/t/') === true ? address : undefined;
}

/**
 * The rollout dashboard at this origin: it lists all rollouts on one page, and has one of its own for a HostOS batch
 * (rollout-dashboard.md 2.5).
 */
export function rolloutDashboardPage(origin: string, rollout: Rollout, batch: Batch | undefined): string {
  const named = batch === undefined ? undefined : hostBatchName(rollout, batch);
  if (named === undefined) return `${origin}/`;
  const { stage, number } = named;
  return `${origin}/#/rollouts/${rollout.kind}/${encodeURIComponent(named.rollout)}/stages/${stage}/batches/${number}`;
}

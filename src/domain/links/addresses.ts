import { isAlertId, isCommit, isIssueKey, isProposalId, isRepository } from '../base/ids.ts';
import { isCheckedPrincipal } from '../base/principal.ts';
import { isDataCenter } from './knowledge.ts';
import type { Mention, MentionKind, Subject } from './mention.ts';

// The web addresses whose paths name something (dre.md 7 and 8.5, rollout-dashboard.md 2.5, atlassian.md 2.7).

/** The longest address that is parsed. */
const addressCharacters = /[^\s<>"'`()[\]{}|\\^]{1,2000}/y;

/** The end of the address that begins at `start`, without punctuation of the sentence around it. */
export function addressEnd(text: string, start: number): number {
  addressCharacters.lastIndex = start;
  let end = start + (addressCharacters.exec(text)?.[0].length ?? 0);
  while (end > start && /[.,;:!?]/.test(text.charAt(end - 1))) end -= 1;
  return end;
}

/** Host, path and query of the addresses that are read. */
const readable =
  /^https?:\/\/(dashboard\.internetcomputer\.org|nns\.ic0\.app|github\.com|[a-z0-9-]{1,63}\.atlassian\.net)(\/[^?#]*)(\?[^#]*)?/;

/** What a whole address names, at the place of its id; undefined for addresses that are not of a known kind. */
export function readAddress(text: string, start: number, end: number): Mention | undefined {
  const address = text.slice(start, end);
  const [, host, path = '', query = ''] = readable.exec(address) ?? [];
  const parts = path.split('/').filter((part) => part !== '');
  const subject = host === undefined ? undefined : subjectOf(host, parts, query.slice(1).split('&'));
  if (subject === undefined) return undefined;
  const written = subject.kind === 'pullRequest' ? subject.id.slice(subject.id.indexOf('#') + 1) : subject.id;
  const at = address.lastIndexOf(written);
  return at < 0 ? undefined : { ...subject, start: start + at, end: start + at + written.length };
}

const dashboardPlaces: Readonly<Partial<Record<string, MentionKind>>> = {
  proposal: 'proposal',
  subnet: 'subnet',
  subnets: 'subnet',
  node: 'node',
  nodes: 'node',
  center: 'dataCenter',
  centers: 'dataCenter',
  provider: 'nodeProvider',
  providers: 'nodeProvider',
  release: 'version',
};

/** The NNS among the systems whose proposals the dapp shows (dre.md 8.5): the numbers of others are not ours. */
const nnsUniverse = 'u=qoctq-giaaa-aaaaa-aaaea-cai';

function subjectOf(host: string, path: readonly string[], query: readonly string[]): Subject | undefined {
  switch (host) {
    case 'dashboard.internetcomputer.org': {
      const [noun = '', id = ''] = path[0] === 'network' ? path.slice(1) : path;
      return checked(dashboardPlaces[noun], id);
    }
    case 'nns.ic0.app': {
      const id = query.find((each) => each.startsWith('proposal='))?.slice('proposal='.length) ?? '';
      return path[0] === 'proposal' && query.includes(nnsUniverse) ? checked('proposal', id) : undefined;
    }
    case 'github.com': {
      const [owner = '', name = '', noun, id = ''] = path;
      if (noun === 'pull') return checked('pullRequest', `${owner}/${name}#${id}`);
      return `${owner}/${name}` === 'dfinity/ic' && (noun === 'tree' || noun === 'commit')
        ? checked('version', id)
        : undefined;
    }
    default:
      return atlassian(path);
  }
}

function atlassian(path: readonly string[]): Subject | undefined {
  if (path[0] === 'browse') return checked('ticket', path[1] ?? '');
  const id = path.at(-1) ?? '';
  return path[0] === 'jira' && path[1] === 'ops' && path.at(-2) === 'alerts' ? checked('alert', id) : undefined;
}

function checked(kind: MentionKind | undefined, id: string): Subject | undefined {
  return kind !== undefined && shapes[kind](id) ? { kind, id } : undefined;
}

const shapes: Readonly<Record<MentionKind, (id: string) => boolean>> = {
  subnet: isCheckedPrincipal,
  node: isCheckedPrincipal,
  nodeProvider: isCheckedPrincipal,
  dataCenter: isDataCenter,
  proposal: isProposalId,
  ticket: isIssueKey,
  pullRequest: isPullRequestId,
  release: () => false,
  version: isCommit,
  alert: isAlertId,
};

/** `owner/name#12`. */
export function isPullRequestId(id: string): boolean {
  const [repository, number = '', ...rest] = id.split('#');
  return rest.length === 0 && isRepository(repository) && /^[1-9][0-9]{0,8}$/.test(number);
}

import { proposalUrl } from '../proposals/governance.ts';
import { isCommit } from '../base/ids.ts';
import type { Subject } from './mention.ts';
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

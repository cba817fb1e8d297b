import { isProposalId } from '../../domain/base/ids.ts';
import type { Failure } from '../../domain/base/failure.ts';
import { proposalUrl } from '../../domain/proposals/governance.ts';
import type { Store } from '../../engine/read/store.ts';
import { proposalsKey } from '../../feeds/proposals/proposals.ts';
import type { Handlers } from '../kit/commands.ts';
import type { Documents } from '../kit/documents.ts';
import { openDocument, openLinks, type OpenableKind } from '../kit/openable.ts';
import type { Views } from '../kit/views.ts';

export interface ProposalCommandParts {
  readonly store: Store<Failure>;
  readonly documents: Pick<Documents, 'open'>;
  readonly views: Pick<Views, 'selection'>;
}

/** The commands for proposals. */
export function proposalCommands({ store, documents, views }: ProposalCommandParts): Handlers {
  const proposals: OpenableKind = {
    kind: 'proposal',
    view: 'drDre.proposals',
    noun: 'proposal',
    isKey: isProposalId,
    list: () =>
      [...store.state(proposalsKey).records.values()].map((proposal) => ({
        key: `${proposal.id}`,
        label: `${proposal.id} ${proposal.title}`,
        description: '',
        link: proposalUrl(proposal.id),
      })),
  };
  return {
    'drDre.proposals.open': (invocation) => openDocument(invocation, proposals, documents),
    'drDre.proposals.openInDashboard': ({ rows }) => openLinks(rows, proposals, views),
  };
}

import { isProposalId } from '../../domain/base/ids.ts';
import { proposalUrl } from '../../domain/proposals/governance.ts';
import { proposalsKey } from '../../feeds/proposals/proposals.ts';
import type { Handlers } from '../kit/commands.ts';
import { openDocument, openLinks, type OpenableKind, type OpenableParts } from '../kit/openable.ts';

export type ProposalCommandParts = OpenableParts;

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

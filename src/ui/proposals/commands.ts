import { isProposalId } from '../../domain/base/ids.ts';
import { proposalUrl } from '../../domain/proposals/governance.ts';
import { proposalsKey } from '../../feeds/proposals/proposals.ts';
import type { Handlers } from '../kit/commands.ts';
import { openDocument, openLinks, type Openable, type OpenableKind, type OpenableParts } from '../kit/openable.ts';
import { proposalsViewCommands, type ProposalsViewParts } from './viewCommands.ts';

export type ProposalCommandParts = OpenableParts & ProposalsViewParts;

/** A proposal by its id, or by the address of a page that ends in it. */
function openableOf(text: string): Openable | undefined {
  const id = /^(?:https:\/\/\S*\D)?(\d+)$/.exec(text.trim())?.[1];
  if (!isProposalId(id)) return undefined;
  return { key: id, label: `Proposal ${id}`, description: 'by its ID', link: proposalUrl(BigInt(id)) };
}

/** The commands for proposals. */
export function proposalCommands(parts: ProposalCommandParts): Handlers {
  const { store, documents, views } = parts;
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
    named: openableOf,
  };
  return {
    ...proposalsViewCommands(parts),
    'drDre.proposals.open': (invocation) => openDocument(invocation, proposals, documents),
    'drDre.proposals.openInDashboard': ({ rows }) => openLinks(rows, proposals, views),
  };
}

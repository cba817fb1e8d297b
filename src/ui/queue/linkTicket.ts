import { isProposalId } from '../../domain/base/ids.ts';
import { knownProposal } from '../../feeds/proposals/known.ts';
import type { Row } from '../../views/kit/row.ts';
import { withBack } from '../kit/chain.ts';
import { inform } from '../kit/messages.ts';
import { performFromView } from '../writes/performing.ts';
import { reportEnds } from '../writes/reports.ts';
import { askProposal, askTicket } from './linkQuestions.ts';
import { purposeOf } from './purpose.ts';
import type { TicketVerbParts } from './verbCommands.ts';

/** Makes a ticket name a proposal: that of the row, or one that the person picks. */
export async function linkTicket(parts: TicketVerbParts, rows: readonly Row[]): Promise<void> {
  const kind = (await parts.writeKinds()).queue.linkProposal;
  const id = rows.find(({ record }) => record?.kind === 'proposal')?.record?.key;
  if (id !== undefined && !isProposalId(id)) {
    inform('It has no ID of a proposal.');
    return;
  }
  const asked = await withBack(async () => {
    const purpose = purposeOf({ title: 'Link Ticket to Proposal', kind, tickets: [] }, {});
    const title = id === undefined ? '' : (knownProposal(parts.store, id)?.title ?? '');
    const proposal = id === undefined ? await askProposal(parts, purpose) : { id, title: title === '' ? null : title };
    if (proposal === undefined) return undefined;
    const key = await askTicket(parts, purpose, `Link Ticket to Proposal ${proposal.id}`);
    return key === undefined ? undefined : { proposal, key };
  });
  if (asked === undefined) return;
  const { proposal, key } = asked;
  const ends = await performFromView(parts, 'drDre.queue', kind, [
    (signal) => parts.writes.run(kind, key, proposal, signal),
  ]);
  await reportEnds(parts, ends);
}

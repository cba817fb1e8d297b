import assert from 'node:assert/strict';
import { ticketConditions } from '../../../src/domain/queue/conditions.ts';
import type { Ticket } from '../../../src/domain/queue/ticket.ts';
import type { TicketVerb } from '../../../src/feeds/queue/verb.ts';
import { ticketVerbs } from '../../../src/feeds/queue/verbs.ts';
import { ticket } from '../feeds/linkRecords.ts';
import { done, TicketDesk } from './ticketDesk.ts';
import type { VerbCase } from './verbMatrix.ts';

export const eli = { accountId: 'eli', name: 'Eli' };
/** Who is signed in. */
const dana = { accountId: 'dana', name: 'Dana Oncall' };
const labels = ['old'];
const candidates: readonly Ticket[] = [
  ticket('DRE-1', { labels, assignee: eli, priority: 'Low', due: '2026-01-01' }),
  ticket('DRE-1', { labels, flagged: true }),
];

/** A ticket that a verb fits. */
export function ticketFor({ fits }: TicketVerb): Ticket {
  return (
    candidates.find((each) => ticketConditions[fits](each, undefined)) ??
    assert.fail(`no ticket of this test is ${fits}: add one`)
  );
}

/** What is written in an editor, as Jira takes it. */
const body = { type: 'doc', version: 1, content: [{ type: 'paragraph', content: [{ type: 'text', text: 'word' }] }] };

/** What each verb sends when a person takes the first entry of each list and writes "word"; what is kept of it. */
const expected: Readonly<Record<keyof typeof ticketVerbs, { readonly sent: unknown; readonly kept?: string }>> = {
  assign: { sent: ['edit', 'DRE-1', { assignee: 'dana' }] },
  assignToMe: { sent: ['edit', 'DRE-1', { assignee: 'dana' }] },
  // Not the one that closes the ticket, though Jira lists it first.
  transition: { sent: ['transition', 'DRE-1', { id: '21', fields: {}, comment: null }] },
  block: { sent: ['edit', 'DRE-1', { flag: '9', comment: 'word' }], kept: 'word' },
  unblock: { sent: ['edit', 'DRE-1', { flag: null }] },
  setPriority: { sent: ['edit', 'DRE-1', { priority: 'High' }] },
  setDueDate: { sent: ['edit', 'DRE-1', { due: '2026-08-26' }] },
  setSummary: { sent: ['edit', 'DRE-1', { summary: 'word' }], kept: 'word' },
  addLabels: { sent: ['edit', 'DRE-1', { addLabels: ['word'] }] },
  removeLabels: { sent: ['edit', 'DRE-1', { removeLabels: ['old'] }] },
  link: { sent: ['link', 'Blocks', 'DRE-1', 'DRE-2'] },
  linkProposal: {
    sent: [
      'edit',
      'DRE-1',
      {
        addLabels: ['proposal:141234'],
        comment: 'Proposal 141234\nhttps://dashboard.internetcomputer.org/proposal/141234',
      },
    ],
  },
  comment: { sent: ['addComment', 'DRE-1', body], kept: 'word' },
  editDescription: { sent: ['editDescription', 'DRE-1', body], kept: 'word' },
  moveOut: { sent: ['edit', 'DRE-1', { parent: 'OPS-1' }] },
};

/** A second one. */
export const otherTicket = ticket('DRE-2', { status: done });

/** A verb as the matrix of tests wants it, with what it sends. */
export interface TicketCase extends VerbCase {
  readonly name: keyof typeof ticketVerbs;
  readonly verb: TicketVerb;
  readonly sent: unknown;
}

/** Each verb of tickets. `inList`: done to a ticket that is in a further list and not in the queue. */
export function ticketCases(inList = false): readonly TicketCase[] {
  return (Object.entries(ticketVerbs) as [keyof typeof ticketVerbs, TicketVerb][]).map(([name, verb]) => {
    const { title, doing } = verb.write;
    const { sent, kept } = expected[name];
    const [call] = sent as readonly string[];
    const fits = verb.fits;
    const each: TicketCase = {
      name,
      verb,
      sent,
      id: `drDre.queue.${name}`,
      call: call ?? assert.fail(`${name} sends nothing`),
      fits,
      title,
      doing,
      failed: `Couldn't ${title}`,
      kept,
      hasReceipt: false,
      showsAtOnce: !['link', 'moveOut', 'comment', 'editDescription'].includes(name),
      isReadBack: true,
      asksNothing: verb.asks === 'nothing' || verb.asks === 'me',
      comesAfter: false,
      open: () => new TicketDesk([ticketFor(verb), otherTicket], { inList }),
      nowhere:
        fits === 'ticket'
          ? { open: () => new TicketDesk([]), says: 'No ticket that was read fits this command.' }
          : {
              open: () => new TicketDesk([ticket('DRE-1', { flagged: fits === 'unflagged', assignee: dana })]),
              says: verb.none,
            },
    };
    return each;
  });
}

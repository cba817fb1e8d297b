import type { Alert } from '../alerts/alert.ts';
import type { Proposal } from '../proposals/proposal.ts';
import type { Ticket } from '../queue/ticket.ts';
import { findMentions } from './find.ts';
import type { Knowledge } from './knowledge.ts';
import { subjectKey, type Subject } from './mention.ts';
import { alertText, proposalText, pullRequestText, ticketText, type LinkablePullRequest } from './texts.ts';

/**
 * What records name, each found once: a record that did not change is the same object in the store, so what was found
 * holds for as long as the knowledge does.
 */
export class Subjects {
  readonly known: Knowledge;
  readonly #found = new WeakMap<object, readonly Subject[]>();

  constructor(known: Knowledge) {
    this.known = known;
  }

  ofAlert(alert: Alert): readonly Subject[] {
    return this.#of(alert, alertText);
  }

  ofTicket(ticket: Ticket): readonly Subject[] {
    return this.#of(ticket, ticketText);
  }

  ofProposal(proposal: Proposal): readonly Subject[] {
    return this.#of(proposal, proposalText);
  }

  ofPullRequest(pullRequest: LinkablePullRequest): readonly Subject[] {
    return this.#of(pullRequest, pullRequestText);
  }

  #of<R extends object>(record: R, textOf: (record: R) => string): readonly Subject[] {
    let found = this.#found.get(record);
    if (found === undefined) {
      found = unique(findMentions(textOf(record), this.known));
      this.#found.set(record, found);
    }
    return found;
  }
}

function unique(mentions: readonly Subject[]): readonly Subject[] {
  if (mentions.length === 0) return none;
  const subjects = new Map<string, Subject>();
  for (const { kind, id } of mentions) {
    const subject = { kind, id };
    const key = subjectKey(subject);
    if (!subjects.has(key)) subjects.set(key, subject);
  }
  return [...subjects.values()];
}

const none: readonly Subject[] = [];

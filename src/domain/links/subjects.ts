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
  /** The proposals that were searched since the last join began, and those of the join before. */
  #searched = new Map<bigint, Proposal>();
  #searchedBefore: ReadonlyMap<bigint, Proposal> = new Map();

  constructor(known: Knowledge) {
    this.known = known;
  }

  ofAlert(alert: Alert): readonly Subject[] {
    return this.#of(alert, alertText);
  }

  ofTicket(ticket: Ticket): readonly Subject[] {
    return this.#of(ticket, ticketText);
  }

  /** Every read counts the votes anew, so that all open ones are new objects; their texts are hardly ever others. */
  ofProposal(proposal: Proposal): readonly Subject[] {
    const before = this.#searched.get(proposal.id) ?? this.#searchedBefore.get(proposal.id);
    const same = before !== undefined && hasSameTexts(before, proposal) ? this.#found.get(before) : undefined;
    if (same !== undefined) this.#found.set(proposal, same);
    this.#searched.set(proposal.id, proposal);
    return same ?? this.#of(proposal, proposalText);
  }

  ofPullRequest(pullRequest: LinkablePullRequest): readonly Subject[] {
    return this.#of(pullRequest, pullRequestText);
  }

  /** All records are searched next: what was found in those that are gone is removed. */
  beginJoin(): void {
    this.#searchedBefore = this.#searched;
    this.#searched = new Map();
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

function hasSameTexts(one: Proposal, other: Proposal): boolean {
  return one.title === other.title && one.summary === other.summary && one.url === other.url;
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

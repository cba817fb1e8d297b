import type { AdfJson } from '../../domain/documents/adf/json.ts';
import { adfToText } from '../../domain/documents/adf/toText.ts';
import { isProposalId } from '../../domain/base/ids.ts';
import { fail, ok } from '../../domain/base/result.ts';
import { proposalUrl } from '../../domain/proposals/governance.ts';
import { outcomeWords, type ProposalOutcome } from '../../domain/proposals/outcome.ts';
import type { TicketComment } from '../../domain/queue/ticket.ts';
import { shownOr } from '../kit/writeAnswers.ts';
import type { TicketVerbWrite } from './verb.ts';

/** The last part of the name of its write. */
export const outcomeVerb = 'commentOnOutcome';

/** So much of a title and of the reason of a failure is in a comment, in characters. */
const longestText = 500;

/**
 * Adds a comment on what became of a proposal, unless the ticket has one among its newest comments: it may be one of a
 * colleague, or an earlier one of ours whose answer was lost. Never sent again while its fate is not known.
 */
export const outcomeComment: TicketVerbWrite<ProposalOutcome> = {
  title: 'comment on the outcome of a proposal',
  doing: 'commenting on the outcome of a proposal',
  past: { before: 'Commented on the outcome of a proposal in', after: 'has the comment on the outcome of a proposal' },
  permission: 'Add Comments',
  independent: true,
  // Nobody typed it, yet it is kept the same way: the service does not return the outcome a second time.
  typed: (outcome) => wordsIn(commentOn(outcome)),
  // The list of tickets does not hold their comments.
  apply: (ticket) => ticket,
  shown: () => true,
  send: async (jira, key, outcome) => {
    const before = await jira.newestComments(key);
    if (!before.ok) return fail({ ...before.failure, notSent: true });
    if (before.value.some((comment) => isOn(outcome, comment))) return ok('done');
    const sent = await jira.addComment(key, commentOn(outcome));
    if (!sent.ok) return sent;
    return ok(isOn(outcome, sent.value) ? 'done' : undefined);
  },
  readBack: async (jira, key, outcome) =>
    shownOr(await jira.newestComments(key), (comments) => comments.some((comment) => isOn(outcome, comment))),
};

/** Reads an outcome that was saved to disk; undefined for anything else. */
export function readOutcome(value: unknown): ProposalOutcome | undefined {
  const { id, title, status, reason }: Partial<Record<keyof ProposalOutcome, unknown>> =
    typeof value === 'object' && value !== null ? { ...value } : {};
  const known = (Object.keys(outcomeWords) as ProposalOutcome['status'][]).find((each) => each === status);
  if (!isProposalId(id) || known === undefined || !isTextOrNull(title) || !isTextOrNull(reason)) return undefined;
  return { id, title, status: known, reason };
}

function commentOn({ title, reason, ...outcome }: ProposalOutcome): AdfJson {
  const more = [title, reason].filter((text) => text !== null).map((text) => text.slice(0, longestText));
  return document([...opening(outcome), { type: 'text', text: more.map((text) => `: ${text}`).join('') || '.' }]);
}

/** What every comment on this outcome begins with, by whomever. */
function opening({ id, status }: Pick<ProposalOutcome, 'id' | 'status'>): readonly AdfJson[] {
  const link = { type: 'link', attrs: { href: proposalUrl(BigInt(id)) } };
  return [
    { type: 'text', text: `Proposal ${id}`, marks: [link] },
    { type: 'text', text: ` ${outcomeWords[status]}` },
  ];
}

function isOn(outcome: ProposalOutcome, { body }: Pick<TicketComment, 'body'>): boolean {
  return adfToText(body)
    .trim()
    .startsWith(adfToText(document(opening(outcome))).trim());
}

function wordsIn(body: unknown): string {
  return adfToText(body).replaceAll(/\s+/g, ' ').trim();
}

function document(content: readonly AdfJson[]): AdfJson {
  return { type: 'doc', version: 1, content: [{ type: 'paragraph', content }] };
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

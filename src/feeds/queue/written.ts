import { emptyDocument, sameDocument } from '../../domain/documents/adfJson.ts';
import { adfToText } from '../../domain/documents/adfText.ts';
import { fail, ok } from '../../domain/base/result.ts';
import type { TicketComment } from '../../domain/queue/ticket.ts';
import { shownOr } from '../kit/writeAnswers.ts';
import type { NewDescription, Written } from './answers.ts';
import type { VerbWrite } from './verb.ts';

// What is written in an editor and sent as a document of Jira.

/** Adds a comment. Never sent twice: it would be there twice. */
export const comment: VerbWrite<Written> = {
  title: 'comment',
  doing: 'sending the comment',
  past: { before: 'Commented on', after: 'has the comment' },
  permission: 'Add Comments',
  independent: true,
  typed: ({ markdown }) => markdown,
  // The list of tickets does not hold their comments.
  apply: (ticket) => ticket,
  shown: () => true,
  send: async (jira, key, written) => {
    const sent = await jira.addComment(key, written.body);
    if (!sent.ok) return sent;
    return ok(saysSame(sent.value, written) ? 'done' : undefined);
  },
  // The same words may be there already, by whomever: clocks differ too much to tell by the time which came first.
  lookBefore: async (jira, key, written) => {
    const read = await jira.newestComments(key);
    return read.ok ? sameComments(read.value, written) : undefined;
  },
  readBack: async (jira, key, written, seenBefore) => {
    const read = await jira.newestComments(key);
    const found = read.ok ? sameComments(read.value, written) : [];
    if (!Array.isArray(seenBefore) && found.length > 0) return { kind: 'pending' };
    const before = new Set<unknown>(Array.isArray(seenBefore) ? seenBefore : []);
    return shownOr(read, () => found.some((id) => !before.has(id)));
  },
};

/** The ids of the comments that say the same. */
function sameComments(comments: readonly TicketComment[], written: Written): readonly string[] {
  return comments.filter((each) => saysSame(each, written)).map(({ id }) => id);
}

function saysSame({ body }: Pick<TicketComment, 'body'>, written: Written): boolean {
  return wordsIn(body) === wordsIn(written.body);
}

function wordsIn(document: unknown): string {
  return adfToText(document).replaceAll(/\s+/g, ' ').trim();
}

/** Replaces the description, also when that is tried again or undone, only while nobody else has changed it. */
export const editDescription: VerbWrite<NewDescription> = {
  title: 'edit description',
  doing: 'sending the description',
  past: { before: 'Edited the description of', after: 'has the new description' },
  permission: 'Edit Issues',
  repeatable: true,
  typed: ({ markdown }) => markdown,
  // The list of tickets does not hold their descriptions.
  apply: (ticket) => ticket,
  shown: () => false,
  send: async (jira, key, { body, before }) => {
    const now = await jira.descriptionOf(key);
    if (!now.ok) return fail({ ...now.failure, notSent: true });
    if ([before, body].some((each) => sameDocument(now.value, each))) return jira.edit(key, { description: body });
    const detail = 'somebody else has changed the description meanwhile';
    return fail({ kind: 'rejected', service: 'jira', operation: 'edit description', detail, notSent: true });
  },
  readBack: async (jira, key, { body }) =>
    shownOr(await jira.descriptionOf(key), (description) => sameDocument(description, body)),
  undo: (_ticket, { body, before }) => ({
    verb: 'editDescription',
    payload: {
      markdown: adfToText(before),
      body: before ?? emptyDocument,
      before: body,
    } satisfies NewDescription,
  }),
};

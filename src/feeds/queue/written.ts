import type { Failure } from '../../domain/base/failure.ts';
import { emptyDocument, sameDocument, type AdfJson } from '../../domain/documents/adfJson.ts';
import { adfOfText } from '../../domain/documents/adfOfText.ts';
import { adfToText } from '../../domain/documents/adfText.ts';
import { fail, ok } from '../../domain/base/result.ts';
import type { TicketComment } from '../../domain/queue/ticket.ts';
import type { Confirmation } from '../../engine/writes/kind.ts';
import type { Jira } from '../../sources/atlassian/jira/client.ts';
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
    return ok(saysSame(sent.value, written.body) ? 'done' : undefined);
  },
  lookBefore: (jira, key, { body }) => sameComments(jira, key, body),
  readBack: (jira, key, { body }, seenBefore) => foundComment(jira, key, body, seenBefore),
};

/**
 * How a change is confirmed that carries a comment in the same request: by the comment, as somebody else may have made the
 * same change. Without a comment the ticket tells. `textOf`: what is commented; null for nothing.
 */
export function confirmedByComment<P>(
  textOf: (payload: P) => string | null,
  shown: VerbWrite<P>['shown'],
): Required<Pick<VerbWrite<P>, 'shown' | 'lookBefore' | 'readBack'>> {
  return {
    shown,
    lookBefore: async (jira, key, payload) => {
      const text = textOf(payload);
      return text === null ? undefined : sameComments(jira, key, adfOfText(text));
    },
    readBack: async (jira, key, payload, seenBefore) => {
      const text = textOf(payload);
      if (text !== null) return foundComment(jira, key, adfOfText(text), seenBefore);
      return shownOr(await jira.getTicket(key), (ticket) => shown(ticket, payload));
    },
  };
}

/**
 * The ids of the comments that say the same already, by whomever: clocks differ too much to tell by the time which came
 * first. Undefined where they cannot be read.
 */
async function sameComments(jira: Jira, key: string, body: AdfJson): Promise<readonly string[] | undefined> {
  const read = await jira.newestComments(key);
  return read.ok ? idsOfSame(read.value, body) : undefined;
}

/** Whether there is a comment that was not there before it was sent. */
async function foundComment(
  jira: Jira,
  key: string,
  body: AdfJson,
  seenBefore: unknown,
): Promise<Confirmation<Failure>> {
  const read = await jira.newestComments(key);
  const found = read.ok ? idsOfSame(read.value, body) : [];
  if (!Array.isArray(seenBefore) && found.length > 0) return { kind: 'pending' };
  const before = new Set<unknown>(Array.isArray(seenBefore) ? seenBefore : []);
  return shownOr(read, () => found.some((id) => !before.has(id)));
}

function idsOfSame(comments: readonly TicketComment[], body: AdfJson): readonly string[] {
  return comments.filter((each) => saysSame(each, body)).map(({ id }) => id);
}

function saysSame(comment: Pick<TicketComment, 'body'>, body: AdfJson): boolean {
  return wordsIn(comment.body) === wordsIn(body);
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

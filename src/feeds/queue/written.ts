import type { Failure } from '../../domain/base/failure.ts';
import { emptyDocument, sameDocument, type AdfJson } from '../../domain/documents/adfJson.ts';
import { adfOfText } from '../../domain/documents/adfOfText.ts';
import { adfToText } from '../../domain/documents/adfText.ts';
import { fail, ok, type Result } from '../../domain/base/result.ts';
import type { TicketComment } from '../../domain/queue/ticket.ts';
import type { Confirmation } from '../../engine/writes/kind.ts';
import type { Jira } from '../../sources/atlassian/jira/client.ts';
import { shownOr } from '../kit/writeAnswers.ts';
import type { NewDescription, Written } from './answers.ts';
import type { PartLeft, VerbWrite } from './verb.ts';

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
 * same change. Without a comment the ticket tells. Where the ticket shows the change already when it is tried again, the
 * comment is sent alone: Jira takes no step twice. `textOf`: what is commented; null for nothing.
 */
export function confirmedByComment<P>(
  textOf: (payload: P) => string | null,
  shown: VerbWrite<P>['shown'],
): Required<Pick<VerbWrite<P>, 'shown' | 'left' | 'lookBefore' | 'readBack'>> {
  return {
    shown,
    left: async (jira, key, payload) => {
      const now = await jira.getTicket(key);
      if (!now.ok) return now;
      if (!shown(now.value, payload)) return ok(undefined);
      const text = textOf(payload);
      if (text === null) return ok(nothingLeft);
      const written = { markdown: text, body: adfOfText(text) };
      return ok({ permission: comment.permission, send: () => comment.send(jira, key, written) });
    },
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

/** All of it is there. */
const nothingLeft: PartLeft = { permission: 'Edit Issues', send: () => Promise.resolve(ok('done')) };

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

const description = {
  permission: 'Edit Issues',
  repeatable: true,
  // The list of tickets does not hold their descriptions.
  apply: (ticket) => ticket,
  shown: () => false,
  readBack: async (jira, key, { body }) => shownOr(await jira.descriptionOf(key), (now) => sameDocument(now, body)),
  undo: (_ticket, { body, before }) => ({
    verb: 'restoreDescription',
    payload: { markdown: adfToText(before), body: before ?? emptyDocument, before: body } satisfies NewDescription,
  }),
} as const satisfies Partial<VerbWrite<NewDescription>>;

/**
 * Replaces the description. It was read a moment ago, and compared with what the person began with; tried again or late, it
 * is read once more, and replaced only while nobody else has changed it.
 */
export const editDescription: VerbWrite<NewDescription> = {
  ...description,
  title: 'edit description',
  doing: 'sending the description',
  past: { before: 'Edited the description of', after: 'has the new description' },
  typed: ({ markdown }) => markdown,
  send: replaceDescription,
  left: descriptionLeft,
};

/** Takes an edited description back, only while nobody else has changed it: nothing was read for that before. */
export const restoreDescription: VerbWrite<NewDescription> = {
  ...description,
  title: 'restore description',
  doing: 'restoring the description',
  past: { before: 'Restored the description of', after: 'has its former description' },
  send: async (jira, key, payload) => {
    const left = await descriptionLeft(jira, key, payload);
    if (!left.ok) return fail({ ...left.failure, notSent: true });
    return left.value === undefined ? replaceDescription(jira, key, payload) : left.value.send();
  },
};

async function replaceDescription(
  jira: Jira,
  key: string,
  { body }: NewDescription,
): Promise<Result<'done' | undefined, Failure>> {
  const sent = await jira.editDescription(key, body);
  if (!sent.ok) return sent;
  return ok(sent.value !== null && sameDocument(sent.value, body) ? 'done' : undefined);
}

/** Looks whether the description is there already; fails where it is neither that nor the one that is to be replaced. */
async function descriptionLeft(
  jira: Jira,
  key: string,
  { body, before }: NewDescription,
): Promise<Result<PartLeft | undefined, Failure>> {
  const now = await jira.descriptionOf(key);
  if (!now.ok) return now;
  if (sameDocument(now.value, body)) return ok(nothingLeft);
  if (sameDocument(now.value, before)) return ok(undefined);
  const detail = 'somebody else has changed the description meanwhile';
  return fail({ kind: 'rejected', service: 'jira', operation: 'edit description', detail });
}

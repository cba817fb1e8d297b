import type { Failure } from '../../domain/base/failure.ts';
import { emptyDocument, sameDocument, type AdfJson } from '../../domain/documents/adf/json.ts';
import { adfOfText } from '../../domain/documents/adf/ofText.ts';
import { adfToText } from '../../domain/documents/adf/toText.ts';
import { fail, ok, type Result } from '../../domain/base/result.ts';
import type { TicketComment } from '../../domain/queue/ticket.ts';
import type { Confirmation } from '../../engine/writes/kind.ts';
import type { Jira } from '../../sources/atlassian/jira/client.ts';
import { shownOr } from '../kit/writeAnswers.ts';
import type { NewDescription, Written } from './answers.ts';
import type { PartLeft, TicketVerbWrite } from './verb.ts';

// What is written in an editor and sent as a document of Jira.

/** Adds a comment. Never sent twice: it would be there twice. Tried again, it is not sent where it has come meanwhile. */
export const comment: TicketVerbWrite<Written> = {
  title: 'comment',
  doing: 'sending the comment',
  past: { before: 'Commented on', after: 'has the comment' },
  permission: 'Add Comments',
  independent: true,
  typed: ({ markdown }) => markdown,
  // The list of tickets does not hold their comments.
  apply: (ticket) => ticket,
  shown: () => true,
  send: (jira, key, { body }) => sendComment(jira, key, body),
  readBefore: async (jira, key, { body }, { isLate, seenBefore }) => {
    const same = await sameComments(jira, key, body);
    return isLate ? seenAgain(same, seenBefore) : same;
  },
  left: (_jira, _key, _payload, seenBefore) =>
    Promise.resolve(ok(readSeen(seenBefore).isSaid ? nothingLeft : undefined)),
  readBack: (jira, key, { body }, seenBefore) => foundComment(jira, key, body, seenBefore),
};

async function sendComment(jira: Jira, key: string, body: AdfJson): Promise<Result<'done' | undefined, Failure>> {
  const sent = await jira.addComment(key, body);
  if (!sent.ok) return sent;
  return ok(saysSame(sent.value, body) ? 'done' : undefined);
}

/** What was there before something with a comment was sent again. JSON data. */
interface SeenBefore {
  /** The ids of the comments that said the same; undefined where they could not be read. */
  readonly same?: readonly unknown[] | undefined;
  /** Whether one of them has come since it was sent the first time: it was applied, however late. */
  readonly isSaid: boolean;
  /** Whether the ticket showed the change already; undefined where that was not read. */
  readonly isShown?: boolean | undefined;
}

/** What was seen before, from the disk. Before the first time the ids of the comments stand alone. */
function readSeen(raw: unknown): SeenBefore {
  if (Array.isArray(raw)) return { same: raw, isSaid: false };
  const seen: Partial<Record<keyof SeenBefore, unknown>> = typeof raw === 'object' && raw !== null ? raw : {};
  return {
    same: Array.isArray(seen.same) ? seen.same : undefined,
    isSaid: seen.isSaid === true,
    isShown: typeof seen.isShown === 'boolean' ? seen.isShown : undefined,
  };
}

/** What is there before another try, where these comments say the same. Where they cannot be read, what was there earlier counts. */
function seenAgain(same: readonly string[] | undefined, seenBefore: unknown): SeenBefore {
  return { same: same ?? readSeen(seenBefore).same, isSaid: hasCome(same, seenBefore) };
}

/** Whether one of these comments was not there before the first time. */
function hasCome(same: readonly string[] | undefined, seenBefore: unknown): boolean {
  const before = readSeen(seenBefore).same;
  return before !== undefined && same?.some((id) => !before.includes(id)) === true;
}

/**
 * How a change is confirmed that carries a comment in the same request: by the comment, as somebody else may have made the
 * same change. Without a comment the ticket confirms it. Where the ticket shows the change already when it is tried again, the
 * comment is sent alone: Jira takes no step twice. Nothing is sent where the comment has come meanwhile.
 */
export function confirmedByComment<P>(
  textOf: (payload: P) => string | null,
  shown: TicketVerbWrite<P>['shown'],
): Required<Pick<TicketVerbWrite<P>, 'shown' | 'left' | 'readBefore' | 'readBack'>> {
  return {
    shown,
    left: async (jira, key, payload, seenBefore) => {
      const seen = readSeen(seenBefore);
      if (seen.isSaid) return ok(nothingLeft);
      let { isShown } = seen;
      if (isShown === undefined) {
        const now = await jira.getTicket(key);
        if (!now.ok) return now;
        isShown = shown(now.value, payload);
      }
      if (!isShown) return ok(undefined);
      const text = textOf(payload);
      if (text === null) return ok(nothingLeft);
      return ok({ permission: comment.permission, send: () => sendComment(jira, key, adfOfText(text)) });
    },
    readBefore: async (jira, key, payload, { isLate, reread, seenBefore }) => {
      const text = textOf(payload);
      if (!isLate) return text === null ? undefined : sameComments(jira, key, adfOfText(text));
      // Where a part may be there already, comments and ticket are read at once.
      const now =
        reread === undefined ? await jira.ticketWith(key, text === null ? undefined : 'comments') : ok(reread);
      if (!now.ok) return seenAgain(undefined, seenBefore);
      const { ticket, comments } = now.value;
      const body = adfOfText(text ?? '');
      const same = await (comments === undefined && text !== null
        ? sameComments(jira, key, body)
        : idsOfSame(comments ?? [], body));
      return { ...seenAgain(same, seenBefore), isShown: shown(ticket, payload) } satisfies SeenBefore;
    },
    readBack: async (jira, key, payload, seenBefore, reread) => {
      const text = textOf(payload);
      if (text !== null) return foundComment(jira, key, adfOfText(text), seenBefore, reread?.comments);
      const now = reread === undefined ? await jira.getTicket(key) : ok(reread.ticket);
      return shownOr(now, (ticket) => shown(ticket, payload));
    },
  };
}

/** All of it is there. */
const nothingLeft: PartLeft = { permission: 'Edit Issues', send: () => Promise.resolve(ok('done')) };

/**
 * The ids of the comments that say the same already, by whomever: clocks differ too much for the time to show which came
 * first. Undefined where they cannot be read.
 */
async function sameComments(jira: Jira, key: string, body: AdfJson): Promise<readonly string[] | undefined> {
  const read = await jira.newestComments(key);
  return read.ok ? idsOfSame(read.value, body) : undefined;
}

/** Whether there is a comment that was not there before it was sent. `reread`: those that were read a moment ago. */
async function foundComment(
  jira: Jira,
  key: string,
  body: AdfJson,
  seenBefore: unknown,
  reread?: readonly TicketComment[],
): Promise<Confirmation<Failure>> {
  const read = reread === undefined ? await jira.newestComments(key) : ok(reread);
  const found = read.ok ? idsOfSame(read.value, body) : [];
  if (readSeen(seenBefore).same === undefined && found.length > 0) return { kind: 'pending' };
  return shownOr(read, () => hasCome(found, seenBefore));
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
} as const satisfies Partial<TicketVerbWrite<NewDescription>>;

/**
 * Replaces the description. It was read a moment ago, and compared with what the person began with; tried again or late, it
 * is read once more, and replaced only while nobody else has changed it.
 */
export const editDescription: TicketVerbWrite<NewDescription> = {
  ...description,
  title: 'edit description',
  doing: 'sending the description',
  past: { before: 'Edited the description of', after: 'has the new description' },
  typed: ({ markdown }) => markdown,
  send: replaceDescription,
  left: descriptionLeft,
};

/** Takes an edited description back, only while nobody else has changed it: nothing was read for that before. */
export const restoreDescription: TicketVerbWrite<NewDescription> = {
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

/** Reads whether the description is there already; fails where it is neither that nor the one that is to be replaced. */
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

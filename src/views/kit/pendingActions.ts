import { lowerFirst } from '../../domain/base/capitalized.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { AskAnew, NotSent, WriteEnd, WriteState, WriteStatus } from '../../engine/writes/kind.ts';
import { counted, messageText, moment, shorten, type Viewpoint } from './format.ts';
import type { RowToken } from './row.ts';
import { explain } from './sentences.ts';

/**
 * What can be said of writes, for what can be done about them. Each name is also the token that rows of their records
 * carry, and that the menus of the manifest match.
 */
export const writeConditions = {
  /** It did not go through, and can be tried again or taken back. */
  troubled: ({ state, retryable, typed }) => isTrouble(state) && (retryable || typed !== undefined),
  /** Whether it was applied is not known. It can be checked again, or sent again all the same. */
  unconfirmed: ({ state, retryable }) => state.kind === 'unconfirmed' && retryable,
  /** It was applied a moment ago, and can be undone. */
  undoable: ({ undoUntil }) => undoUntil !== undefined,
} satisfies Partial<Record<RowToken, (write: WriteStatus<Failure>) => boolean>>;

export type WriteCondition = keyof typeof writeConditions;

/** A write to a record that is under way, or that ended a moment ago, as rows show it. */
export interface PendingAction {
  /** Dim text: "acknowledging…", "Couldn't acknowledge". */
  readonly text: string;
  readonly state: WriteState<Failure>['kind'];
  /** What a person calls the record, for those that have no row of their own. */
  readonly subject?: string | undefined;
  /** What can be done about it. */
  readonly tokens: readonly RowToken[];
  /** What a person typed for a write that did not go through. */
  readonly kept?: string | undefined;
}

/** What stays in a row until a person sees to it, in a word: who has the record and since when are seen beside it. */
const wordsThatStay: Readonly<Partial<Record<PendingAction['state'], string>>> = {
  failed: 'failed',
  notSent: 'not sent',
  unconfirmed: 'unconfirmed',
  overtaken: 'unconfirmed',
};

/**
 * The decisive facts of a row with what is done to its record. That it is confirmed comes after them, as they say so,
 * too. What is under way, did not go through or is unconfirmed stands in front. What stays for long is said in a word;
 * the hover has all of it.
 */
export function factsWith(pending: PendingAction | undefined, decisive: readonly string[]): readonly string[] {
  if (pending === undefined) return decisive;
  if (pending.state === 'applied') return [...decisive, pending.text];
  return [wordsThatStay[pending.state] ?? pending.text, ...decisive];
}

/** It did not go through, or whether it did is not known: the row says so until a person sees to it. */
export function stays({ state }: PendingAction): boolean {
  return wordsThatStay[state] !== undefined;
}

/** Both versions of what somebody else has changed, as a sentence. */
export function changedWords(name: string, before: string, now: string): string {
  return `${name}: it was “${shorten(before, 200)}”, and is “${shorten(now, 200)}” now.`;
}

const nouns: Readonly<Record<string, string>> = { alerts: 'alert', queue: 'ticket', rotations: 'schedule' };

/** What the records of a feed are called that writes change, in the singular. */
export function nounOf(feed: string): string {
  return nouns[feed] ?? 'record';
}

/** That nothing is left to undo: somebody else has done what undoing would do. */
export function alreadyUndoneWords(names: readonly string[], noun: string): string {
  const [first = ''] = names;
  const what = names.length === 1 ? `“${shorten(first, 80)}” has` : `${counted(names.length, noun)} have`;
  return `Nothing to undo: ${what} been changed back already. Nothing was sent.`;
}

const reasons: Record<NotSent, string> = {
  earlierFailed: 'an earlier action failed',
  cancelled: 'cancelled',
  closed: 'the window closed',
  storage: "can't write to disk",
  elsewhere: 'another window took over',
  otherSettings: 'the settings name another site',
};

/** What rows say of writes, by record. One that did not go through is never hidden by another. */
export function pendingActions(writes: readonly WriteStatus<Failure>[]): ReadonlyMap<string, PendingAction> {
  const actions = new Map<string, PendingAction>();
  for (const write of writes) {
    const before = actions.get(write.record);
    const now = action(write);
    actions.set(write.record, before === undefined ? now : together(before, now));
  }
  return actions;
}

/** Which of several writes to one record its row shows: the highest. One that was not sent comes after one that failed. */
const rank: Record<PendingAction['state'], number> = {
  applied: 0,
  overtaken: 0,
  notSent: 1,
  unconfirmed: 2,
  failed: 2,
  waiting: 3,
  sending: 4,
};

/** Two writes to one record. Either can be tried again; only the later one can be undone. */
function together(before: PendingAction, now: PendingAction): PendingAction {
  const shown = rank[now.state] >= rank[before.state] ? now : before;
  const kept = [before.kept, now.kept].filter((text) => text !== undefined).join('\n');
  const tokens = [...before.tokens.filter((token) => token !== 'undoable'), ...now.tokens];
  return { ...shown, tokens: [...new Set(tokens)], kept: kept === '' ? undefined : kept };
}

function action(write: WriteStatus<Failure>): PendingAction {
  const { title, doing = title, state, typed, subject } = write;
  const kept = isTrouble(state) ? typed : undefined;
  const tokens = (Object.keys(writeConditions) as WriteCondition[]).filter((name) => writeConditions[name](write));
  const texts: Record<PendingAction['state'], () => string> = {
    waiting: () => `${title} waiting`,
    sending: () => `${doing}…`,
    applied: () => 'confirmed',
    failed: () => [`Couldn't ${title}`, reasonOf(state)].filter((part) => part !== undefined).join(': '),
    notSent: () => `${title} not sent: ${reasonOf(state) ?? ''}`,
    unconfirmed: () => `${title} unconfirmed`,
    overtaken: () => `${title} unconfirmed: ${reasonOf(state) ?? ''}`,
  };
  const text = kept === undefined ? texts[state.kind]() : `${texts[state.kind]()}, text kept`;
  return { text, state: state.kind, subject, tokens, kept };
}

function isTrouble(state: WriteState<Failure>): boolean {
  return state.kind === 'failed' || state.kind === 'notSent' || state.kind === 'unconfirmed';
}

/** Why a write failed, was not sent or cannot be confirmed any more, in a few words. */
export function reasonOf(state: WriteState<Failure>): string | undefined {
  if (state.kind === 'notSent') return reasons[state.because];
  if (state.kind === 'overtaken') return state.by;
  return state.kind === 'failed' && state.failure !== undefined ? explain(state.failure).title : undefined;
}

/** Several writes that ended alike, as sentences have them: the first one's words, and the names of the records. */
type EndedWrites = Pick<WriteStatus<Failure>, 'title' | 'past' | 'details'>;

/** How writes ended, as sentences without the last full stop, for messages. `names` are their records. */
export function endSentence(ended: EndedWrites, names: string, end: WriteEnd<Failure>, from: Viewpoint): string {
  const { title, past } = ended;
  switch (end.kind) {
    case 'applied': {
      if (past === undefined) return `${names}: ${title} applied`;
      if (end.by !== undefined) return `${names} ${past.after} by ${end.by}`;
      const mine = ended.details?.isMine === true ? past.mine : undefined;
      return `${mine ?? past.before} ${names}${detailWords(ended, mine !== undefined, from)}`;
    }
    case 'failed':
      return `Couldn't ${title}: ${names}${end.failure === undefined ? '' : `. ${whyWords(end.failure)}`}`;
    case 'notSent':
      return `Didn't ${title}: ${names}. Not sent: ${reasons[end.because]}`;
    case 'unconfirmed': {
      const why = end.failure === undefined ? '' : ` (${lowerFirst(explain(end.failure).title)})`;
      return `${unconfirmedWords(ended, names)}${why}. Check before retrying`;
    }
    case 'overtaken':
      return `${unconfirmedWords(ended, names)}: ${end.by}`;
  }
}

function unconfirmedWords({ title, past }: EndedWrites, names: string): string {
  return `Couldn't confirm ${past === undefined ? `“${title}” for ${names}` : `that ${names} ${past.after}`}`;
}

function whyWords(failure: Failure): string {
  const { title, wayForward } = explain(failure);
  return `${title}. ${wayForward.replace(/\.$/, '')}`;
}

/** " to Eli Second until 12:08". When it begins is said only where that is not now. */
function detailWords({ details = {} }: EndedWrites, isMine: boolean, from: Viewpoint): string {
  const { to, from: start, until } = details;
  const person = to === undefined || isMine ? '' : ` to ${messageText(to, 60)}`;
  const begin = start === undefined || start <= from.now ? '' : ` from ${moment(start, from)}`;
  return `${person}${begin}${until === undefined ? '' : ` until ${moment(until, from)}`}`;
}

/** What is said of writes that were tried again after their time. `first` is the name of one of their records. */
export function timePassedWords({ toBe, noun }: AskAnew, first: string, count: number): string {
  const what = count === 1 ? `“${messageText(first, 60)}” was` : `${counted(count, noun)} were`;
  return `${what} not ${toBe}: the chosen time has passed.`;
}

import type { WritesContext } from './context.ts';
import type { WriteEntry } from './entry.ts';
import { shownRecord } from './optimistic.ts';

/** Somebody else has changed what a write replaces. */
export interface Contest {
  /** Name of the feed in which the record stands. */
  readonly feed: string;
  /** What a person calls the record. */
  readonly subject: string;
  /** What was expected. */
  readonly before: string;
  /** What is there. */
  readonly now: string;
  /** It is as undoing would leave it: there is nothing to undo any more. */
  readonly isUndone: boolean;
}

/**
 * What somebody else has changed of that which trying a write again, or undoing it, replaces. `all`: the writes of this
 * window; what they found and left is of nobody else. With `mayRead` the service is read; else, or where it does not
 * answer, what is known counts. Undefined where nothing is replaced, or nothing has changed. What was read is kept for
 * sending it.
 */
export async function contestOf<F>(
  entry: WriteEntry<F>,
  by: 'retry' | 'undo',
  all: Iterable<WriteEntry<F>>,
  { store, clock }: Pick<WritesContext<F>, 'store' | 'clock'>,
  mayRead: boolean,
): Promise<Contest | undefined> {
  const { kind, saved, lane } = entry;
  if (kind?.replaces === undefined || saved.before === undefined) return undefined;
  const { words, read } = kind.replaces;
  const [found, left] = [saved.before, leftBy(entry)].map(words);
  const reread = mayRead ? await read(saved.record, by) : undefined;
  entry.reread = reread && { ...reread, at: clock.now() };
  const now = reread === undefined ? shownRecord(store, kind, saved.record) : reread.record;
  if (now === undefined || found === undefined || left === undefined) return undefined;
  const is = words(now);
  if (is === left) return undefined;
  const own = [...all].filter(
    (each) => each.lane === lane && each.saved.before !== undefined && each.kind !== undefined,
  );
  const isOwn = own.some((each) => [each.saved.before, leftBy(each)].map(words).includes(is));
  if (by === 'retry' && isOwn) return undefined;
  // Rows show what somebody else has done.
  kind.readAgain(saved.record);
  const of = { feed: kind.feed.name, subject: kind.subject(now) };
  return by === 'undo'
    ? { ...of, before: left, now: is, isUndone: is === found }
    : { ...of, before: found, now: is, isUndone: false };
}

/** The record as a write leaves it. */
function leftBy<F>({ kind, saved, payload }: WriteEntry<F>): unknown {
  return kind?.apply(saved.before, payload, saved.at);
}

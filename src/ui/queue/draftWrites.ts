import type { Failure } from '../../domain/base/failure.ts';
import type { WriteStatus } from '../../engine/writes/kind.ts';
import type { Writes } from '../../engine/writes/writes.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import { inform } from '../kit/messages.ts';

type WriteList = Pick<Writes<Failure>, 'list'>;

/** What the writes of a draft are known by. A new ticket is a record of its own, which has no writes of other kinds. */
export interface DraftRecord {
  readonly record: string;
  readonly kind?: string;
}

/** The ids of the writes that there are to tickets: those that there were when a draft was to be sent. */
export function writeIds(writes: WriteList): ReadonlySet<string> {
  return new Set(writes.list(queueKey.name).map(({ id }) => id));
}

/** The writes that send, or have sent, one draft. */
export function writesOfDraft(writes: WriteList, { record, kind }: DraftRecord): readonly WriteStatus<Failure>[] {
  return writes
    .list(queueKey.name)
    .filter((each) => each.record === record && (kind === undefined || each.kind === kind));
}

/**
 * Whether a write of a draft is under way, or was begun since only these ids were known: a draft may be sent twice, also
 * from two windows. Says so.
 */
export function isBeingSent(writes: WriteList, draft: DraftRecord, known: ReadonlySet<string>): boolean {
  const found = writesOfDraft(writes, draft).some(
    ({ id, state }) => !known.has(id) || state.kind === 'waiting' || state.kind === 'sending',
  );
  if (found) inform('It is being sent already.');
  return found;
}

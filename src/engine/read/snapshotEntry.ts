import type { FeedKey, StateChange } from './store.ts';

/** A feed whose state is kept on disk and shared among the windows. */
export interface SavedFeed<R, F> {
  readonly key: FeedKey<R>;
  /** Whether a record from disk still has the form of this version. */
  readonly readable: (record: unknown) => record is R;
  /** Takes over a state from disk. */
  readonly adopt: (state: StateChange<R, F>) => void;
}

/** What is known of a feed's files. */
export interface SnapshotEntry<F> {
  shared: SavedFeed<unknown, F>;
  /** Its last known records were searched for on disk. */
  isBack: boolean;
  /** The text of the state file as this window last read or wrote it. */
  text: string | undefined;
  generation: number;
  /** Which records file belongs to `records`, which is what the store then had. */
  id: string;
  records: ReadonlyMap<string, unknown> | undefined;
  count: number;
  reading: Promise<void>;
  /** The log has said that its files are refused. */
  refused: boolean;
}

/** Nothing is known yet. */
export function entryOf<F>(shared: SavedFeed<unknown, F>): SnapshotEntry<F> {
  return {
    shared,
    isBack: false,
    text: undefined,
    generation: 0,
    id: '',
    records: undefined,
    count: 0,
    reading: Promise.resolve(),
    refused: false,
  };
}

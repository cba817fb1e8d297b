import { dequal } from 'dequal/lite';
import type { Batch, Rollout } from '../rollout.ts';
import type { Snapshot, WholeRollout } from './messages.ts';

// With most changes of a rollout a few of its batches change. Those that did not are not sent again: a message to a page goes
// through several processes, and is copied in each.

/** A rollout as it is sent: null for a batch that is as the one at its place in the snapshot before. */
interface SentRollout extends Omit<Rollout, 'batches'> {
  readonly batches: readonly (Batch | null)[];
}

/** A snapshot as it is sent. */
export interface SnapshotMessage extends Omit<Snapshot, 'shown'> {
  /** The one of the snapshot before and one more. */
  readonly number: number;
  readonly shown?: (Omit<WholeRollout, 'rollout'> & { readonly rollout: SentRollout }) | undefined;
}

/** Makes the messages to one page. */
export class SnapshotSender {
  #batches: readonly Batch[] = [];
  #number = 0;

  /** The page does not have what it was sent: all is sent to it next. */
  reset(): void {
    this.#batches = [];
  }

  next(snapshot: Snapshot): SnapshotMessage {
    const { shown } = snapshot;
    const before = this.#batches;
    const number = (this.#number += 1);
    this.#batches = shown?.rollout.batches ?? [];
    if (shown === undefined) return { ...snapshot, shown, number };
    const batches = shown.rollout.batches.map((batch, index) => (dequal(before[index], batch) ? null : batch));
    return { ...snapshot, shown: { ...shown, rollout: { ...shown.rollout, batches } }, number };
  }
}

/** Reads the messages of one host. */
export class SnapshotReader {
  #batches: readonly Batch[] = [];
  #number: number | undefined;

  /**
   * What was sent; batches that did not change are the same objects as before. Undefined where a part of it is in a message
   * that did not come.
   */
  read({ number, ...message }: SnapshotMessage): Snapshot | undefined {
    const before = number - 1 === this.#number ? this.#batches : [];
    const batches: Batch[] = [];
    for (const [index, sent] of message.shown?.rollout.batches.entries() ?? []) {
      const batch = sent ?? before[index];
      if (batch === undefined) return undefined;
      batches.push(batch);
    }
    this.#number = number;
    this.#batches = batches;
    const { shown } = message;
    if (shown === undefined) return { ...message, shown };
    return { ...message, shown: { ...shown, rollout: { ...shown.rollout, batches } } };
  }
}

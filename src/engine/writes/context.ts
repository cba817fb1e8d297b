import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Disk } from '../disk/disk.ts';
import type { FailureCodec } from '../read/snapshot.ts';
import type { Store } from '../read/store.ts';

/** What writes need. */
export interface WritesContext<F> {
  readonly store: Store<F>;
  readonly clock: Clock;
  readonly log: Log;
  /** The folder of pending writes, shared by all windows. */
  readonly disk: Disk;
  /** A new id that nobody else has. */
  readonly newId: () => string;
  readonly failures: FailureCodec<F>;
  /** Where the settings lead. A write is sent, confirmed and taken over only there. */
  readonly scope: () => string;
}

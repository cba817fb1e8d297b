import type { Clock } from '../../../src/engine/base/clock.ts';
import type { Log } from '../../../src/engine/base/log.ts';
import type { Disk } from '../../../src/engine/disk/disk.ts';
import type { Store } from '../../../src/engine/read/store.ts';
import { Writes } from '../../../src/engine/writes/writes.ts';
import { memoryLog, plainFailures } from './engine.ts';
import { MemoryDisk } from './memoryDisk.ts';

interface Parts<F> {
  readonly store: Store<F>;
  readonly clock: Clock;
  readonly log?: Log;
  readonly disk?: Disk;
  readonly newId?: () => string;
  readonly scope?: () => string;
}

let ids = 0;

/** The writes of a window whose failures are kept as they are; what a test does not name is in memory. */
export function newWrites<F>({
  store,
  clock,
  log = memoryLog(),
  disk = new MemoryDisk(),
  newId = () => `id-${++ids}`,
  scope = () => 'site',
}: Parts<F>): Writes<F> {
  return new Writes<F>({ failures: plainFailures, store, clock, log, disk, newId, scope });
}

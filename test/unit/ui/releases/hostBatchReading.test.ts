import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { Emitter } from '../../../../src/engine/base/emitter.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { fullReadKey } from '../../../../src/feeds/releases/keys.ts';
import type { HostBatchReadingParts } from '../../../../src/ui/releases/hostBatchReading.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { hostBatchReading } = await import('../../../../src/ui/releases/hostBatchReading.ts');

const row: Row = {
  id: 'batch/1',
  label: 'Batch main 1',
  tokens: [],
  record: { kind: 'rollout', key: 'kind/rc' },
  batch: 'main-1',
};

describe('the reading of HostOS batches', () => {
  it('begins when the row of a batch is unfolded, goes on with the rollouts, and ends when the row is folded', async () => {
    const did: string[] = [];
    const shown: boolean[] = [];
    const folds = new Emitter<readonly [Row, boolean]>(rethrow);
    const store = new Store<Failure>(rethrow);
    const reader = {
      open: (key: string) => void did.push(`open ${key}`),
      close: (key: string) => void did.push(`close ${key}`),
      show: (isShown: boolean) => void shown.push(isShown),
      readNext: async () => void did.push('read'),
    };
    let isSeen = true;
    const parts = {
      clock: new FakeClock(),
      log: memoryLog(),
      store,
      hostBatches: () => Promise.resolve(reader),
      views: {
        onDidFold: (_view: string, run: (row: Row, isUnfolded: boolean) => void) => folds.event((each) => run(...each)),
        onDidChangeVisibility: () => ({ dispose: () => undefined }),
        shows: () => isSeen,
      },
    };
    // Only what it uses.
    const reading = hostBatchReading(parts as unknown as HostBatchReadingParts);
    const readInWhole = async (asOf: number): Promise<void> => {
      store.update(fullReadKey, { status: 'fresh', asOf, records: [{ of: 'rollouts' }] });
      await settle();
    };
    // The row of a rollout, and any number of reads, ask for nothing before.
    folds.fire([{ id: 'rollout/kind/rc', label: 'HostOS', tokens: [] }, true]);
    await readInWhole(1);
    assert.deepEqual(did.splice(0), []);
    folds.fire([row, true]);
    await settle();
    assert.deepEqual(did.splice(0), ['open kind/rc#main-1', 'read']);
    await readInWhole(2);
    assert.deepEqual(did.splice(0), ['read']);
    isSeen = false;
    await readInWhole(3);
    assert.deepEqual(did.splice(0), []);
    assert.deepEqual(shown.splice(0), [true, true, false]);
    isSeen = true;
    await readInWhole(4);
    assert.deepEqual([did.splice(0), shown.splice(0)], [['read'], [true]]);
    folds.fire([row, false]);
    await settle();
    assert.deepEqual(did.splice(0), ['close kind/rc#main-1', 'read']);
    reading.dispose();
    await settle();
    assert.equal(shown.at(-1), false);
  });
});

/** Lets all that is under way go on. Nothing here waits for a machine. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Batch, Rollout } from '../../../../../src/domain/releases/rollout.ts';
import type { Snapshot } from '../../../../../src/domain/releases/timeline/messages.ts';
import {
  SnapshotReader,
  SnapshotSender,
  type SnapshotMessage,
} from '../../../../../src/domain/releases/timeline/sentSnapshots.ts';
import { apiBoundaryNodes, guestOs } from '../../../../support/feeds/rolloutBuilder.ts';

function snapshot(rollout: Rollout | undefined): Snapshot {
  const shown = rollout && { rollout };
  return { type: 'snapshot', now: 1, rollouts: [], shown, engines: [], feed: { condition: 'fresh' }, locale: 'en' };
}

/** As a message arrives. */
function sent<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

const state = fc.constantFrom('pending', 'proposing', 'complete');

/** What is shown at a time: nothing, or one of two rollouts with some of its batches and subnets in other states. */
const shown = fc
  .record({
    which: fc.constantFrom(guestOs(), apiBoundaryNodes(), undefined),
    from: fc.nat(3),
    to: fc.integer({ min: 15, max: 25 }),
    states: fc.array(fc.record({ batch: fc.nat(21), state }), { maxLength: 3 }),
  })
  .map(({ which, from, to, states }) => {
    if (which === undefined) return undefined;
    const batches = which.batches.map((batch, index) => {
      const changed = states.find((each) => each.batch === index);
      if (changed === undefined) return batch;
      return { ...batch, targets: batch.targets.map((target) => ({ ...target, state: changed.state })) };
    });
    return { ...which, batches: batches.slice(from, to) };
  });

describe('snapshots as they are sent to a page', () => {
  it('have only the batches that changed, and those that did not stay the same objects', () => {
    const [sender, reader] = [new SnapshotSender(), new SnapshotReader()];
    const next = (rollout: Rollout): { readonly message: SnapshotMessage; readonly read: Snapshot | undefined } => {
      const message = sent(sender.next(snapshot(rollout)));
      return { message, read: reader.read(message) };
    };
    const first = next(guestOs());
    const [changed, ...others] = guestOs().batches;
    assert.ok(changed !== undefined);
    const second = next(guestOs({ batches: [{ ...changed, comment: 'changed' }, ...others] }));
    const whole = first.message.shown?.rollout.batches ?? [];
    assert.ok(whole.length > 1 && !whole.includes(null));
    assert.deepEqual(
      second.message.shown?.rollout.batches.slice(1),
      others.map(() => null),
    );
    const batchesOf = (read: Snapshot | undefined): readonly Batch[] => read?.shown?.rollout.batches ?? [];
    const [before, after] = [batchesOf(first.read), batchesOf(second.read)];
    assert.equal(after[0]?.comment, 'changed');
    assert.ok(others.every((_, index) => after[index + 1] === before[index + 1]));
  });

  it('are read as they were, whatever changes, and asked for again when one did not come', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(shown, fc.boolean()), { maxLength: 12 }), (steps) => {
        const [sender, reader] = [new SnapshotSender(), new SnapshotReader()];
        for (const [rollout, arrives] of steps) {
          const current = snapshot(rollout);
          const message = sent(sender.next(current));
          if (!arrives) continue;
          let read = reader.read(message);
          if (read === undefined) {
            sender.reset();
            read = reader.read(sent(sender.next(current)));
          }
          assert.deepEqual(sent(read), sent(current));
        }
      }),
    );
  });
});

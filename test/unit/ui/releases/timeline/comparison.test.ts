import assert from 'node:assert/strict';
import { week } from '../../../../../src/domain/base/time.ts';
import { runsOf } from '../../../../../src/domain/releases/timeline/comparison.ts';
import type { TimesLine } from '../../../../../src/domain/releases/times/lines.ts';
import { FakeClock } from '../../../../support/engine/fakeClock.ts';
import { guestOs, hostOs } from '../../../../support/feeds/rolloutBuilder.ts';
import { host } from '../../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { pickCompared } = await import('../../../../../src/ui/releases/timeline/comparison.ts');

const listed = guestOs({ name: 'listed' });
const start = (listed.batches[0]?.actualStart ?? 0) - week;
const states = (at: number, state: string, whole = false): TimesLine => ({
  kind: 'states',
  at,
  rollout: `${listed.kind}/recorded`,
  whole,
  isNew: whole,
  states: new Map([['batch-1', state]]),
});
const lines: readonly TimesLine[] = [
  states(start - 60_000, 'waiting', true),
  states(start, 'proposing'),
  states(start + 60_000, 'complete'),
];

describe('what a rollout is compared with', () => {
  const clock = new FakeClock();
  let read = false;
  const times = {
    flush: async () => undefined,
    // All of it is in one week’s file.
    lines: async () => {
      if (read) return [];
      read = true;
      return lines;
    },
  };
  beforeEach(() => {
    read = false;
  });

  it('is picked among others of its kind, listed and recorded, the newest first', async () => {
    let offered: readonly (string | undefined)[] = [];
    host.pick = (items) => {
      offered = items.map(({ label }) => label);
      return items.find(({ label }) => label === 'recorded');
    };
    const compared = await pickCompared(guestOs(), [guestOs(), listed, hostOs()], { clock, times });
    assert.deepEqual(offered, ['listed', 'recorded']);
    assert.deepEqual(compared, { name: 'recorded', runs: [{ row: 'batch-1', start, end: start + 60_000 }] });
  });

  it('is nothing where the person picks none, or none is known', async () => {
    assert.equal(await pickCompared(guestOs(), [listed], { clock, times }), undefined);
    read = true;
    const shown = host.messages.length;
    assert.equal(await pickCompared(guestOs(), [guestOs()], { clock, times }), undefined);
    assert.match(host.messages[shown]?.text ?? '', /^No other rollout of this kind is known/);
    assert.ok(runsOf(listed).length > 0);
  });
});

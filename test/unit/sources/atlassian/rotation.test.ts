import assert from 'node:assert/strict';
import { complete } from '../../../../src/domain/base/listed.ts';
import type { Rotation, Shift } from '../../../../src/domain/rotation/rotation.ts';
import { compose, toSchedule } from '../../../../src/sources/atlassian/ops/rotation.ts';
import { silentReport } from '../../../support/sources/silentReport.ts';
import { at, dana, eli, fay, shift } from '../../../support/feeds/rotationBuilder.ts';

const now = at('2026-08-26T13:50Z');
const raw = { id: 's1', name: 'DRE Alerts', timezone: 'Europe/Zurich' };

function composed(current: readonly string[], shifts: readonly Shift[], more: object = {}): Rotation {
  const schedule = toSchedule({ ...raw, ...more }, silentReport);
  assert.ok(schedule !== undefined);
  const people = current.map((accountId) => ({ accountId, name: undefined }));
  const timeline = { records: shifts, skipped: 0, completeness: complete };
  return compose({ schedule, role: 'alerts', restrictions: [], current: people, timeline, nameOf: (id) => id }, now);
}

describe('what schedule, on-call answer and timeline say together', () => {
  it('lasts until the first of several rotations side by side changes', () => {
    const { until, next } = composed(
      ['dana', 'eli'],
      [
        shift('2026-08-24T07:00Z', '2026-08-31T07:00Z', [dana]),
        shift('2026-08-26T07:00Z', '2026-08-27T07:00Z', [eli]),
        shift('2026-08-27T07:00Z', '2026-08-28T07:00Z', [fay]),
      ],
    );
    assert.equal(until, at('2026-08-27T07:00Z'));
    assert.deepEqual([next?.from, next?.people.map(({ accountId }) => accountId)], [until, ['fay']]);
  });

  it('goes on where the same people hold the next stretch, and joins what the present moment cut', () => {
    const { until, shifts } = composed(
      ['dana'],
      [
        shift('2026-08-26T07:00Z', '2026-08-26T13:50Z', [dana], 'historical'),
        shift('2026-08-26T13:50Z', '2026-08-26T16:00Z', [dana]),
        shift('2026-08-26T16:00Z', '2026-08-26T18:00Z', [dana], 'override'),
      ],
    );
    assert.equal(until, at('2026-08-26T18:00Z'));
    assert.deepEqual(
      shifts.map(({ start, type }) => [start, type]),
      [
        [at('2026-08-26T07:00Z'), 'base'],
        [at('2026-08-26T16:00Z'), 'override'],
      ],
      'the override stays in sight',
    );
  });

  it('is switched off only when the service says so', () => {
    assert.equal(composed([], [], { enabled: false }).disabled, true);
    assert.equal(composed([], [], { enabled: true }).disabled, false);
    assert.equal(composed([], [], { enabled: null }).disabled, false);
  });
});

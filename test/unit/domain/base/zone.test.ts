import assert from 'node:assert/strict';
import fc from 'fast-check';
import { day, hour, minute } from '../../../../src/domain/base/time.ts';
import { isZone, machineZone, zoneName, zoneOffset } from '../../../../src/domain/base/zone.ts';
import { runs } from '../../../support/base/runs.ts';

/** Runs with the machine in another time zone. */
function inMachineZone<T>(zone: string, run: () => T): T {
  const before = process.env['TZ'];
  process.env['TZ'] = zone;
  try {
    return run();
  } finally {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  }
}

describe('the time zone of the machine', () => {
  it('is ahead of UTC by what its named zone is, summer and winter', () => {
    const instants = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) });
    for (const zone of ['Europe/Zurich', 'America/St_Johns', 'Asia/Kolkata', 'Pacific/Auckland', 'UTC']) {
      inMachineZone(zone, () => {
        fc.assert(
          fc.property(instants, (at) => {
            assert.equal(zoneOffset(machineZone)(at), zoneOffset(zone)(at));
          }),
          runs(200),
        );
      });
    }
  });

  it('is no zone that a service can name', () => {
    assert.equal(isZone(machineZone), false);
    assert.equal(isZone('Europe/Zurich'), true);
    assert.equal(zoneName('Europe/Zurich'), 'Europe/Zurich');
    assert.equal(
      inMachineZone('America/St_Johns', () => zoneName(machineZone)),
      'America/St_Johns',
    );
  });

  it('keeps its own offsets apart from those of named zones', () => {
    const at = Date.UTC(2026, 7, 26, 12);
    assert.equal(zoneOffset('Asia/Kolkata')(at), 5 * hour + 30 * minute);
    assert.equal(zoneOffset('no such zone')(at), 0);
    assert.ok(Math.abs(zoneOffset(machineZone)(at)) < day);
  });
});

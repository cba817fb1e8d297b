import assert from 'node:assert/strict';
import { hour } from '../../../../../src/domain/base/time.ts';
import { zoneOffset } from '../../../../../src/domain/base/zone.ts';
import { axisDays, axisSegments, axisTicks } from '../../../../../src/domain/releases/timeline/axis.ts';
import { wednesday } from '../../../../support/feeds/rolloutBuilder.ts';

const iso = (at: number): string => new Date(at).toISOString().slice(5, 16).replace('T', ' ');

describe('the axis of a timeline', () => {
  const work = { start: Date.UTC(2026, 7, 24, 22), end: Date.UTC(2026, 7, 25, 2) };

  it('cuts days at midnight of the zone', () => {
    const segments = axisSegments([work]);
    const cut = (zone: string): readonly string[] =>
      axisDays(segments, zoneOffset(zone)).map(({ start }) => iso(start));
    assert.deepEqual(cut('UTC'), ['08-24 21:30', '08-25 00:00']);
    assert.deepEqual(cut('Europe/Zurich'), ['08-24 21:30', '08-24 22:00']);
    assert.deepEqual(cut('America/New_York'), ['08-24 21:30']);
  });

  it('sets ticks on full steps of the wall clock, also where it is half an hour off', () => {
    const ticks = axisTicks(axisSegments([work]), 2 * hour, zoneOffset('Asia/Kolkata'));
    assert.deepEqual(ticks.map(iso), ['08-24 22:30', '08-25 00:30', '08-25 02:30']);
  });

  it('keeps to the wall clock over the change of the clocks', () => {
    const night = { start: Date.UTC(2026, 9, 24, 20), end: Date.UTC(2026, 9, 25, 8) };
    const ticks = axisTicks(axisSegments([night]), 6 * hour, zoneOffset('Europe/Zurich'));
    assert.deepEqual(ticks.map(iso), ['10-24 22:00', '10-25 05:00']);
  });

  it('takes a zone that it does not know for UTC', () => {
    assert.equal(zoneOffset('Not/AZone')(wednesday), 0);
  });
});

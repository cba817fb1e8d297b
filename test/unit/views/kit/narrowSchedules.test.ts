import assert from 'node:assert/strict';
import { day, hour, second } from '../../../../src/domain/base/time.ts';
import type { Rotation } from '../../../../src/domain/rotation/rotation.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { weekView } from '../../../../src/views/rotation/view.ts';
import { freshState } from '../../../support/feeds/freshState.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';
import { account, eli, rotation, shift } from '../../../support/feeds/rotationBuilder.ts';
import { narrowText } from '../../../support/ui/narrowRows.ts';

// The rows of schedules with little room, in the widest font.

const from = { now: wednesday, timeZone: 'UTC' };
const site = 'https://example.atlassian.net';

function lines(rows: readonly Row[], width?: number): readonly string[] {
  return narrowText(rows, 'DejaVu Sans', width).split('\n');
}

function rowsOf(record: Rotation): readonly Row[] {
  return weekView(freshState([record]), account, from, site).rows;
}

describe('a schedule at 300 px', () => {
  it('says when an override of people with long names begins', () => {
    const people = [
      { accountId: 'a', name: 'Alexandra Third' },
      { accountId: 'b', name: 'Sasha Fourth' },
    ];
    const record = rotation({
      current: [],
      shifts: [
        shift('2026-08-31T09:00Z', '2026-09-01T09:00Z', people, 'override'),
        shift('2026-09-07T09:00Z', '2026-09-08T09:00Z', people, 'forwarding'),
      ],
    });
    assert.deepEqual(lines(weekView(freshState([record]), account, from, site).rows).slice(-2), [
      '  $(arrow-swap) Next: Alexa… +1  from Mon 09:00',
      '  $(arrow-swap) Forwarding: Ale… +1  from 7 Sep',
    ]);
  });

  it('has no turn to come of less than a minute: it is what two shifts leave between them', () => {
    const mine = [{ accountId: account.accountId, name: 'Dana' }];
    const [start, later] = [wednesday + hour, wednesday + 20 * day];
    const turn = (from: number, lengthMs: number, people: (typeof eli)[]) => ({
      ...shift('2026-08-26T00:00Z', '2026-08-27T00:00Z', people),
      start: from,
      end: from + lengthMs,
    });
    const shifts = [turn(start, 30 * second, mine), turn(start + hour, 30 * second, [eli]), turn(later, hour, mine)];
    const rows = lines(weekView(freshState([rotation({ current: [], shifts })]), account, from, site).rows);
    assert.deepEqual(
      rows.filter((row) => /next/i.test(row)),
      ['  $(arrow-small-right) Next: you  from 15 Sep 13:50', '  $(pulse) My next shift  15 Sep 13:50 – 14:50'],
    );
  });

  it('says at which hour a turn ends that ends within two days, and of a later one the day', () => {
    const mine = { accountId: account.accountId, name: 'Dana Oncall' };
    const shown = (days: number, person: typeof eli, sideBarWidth?: number): string | undefined => {
      const turn = { ...shift('2026-08-24T09:00Z', '2026-08-28T13:50Z', [person]), end: wednesday + days * day };
      const record = rotation({ current: [person], until: turn.end, shifts: [turn] });
      return lines(weekView(freshState([record]), account, { ...from, sideBarWidth }, site).rows, sideBarWidth)[0];
    };
    assert.equal(shown(2, mine), '$(pulse) DRE Ops Rotat…  you until Fri 13:50');
    assert.equal(shown(2, { accountId: 'a', name: 'Alexandra Long' }), '$(person) DRE Ops Rotat…  Alexand… until Fri');
    assert.equal(shown(0.1, mine), '$(pulse) DRE Ops Rotation  you until 16:14');
    assert.equal(shown(3, mine), '$(pulse) DRE Ops Rotation  you until Sat');
    assert.equal(shown(2, mine, 400), '$(pulse) DRE Ops Rotation  you until Fri 13:50');
  });

  it('says of a turn that lasts into the week after the next one on which day it ends', () => {
    const turn = shift('2026-08-26T00:00Z', '2026-09-07T09:00Z', [eli]);
    const record = rotation({ current: [eli], until: turn.end, shifts: [turn] });
    assert.equal(
      lines(weekView(freshState([record]), account, from, site).rows)[0],
      '$(person) DRE Ops Rotation  Eli until 7 Sep',
    );
  });

  it('warns where nobody is on call at a time that is paged, and not at night', () => {
    const turn = shift('2026-08-27T13:50Z', '2026-08-28T13:50Z', [eli]);
    const [row] = weekView(freshState([rotation({ current: [], shifts: [turn] })]), account, from, site).rows;
    assert.equal(row?.icon?.id, 'warning');
  });

  it('says once who takes over by an override or a forwarding', () => {
    const sasha = { accountId: 's', name: 'Sasha Fourth' };
    const turn = shift('2026-08-26T00:00Z', '2026-08-28T09:00Z', [eli]);
    const shifts = [
      turn,
      shift('2026-08-28T09:00Z', '2026-08-28T17:00Z', [sasha], 'override'),
      shift('2026-09-07T09:00Z', '2026-09-08T09:00Z', [sasha], 'forwarding'),
      shift('2026-09-14T09:00Z', '2026-09-15T09:00Z', [sasha], 'forwarding'),
      shift('2026-09-21T09:00Z', '2026-09-22T09:00Z', [eli], 'forwarding'),
    ];
    const [schedule] = rowsOf(rotation({ current: [eli], until: turn.end, shifts }));
    const rows = (schedule?.children ?? []).filter(({ label }) => label !== 'Nobody is on call');
    assert.deepEqual(lines(rows), [
      '$(arrow-swap) Next: Sasha  from Fri 09:00 · override',
      '$(arrow-swap) Forwarding: Sasha  from 7 Sep',
      '$(arrow-swap) Forwarding: Eli  from 21 Sep 09:00',
    ]);
    const [next, again] = rows;
    assert.deepEqual([next?.record?.kind, next?.tokens.includes('override')], ['override', true]);
    assert.match(next?.spoken ?? '', /^Next is Sasha Fourth from Fri 09:00, override$/);
    assert.ok(
      again?.hover?.some((line) => /^Again from .*14 Sep 2026/.test(line)),
      again?.hover?.join(),
    );
  });
});

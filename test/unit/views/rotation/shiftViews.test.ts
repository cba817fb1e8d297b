import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { Account } from '../../../../src/domain/base/account.ts';
import type { Rotation } from '../../../../src/domain/rotation/rotation.ts';
import { Store, type FeedState } from '../../../../src/engine/read/store.ts';
import { rotationsKey } from '../../../../src/feeds/rotation/keys.ts';
import { isOnShift } from '../../../../src/feeds/rotation/onShift.ts';
import { rotationStatus } from '../../../../src/views/rotation/statusBar.ts';
import { weekView } from '../../../../src/views/rotation/view.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import {
  account,
  at,
  dana,
  eli,
  fay,
  ops,
  rotation,
  shift,
  workingDays,
} from '../../../support/feeds/rotationBuilder.ts';
import { renderRows } from '../../../support/views/renderRows.ts';

const wednesday = at('2026-08-26T13:50Z');
const night = at('2026-08-26T20:00Z');
const monday = at('2026-08-31T08:00Z');

const alerts = rotation({
  id: 's2',
  name: 'DRE Alerts',
  role: 'alerts',
  restrictions: workingDays('09:00', '18:00'),
  current: [dana],
  until: at('2026-08-26T16:00Z'),
  shifts: [
    shift('2026-08-26T07:00Z', '2026-08-26T16:00Z', [dana]),
    shift('2026-08-27T07:00Z', '2026-08-27T12:00Z', [dana]),
    shift('2026-08-28T07:00Z', '2026-08-28T14:00Z', [dana]),
    shift('2026-08-28T14:00Z', '2026-08-28T16:00Z', [fay], 'override'),
    shift('2026-08-31T07:00Z', '2026-08-31T16:00Z', [eli]),
    shift('2026-09-07T07:00Z', '2026-09-07T16:00Z', [dana]),
    shift('2026-09-08T07:00Z', '2026-09-08T16:00Z', [dana]),
  ],
});

function state(...rotations: readonly Rotation[]): FeedState<Rotation, Failure> {
  const store = new Store<Failure>(rethrow);
  store.update(rotationsKey, { status: 'fresh', asOf: wednesday, records: rotations });
  return store.state(rotationsKey);
}

function week(now: number, who: Account | undefined, ...rotations: readonly Rotation[]): readonly string[] {
  const from = { now, timeZone: 'Europe/Zurich' };
  return renderRows(weekView(state(...rotations), who, from, 'https://example.atlassian.net/on-call').rows).split('\n');
}

function tooltip(now: number, who: Account | undefined = account): readonly string[] {
  return rotationStatus(state(ops, alerts), who, { now, timeZone: 'Europe/Zurich' }).tooltip;
}

describe('the shift in the Week view', () => {
  it('has the id of the schedule to copy', () => {
    const from = { now: wednesday, timeZone: 'UTC' };
    const { rows } = weekView(state(ops), account, from, 'https://example.atlassian.net/on-call');
    assert.equal(rows[0]?.copied, ops.id);
  });

  it('says who, until when, whether it pages, who is next, and my turns', () => {
    assert.deepEqual(week(wednesday, account, ops, alerts), [
      '$(pulse) DRE Ops Rotation  you until Mon  ;rotation;handable;linked;identified;named;',
      '  $(arrow-small-right) Next: Eli  from Mon 09:00  ;named;linked;',
      '  $(pulse) My next shift  from 7 Sep 09:00  ;handable;linked;',
      '$(pulse) DRE Alerts  you until Fri 16:00  ;rotation;handable;linked;identified;named;',
      '  $(warning) Nobody is on call  Thu 14:00 – 18:00  ;linked;',
      '  $(warning) Nobody is on call  Tue 09:00 – 18:00  ;linked;',
      '  $(warning) Nobody is on call  2 Sep 09:00 – 18:00  ;linked;',
      '  $(bell) Paging until 18:00  ;linked;',
      '  $(arrow-swap) Next: Fay  from Fri 16:00 · override  ;override;named;linked;',
      '  $(pulse) My next shift  from 7 Sep 09:00  ;handable;linked;',
    ]);
  });

  it('says at night when it pages again, also when nothing was read since the day', () => {
    const [first, ...rows] = week(night, account, alerts).filter((row) => !row.includes('Nobody is on call'));
    assert.deepEqual(
      [first, ...rows.slice(0, 3)],
      [
        '$(bell-slash) DRE Alerts  nobody  ;rotation;takeable;handable;linked;identified;',
        '  $(bell-slash) No paging until Thu 09:00  ;linked;',
        '  $(arrow-small-right) Next: you  from Thu 09:00  ;named;linked;',
        '  $(pulse) My shift  until Fri 16:00  ;handable;linked;',
      ],
    );
  });

  it('goes over to the next one by the clock', () => {
    assert.equal(
      week(monday, account, ops)[0],
      '$(person) DRE Ops Rotation  Eli until 7 Sep  ;rotation;takeable;handable;linked;identified;named;',
    );
  });

  it('says when it is not known who is on call', () => {
    assert.equal(
      week(at('2026-12-01T08:00Z'), account, ops)[0],
      '$(person) DRE Ops Rotation  not known who  ;rotation;takeable;linked;identified;',
    );
  });

  it('has every row once', () => {
    const ids = weekView(state(ops, alerts), account, { now: wednesday, timeZone: 'UTC' }, 'https://x.example')
      .rows.flatMap((row) => [row, ...(row.children ?? [])])
      .map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });
});

describe('the shift in the status bar', () => {
  it('says in its tooltip until when alerts page, or from when', () => {
    assert.deepEqual(tooltip(wednesday), [
      'DRE Ops Rotation',
      'You are Dr. DRE until Mon 09:00',
      'Next: Eli from Mon 09:00',
      'Your next shift: from 7 Sep 09:00',
      'DRE Alerts: you until Fri 16:00, paging until 18:00',
    ]);
    assert.equal(tooltip(night).at(-1), 'DRE Alerts: no paging until Thu 09:00, then Dana Oncall');
    assert.equal(tooltip(at('2026-08-27T13:00Z')).at(-1), 'DRE Alerts: nobody', 'a gap within the hours');
  });

  it('does not call the hours quiet when the service says that somebody is on call', () => {
    const late = { ...alerts, current: [dana], until: at('2026-08-26T22:00Z') };
    const { tooltip: lines } = rotationStatus(state(ops, late), undefined, { now: night, timeZone: 'Europe/Zurich' });
    assert.equal(lines.at(-1), 'DRE Alerts: Dana Oncall until Fri 16:00');
  });

  it('distinguishes nobody, somebody else and not known', () => {
    const text = (of: Rotation, now = wednesday): string => {
      const shown = rotationStatus(state(of), account, { now, timeZone: 'Europe/Zurich' });
      return `$(${shown.icon}) ${shown.text}`;
    };
    assert.equal(text(ops), '$(pulse) You are Dr. DRE until Mon 09:00');
    assert.equal(text(ops, monday), '$(person) Eli until 7 Sep 09:00');
    assert.equal(text({ ...ops, current: [], until: undefined, shifts: [] }), '$(person) Nobody is Dr. DRE');
    assert.equal(text(ops, at('2026-12-01T08:00Z')), '$(person) Not known who is Dr. DRE (?)');
  });
});

describe('being on shift', () => {
  it('is being on call for one of the schedules at that very instant', () => {
    assert.equal(isOnShift([alerts], account, wednesday), true);
    assert.equal(isOnShift([alerts], account, night), false);
    assert.equal(isOnShift([ops, alerts], account, night), true);
    assert.equal(isOnShift([ops, alerts], account, monday), false);
  });

  it('is not known without a schedule, a person, or what reaches this far', () => {
    assert.equal(isOnShift([], account, wednesday), undefined);
    assert.equal(isOnShift([ops], undefined, wednesday), undefined);
    assert.equal(isOnShift([ops], account, at('2026-12-01T08:00Z')), undefined);
  });
});

import assert from 'node:assert/strict';
import type { TimeRestriction } from '../../../src/domain/base/workingHours.ts';
import type { Rotation } from '../../../src/domain/rotation/rotation.ts';
import { people, tokens, writtenFor } from '../../simulator/world.ts';
import { kindOf, opsFixture, valueOf } from '../../support/sources/atlassianFixture.ts';

const alerts = { id: 'f8f2a4ec-54b2-4513-865b-8cb3b81c9544', name: 'DRE Alerts' };
const opsId = '0b7f3c52-8a0f-4d0c-9e4e-3c1c5a1d7e21';
const standbyId = '7c9b1d58-64f2-4c47-a7b4-d6f1f4a5e302';
const hour = 3_600_000;

describe('schedules', () => {
  // The Wednesday that the world is written for, 15:50 in Zurich: hours and weeks lie where they are written.
  const fixture = opsFixture({ startAt: writtenFor });
  const turn = (name: string, value: unknown): void => fixture.simulator.switch('atlassian', name, value);
  const at = (iso: string): number => fixture.simulator.world().at(iso);
  const read = async (name: string): Promise<Rotation> => valueOf(await fixture.ops().rotation(name, 'role'));
  const namesOf = (list: readonly { readonly name: string | undefined }[]): (string | undefined)[] =>
    list.map(({ name }) => name);

  it('say who has them now, until when, and who comes next', async () => {
    const rotation = await read('DRE Ops Rotation');
    assert.deepEqual([rotation.id, rotation.role, rotation.timeZone], [opsId, 'role', 'Europe/Zurich']);
    assert.deepEqual(namesOf(rotation.current), ['Dana Oncall']);
    assert.equal(rotation.until, at('2026-08-31T07:00:00Z'));
    assert.deepEqual([namesOf(rotation.next?.people ?? []), rotation.next?.from], [['Eli Second'], rotation.until]);
  });

  it('say who had them before, as far back as the week before this one', async () => {
    const { past = [] } = await read('DRE Ops Rotation');
    const last = past.at(-1) ?? assert.fail('there is no past period');
    assert.equal(last.end, at('2026-08-24T07:00:00Z'));
    assert.notDeepEqual(namesOf(last.people), ['Dana Oncall']);
    assert.ok(namesOf(last.people).every((name) => name !== undefined));
    assert.ok((past[0]?.start ?? 0) <= at('2026-08-17T07:00:00Z'));
  });

  it('are found by name in any case, not by the beginning of it', async () => {
    assert.equal((await read('dre alerts')).id, alerts.id);
    assert.equal(kindOf(await fixture.ops().rotation('DRE', 'role')), 'notFound');
    assert.equal(kindOf(await fixture.ops(tokens.atlassian.noOps).rotation('DRE Alerts', 'role')), 'notFound');
  });

  it('have the hours that the service gives them; none is around the clock', async () => {
    const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;
    const hours = { startHour: 9, startMinute: 0, endHour: 18, endMinute: 0 };
    assert.deepEqual(
      (await read('DRE Alerts')).restrictions,
      days.map((day): TimeRestriction => ({ startDay: day, endDay: day, ...hours })),
    );
    assert.deepEqual((await read('DRE Ops Rotation')).restrictions, []);
  });

  const rotationOf = (more: object): object => ({
    id: 'r',
    name: 'r',
    type: 'weekly',
    length: 1,
    startDate: '2026-06-01T07:00:00Z',
    ...more,
  });
  const daily = {
    timeRestriction: {
      type: 'time-of-day',
      restriction: { startHour: 22, startMin: 30, endHour: 6, endMin: 15 },
    },
  };
  const everyNight = {
    startDay: undefined,
    startHour: 22,
    startMinute: 30,
    endDay: undefined,
    endHour: 6,
    endMinute: 15,
  };
  const cases: readonly (readonly [string, readonly object[], readonly TimeRestriction[]])[] = [
    ['daily hours have no days', [rotationOf(daily)], [everyNight]],
    ['the hours of all rotations count', [rotationOf(daily), rotationOf(daily)], [everyNight, everyNight]],
    ['one around the clock makes it so', [rotationOf(daily), rotationOf({ timeRestriction: null })], []],
    ['one that is over does not', [rotationOf(daily), rotationOf({ endDate: '2026-08-01T00:00:00Z' })], [everyNight]],
    ['one that comes does not', [rotationOf(daily), rotationOf({ startDate: '2026-09-01T00:00:00Z' })], [everyNight]],
  ];
  for (const [title, rotations, expected] of cases) {
    it(`have hours by their rotations: ${title}`, async () => {
      fixture.wire.tamper = (path) =>
        path === '/v1/schedules'
          ? { values: [{ ...alerts, timezone: 'Europe/Zurich', rotations }], links: {} }
          : undefined;
      assert.deepEqual((await read('DRE Alerts')).restrictions, expected);
    });
  }

  it('have hours also where the list does not give the rotations along', async () => {
    fixture.wire.tamper = (path) =>
      path === '/v1/schedules' ? { values: [{ ...alerts, timezone: 'Europe/Zurich' }], links: {} } : undefined;
    assert.equal((await read('DRE Alerts')).restrictions.length, 5);
    assert.ok(fixture.wire.calls.includes(`GET /v1/schedules/${alerts.id}/rotations`));
  });

  it('say that the hours cannot be read, rather than that they are around the clock', async () => {
    const rotations = [rotationOf({ timeRestriction: { type: 'moon', phases: [] } })];
    fixture.wire.tamper = (path) => {
      if (path === '/v1/schedules') return { values: [{ ...alerts, rotations }], links: {} };
      return path.endsWith('/rotations') ? { values: rotations, links: {} } : undefined;
    };
    const { hoursNotTold, current } = await read('DRE Alerts');
    assert.deepEqual([hoursNotTold, current.length > 0], [true, true]);
  });

  it('show overrides, forwarding and the free evening in their stretches', async () => {
    const rotation = await read('DRE Alerts');
    assert.equal(rotation.until, at('2026-08-26T16:00:00Z'));
    const override = rotation.shifts.find(({ type }) => type === 'override');
    assert.deepEqual(
      [override?.start, override?.end, namesOf(override?.people ?? [])],
      [at('2026-08-28T10:00:00Z'), at('2026-08-28T16:00:00Z'), ['Eli Second']],
    );
    const forwarded = rotation.shifts.filter(({ type }) => type === 'forwarding');
    assert.deepEqual(
      [forwarded[0]?.start, namesOf(forwarded[0]?.people ?? [])],
      [at('2026-09-09T07:00:00Z'), ['Sasha Fourth']],
    );
    fixture.simulator.advance(6 * hour);
    assert.deepEqual((await read('DRE Alerts')).current, []);
  });

  it('reach far enough to hold the next shift of everybody', async () => {
    const { shifts } = await read('DRE Ops Rotation');
    for (const { name } of people) {
      assert.ok(
        shifts.some((shift) => namesOf(shift.people).includes(name)),
        name,
      );
    }
  });

  it('read the same with the times of the timeline in the zone of the schedule', async () => {
    const before = await read('DRE Ops Rotation');
    turn('timelineZone', 'schedule');
    const after = await read('DRE Ops Rotation');
    assert.deepEqual([after.current, after.until, after.next], [before.current, before.until, before.next]);
  });

  it('return who takes part, by name, also through a team', async () => {
    assert.deepEqual(namesOf(valueOf(await fixture.ops().scheduleMembers(opsId))), namesOf(people).sort());
    const standby = namesOf(valueOf(await fixture.ops().scheduleMembers(standbyId)));
    assert.deepEqual(standby, ['Eli Second', 'Noor Third']);
  });

  it('show ids where names cannot be read, and log it', async () => {
    fixture.simulator.fault('atlassianSite', { kind: 'server', match: 'user/bulk' });
    const { current } = await read('DRE Ops Rotation');
    assert.deepEqual(current, [{ accountId: people[0].accountId, name: undefined }]);
    assert.ok(fixture.logged.some((line) => line.includes('names')));
  });

  it('that may not be seen are distinguished from those that are not there', async () => {
    const denied = fixture.ops(tokens.atlassian.noOps);
    assert.equal(kindOf(await denied.scheduleMembers(opsId)), 'forbidden');
    assert.equal(kindOf(await fixture.ops().scheduleMembers('none')), 'notFound');
    assert.equal(kindOf(await fixture.ops().scheduleMembers('../alerts')), 'rejected');
  });

  it('fail as a whole when a part of the answer fails: only the service may say that nobody is on call', async () => {
    fixture.wire.checkAnswers = false;
    for (const [match, kind] of [
      ['on-calls', 'wrongShape'],
      ['timeline', 'wrongShape'],
      ['on-calls', 'garbage'],
    ] as const) {
      fixture.simulator.fault('atlassianApi', { kind, match, times: 1 });
      assert.equal(kindOf(await fixture.ops().rotation('DRE Alerts', 'role')), 'malformed', match);
    }
  });
});

import assert from 'node:assert/strict';
import { reachOf } from '../../../src/domain/rotation/notificationSetup.ts';
import { teamId, tokens } from '../../simulator/world.ts';
import { kindOf, opsFixture, valueOf } from '../../support/sources/atlassianFixture.ts';

describe('heartbeats', () => {
  const fixture = opsFixture();
  const list = (team = `og-${teamId}`): ReturnType<ReturnType<typeof fixture.ops>['listHeartbeats']> =>
    fixture.ops().listHeartbeats(team);

  it('are listed with their state', async () => {
    const { records, skipped, completeness } = valueOf(await list());
    assert.deepEqual([skipped, completeness.kind], [0, 'complete']);
    assert.deepEqual(
      records.map(({ name, status, intervalMs }) => [name, status, (intervalMs ?? 0) / 60_000]),
      [
        ['prometheus-watchdog', 'responsive', 10],
        ['mainnet-scraper', 'unresponsive', 60],
        ['weekly-topology-report', 'off', 10_080],
        ['rollout-controller', 'pending', 10],
      ],
    );
  });

  it('name the alert that they raise', async () => {
    const late = valueOf(await list()).records.find(({ status }) => status === 'unresponsive');
    const query = `status: open AND message: "${late?.alertMessage}"`;
    assert.equal(valueOf(await fixture.ops().listAlerts({ query })).alerts.length, 1);
  });

  it('are distinguished from a plan that has none', async () => {
    fixture.simulator.switch('atlassian', 'heartbeatsPaid', false);
    const read = await list();
    assert.ok(!read.ok);
    assert.equal(read.failure.kind, 'paymentRequired');
    assert.match(read.failure.detail ?? '', /pricing plan/);
  });

  it('are never pinged', async () => {
    valueOf(await list());
    assert.deepEqual(fixture.wire.calls, [`GET /v1/teams/${teamId}/heartbeats`]);
  });

  it('of no team, and of one that may not be seen', async () => {
    assert.equal(kindOf(await list('../alerts')), 'rejected');
    assert.equal(kindOf(await list('00000000-0000-4000-8000-000000000000')), 'forbidden');
    assert.equal(kindOf(await fixture.ops(tokens.atlassian.noOps).listHeartbeats(teamId)), 'forbidden');
  });

  it('with a state or a unit that is not known are shown, not guessed', async () => {
    fixture.wire.tamper = (path, body) => {
      if (!path.endsWith('/heartbeats')) return undefined;
      const [one, other, ...rest] = (body as { values: object[] }).values;
      return { values: [{ ...one, status: 'Dreaming' }, { ...other, intervalUnit: 'Moons' }, ...rest], links: {} };
    };
    const { records, skipped } = valueOf(await list());
    assert.deepEqual([records.length, skipped], [4, 0]);
    assert.deepEqual([records[0]?.status, records[0]?.unknownStatus], ['unknown', 'Dreaming']);
    assert.equal(records[1]?.intervalMs, undefined);
  });
});

describe('how a person is notified', () => {
  const fixture = opsFixture();

  it('is read: rules with their steps, contacts with why they are off', async () => {
    const { rules, contacts } = valueOf(await fixture.ops().notificationSetup());
    const [first] = rules;
    assert.deepEqual(first && { ...first, id: '' }, {
      id: '',
      name: 'New alert',
      event: 'create-alert',
      enabled: true,
      restricted: false,
      everyAlert: true,
      steps: [
        { method: 'mobile', afterMs: 0, enabled: true },
        { method: 'voice', afterMs: 300_000, enabled: true },
      ],
    });
    assert.deepEqual(
      rules.slice(1).map(({ event, restricted, everyAlert }) => [event, restricted, everyAlert]),
      [
        ['create-alert', true, false],
        ['schedule-start', false, true],
      ],
    );
    assert.deepEqual(contacts.at(-1), { method: 'sms', enabled: false, disabledReason: 'Not verified' });
  });

  for (const [pagingSetup, reach] of [
    ['good', 'some'],
    ['rulesOff', 'none'],
    ['stepsOff', 'none'],
    ['contactsOff', 'none'],
    ['none', 'none'],
    ['hours', { limits: ['hours'] }],
    ['someAlerts', { limits: ['someAlerts'] }],
    ['emailOnly', { limits: ['emailOnly'] }],
    ['late', { limits: ['late'] }],
    // The rule for low priorities is not late.
    ['narrow', { limits: ['hours', 'someAlerts', 'emailOnly'] }],
  ] as const) {
    it(`is reached as the set-up ${pagingSetup} says`, async () => {
      fixture.simulator.switch('atlassian', 'pagingSetup', pagingSetup);
      assert.deepEqual(reachOf(valueOf(await fixture.ops().notificationSetup())), reach);
    });
  }

  it('is not known when a part of it cannot be read', async () => {
    for (const part of ['/notification-rules', '/contacts']) {
      fixture.wire.tamper = (path) => (path.endsWith(part) ? { values: [{ id: 'x' }], links: {} } : undefined);
      assert.equal(kindOf(await fixture.ops().notificationSetup()), 'malformed');
    }
    fixture.wire.checkAnswers = false;
    fixture.simulator.fault('atlassianApi', { kind: 'forbidden', match: 'contacts' });
    fixture.wire.tamper = undefined;
    assert.equal(kindOf(await fixture.ops().notificationSetup()), 'forbidden');
  });
});

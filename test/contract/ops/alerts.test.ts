import assert from 'node:assert/strict';
import { people, teamId, tokens } from '../../simulator/world.ts';
import { kindOf, opsFixture, valueOf } from '../../support/sources/atlassianFixture.ts';

describe('reading alerts', () => {
  const fixture = opsFixture();
  const turn = (name: string, value: unknown): void => fixture.simulator.switch('atlassian', name, value);
  const list = async (query = 'status: open'): Promise<ReturnType<typeof valueOf<ListedAlerts>>> =>
    valueOf(await fixture.ops().listAlerts({ query }));
  type ListedAlerts = Extract<
    Awaited<ReturnType<ReturnType<typeof fixture.ops>['listAlerts']>>,
    { readonly ok: true }
  >['value'];

  it('finds open, acknowledged and snoozed alerts with one query, and closed ones with another', async () => {
    const states = async (query: string): Promise<string[]> =>
      [...new Set((await list(query)).alerts.map(({ status }) => status))].sort();
    assert.deepEqual(await states('status: open'), ['acknowledged', 'open', 'snoozed']);
    const since = fixture.simulator.world().now() - 24 * 3_600_000;
    assert.deepEqual(await states(`status: closed AND createdAt >= ${since}`), ['closed']);
  });

  const forms: readonly (readonly [string, unknown])[] = [
    ['alertStatusForm', 'status'],
    ['lastOccurredSpelling', 'lastOccurredAt'],
    ['listOmitsDetails', true],
    ['ownerForm', 'email'],
    ['opsRateLimitHeaders', true],
  ];
  for (const [name, value] of forms) {
    it(`reads the same rows with ${name} ${JSON.stringify(value)}`, async () => {
      const rows = async (): Promise<unknown[]> =>
        (await list('createdAt > 0')).alerts.map(({ id, status, lastOccurredAt, priority, count }) => [
          id,
          status,
          lastOccurredAt,
          priority,
          count,
        ]);
      const standard = await rows();
      turn(name, value);
      assert.deepEqual(await rows(), standard);
    });
  }

  it('reads one alert in full, also what the list left out', async () => {
    turn('listOmitsDetails', true);
    const [first] = (await list('description: finalization')).alerts;
    assert.equal(first?.description, '');
    const alert = valueOf(await fixture.ops().getAlert(first.id));
    assert.match(alert.description, /Finalization rate is 0/);
    assert.match(alert.properties['runbook'] ?? '', /^https:/);
  });

  it('knows a missing alert from one that is no id of an alert', async () => {
    const ops = fixture.ops();
    assert.equal(kindOf(await ops.getAlert('9b251e07-73c9-4907-9996-8cb53a6a20d0-1767571200123')), 'notFound');
    // The number that people see is none (atlassian.md 0.1 fact 6), and does not get into a path.
    assert.equal(kindOf(await ops.getAlert('4711')), 'rejected');
    assert.ok(!fixture.wire.calls.includes('GET /v1/alerts/4711'));
  });

  it('skips and counts a record that cannot be read, once', async () => {
    const whole = await list();
    fixture.wire.tamper = (path, body) => {
      if (path !== '/v1/alerts') return undefined;
      const { values, ...rest } = body as { values: unknown[] };
      return { ...rest, values: [values[0], { id: 7 }, ...values.slice(1, -1), { id: 'x', createdAt: 'never' }] };
    };
    const read = await list();
    assert.deepEqual([read.alerts.length, read.skipped], [whole.alerts.length - 1, 2]);
    assert.ok(fixture.logged.some((line) => line.startsWith('2 alerts')));
  });

  for (const status of [422, 400]) {
    it(`says that a query is refused (${status}), and why`, async () => {
      turn('badQueryStatus', status);
      const read = await fixture.ops().listAlerts({ query: 'NOT acknowledged' });
      assert.ok(!read.ok);
      assert.deepEqual([read.failure.kind, read.failure.status], ['rejected', status]);
      assert.notEqual(read.failure.detail, undefined);
    });
  }

  for (const form of ['json', 'html', 'empty']) {
    it(`returns how long to wait when there were too many requests (${form})`, async () => {
      const ops = fixture.ops();
      // Learns the site's id first: that request would be refused as well.
      await ops.listAlerts({ query: 'status: open' });
      turn('retryAfterSeconds', 7);
      turn('rateLimited', form);
      const read = await ops.listAlerts({ query: 'status: open' });
      assert.ok(!read.ok);
      assert.deepEqual([read.failure.kind, read.failure.retryAfterMs], ['rateLimited', 7_000]);
    });
  }

  it('says that a scope is missing', async () => {
    turn('scopes', ['read:jira-work']);
    const read = await fixture.ops(tokens.atlassian.scoped).listAlerts({ query: 'status: open' });
    assert.ok(!read.ok);
    assert.deepEqual([read.failure.kind, /scope/.test(read.failure.detail ?? '')], ['unauthorized', true]);
  });

  for (const works of [true, false]) {
    it(`${works ? 'reads' : 'says that it cannot read'} with a token with scopes where such ${works ? 'work' : 'do not'}`, async () => {
      turn('scopedTokenOnOps', works);
      const read = await fixture.ops(tokens.atlassian.scoped).listAlerts({ query: 'status: open' });
      assert.equal(kindOf(read), works ? undefined : 'unauthorized');
    });
  }

  describe('an empty list', () => {
    const nothing = 'message: nothingLikeThis';

    for (const prefix of [false, true]) {
      for (const team of [teamId, `og-${teamId}`]) {
        it(`is proved when the team is seen (${prefix ? 'og-' : 'bare'} in the answer, ${team.slice(0, 3)} in the setting)`, async () => {
          turn('teamIdPrefix', prefix);
          const read = valueOf(await fixture.ops().listAlerts({ query: nothing, team }));
          assert.deepEqual([read.alerts.length, read.access], [0, 'seen']);
        });
      }
    }

    it('of a team that the account does not see is distinguished from one without alerts', async () => {
      const team = 'og-00000000-0000-4000-8000-000000000000';
      assert.equal(valueOf(await fixture.ops().listAlerts({ query: nothing, team })).access, 'teamNotSeen');
    });

    it('of an account without access is reported, for both answers of the service', async () => {
      const ops = fixture.ops(tokens.atlassian.noOps);
      assert.equal(valueOf(await ops.listAlerts({ query: nothing })).access, 'noTeams');
      turn('noOpsForm', 'forbidden');
      assert.equal(kindOf(await ops.listAlerts({ query: nothing })), 'forbidden');
    });

    it('is none when nobody can say whether the team is seen', async () => {
      fixture.wire.checkAnswers = false;
      fixture.simulator.fault('atlassianApi', { kind: 'server', match: '/v1/teams' });
      assert.equal(kindOf(await fixture.ops().listAlerts({ query: nothing })), 'server');
      fixture.simulator.clearFaults();
      fixture.simulator.fault('atlassianApi', { kind: 'wrongShape', match: '/v1/teams' });
      assert.equal(kindOf(await fixture.ops().listAlerts({ query: nothing })), 'malformed');
    });
  });

  it('lists the teams and to what an alert can be escalated', async () => {
    const teams = valueOf(await fixture.ops().listTeams());
    assert.ok(teams.some(({ id, name }) => id === teamId && name === 'DRE'));
    const { records, skipped } = valueOf(await fixture.ops().listEscalations(`og-${teamId}`));
    assert.deepEqual([records.map(({ name }) => name), skipped], [['DRE escalation'], 0]);
    assert.equal(kindOf(await fixture.ops().listEscalations('../alerts')), 'rejected');
    assert.equal(kindOf(await fixture.ops().listEscalations('other')), 'notFound');
    assert.equal(kindOf(await fixture.ops(tokens.atlassian.noOps).listEscalations(teamId)), 'forbidden');
  });

  it('finds what is a person’s own by a query', async () => {
    const { alerts } = await list(`owner: "${people[0].accountId}"`);
    assert.deepEqual([...new Set(alerts.map(({ owner }) => owner))], [people[0].name]);
  });
});

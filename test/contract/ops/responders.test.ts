import assert from 'node:assert/strict';
import { people, teamId } from '../../simulator/world.ts';
import { opsFixture } from '../../support/sources/atlassianFixture.ts';

describe('the names of responders', () => {
  const fixture = opsFixture();
  const team = { id: teamId, type: 'team' as const };
  const [, eli] = people;
  const user = { id: eli?.accountId ?? '', type: 'user' as const };

  for (const prefix of [false, true]) {
    it(`are returned for teams and people (${prefix ? 'og-' : 'bare'} ids), and asked for once`, async () => {
      fixture.simulator.switch('atlassian', 'teamIdPrefix', prefix);
      const ops = fixture.ops();
      const schedule = { id: 'f8f2a4ec-54b2-4513-865b-8cb3b81c9544', type: 'schedule' as const };
      const names = await ops.responderNames([team, user, schedule]);
      assert.deepEqual([...names].sort(), [[teamId, 'DRE'] as const, [user.id, eli?.name] as const].sort());
      await ops.responderNames([team, user]);
      assert.equal(fixture.wire.calls.filter((call) => call.endsWith('/teams')).length, 1);
    });
  }

  it('are asked for once too where a team is not known', async () => {
    const ops = fixture.ops();
    const unknown = { id: '00000000-0000-4000-8000-000000000000', type: 'team' as const };
    assert.deepEqual([...(await ops.responderNames([unknown]))], []);
    await ops.responderNames([unknown]);
    assert.equal(fixture.wire.calls.filter((call) => call.endsWith('/teams')).length, 1);
  });

  it('are left out where the service does not send them, which the log says', async () => {
    fixture.wire.checkAnswers = false;
    const ops = fixture.ops();
    fixture.simulator.fault('atlassianApi', { kind: 'server', match: '/v1/teams', times: 1 });
    assert.deepEqual([...(await ops.responderNames([team]))], []);
    assert.ok(fixture.logged.some((line) => line.includes('names of teams')));
    assert.equal((await ops.responderNames([team])).get(teamId), 'DRE');
  });
});

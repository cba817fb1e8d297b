import assert from 'node:assert/strict';
import type { Responder } from '../../../../src/domain/alerts/alert.ts';
import { toAlert } from '../../../../src/sources/atlassian/ops/mapping.ts';
import { isOfAnotherTeam } from '../../../../src/sources/atlassian/ops/otherTeams.ts';
import { silentReport } from '../../../support/sources/silentReport.ts';

const [ours, theirs] = ['58df1d4e-2e76-4b13-9e8f-6c5a0c3b1a11', '5e1d1a3f-0c3f-4b53-8f2c-7a9f0f1d2c3b'];
const team = (id: string): Responder => ({ id, type: 'team' });

describe('an alert of another team', () => {
  const cases: readonly (readonly [string, readonly Responder[], boolean])[] = [
    ['names nobody', [], false],
    ['names our team', [team(ours)], false],
    ['names our team as addresses of pages do', [team(`og-${ours.toUpperCase()}`)], false],
    ['names our team and another', [team(theirs), team(ours)], false],
    ['names another team', [team(theirs)], true],
    ['names two other teams', [team(theirs), team(`og-${theirs}`)], true],
    ['names another team and a person', [team(theirs), { id: 'dana', type: 'user' }], false],
    ['names another team and a schedule', [team(theirs), { id: 's1', type: 'schedule' }], false],
    ['names another team and an escalation', [team(theirs), { id: 'e1', type: 'escalation' }], false],
    ['names another team and somebody of an unknown kind', [team(theirs), { id: 'x', type: 'other' }], false],
    ['names a team without an id', [team('')], false],
  ];
  for (const [what, responders, expected] of cases) {
    it(`${expected ? 'is one that' : 'is none that'} ${what}`, () => {
      assert.equal(isOfAnotherTeam({ responders }, ours), expected);
    });
  }

  it('is not known when the setting names no team', () => {
    assert.equal(isOfAnotherTeam({ responders: [team(theirs)] }, ' '), false);
  });

  it('is not known when a responder cannot be read', () => {
    const raw = {
      id: '9b251e07-73c9-4907-9996-8cb53a6a20d0-1767571200123',
      createdAt: '2026-01-05T00:00:00.123Z',
      message: 'Disk full',
      status: 'open',
    };
    for (const odd of [{ id: 'p1', type: 'policy' }, { type: 'team' }, 'somebody', null]) {
      const alert = toAlert({ ...raw, responders: [{ id: theirs, type: 'team' }, odd] }, silentReport);
      assert.ok(alert !== undefined);
      assert.equal(isOfAnotherTeam(alert, ours), false, JSON.stringify(odd));
    }
  });
});

import assert from 'node:assert/strict';
import { changedFeeds, feedScopes, scopeOf } from '../../../src/feeds/scope.ts';

const settings: Parameters<typeof scopeOf>[0] = {
  atlassianSite: new URL('https://dfinity.atlassian.net'),
  atlassianApi: new URL('https://api.atlassian.com'),
  githubApi: new URL('https://api.github.com'),
  rolloutsUrl: new URL('https://rollouts.example.com'),
  governanceHost: new URL('https://icp-api.io'),
  governanceCanister: 'rrkah-fqaaa-aaaaa-aaaaq-cai',
  team: 'a team',
  schedules: { alerts: 'DRE Alerts' },
  epic: 'DRE-350',
  repository: 'dfinity/dre',
};
const ofOps = ['rotations', 'alerts', 'closedAlerts', 'heartbeats'];
const elsewhere = new URL('https://elsewhere.example.com');

/** For each setting, a change of it and the feeds that read something else then. */
const changes: readonly [change: Partial<typeof settings>, feeds: readonly string[]][] = [
  [{ atlassianSite: elsewhere }, ['account', ...ofOps, 'queue']],
  [{ atlassianApi: elsewhere }, ['account', ...ofOps, 'queue']],
  [{ githubApi: elsewhere }, ['pullRequests', 'releases', 'workflowRuns']],
  [{ rolloutsUrl: elsewhere }, ['rollouts']],
  [{ governanceHost: elsewhere }, ['proposals']],
  [{ governanceCanister: 'aaaaa-aa' }, ['proposals']],
  [{ team: 'another team' }, ['alerts', 'closedAlerts', 'heartbeats']],
  [{ schedules: { alerts: 'Others' } }, ['rotations']],
  [{ epic: 'DRE-1' }, ['queue']],
  [{ repository: 'dfinity/ic' }, ['pullRequests', 'releases', 'workflowRuns']],
];

describe('what the settings name', () => {
  it('is the same scope for equal settings, and another one for each setting that differs', () => {
    assert.equal(scopeOf({ ...settings, schedules: { ...settings.schedules } }), scopeOf(settings));
    const scopes = new Set(changes.map(([change]) => scopeOf({ ...settings, ...change })));
    assert.equal(scopes.size, changes.length);
    assert.ok(!scopes.has(scopeOf(settings)));
  });

  it('begins only those feeds anew that read something else', () => {
    const before = feedScopes(settings);
    assert.deepEqual([...changedFeeds(before, feedScopes({ ...settings }))], []);
    assert.deepEqual(
      Object.keys(settings).filter((name) => !changes.some(([change]) => name in change)),
      [],
      'a setting without a case',
    );
    for (const [change, feeds] of changes) {
      const changed = changedFeeds(before, feedScopes({ ...settings, ...change }));
      assert.deepEqual([...changed].sort(), [...feeds].sort(), Object.keys(change).join());
    }
  });
});

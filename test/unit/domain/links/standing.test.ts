import assert from 'node:assert/strict';
import type { PullRequest } from '../../../../src/domain/ci/pullRequest.ts';
import { earlyOf, standingOf, type StandingSources } from '../../../../src/domain/links/standing.ts';
import type { Proposal } from '../../../../src/domain/proposals/proposal.ts';
import {
  electionDay,
  isHotfix,
  systemsOf,
  type Release,
  type ReleaseVersion,
} from '../../../../src/domain/releases/release.ts';
import type { Rollout } from '../../../../src/domain/releases/rollout.ts';
import { proposal, pullRequest } from '../../../support/feeds/linkRecords.ts';
import { rollout as anyRollout } from '../../../support/feeds/rolloutBuilder.ts';

const commit = 'a1'.repeat(20);
const base: ReleaseVersion = { name: 'base', commit, isSecurityFix: false, published: [] };
const release: Release = { name: 'rc--2026-08-20_03-30', versions: [base], ignoredProposals: [] };
const none: StandingSources = { pulls: [], areAllPulls: true, proposals: [], rollouts: [] };
const thursday = Date.UTC(2026, 7, 20, 12);
const friday = Date.UTC(2026, 7, 21);

function standing(sources: Partial<StandingSources>, version = base, of = release) {
  return standingOf(of, version, 'GuestOS', { ...none, ...sources });
}

describe('where a version stands', () => {
  const pull: PullRequest = pullRequest(7, { branch: `replica-release-notes-${commit}` });
  const election: Proposal = proposal(9n, {
    nnsFunction: 38,
    title: `Elect new IC/GuestOS revision (commit ${commit.slice(0, 7)})`,
  });
  const rollout: Rollout = anyRollout({ revision: commit, state: 'upgrading_subnets' });

  it('goes from review to notes that are ready, published, elected and rolled out', () => {
    assert.equal(standing({}).kind, 'notesInReview');
    assert.deepEqual(standing({ pulls: [pull] }), { kind: 'notesReady', pull });
    assert.equal(standing({ pulls: [pull] }, { ...base, published: ['GuestOS'] }).kind, 'published');
    assert.deepEqual(standing({ proposals: [election] }), { kind: 'election', proposal: election });
    assert.deepEqual(standing({ proposals: [election], rollouts: [rollout] }), {
      kind: 'rollingOut',
      rollout,
      proposal: election,
    });
    const complete: Rollout = { ...rollout, state: 'complete' };
    assert.equal(standing({ rollouts: [complete] }).kind, 'rolledOut');
    const boundary: Rollout = { ...rollout, kind: 'rollout_ic_os_to_mainnet_api_boundary_nodes' };
    assert.equal(standing({ rollouts: [complete, boundary] }).kind, 'rollingOut', 'while one of them goes on');
  });

  it('says no more than is known', () => {
    assert.equal(standing({ areAllPulls: false }).kind, 'notPublished');
    assert.equal(standing({ pulls: [pull], areAllPulls: false }).kind, 'notesReady', 'what is known of one stays');
    assert.equal(standing({}, { ...base, published: undefined }).kind, 'listed');
    assert.equal(standing({ areAllPulls: false }, { ...base, published: undefined }).kind, 'listed');
  });

  it('takes the newest election of the same system that is not ignored', () => {
    const later: Proposal = { ...election, id: 10n };
    const ignored: Proposal = { ...election, id: 11n };
    const ofNodes: Proposal = { ...election, id: 12n, nnsFunction: 50 };
    const of = { ...release, ignoredProposals: [11n] };
    const found = standing({ proposals: [election, ignored, later, ofNodes] }, base, of);
    assert.deepEqual(found, { kind: 'election', proposal: later });
  });

  it('goes by the payload of an election, not by its title', () => {
    const value = { replica_version_to_elect: ['b2'.repeat(20)] };
    const other: Proposal = { ...election, payload: { kind: 'decoded', value } };
    assert.equal(standing({ proposals: [other] }).kind, 'notesInReview');
  });

  it('leaves out simulated rollouts and those of another system', () => {
    const nodes: Rollout = { ...rollout, kind: 'rollout_ic_os_to_mainnet_nodes' };
    assert.equal(standing({ rollouts: [{ ...rollout, simulated: true }, nodes] }).kind, 'notesInReview');
  });

  it('points out what is early, except for hotfixes', () => {
    const merging = standing({ pulls: [{ ...pull, autoMerge: true }] });
    assert.equal(earlyOf(release, base, merging, thursday), 'mergesEarly');
    assert.equal(earlyOf(release, base, merging, friday), undefined);
    assert.equal(earlyOf(release, base, standing({ pulls: [pull] }), thursday), undefined, 'a person merges it');
    const early = standing({ proposals: [{ ...election, createdAt: thursday }] });
    assert.equal(earlyOf(release, base, early, friday), 'electedEarly');
    assert.equal(earlyOf(release, { ...base, name: 'consensus-hotfix' }, early, friday), undefined);
    assert.equal(earlyOf(release, { ...base, isSecurityFix: true }, early, friday), undefined);
    const onTime = standing({ proposals: [{ ...election, createdAt: friday }] });
    assert.equal(earlyOf(release, base, onTime, friday), undefined);
  });
});

describe('a release', () => {
  it('has its elections on the first Friday from its day on, in UTC', () => {
    for (const [name, day] of [
      ['rc--2026-08-20_03-30', '2026-08-21'],
      ['rc--2026-08-21_03-30', '2026-08-21'],
      ['rc--2026-08-22_03-30', '2026-08-28'],
      ['rc--github--2026-12-31_23-59', '2027-01-01'],
    ] as const) {
      assert.equal(electionDay({ name }), Date.parse(`${day}T00:00:00Z`), name);
    }
    for (const name of ['rc--2026-13-45_03-30', 'release-1', '']) assert.equal(electionDay({ name }), undefined, name);
  });

  it('has a HostOS of its first version alone', () => {
    const feature: ReleaseVersion = { ...base, name: 'revert_dmt' };
    const of = { ...release, versions: [base, feature] };
    assert.deepEqual([systemsOf(of, base), systemsOf(of, feature)], [['GuestOS', 'HostOS'], ['GuestOS']]);
  });

  it('has hotfixes by mark or name', () => {
    for (const name of ['security-hotfix', 'hot-fix', 'Hotfix-2']) assert.ok(isHotfix({ ...base, name }), name);
    for (const name of ['base', 'revert_dmt', 'fix-repro']) assert.ok(!isHotfix({ ...base, name }), name);
  });
});

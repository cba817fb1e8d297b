import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { Proposal } from '../../../../src/domain/proposals/proposal.ts';
import type { Release } from '../../../../src/domain/releases/release.ts';
import type { Rollout } from '../../../../src/domain/releases/rollout.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { decidedProposalsKey } from '../../../../src/feeds/proposals/decidedKey.ts';
import { proposalsKey } from '../../../../src/feeds/proposals/proposals.ts';
import { releasesKey, rolloutsKey } from '../../../../src/feeds/releases/keys.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { pagesOfVersions } from '../../../../src/views/releases/versionPages.ts';
import { releasesView } from '../../../../src/views/releases/view.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { proposal } from '../../../support/feeds/linkRecords.ts';
import { hostOs, revision, rollout, wednesday } from '../../../support/feeds/rolloutBuilder.ts';

const release: Release = {
  name: 'rc--2026-08-20_03-30',
  versions: [{ name: 'base', commit: revision, isSecurityFix: false, published: ['GuestOS'] }],
  ignoredProposals: [140_003n],
};
const thread = 'https://forum.dfinity.org/t/rc-2026-08-20/1';
const election = (id: bigint, more: Partial<Proposal> = {}): Proposal =>
  proposal(id, {
    nnsFunction: 38,
    title: `Elect new IC/GuestOS revision (commit ${revision.slice(0, 7)})`,
    url: thread,
    status: 'executed',
    ...more,
  });

function rowOf(of: Rollout, decided: readonly Proposal[]): Row {
  const store = new Store<Failure>(rethrow);
  store.update(rolloutsKey, { status: 'fresh', asOf: wednesday, records: [of] });
  store.update(releasesKey, { status: 'fresh', asOf: wednesday, records: [release] });
  store.update(decidedProposalsKey, { status: 'fresh', asOf: wednesday, records: [...decided] });
  const pagesOf = pagesOfVersions({
    releases: store.state(releasesKey),
    proposals: store.state(proposalsKey),
    decided: store.state(decidedProposalsKey),
    githubApi: 'https://api.github.com/',
    repository: 'dfinity/dre',
  });
  const from = { now: wednesday, timeZone: 'UTC' };
  const airflow = 'https://airflow.example.org';
  const [row] = releasesView(store.state(rolloutsKey), from, airflow, undefined, { pagesOf }).rows;
  return row ?? assert.fail('no row');
}

describe('the row of a rollout', () => {
  it('leads to the thread about the election of its version and to its notes, where they are known', () => {
    const row = rowOf(rollout(), [election(140_001n)]);
    assert.equal(row.forumPage, thread);
    assert.equal(row.notesPage, `https://github.com/dfinity/dre/blob/main/replica-releases/${revision}.md`);
    assert.equal(row.proposal, '140001');
    assert.ok(['proposed', 'forum', 'notes'].every((token) => row.tokens.some((each) => each === token)));
  });

  it('leads nowhere where its version is not elected by a proposal that counts, or has no notes of its system', () => {
    const { forumPage } = rowOf(rollout(), [election(140_003n), election(140_002n, { nnsFunction: 50 })]);
    assert.equal(forumPage, undefined);
    const { tokens, notesPage } = rowOf(hostOs(), [election(140_001n)]);
    assert.deepEqual([tokens.includes('forum'), tokens.includes('notes'), notesPage], [false, false, undefined]);
    assert.equal(rowOf(rollout({ revision: undefined }), [election(140_001n)]).notesPage, undefined);
  });
});

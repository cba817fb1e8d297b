import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { Release } from '../../../../src/domain/releases/release.ts';
import { Store, type FeedKey, type FeedState } from '../../../../src/engine/read/store.ts';
import { pullRequestsKey } from '../../../../src/feeds/ci/pullRequests.ts';
import { decidedProposalsKey } from '../../../../src/feeds/proposals/decidedKey.ts';
import { proposalsKey } from '../../../../src/feeds/proposals/proposals.ts';
import { releasesKey, rolloutsKey } from '../../../../src/feeds/releases/keys.ts';
import type { Row, ViewModel } from '../../../../src/views/kit/row.ts';
import { withVersions, type VersionSources } from '../../../../src/views/releases/versionRows.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { proposal, pullRequest } from '../../../support/feeds/linkRecords.ts';
import { rollout } from '../../../support/feeds/rolloutBuilder.ts';
import { narrowText } from '../../../support/ui/narrowRows.ts';
import { renderRows } from '../../../support/views/renderRows.ts';

const [next, current, hotfix] = ['a1', 'b2', 'c3'].map((pair) => pair.repeat(20)) as [string, string, string];
const wednesday = Date.UTC(2026, 7, 26, 13, 50);
const friday = Date.UTC(2026, 7, 28, 9);
const releases: readonly Release[] = [
  {
    name: 'rc--2026-08-26_04-10',
    versions: [{ name: 'base', commit: next, isSecurityFix: false, published: [] }],
    ignoredProposals: [],
  },
  {
    name: 'rc--2026-08-20_03-30',
    versions: [
      { name: 'base', commit: current, isSecurityFix: false, published: ['GuestOS', 'HostOS'] },
      { name: 'hotfix-peers', commit: hotfix, isSecurityFix: false, published: ['GuestOS'] },
    ],
    ignoredProposals: [],
  },
];
const notes = (commit: string, more = {}) => pullRequest(2041, { branch: `replica-release-notes-${commit}`, ...more });
const elected = (id: bigint, commit: string, more = {}) =>
  proposal(id, {
    nnsFunction: 38,
    topic: 13,
    title: `Elect new IC/GuestOS revision (commit ${commit.slice(0, 7)})`,
    createdAt: wednesday,
    deadline: wednesday + 2 * 86_400_000,
    ...more,
  });

const store = new Store<Failure>(rethrow);
function fresh<R>(key: FeedKey<R>, records: readonly R[]): FeedState<R, Failure> {
  const own = new Store<Failure>(rethrow);
  own.update(key, { status: 'fresh', asOf: wednesday, records: [...records] });
  return own.state(key);
}

function sources(more: Partial<VersionSources> = {}): VersionSources {
  return {
    releases: fresh(releasesKey, releases),
    pulls: fresh(pullRequestsKey, [notes(next)]),
    rollouts: fresh(rolloutsKey, [rollout({ revision: current })]),
    proposals: fresh(proposalsKey, [elected(140_001n, hotfix)]),
    decided: store.state(decidedProposalsKey),
    githubApi: 'https://api.github.com/',
    repository: 'dfinity/dre',
    ...more,
  };
}

const above: ViewModel = { situation: 'rows', rows: [{ id: 'rollout', label: 'a rollout', tokens: [] }] };

function section(more: Partial<VersionSources> = {}, now = wednesday): Row {
  const found = withVersions(above, sources(more), { now, timeZone: 'UTC' }).rows.find(({ id }) => id === 'versions');
  assert.ok(found);
  return found;
}

const rowOf = (row: Row, id: string): Row => {
  const found = row.children?.find((each) => each.id === id);
  assert.ok(found, id);
  return found;
};

describe('the versions of the newest releases', () => {
  it('stand below the engines, whatever these are called', () => {
    const engines = ['stop', 'debug-pause'].map((id) => ({ id: `engine/${id}`, label: id, icon: { id }, tokens: [] }));
    const rows = [...engines, { id: 'rollout', label: 'a rollout', icon: { id: 'pass' }, tokens: [] }];
    const ready = { pulls: fresh(pullRequestsKey, [notes(next)]) };
    const shown = withVersions({ situation: 'rows', rows }, sources(ready), { now: friday, timeZone: 'UTC' });
    assert.deepEqual(
      shown.rows.map(({ id }) => id),
      ['engine/stop', 'engine/debug-pause', 'versions', 'rollout'],
    );
  });

  it('stand below the rollouts, each with how far it is', () => {
    assert.equal(
      renderRows([section()]),
      [
        '$(versions) Versions  5',
        '  $(git-pull-request) 08-26 GuestOS  merge on Friday  ;linked;identified;named;commit;',
        '  $(comment-discussion) 08-26 HostOS  notes in review  ;linked;identified;named;commit;',
        '  $(play-circle) 08-20 GuestOS  rolling out  ;rollout;identified;named;commit;notes;',
        '  $(book) 08-20 HostOS  notes published  ;linked;identified;named;commit;notes;',
        '  $(law) 08-20 hotfix-peers  voting · 2d left  ;linked;identified;named;commit;proposed;notes;votable;',
      ].join('\n'),
    );
  });

  it('are read in a narrow side bar', () => {
    assert.deepEqual(narrowText([{ ...section({}, friday), expanded: true }], 'DejaVu Sans').split('\n'), [
      '$(versions) Versions  5, 1 to do',
      '  $(git-pull-request) 08-26 GuestOS  merge notes now',
      '  $(comment-discussion) 08-26 HostOS  notes in review',
      '  $(play-circle) 08-20 GuestOS  rolling out',
      '  $(book) 08-20 HostOS  notes published',
      '  $(law) 08-20 hotfix-peers  voting · 4h left',
    ]);
  });

  it('lead to the thread about their election, and to no other page that a proposal names', () => {
    const forumOf = (url: string): string | undefined => {
      const row = section({ proposals: fresh(proposalsKey, [elected(140_001n, hotfix, { url })]) });
      return rowOf(row, 'version/rc--2026-08-20_03-30/hotfix-peers/GuestOS').forumPage;
    };
    assert.equal(forumOf('https://forum.dfinity.org/t/elect/1/2'), 'https://forum.dfinity.org/t/elect/1/2');
    assert.equal(forumOf('https://forum.dfinity.org.example/t/elect'), undefined);
    assert.equal(forumOf('no address'), undefined);
  });

  it('call for a person on Friday, first and unfolded', () => {
    const row = section({}, friday);
    assert.equal(row.description, '5, 1 to do');
    assert.equal(row.expanded, true);
    assert.match(renderRows(row.children ?? []), /^\S+ 08-26 GuestOS {2}merge notes now/);
    assert.equal(section().expanded, false, 'nothing is to be done before');
    const trouble = { ...above.rows[0], id: 'trouble', label: 'trouble', tokens: [] };
    const icon = { id: 'error', color: 'problemsErrorIcon.foreground' };
    const all: ViewModel = { ...above, rows: [{ ...trouble, icon }, ...above.rows] };
    const ids = (now: number) => withVersions(all, sources(), { now, timeZone: 'UTC' }).rows.map(({ id }) => id);
    assert.deepEqual(ids(friday), ['trouble', 'versions', 'rollout']);
    assert.deepEqual(ids(wednesday), ['trouble', 'rollout', 'versions']);
  });

  it('point out what comes before Friday', () => {
    const merging = section({ pulls: fresh(pullRequestsKey, [notes(next, { autoMerge: true })]) });
    assert.match(renderRows(merging.children ?? []), /^\$\(warning\) 08-26 GuestOS {2}merges before Friday/);
    const early = section({ proposals: fresh(proposalsKey, [elected(140_002n, next)]) });
    const row = rowOf(early, 'version/rc--2026-08-26_04-10/base/GuestOS');
    assert.match(row.description ?? '', /^voting · 2d left · before Friday$/);
    assert.match((row.hover ?? []).join('\n'), /before Friday, though it is no hotfix/);
  });

  it('show an election that was lost, by what was decided last', () => {
    const failed = elected(140_001n, hotfix, { status: 'failed' });
    const row = section({ decided: fresh(decidedProposalsKey, [failed]) });
    assert.match(renderRows(row.children ?? []), /^\$\(error\) 08-20 hotfix-peers {2}election failed/);
    const done = section({ decided: fresh(decidedProposalsKey, [{ ...failed, status: 'executed' as const }]) });
    assert.match(renderRows(done.children ?? []), /\$\(verified\) 08-20 hotfix-peers {2}elected/);
  });

  it('do not say that notes are in review while not all pull requests are read', () => {
    const unread = section({ pulls: store.state(pullRequestsKey) });
    const row = rowOf(unread, 'version/rc--2026-08-26_04-10/base/GuestOS');
    assert.equal(row.description, 'notes not published');
    assert.match(
      (row.hover ?? []).join('\n'),
      /Can't tell whether its notes are ready: not all pull requests are read/,
    );
  });

  it('open the pull request, the notes, the proposal and the rollout', () => {
    const row = section();
    assert.deepEqual(
      (row.children ?? []).map(({ command, link, record }) => [command, record?.key ?? link]),
      [
        ['drDre.ci.open', 'https://github.com/dfinity/dre/pull/2041'],
        ['drDre.ci.open', 'https://github.com/dfinity/dre/blob/main/release-index.yaml'],
        ['drDre.releases.openTimeline', 'rollout_ic_os_to_mainnet_subnets/rc--2026-08-20_03-30'],
        ['drDre.ci.open', `https://github.com/dfinity/dre/blob/main/hostos-releases/${current}.md`],
        ['drDre.proposals.open', '140001'],
      ],
    );
    assert.equal(row.children?.[0]?.copied, next);
  });

  it('say by themselves that they are not read, and wait while nothing is', () => {
    const failure: Failure = { kind: 'unreachable', service: 'github', operation: 'read release index' };
    const own = new Store<Failure>(rethrow);
    own.update(releasesKey, { status: 'failing', failure, records: [] });
    const row = section({ releases: own.state(releasesKey) });
    assert.match(renderRows([row]), /Can't reach GitHub/);
    const loading: ViewModel = { situation: 'loading', rows: [] };
    const unread = sources({ releases: store.state(releasesKey) });
    assert.deepEqual(withVersions(loading, unread, { now: wednesday, timeZone: 'UTC' }), loading);
  });
});

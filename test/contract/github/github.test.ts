import assert from 'node:assert/strict';
import type { components } from '@octokit/openapi-types';
import type { Failure } from '../../../src/domain/base/failure.ts';
import { complete } from '../../../src/domain/base/listed.ts';
import type { Result } from '../../../src/domain/base/result.ts';
import { Meter } from '../../../src/engine/read/meter.ts';
import { createGitHub, type GitHub } from '../../../src/sources/github/client.ts';
import { toPulls, toRuns } from '../../../src/sources/github/mapping.ts';
import { toReleases } from '../../../src/sources/github/releaseIndex.ts';
import { createHttp } from '../../../src/sources/http.ts';
import { quotaOf } from '../../../src/sources/rateLimit.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { tokens } from '../../simulator/world.ts';
import { httpFaults } from '../../support/sources/httpFaults.ts';
import { rethrow } from '../../support/engine/engine.ts';
import { silentReport } from '../../support/sources/silentReport.ts';

const repository = 'dfinity/dre';

describe('the GitHub client and the service', () => {
  let simulator: Simulator;
  let meter: Meter;
  const logged: string[] = [];
  before(async () => (simulator = await startSimulator({ speed: 0, services: ['github'] })));
  beforeEach(() => (meter = new Meter({ now: Date.now, after: () => ({ dispose: () => undefined }) }, rethrow)));
  afterEach(() => {
    simulator.clearFaults();
    simulator.reset({ size: 0 });
    logged.length = 0;
  });
  after(() => simulator.stop());

  function connect(token: () => string | undefined = () => tokens.github, send = fetch): GitHub {
    const http = createHttp({
      fetch: send,
      now: () => simulator.world().now(),
      onExchange: ({ service, status, headers }) =>
        meter.record({ service, status, quota: headers === undefined ? undefined : quotaOf(headers) }),
    });
    return createGitHub({
      http,
      apiUrl: new URL(simulator.addresses.github),
      token: () => Promise.resolve(token()),
      now: () => simulator.world().now(),
      log: (line) => logged.push(line),
    });
  }

  function failureOf(read: Result<unknown, Failure>): Failure {
    assert.ok(!read.ok);
    return read.failure;
  }

  it('reads whose token it is, and asks nobody without one', async () => {
    assert.deepEqual(await connect().login(), { ok: true, value: 'dana-oncall' });
    assert.deepEqual(await connect(() => undefined).login(), { ok: true, value: undefined });
    assert.equal(failureOf(await connect(() => 'wrong').login()).kind, 'unauthorized');
  });

  it('reads the open pull requests with their checks in two requests', async () => {
    const read = await connect().pullRequests(repository);
    assert.ok(read.ok);
    const byNumber = new Map(read.value.records.map((pull) => [pull.number, pull]));
    const upgrade = byNumber.get(2038);
    assert.equal(upgrade?.origin, 'dependencies');
    assert.deepEqual([upgrade.checks.state, upgrade.checks.workflows], ['failing', ['Build and test']]);
    assert.deepEqual(byNumber.get(2036)?.checks.state, 'running');
    assert.deepEqual(byNumber.get(2041)?.origin, 'release');
    assert.equal(byNumber.get(2029)?.draft, true);
    assert.deepEqual(read.value.completeness, { kind: 'complete' });
    assert.equal(simulator.requests('github').length, 2);
  });

  it('reads the two newest releases and which of their notes are published, in three requests', async () => {
    const github = connect();
    const read = await github.releases(repository);
    assert.ok(read.ok);
    assert.deepEqual(
      read.value.records.map(({ name, versions }) => [name, ...versions.map((each) => [each.name, each.published])]),
      [
        ['rc--2026-08-26_04-10', ['base', []]],
        ['rc--2026-08-20_03-30', ['base', ['GuestOS', 'HostOS']], ['hotfix-peers', ['GuestOS']]],
      ],
    );
    assert.deepEqual(read.value.records[0]?.ignoredProposals, [142125n]);
    assert.deepEqual(
      simulator.requests('github').map(({ path }) => path.replace(/\?.*/, '').slice('/repos/dfinity/dre/'.length)),
      ['contents/release-index.yaml', 'contents/replica-releases', 'contents/hostos-releases'],
    );
    const again = await github.releases(repository);
    assert.ok(again.ok);
    assert.equal(again.value.version, read.value.version, 'nothing changed');
    assert.equal(simulator.requests('github').filter(({ status }) => status === 304).length, 3);
  });

  it('does not know what is published where a folder is missing, and says which file is missing', async () => {
    simulator.fault('github', { kind: 'notFound', match: 'hostos-releases' });
    const read = await connect().releases(repository);
    assert.ok(read.ok);
    assert.deepEqual(read.value.records[1]?.versions[0]?.published, undefined);
    simulator.clearFaults();
    simulator.fault('github', { kind: 'notFound', match: 'release-index' });
    const failure = failureOf(await connect().releases(repository));
    assert.deepEqual([failure.kind, failure.detail], ['notFound', 'release-index.yaml in dfinity/dre']);
  });

  it('skips a release that cannot be read, and takes no other text for a release index', () => {
    const commit = '1'.repeat(40);
    const read = toReleases(
      [
        'ignored_proposals: [1, two]',
        'releases:',
        '  - rc_name: rc--2026-08-26_04-10',
        `    versions: [{ name: "base ", version: ${commit}, security_fix: true }]`,
        '  - rc_name: rc--2026-08-20_03-30',
        '    versions: [{ name: base, version: 12 }]',
        '  - 7',
      ].join('\n'),
      silentReport,
    );
    const version = { name: 'base', commit, isSecurityFix: true, published: undefined };
    assert.deepEqual(read, {
      records: [{ name: 'rc--2026-08-26_04-10', versions: [version], ignoredProposals: [1n] }],
      skipped: 2,
      completeness: complete,
    });
    for (const text of ['', 'releases: 1', '- a', '<html>', 'releases: [', 'a: &a [*a]', '\u0000']) {
      assert.equal(toReleases(text, silentReport), undefined, text);
    }
  });

  it('says that runs could not be read: one of them may be a check that failed', async () => {
    const read = await connect(undefined, async (input, init) => {
      const response = await fetch(input, init);
      if (!new URL(input instanceof Request ? input.url : input).pathname.endsWith('/runs')) return response;
      const body = (await response.json()) as { workflow_runs: { id: unknown }[] };
      const [first] = body.workflow_runs;
      if (first !== undefined) first.id = null;
      return Response.json(body);
    }).pullRequests(repository);
    assert.ok(read.ok);
    assert.equal(read.value.skipped, 1);
  });

  it('reads the latest run of each workflow, and the finished one behind a running one', async () => {
    const read = await connect().workflowRuns(repository);
    assert.ok(read.ok);
    assert.deepEqual(
      read.value.records.map((run) => [run.file, run.state]),
      [
        ['main.yaml', 'running'],
        ['main.yaml', 'success'],
        ['release-controller.yaml', 'failure'],
        ['update-dependencies.yaml', 'success'],
      ],
    );
    assert.equal(simulator.requests('github').length, 2);
  });

  it('is answered 304 for nearly all polls when nothing changes, and these cost no quota', async () => {
    const github = connect();
    const versions = new Set<string>();
    for (let poll = 0; poll < 40; poll++) {
      const [pulls, runs] = [await github.pullRequests(repository), await github.workflowRuns(repository)];
      assert.ok(pulls.ok && runs.ok && pulls.value.records.length > 0 && runs.value.records.length > 0);
      versions.add(`${pulls.value.version} ${runs.value.version}`);
    }
    const [use] = meter.lastHour();
    assert.ok(use !== undefined && use.unchanged / use.calls >= 0.95, JSON.stringify(use));
    assert.equal(versions.size, 1);
    assert.equal(use.quota?.remaining, 5000 - 4);
  });

  it('sees a change at once, and reads whole answers where the service gives no ETag', async () => {
    const github = connect();
    const first = await github.pullRequests(repository);
    simulator.switch('github', 'revision', 7);
    const second = await github.pullRequests(repository);
    assert.ok(first.ok && second.ok);
    assert.notEqual(second.value.version, first.value.version);
    assert.match(second.value.records[0]?.title ?? '', /\(7\)$/);
    simulator.switch('github', 'etags', false);
    meter = new Meter({ now: Date.now, after: () => ({ dispose: () => undefined }) }, rethrow);
    await connect().pullRequests(repository);
    await github.pullRequests(repository);
    assert.equal(meter.lastHour()[0]?.unchanged, 0);
  });

  it('never answers one account from what another was shown', async () => {
    let token: string | undefined = tokens.github;
    const github = connect(() => token);
    assert.ok((await github.workflowRuns(repository)).ok);
    simulator.switch('github', 'private', true);
    token = undefined;
    const failure = failureOf(await github.workflowRuns(repository));
    assert.equal(failure.kind, 'notFound');
    assert.equal(failure.detail, 'dfinity/dre, read without signing in');
    assert.equal(meter.lastHour()[0]?.unchanged, 0);
  });

  it('reads a public repository without a token, less often', async () => {
    const read = await connect(() => undefined).pullRequests(repository);
    assert.ok(read.ok && read.value.records.length > 0);
    assert.equal(read.value.pollAfterMs, 6 * 60_000);
    assert.equal(meter.lastHour()[0]?.quota?.limit, 60);
    assert.ok(simulator.requests('github').every((request) => !request.authorization));
  });

  it('keeps to the interval that the service asks for', async () => {
    simulator.switch('github', 'pollInterval', 300);
    const read = await connect().workflowRuns(repository);
    assert.equal(read.ok && read.value.pollAfterMs, 300_000);
  });

  it('says when there are more pull requests than it lists', async () => {
    simulator.reset({ size: 450 });
    const read = await connect().pullRequests(repository);
    assert.ok(read.ok);
    assert.equal(read.value.records.length, 300);
    assert.equal(read.value.completeness.kind, 'partial');
    assert.equal(simulator.requests('github').length, 4);
  });

  const limits: readonly [limit: string, waitMs: number][] = [
    ['quota', 601_000],
    ['retryAfter', 90_000],
    ['secondary', 60_000],
  ];
  for (const [limit, waitMs] of limits) {
    it(`understands a limit (${limit}) and asks nothing more until it is over`, async () => {
      const github = connect();
      simulator.switch('github', 'limit', limit);
      const failure = failureOf(await github.pullRequests(repository));
      assert.equal(failure.kind, 'rateLimited');
      // Dates are sent in whole seconds.
      assert.ok(Math.abs((failure.retryAfterMs ?? 0) - waitMs) <= 1000, `${failure.retryAfterMs}`);
      const asked = simulator.requests('github').length;
      assert.equal(failureOf(await github.workflowRuns(repository)).kind, 'rateLimited');
      assert.equal(simulator.requests('github').length, asked, 'the other list sends nothing either');
      simulator.switch('github', 'limit', 'none');
      simulator.advance(waitMs + 2000);
      assert.ok((await github.workflowRuns(repository)).ok);
    });
  }

  for (const [kind, expected] of httpFaults) {
    it(`turns ${kind} into ${expected}, and reads again afterwards`, async () => {
      const github = connect();
      simulator.fault('github', { kind, times: 1, retryAfterSeconds: 0 });
      assert.equal(failureOf(await github.pullRequests(repository)).kind, expected);
      const again = await github.pullRequests(repository);
      assert.ok(again.ok && again.value.records.length > 0);
    });
  }

  it('calls a refused token refused', async () => {
    assert.equal(failureOf(await connect(() => 'wrong').pullRequests(repository)).kind, 'unauthorized');
  });

  it('reads a repository that has no weekly upgrade', async () => {
    simulator.fault('github', { kind: 'notFound', match: 'update-dependencies' });
    const read = await connect().workflowRuns(repository);
    assert.ok(read.ok && read.value.records.length > 0, JSON.stringify(read));
  });

  it('refuses what is not the name of a repository before anything is sent', async () => {
    assert.equal(failureOf(await connect().pullRequests('dfinity/../dre')).kind, 'notConfigured');
    assert.equal(simulator.requests('github').length, 0);
  });

  it('reads the forms that GitHub publishes, and skips a single bad record', () => {
    const pull = {
      number: 1,
      title: 'chore: Update dependencies',
      user: null,
      draft: false,
      auto_merge: null,
      labels: [],
      requested_reviewers: null,
      created_at: '2026-08-24T01:47:00Z',
      updated_at: '2026-08-24T01:47:00Z',
    } satisfies Partial<components['schemas']['pull-request-simple']>;
    const head = { ref: 'bot-update-deps', sha: 'a'.repeat(40) };
    const pulls = toPulls([{ ...pull, head }, { number: 'two' }], silentReport);
    assert.deepEqual([pulls?.records.map((each) => each.author), pulls?.skipped], [['ghost'], 1]);
    const run = {
      id: 1,
      name: null,
      path: '.github/workflows/main.yaml@refs/heads/main',
      head_branch: null,
      head_sha: 'b'.repeat(40),
      event: 'push',
      status: 'completed',
      conclusion: 'a word of next year',
      created_at: '2026-08-24T01:47:00Z',
      updated_at: '2026-08-24T01:47:00Z',
    } satisfies Partial<components['schemas']['workflow-run']>;
    const runs = toRuns({ total_count: 1, workflow_runs: [run] }, silentReport);
    assert.deepEqual(
      runs?.records.map(({ file, workflow, state }) => [file, workflow, state]),
      [['main.yaml', 'main.yaml', 'unknown']],
    );
  });
});

import assert from 'node:assert/strict';
import { allRows } from '../../support/vscode/headless.ts';
import { caseDesk, type CaseDesk } from '../../support/feeds/caseDesk.ts';

const sha = 'a'.repeat(40);
const at = '2026-08-26T12:00:00Z';
const pull = {
  number: 1,
  title: 'Change 1',
  user: { login: 'newcomer' },
  draft: false,
  created_at: at,
  updated_at: at,
  head: { ref: 'patch-1', sha, repo: null },
};
const run = (id: number, name: string, more: object = {}): object => ({
  id,
  name,
  path: `.github/workflows/${name}.yaml`,
  head_branch: 'patch-1',
  head_sha: sha,
  event: 'pull_request',
  status: 'completed',
  conclusion: 'success',
  run_attempt: 1,
  created_at: at,
  updated_at: at,
  run_started_at: at,
  ...more,
});

describe('the verdict of a pull request’s checks', () => {
  let desk: CaseDesk | undefined;
  afterEach(() => desk?.stop());

  /** The service filters by event and branch as it is asked. */
  async function open(runs: readonly object[]): Promise<CaseDesk> {
    desk = await caseDesk(({ url }) => {
      if (url.pathname.endsWith('/pulls')) return { body: [pull] };
      if (url.pathname.includes('/actions/workflows/')) return { body: { total_count: 0, workflow_runs: [] } };
      const [event, branch] = [url.searchParams.get('event'), url.searchParams.get('branch')];
      const found = runs.filter((each) => {
        const { event: of, head_branch: on } = each as Record<string, unknown>;
        return (event ?? of) === of && (branch ?? on) === on;
      });
      return { body: { total_count: found.length, workflow_runs: found } };
    });
    await desk.feeds.pullRequests.refresh();
    await desk.feeds.workflowRuns.refresh();
    return desk;
  }

  async function row(
    runs: readonly object[],
  ): Promise<{ readonly text: string; readonly hover: string; readonly icon: string }> {
    const found = allRows((await open(runs)).view('ci').rows).find(({ id }) => id === 'pull/1');
    return { text: found?.description ?? '', hover: (found?.hover ?? []).join('\n'), icon: found?.icon?.id ?? '' };
  }

  it('counts the runs of the push of the same commit: a required check may run there', async () => {
    const required = (more: object): object => run(11, 'Required checks', { event: 'push', ...more });
    const failed = await row([run(10, 'Build and test'), required({ conclusion: 'failure' })]);
    assert.match(failed.text, /^failed/);
    assert.match(failed.hover, /failed: Required checks/i);
    assert.equal(failed.icon, 'error');
    await desk?.stop();
    const running = await row([run(10, 'Build and test'), required({ status: 'in_progress', conclusion: null })]);
    assert.match(running.text, /^running/);
    await desk?.stop();
    const passed = await row([run(10, 'Build and test'), required({})]);
    assert.match(passed.text, /^passed/);
    assert.match(passed.hover, /Looked at: Build and test, Required checks\. Not at commit statuses/);
  });

  for (const [conclusion, status, text] of [
    ['action_required', 'completed', /^to approve/],
    [null, 'waiting', /^to approve/],
    ['stale', 'completed', /^stale/],
    ['cancelled', 'completed', /^cancelled/],
    ['a word of next year', 'completed', /^unknown/],
  ] as const) {
    it(`has words for ${conclusion ?? status}`, async () => {
      const { text: shown, icon } = await row([run(10, 'Build and test', { conclusion, status })]);
      assert.match(shown, text);
      assert.notEqual(icon, 'pass');
    });
  }

  for (const [what, more] of [
    ['conclusion', { conclusion: 'brand_new' }],
    ['status', { status: 'brand_new', conclusion: null }],
  ] as const) {
    it(`shows a ${what} that is new as GitHub wrote it, and logs it once`, async () => {
      const { hover } = await row([run(10, 'Build and test', more)]);
      assert.match(hover, /Unknown: Build and test “brand_new”/);
      const rows = allRows(desk?.view('ci').rows ?? []);
      const spoken = rows.find(({ id }) => id === 'pull/1')?.spoken ?? '';
      assert.match(spoken, /unknown: Build and test “brand_new”/);
      assert.equal(desk?.log.lines.filter((line) => line.includes('brand_new')).length, 1);
    });
  }

  it('shows each of several updaters that share one path, the failed one too, and one row for each', async () => {
    const update = (id: number, name: string, conclusion: string): object =>
      run(id, `${name} in /. - Update #${id}`, {
        path: 'dynamic/dependabot/dependabot-updates',
        head_branch: 'main',
        event: 'dynamic',
        conclusion,
        created_at: `2026-08-${id < 510 ? 24 : 25}T07:15:00Z`,
      });
    const view = (
      await open([
        update(501, 'cargo', 'success'),
        update(502, 'pip', 'failure'),
        update(503, 'github_actions', 'success'),
        update(511, 'cargo', 'success'),
      ])
    ).view('ci');
    const shown = allRows(view.rows).flatMap(({ id, icon }) =>
      id.startsWith('run/') ? [`${icon?.id ?? ''} ${id}`] : [],
    );
    assert.deepEqual(shown.sort(), ['error run/502', 'pass run/503', 'pass run/511']);
  });
});

import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { pullRequestsKey } from '../../../../src/feeds/ci/pullRequests.ts';
import { workflowRunsKey } from '../../../../src/feeds/ci/workflowRuns.ts';
import type { CiCommandParts } from '../../../../src/ui/ci/commands.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { pullRequest } from '../../../support/feeds/linkRecords.ts';
import { workflowRun } from '../../../support/feeds/workflowRunBuilder.ts';
import { host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { ciCommands } = await import('../../../../src/ui/ci/commands.ts');
const { rowOfLink } = await import('../../../../src/ui/kit/rowOfLink.ts');

describe('a link in the hover of a pull request or workflow run', () => {
  it('opens its page on GitHub, whatever is selected', async () => {
    const store = new Store<Failure>(rethrow);
    const clock = new FakeClock();
    store.update(pullRequestsKey, { status: 'fresh', records: [pullRequest(7), pullRequest(8)] });
    store.update(workflowRunsKey, { status: 'fresh', records: [workflowRun(70, clock.now(), {})] });
    const selected = [{ id: 'pull/7', label: '7', tokens: [], link: 'https://github.com/dfinity/dre/pull/7' }];
    const current = { githubApi: new URL('https://api.github.com/'), repository: 'dfinity/dre' };
    const parts = { store, clock, settings: { current }, views: { selection: () => selected } };
    // Only what it uses.
    const open = ciCommands(parts as unknown as CiCommandParts)['drDre.ci.open'] ?? assert.fail();
    host.opened.length = 0;
    for (const record of [
      { kind: 'pullRequest', key: '8' },
      { kind: 'workflowRun', key: '70' },
    ]) {
      await open({ rows: [rowOfLink([{ record }]) ?? assert.fail()], args: [] });
    }
    assert.deepEqual(host.opened, [
      'https://github.com/dfinity/dre/pull/8',
      'https://github.com/dfinity/dre/actions/runs/70',
    ]);
  });
});

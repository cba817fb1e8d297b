import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { WorkflowRun } from '../../../../src/domain/ci/workflowRun.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { workflowRunsKey } from '../../../../src/feeds/ci/workflowRuns.ts';
import type { ViewParts } from '../../../../src/ui/viewTable.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { RegisteredTree } = await import('../../../../src/ui/kit/registeredTree.ts');
const { RowTree } = await import('../../../../src/ui/kit/rowTree.ts');
const { Views } = await import('../../../../src/ui/kit/views.ts');
const { viewDefinitions } = await import('../../../../src/ui/viewTable.ts');

const id = 'drDre.ci';
const failedRun: WorkflowRun = {
  id: 1,
  workflow: 'Build and test',
  file: 'main.yaml',
  state: 'failure',
  title: 'docs: x',
  branch: 'main',
  commit: 'a'.repeat(40),
  event: 'push',
  attempt: 1,
  createdAt: 0,
  startedAt: 0,
  updatedAt: 0,
};

describe('the CI view while it is collapsed', () => {
  afterEach(() => host.hidden.clear());

  it('says beside its name what failed, and is read no more often for it', async () => {
    host.hidden.add(id);
    const clock = new FakeClock();
    const store = new Store<Failure>(rethrow);
    const settings = {
      current: { githubApi: new URL('https://api.github.com/'), repository: 'dfinity/dre', rowsWidth: 300 },
      unfit: [],
    };
    const ciOptions = { grouping: 'origin', filter: undefined };
    const links = { current: undefined };
    // Only what the view reaches for.
    const parts = { settings, store, ciOptions, links } as unknown as ViewParts;
    const definitions = viewDefinitions(parts).filter((each) => each.id === id);
    const tree = new RowTree(new RegisteredTree(id));
    let trouble: string | undefined;
    tree.show = (model) => {
      trouble = model.trouble;
    };
    const trees = new Map([[id, tree]]);
    const views = new Views({ trees, activatedAt: clock.now() }, definitions, store.onDidChange, clock, memoryLog());
    views.showAll();
    store.update(workflowRunsKey, { status: 'fresh', asOf: clock.now(), records: [failedRun] });
    await clock.advance(1);
    await views.paintNow();
    await clock.advance(10);
    assert.equal(trouble, '1 run failed');
    assert.equal(views.shows(workflowRunsKey.name), false, 'what decides the pace of the feed');
    views.dispose();
  });
});

import assert from 'node:assert/strict';
import { ciGroupings, type CiGrouping } from '../../../../src/domain/ci/groupings.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { proposalGroupings, type ProposalGrouping } from '../../../../src/domain/proposals/groupings.ts';
import { Drafts } from '../../../../src/engine/disk/drafts.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { pullRequestsKey } from '../../../../src/feeds/ci/pullRequests.ts';
import { proposalsKey } from '../../../../src/feeds/proposals/proposals.ts';
import type { CiViewParts } from '../../../../src/ui/ci/viewCommands.ts';
import type { Handlers } from '../../../../src/ui/kit/commands.ts';
import type { OptionsMemory } from '../../../../src/ui/kit/viewOptions.ts';
import type { ProposalsViewParts } from '../../../../src/ui/proposals/viewCommands.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';
import { proposal, pullRequest } from '../../../support/feeds/linkRecords.ts';
import { host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { ViewOptions } = await import('../../../../src/ui/kit/viewOptions.ts');
const { ciViewCommands } = await import('../../../../src/ui/ci/viewCommands.ts');
const { proposalsViewCommands } = await import('../../../../src/ui/proposals/viewCommands.ts');

describe('choosing how to see Proposals and CI', () => {
  const nothing = { get: () => undefined, update: () => Promise.resolve() };
  const memory: OptionsMemory = { globalState: nothing, workspaceState: nothing };
  const clock = new FakeClock();
  const store = new Store<Failure>(rethrow);
  store.update(proposalsKey, {
    status: 'fresh',
    records: [proposal(1n, { title: 'Add a node' }), proposal(2n, { title: 'A motion', nnsFunction: undefined })],
  });
  store.update(pullRequestsKey, { status: 'fresh', records: [pullRequest(7, { title: 'Bump jsdom' })] });
  const drafts = new Drafts({ disk: new MemoryDisk(), clock, log: memoryLog(), secrets: () => [] });
  const current = {
    proposers: ['80'],
    proposalFilters: [{ name: 'Nodes', query: 'node' }],
    ciFilters: [{ name: 'Failed', query: 'failed' }],
  };
  const parts = { store, drafts, settings: { current }, gitHubLogin: { current: undefined } };

  /** The labels of the list of filters; the one that `choose` names is taken. */
  async function filters(commands: Handlers, view: string, choose: string): Promise<readonly string[]> {
    let labels: readonly string[] = [];
    const { usePicker } = host;
    host.usePicker = (picker) => {
      labels = picker.items.map(({ label, description = '' }) => `${label}: ${description}`);
      picker.accept(picker.items.find(({ label }) => label === choose));
    };
    await commands[`${view}.filter`]?.({ rows: [], args: [] });
    host.usePicker = usePicker;
    return labels;
  }

  it('offers the filters of the settings and ours for proposals', async () => {
    const proposalsOptions = new ViewOptions<ProposalGrouping>(memory, {
      view: 'drDre.proposals',
      filteredKey: 'drDre.proposals.filtered',
      groupings: proposalGroupings,
    });
    // Only what the commands reach for.
    const commands = proposalsViewCommands({ ...parts, proposalsOptions } as unknown as ProposalsViewParts);
    assert.deepEqual(await filters(commands, 'drDre.proposals', 'Ours'), ['Nodes: 1 proposal', 'Ours: ']);
    assert.deepEqual(proposalsOptions.filter, { kind: 'mine' });
    host.pick = (items) => items.find(({ label }) => label === 'Topic');
    await commands['drDre.proposals.group']?.({ rows: [], args: [] });
    assert.equal(proposalsOptions.grouping, 'topic');
  });

  it('offers the filters of the settings and mine for CI', async () => {
    const ciOptions = new ViewOptions<CiGrouping>(memory, {
      view: 'drDre.ci',
      filteredKey: 'drDre.ci.filtered',
      groupings: ciGroupings,
    });
    const commands = ciViewCommands({ ...parts, ciOptions } as unknown as CiViewParts);
    assert.deepEqual(await filters(commands, 'drDre.ci', 'Mine'), ['Failed: 0 rows', 'Mine: ']);
    assert.deepEqual(ciOptions.filter, { kind: 'mine' });
    host.pick = (items) => items.find(({ label }) => label === 'Status');
    await commands['drDre.ci.group']?.({ rows: [], args: [] });
    assert.equal(ciOptions.grouping, 'status');
  });
});

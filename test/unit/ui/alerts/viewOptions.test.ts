import assert from 'node:assert/strict';
import type { Memento } from 'vscode';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { Drafts } from '../../../../src/engine/disk/drafts.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { alertsKey } from '../../../../src/feeds/alerts/keys.ts';
import type { AlertViewParts } from '../../../../src/ui/alerts/viewCommands.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';
import type { OptionsMemory } from '../../../../src/ui/kit/viewOptions.ts';
import { host, type Picker } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { AlertsViewOptions } = await import('../../../../src/ui/alerts/viewOptions.ts');
const { syncedKeys } = await import('../../../../src/ui/kit/viewOptions.ts');
const { alertViewCommands } = await import('../../../../src/ui/alerts/viewCommands.ts');
const { RowLimits } = await import('../../../../src/ui/kit/rowLimits.ts');

/** What VS Code keeps everywhere and for a workspace. */
function memory(workspace?: Map<string, string>): OptionsMemory {
  return { globalState: memento(), workspaceState: memento(workspace) };
}

/** As JSON, as VS Code does. */
function memento(kept = new Map<string, string>()): Memento {
  const get = (key: string, otherwise?: unknown): unknown => {
    const text = kept.get(key);
    return text === undefined ? otherwise : JSON.parse(text);
  };
  return {
    get: get,
    keys: () => [...kept.keys()],
    update: (key, value) => {
      kept.set(key, JSON.stringify(value));
      return Promise.resolve();
    },
  };
}

describe('the options of the Alerts view', () => {
  it('are kept: groups, filter and closed alerts', () => {
    const kept = memory();
    const viewOptions = new AlertsViewOptions(kept);
    assert.deepEqual(
      [viewOptions.grouping, viewOptions.filter, viewOptions.closed.shown],
      ['priority', undefined, false],
    );
    viewOptions.group('cluster');
    viewOptions.showClosed(true);
    for (const filter of [
      { kind: 'text', text: 'o3ow2' },
      { kind: 'saved', name: 'Urgent' },
      { kind: 'query', query: 'priority: P1' },
    ] as const) {
      viewOptions.filterBy(filter);
      const again = new AlertsViewOptions(kept);
      assert.deepEqual([again.grouping, again.filter, again.closed.shown], ['cluster', filter, true]);
    }
    viewOptions.filterBy(undefined);
    assert.equal(new AlertsViewOptions(kept).filter, undefined);
    assert.equal(new AlertsViewOptions(kept).grouping, 'cluster');
  });

  it('are the same in another workspace but for the filter, and synced', () => {
    const kept = memory();
    const viewOptions = new AlertsViewOptions(kept);
    viewOptions.group('cluster');
    viewOptions.showClosed(true);
    viewOptions.filterBy({ kind: 'text', text: 'o3ow2' });
    const elsewhere = new AlertsViewOptions({ ...memory(), globalState: kept.globalState });
    assert.deepEqual([elsewhere.grouping, elsewhere.filter, elsewhere.closed.shown], ['cluster', undefined, true]);
    assert.deepEqual(syncedKeys(['drDre.alerts']), ['drDre.alerts.look']);
  });

  it('are taken over from what an earlier version kept for the workspace', () => {
    const filter = { kind: 'text', text: 'o3ow2' };
    const kept = JSON.stringify({ grouping: 'cluster', filter, closed: true });
    const viewOptions = new AlertsViewOptions(memory(new Map([['drDre.alerts.look', kept]])));
    assert.deepEqual([viewOptions.grouping, viewOptions.filter, viewOptions.closed.shown], ['cluster', filter, true]);
  });

  it('make the menu offer to show closed alerts, or to hide them', () => {
    host.executed.length = 0;
    const kept = memory();
    const viewOptions = new AlertsViewOptions(kept);
    viewOptions.showClosed(true);
    viewOptions.showClosed(true);
    const again = new AlertsViewOptions(kept);
    again.showClosed(false, { byFolding: true });
    const set = host.executed.filter(([, key]) => key === 'drDre.alerts.closedShown').map(([, , shown]) => shown);
    assert.deepEqual(set, [false, true, true, false]);
  });

  it('are the defaults when what was kept has another form', () => {
    for (const value of [7, null, { grouping: 'colour', filter: { kind: 'text' }, closed: 'yes' }, { filter: 'x' }]) {
      const viewOptions = new AlertsViewOptions(memory(new Map([['drDre.alerts.look', JSON.stringify(value)]])));
      assert.deepEqual(
        [viewOptions.grouping, viewOptions.filter, viewOptions.closed.shown],
        ['priority', undefined, false],
      );
    }
  });
});

describe('choosing how to see the Alerts view', () => {
  const clock = new FakeClock();
  const log = memoryLog();
  const store = new Store<Failure>(rethrow);
  const records = [alert('1', { message: 'Subnet o3ow2 stalled', priority: 'P1' }), alert('2', { message: 'Disk' })];
  store.update(alertsKey, { status: 'fresh', asOf: clock.now(), records });
  const viewOptions = new AlertsViewOptions(memory());
  const drafts = new Drafts({ disk: new MemoryDisk(), clock, log, secrets: () => [] });
  const settings = { current: { alertFilters: [{ name: 'Urgent', query: 'priority: (P1 OR P2)' }] } };
  // Only what the commands reach for.
  const parts = { viewOptions, rowLimits: new RowLimits(), store, drafts, settings, clock };
  const commands = alertViewCommands(parts as unknown as AlertViewParts);
  const run = async (id: string): Promise<void> => commands[id]?.({ rows: [], args: [] });
  const listed = ({ items }: Picker): readonly string[] =>
    items.map(({ label, description }) => `${label}: ${description ?? ''}`);

  it('takes a saved filter, which says how many alerts it finds', async () => {
    host.usePicker = (picker) => {
      assert.equal(listed(picker)[0], 'Urgent: 1 alert');
      picker.accept(picker.items[0]);
    };
    await run('drDre.alerts.filter');
    assert.deepEqual(viewOptions.filter, { kind: 'saved', name: 'Urgent' });
  });

  it('takes words, and says while they are typed how many alerts have them', async () => {
    host.usePicker = (picker) => {
      picker.type('disk');
      assert.equal(listed(picker)[0], 'disk: 1 of 2 alerts has all of these words');
      picker.type('disk o3ow2');
      assert.equal(listed(picker)[0], 'disk o3ow2: 0 of 2 alerts have all of these words');
      picker.type('o3ow2 stalled');
      picker.accept(picker.items[0]);
    };
    await run('drDre.alerts.filter');
    assert.deepEqual(viewOptions.filter, { kind: 'text', text: 'o3ow2 stalled' });
  });

  it('shows all again', async () => {
    host.usePicker = (picker) => picker.accept(picker.items.find(({ label }) => label.includes('Show all')));
    await run('drDre.alerts.filter');
    assert.equal(viewOptions.filter, undefined);
  });

  it('leads back from the query to the list of filters', async () => {
    const lists: Picker[] = [];
    host.usePicker = (picker) => {
      const label = lists.push(picker) === 1 ? 'Advanced Query…' : 'Urgent';
      picker.accept(picker.items.find((item) => item.label === label));
    };
    host.answer = (box) => {
      box.press('Back');
      return undefined;
    };
    await run('drDre.alerts.filter');
    assert.equal(lists.length, 2);
    assert.deepEqual(viewOptions.filter, { kind: 'saved', name: 'Urgent' });
  });

  it('groups by what is chosen', async () => {
    host.pick = (items) => items.find(({ label }) => label === 'Source');
    await run('drDre.alerts.group');
    assert.equal(viewOptions.grouping, 'source');
  });
});

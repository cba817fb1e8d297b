import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { rolloutDashboardPage } from '../../../../src/domain/links/pages.ts';
import { rolloutKey } from '../../../../src/domain/releases/rollout.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { alertsKey } from '../../../../src/feeds/alerts/keys.ts';
import { rolloutsKey } from '../../../../src/feeds/releases/keys.ts';
import type { ReleaseCommandParts } from '../../../../src/ui/releases/commands.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { weekRollout } from '../../../support/feeds/linkRecords.ts';
import { host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { rowOfLink } = await import('../../../../src/ui/kit/rowOfLink.ts');
const { releaseCommands } = await import('../../../../src/ui/releases/commands.ts');

describe('the row of a batch or a subnet', () => {
  const rollout = weekRollout();
  const key = rolloutKey(rollout);
  const [batch] = rollout.batches;
  const subnet = batch?.targets[0]?.id ?? '';
  const store = new Store<Failure>(rethrow);
  store.update(rolloutsKey, { status: 'fresh', records: [rollout] });
  const opened: unknown[] = [];
  const parts = {
    store,
    clock: new FakeClock(),
    timeline: {
      activeRollout: 'shown',
      open: async (...call: readonly unknown[]) => void opened.push(['timeline', ...call]),
    },
    documents: { open: async (...call: readonly unknown[]) => void opened.push(call) },
    views: { ids: ['drDre.releases'], selection: () => [] },
    hostNodes: () => Promise.resolve({ known: () => new Map(), unread: () => [] }),
    links: {
      current: {
        ofAlert: () => [
          { to: { kind: 'rollout', rollout }, reason: { kind: 'batch', fact: { row: 'batch-12' } } },
          { to: { kind: 'alert', id: 'a2', alert: alert('a2') }, reason: { kind: 'names' } },
          { to: { kind: 'alert', id: 'a3', alert: alert('a3', { status: 'closed' }) }, reason: { kind: 'names' } },
        ],
        alertsAt: ({ kind, id }: { kind: string; id: string }) =>
          (kind === 'subnet' && id === subnet) || (kind === 'node' && id === 'node-1') ? [alert('a1')] : [],
      },
    },
    settings: {
      current: {
        rolloutsUrl: new URL('https://rollouts.example.org'),
        airflowUrl: new URL('https://airflow.example.org'),
      },
    },
  };
  // Only what they use.
  const commands = releaseCommands(parts as unknown as ReleaseCommandParts);
  const row: Row = {
    id: 'batch/1',
    label: 'Batch',
    tokens: [],
    record: { kind: 'rollout', key },
    batch: `batch-${batch?.number}`,
  };
  const run = async (name: string, of: Row): Promise<readonly unknown[]> => {
    opened.length = 0;
    await commands[name]?.({ rows: [of], args: [] });
    return [...opened];
  };

  it('opens the document of stuck batches at its batch', async () => {
    assert.deepEqual(await run('drDre.releases.openStuck', row), [['stuck', `${key}#${row.batch}`]]);
  });

  it('opens the timeline at its batch', async () => {
    assert.deepEqual(await run('drDre.releases.openTimeline', row), [
      ['timeline', key, { keepFocus: true, batch: row.batch }],
    ]);
  });

  it('of an alert opens the timeline at the batch that it is related to, and the other alerts', async () => {
    store.update(alertsKey, { status: 'fresh', records: [alert('a1')] });
    const ofAlert: Row = { id: 'alert/a1', label: 'a1', tokens: [], record: { kind: 'alert', key: 'a1' } };
    assert.deepEqual(await run('drDre.releases.openTimeline', ofAlert), [
      ['timeline', key, { keepFocus: true, batch: 'batch-12' }],
    ]);
    assert.deepEqual(await run('drDre.releases.openAlerts', ofAlert), [['alert', 'a2']]);
    const gone: Row = { ...ofAlert, record: { kind: 'alert', key: 'gone' } };
    assert.deepEqual(await run('drDre.releases.openTimeline', gone), []);
  });

  it('of a node of a HostOS batch opens its alerts', async () => {
    const of = {
      ...rollout,
      kind: 'rollout_ic_os_to_mainnet_nodes' as const,
      name: 'rc--1',
      batches: [{ ...(batch ?? assert.fail()), stage: 'main' as const, number: 3, targets: [] }],
    };
    store.update(rolloutsKey, { status: 'fresh', records: [rollout, of] });
    const record = { kind: 'rollout', key: rolloutKey(of) } as const;
    const ofNode: Row = { id: 'node', label: 'node', tokens: [], record, batch: 'main-3', copied: 'node-1' };
    assert.deepEqual(await run('drDre.releases.openAlerts', ofNode), [['alert', 'a1']]);
  });

  it('is copied and saved from its rollout, else from the one that is shown', async () => {
    host.pick = (items) => items.find((item) => item.label === 'PNG');
    assert.deepEqual(await run('drDre.releases.saveTimeline', row), [['timeline', key, { wanted: 'png' }]]);
    assert.deepEqual(await run('drDre.releases.copyTimeline', row), [['timeline', key, { wanted: 'markdown' }]]);
    assert.deepEqual(await run('drDre.releases.compareTimeline', row), [['timeline', key, { compare: true }]]);
    const other = { ...row, record: { kind: 'alert', key: 'a1' } } as const;
    assert.deepEqual(await run('drDre.releases.copyTimeline', other), [['timeline', 'shown', { wanted: 'markdown' }]]);
  });

  it('opens the proposal that it waits for', async () => {
    assert.deepEqual(await run('drDre.releases.openProposal', { ...row, proposal: '138000' }), [
      ['proposal', '138000'],
    ]);
    assert.deepEqual(await run('drDre.releases.openProposal', row), []);
  });

  it('opens its pages and copies its commit', async () => {
    const commit = 'a1'.repeat(20);
    const opened = async (name: string, of: Row): Promise<readonly string[]> => {
      host.opened.length = 0;
      await run(`drDre.releases.${name}`, of);
      return [...host.opened];
    };
    const place = 'https://dashboard.internetcomputer.org/subnet/x';
    assert.deepEqual(await opened('openPlace', { ...row, placePage: place }), [place]);
    assert.deepEqual(await opened('openCommit', { ...row, commit }), [`https://github.com/dfinity/ic/tree/${commit}`]);
    const thread = 'https://forum.dfinity.org/t/elect/1';
    assert.deepEqual(await opened('openForum', { ...row, forumPage: thread }), [thread]);
    assert.deepEqual(await opened('openForum', row), []);
    const notes = 'https://github.com/dfinity/dre/blob/main/replica-releases/a1.md';
    assert.deepEqual(await opened('openNotes', { ...row, notesPage: notes }), [notes]);
    assert.deepEqual(await opened('openRolloutDashboard', row), ['https://rollouts.example.org/']);
    await run('drDre.releases.copyCommit', { ...row, commit });
    assert.equal(host.copied.at(-1), commit);
  });

  it('opens the page in Airflow of what a link in its hover names', async () => {
    const tasks = 'https://airflow.example.org/dags/x/grid?task=';
    const [first = assert.fail()] = rollout.batches;
    const targets = first.targets.map((target) => ({ ...target, url: `${tasks}${target.id}` }));
    const of = { ...rollout, url: tasks, batches: [{ ...first, url: `${tasks}batch`, targets }] };
    store.update(rolloutsKey, { status: 'fresh', records: [of] });
    host.opened.length = 0;
    const record = { kind: 'rollout', key };
    const named = { ...record, batch: row.batch };
    for (const each of [record, named, { ...named, place: subnet }]) {
      await run('drDre.releases.openInAirflow', rowOfLink([{ record: each }]) ?? assert.fail());
    }
    assert.deepEqual(host.opened, [tasks, `${tasks}batch`, `${tasks}${subnet}`]);
  });

  it('of a HostOS batch has a page of its own in the rollout dashboard', () => {
    const of = { ...rollout, kind: 'rollout_ic_os_to_mainnet_nodes', name: 'rc--1' } as const;
    const hostBatch = { ...(batch ?? assert.fail()), stage: 'main', number: 3 } as const;
    assert.equal(
      rolloutDashboardPage('https://rollouts.example.org', of, hostBatch),
      'https://rollouts.example.org/#/rollouts/rollout_ic_os_to_mainnet_nodes/rc--1/stages/main/batches/3',
    );
  });

  it('is found by the ID of the subnet, which opens its batch', async () => {
    host.pick = (items) => items.find((item) => item.detail?.includes(subnet));
    assert.deepEqual(await run('drDre.releases.findSubnet', row), [['timeline', key, { batch: row.batch }]]);
    host.pick = () => undefined;
    assert.deepEqual(await run('drDre.releases.findSubnet', row), []);
  });

  it('leads to the alerts on its subnets, and on no others', async () => {
    assert.deepEqual(await run('drDre.releases.openAlerts', row), [['alert', 'a1']]);
    assert.deepEqual(await run('drDre.releases.openAlerts', { ...row, copied: subnet }), [['alert', 'a1']]);
    assert.deepEqual(await run('drDre.releases.openAlerts', { ...row, copied: 'another' }), []);
  });
});

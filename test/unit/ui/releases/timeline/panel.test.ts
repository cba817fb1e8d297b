import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { Store } from '../../../../../src/engine/read/store.ts';
import type { Failure } from '../../../../../src/domain/base/failure.ts';
import { fullReadKey, releasesKey, rolloutsKey } from '../../../../../src/feeds/releases/keys.ts';
import { rolloutKey, type Rollout } from '../../../../../src/domain/releases/rollout.ts';
import { isHostMessage } from '../../../../../src/domain/releases/timeline/hostMessages.ts';
import type { TimesLine } from '../../../../../src/domain/releases/times/lines.ts';
import { toRollouts } from '../../../../../src/sources/rollouts/mapping.ts';
import { silentReport } from '../../../../support/sources/silentReport.ts';
import { waitFor } from '../../../../support/base/waitFor.ts';
import { memoryLog, rethrow } from '../../../../support/engine/engine.ts';
import { FakeClock } from '../../../../support/engine/fakeClock.ts';
import { weekRollout } from '../../../../support/feeds/linkRecords.ts';
import { guestOs } from '../../../../support/feeds/rolloutBuilder.ts';
import { EventEmitter, host, Uri } from '../../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { TimelinePanel } = await import('../../../../../src/ui/releases/timeline/panel.ts');

/** A panel of VS Code, with what its page was sent. */
function panelDouble() {
  const messages = new EventEmitter<unknown>();
  const disposed = new EventEmitter<void>();
  const sent: {
    readonly type?: string;
    readonly marks?: readonly unknown[];
    readonly lanes?: readonly { readonly name: string; readonly heading: unknown; readonly done: number }[];
    readonly selected?: string;
    readonly timeZone?: string;
    readonly batch?: unknown;
    readonly fullReadAt?: number;
    readonly feed?: { readonly sentence?: string };
    readonly rollouts?: readonly unknown[];
    readonly shown?: { readonly rollout: unknown };
  }[] = [];
  const snapshots = () => sent.filter(({ type }) => type === 'snapshot');
  const panel = {
    visible: true,
    active: false,
    webview: {
      cspSource: 'self',
      asWebviewUri: () => 'https://x',
      onDidReceiveMessage: messages.event,
      postMessage: async (message: (typeof sent)[number]) => sent.push(message),
    },
    onDidChangeViewState: new EventEmitter<void>().event,
    onDidDispose: disposed.event,
    reveal: () => undefined,
    dispose: () => disposed.fire(),
  };
  // Only what the timeline uses.
  return {
    panel: panel as unknown as vscode.WebviewPanel,
    sent,
    snapshots,
    say: (message: unknown) => messages.fire(message),
  };
}

describe('two panels of the timeline', () => {
  const store = new Store<Failure>(rethrow);
  const settingsChanged = new EventEmitter<void>();
  const settings = {
    current: { timeZone: 'local' },
    onDidChange: settingsChanged.event,
    setTimeZone: async (timeZone: string) => {
      settings.current = { timeZone };
      settingsChanged.fire();
    },
  };
  const documents: unknown[] = [];
  let recorded: readonly TimesLine[] = [];
  const feeds = { rollouts: { refresh: async () => undefined } };
  const timeline = new TimelinePanel({
    clock: new FakeClock(),
    log: memoryLog(),
    store,
    extensionUri: Uri.file('/extension'),
    feeds,
    settings,
    links: { current: undefined, onDidChange: new EventEmitter<void>().event },
    documents: { open: async (...opened: unknown[]) => void documents.push(opened) },
    times: { flush: async () => undefined, lines: async () => recorded },
  } as unknown as ConstructorParameters<typeof TimelinePanel>[0]);

  it('are each answered for itself, and both kept current', () => {
    const [one, other] = [panelDouble(), panelDouble()];
    timeline.adopt(one.panel);
    timeline.adopt(other.panel);
    const counts = (): readonly number[] => [one.snapshots().length, other.snapshots().length];
    one.say({ type: 'ready' });
    assert.deepEqual(counts(), [1, 0]);
    other.say({ type: 'ready' });
    one.say({ type: 'select', rollout: 'rollout_ic_os_to_mainnet_subnets/week' });
    assert.deepEqual(counts(), [2, 1]);
    store.update(rolloutsKey, { status: 'fresh', records: [weekRollout()] });
    assert.deepEqual(counts(), [3, 2]);
    assert.deepEqual(
      [one, other].map(({ snapshots }) => snapshots().at(-1)?.selected),
      ['rollout_ic_os_to_mainnet_subnets/week', undefined],
    );
    one.panel.dispose();
    store.update(rolloutsKey, { status: 'stale' });
    assert.deepEqual(counts(), [3, 3]);
    other.panel.dispose();
  });

  it('are sent the note of a rollout as the dashboard has it, without the signs of its Markdown', () => {
    const note = '**Hold** batch 3: see [the runbook](https://example.org/book) for `yinp6`.\n- ask first';
    const wire = { name: 'rc--2026-08-20_03-30', kind: 'rollout_ic_os_to_mainnet_subnets', state: 'running', note };
    const { rollouts } = toRollouts([{ ...wire, dispatch_time: '2026-08-24T07:00:00Z', batches: {} }], silentReport);
    assert.equal(rollouts[0]?.note, note);
    const { panel, say, snapshots } = panelDouble();
    timeline.adopt(panel);
    store.update(rolloutsKey, { status: 'fresh', records: rollouts });
    say({ type: 'ready' });
    const { note: shown } = snapshots().at(-1)?.shown?.rollout as Rollout;
    assert.equal(shown, 'Hold batch 3: see the runbook for yinp6.\n• ask first');
    panel.dispose();
    store.update(rolloutsKey, { status: 'fresh', records: [] });
  });

  it('are sent one rollout whole: the chosen one, else the one of most interest, for as long as it is listed', () => {
    const [one, other] = [panelDouble(), panelDouble()];
    const [running, waiting] = [
      { ...weekRollout(), name: 'running' },
      { ...weekRollout(), name: 'waiting' },
    ];
    const list = (...records: readonly Rollout[]): void => store.update(rolloutsKey, { status: 'fresh', records });
    const shown = (): readonly unknown[] =>
      [one, other].map(({ snapshots }) => (snapshots().at(-1)?.shown?.rollout as Rollout | undefined)?.name);
    list({ ...running, state: 'main' }, { ...waiting, state: 'waiting' });
    for (const { panel } of [one, other]) timeline.adopt(panel);
    one.say({ type: 'ready' });
    other.say({ type: 'ready', rollout: rolloutKey(waiting) });
    assert.deepEqual(shown(), ['running', 'waiting']);
    assert.deepEqual(one.snapshots().at(-1)?.rollouts, [
      { kind: running.kind, name: 'running', state: 'main' },
      { kind: running.kind, name: 'waiting', state: 'waiting' },
    ]);
    list({ ...running, state: 'complete' }, { ...waiting, state: 'problem' });
    assert.deepEqual(shown(), ['running', 'waiting'], 'neither gives way');
    one.say({ type: 'select', rollout: rolloutKey(waiting) });
    assert.deepEqual(shown(), ['waiting', 'waiting']);
    list({ ...running, state: 'complete' });
    assert.deepEqual(shown(), ['running', 'running']);
    for (const { panel } of [one, other]) panel.dispose();
  });

  it('are sent when all rollouts were last read at once, and that nothing moves since before', () => {
    const one = panelDouble();
    timeline.adopt(one.panel);
    one.say({ type: 'ready' });
    const now = new FakeClock().now();
    const silent = { ...weekRollout(), lastSchedulingDecision: now - 3_600_000 };
    store.update(rolloutsKey, { status: 'fresh', asOf: now, records: [silent] });
    store.update(fullReadKey, { status: 'fresh', asOf: now, records: [{ of: 'rollouts' }] });
    assert.equal(one.sent.at(-1)?.fullReadAt, now);
    assert.match(one.sent.at(-1)?.feed?.sentence ?? '', /^Nothing moves: .* This is the state of 1 h ago\.$/);
    one.panel.dispose();
  });

  it('are sent what was recorded of the rollout that they show, once in a while', async () => {
    const one = panelDouble();
    timeline.adopt(one.panel);
    one.say({ type: 'ready' });
    store.update(rolloutsKey, { status: 'fresh', asOf: new FakeClock().now(), records: [weekRollout()] });
    const rollout = rolloutKey(weekRollout());
    recorded = [
      { kind: 'states', at: 1_000, rollout, whole: true, isNew: true, states: new Map([['batch-1', 'waiting']]) },
      { kind: 'lost', at: 2_000, rollout: 'another' },
    ];
    store.update(rolloutsKey, { status: 'stale' });
    await waitFor('the record', () => one.sent.find(({ type }) => type === 'record'), { everyMs: 1 });
    const steps = [{ at: 1_000, states: [['waiting', ['batch-1']]] }];
    assert.deepEqual(
      one.sent.filter(({ type }) => type === 'record'),
      [{ type: 'record', record: { rollout, steps, gaps: [], fromStart: true, until: 1_000 } }],
    );
    one.panel.dispose();
  });

  it('are sent what else happens, once each time it changes, and open its alerts', async () => {
    const one = panelDouble();
    timeline.adopt(one.panel);
    one.say({ type: 'ready' });
    store.update(rolloutsKey, { status: 'fresh', asOf: new FakeClock().now(), records: [weekRollout()] });
    const release = { name: 'rc--2026-08-20_03-30', versions: [], ignoredProposals: [] };
    store.update(releasesKey, { status: 'fresh', records: [release] });
    store.update(rolloutsKey, { status: 'stale' });
    const marks = one.sent.filter(({ type }) => type === 'marks');
    assert.deepEqual(
      marks.map((message) => message.marks?.length),
      [0, 2],
    );
    const id = '70413a06-38d6-4c85-92b8-5ebc900d42e2-1482404847303';
    one.say({ type: 'openTarget', target: { kind: 'alert', id } });
    assert.deepEqual(documents, [['alert', id]]);
    one.panel.dispose();
  });

  it('are sent the rollouts beside the shown one, listed and recorded, before it and only where they changed', async () => {
    const one = panelDouble();
    const now = new FakeClock().now();
    const shown: Rollout = { ...guestOs(), dispatchedAt: now };
    const other: Rollout = { ...guestOs(), name: 'other', dispatchedAt: now };
    const list = (...records: readonly Rollout[]): void =>
      store.update(rolloutsKey, { status: 'fresh', asOf: now, records });
    const lanes = () => one.sent.filter(({ type }) => type === 'lanes');
    recorded = (['waiting', 'proposing', 'complete'] as const).map((state, index) => ({
      kind: 'states',
      at: now + index * 60_000,
      rollout: `${shown.kind}/gone`,
      whole: index === 0,
      isNew: index === 0,
      states: new Map([['batch-1', state]]),
    }));
    list(shown, other);
    timeline.adopt(one.panel);
    one.say({ type: 'ready', rollout: rolloutKey(shown) });
    assert.deepEqual(
      one.sent.slice(0, 2).map(({ type }) => type),
      ['lanes', 'snapshot'],
    );
    assert.ok(one.sent.every((message) => isHostMessage(JSON.parse(JSON.stringify(message)))));
    await waitFor('what was recorded', () => lanes()[1], { everyMs: 1 });
    assert.deepEqual(
      lanes().map((message) => message.lanes?.map(({ name }) => name)),
      [['other'], ['other', 'gone']],
    );
    assert.equal(lanes()[1]?.lanes?.[1]?.heading, null);
    list({ ...shown, state: 'upgrading_subnets' }, other);
    assert.equal(lanes().length, 2, 'the shown one is no lane');
    list(shown, { ...other, state: 'failed' });
    assert.equal(lanes().length, 3);
    one.say({ type: 'select', rollout: rolloutKey(other) });
    assert.deepEqual(
      lanes()
        .at(-1)
        ?.lanes?.map(({ name }) => name),
      [shown.name, 'gone'],
    );
    one.panel.dispose();
    recorded = [];
  });

  it('ask once for the details of a batch, each time a person does', () => {
    const one = panelDouble();
    timeline.adopt(one.panel);
    timeline.open('rollout/week', { keepFocus: true, batch: 'batch-12' });
    one.say({ type: 'ready' });
    timeline.open('rollout/week', { keepFocus: true });
    timeline.open('rollout/week', { keepFocus: true, batch: 'batch-12' });
    assert.deepEqual(
      one.snapshots().map(({ batch }) => batch),
      [{ row: 'batch-12', request: 1 }, undefined, { row: 'batch-12', request: 2 }],
    );
    one.panel.dispose();
  });

  it('compare what they show with a rollout that a person picks, once each time it is asked for', async () => {
    const one = panelDouble();
    const shown = guestOs({ name: 'shown' });
    store.update(rolloutsKey, { status: 'fresh', records: [shown, guestOs({ name: 'last week', state: 'complete' })] });
    const asked: string[] = [];
    host.pick = (items) => {
      asked.push(...items.map(({ label }) => label));
      return items[0];
    };
    timeline.adopt(one.panel);
    timeline.open(rolloutKey(shown), { compare: true });
    assert.deepEqual(asked, []);
    one.say({ type: 'ready' });
    const runs = await waitFor('the runs', () => one.sent.find(({ type }) => type === 'runs'), { everyMs: 1 });
    assert.equal((runs as { readonly rollout?: unknown }).rollout, rolloutKey(shown));
    timeline.open(rolloutKey(shown));
    assert.deepEqual(asked, ['last week']);
    one.panel.dispose();
  });

  it('have the time zone of the setting, and set it', () => {
    const [one, other] = [panelDouble(), panelDouble()];
    for (const { panel, say } of [one, other]) {
      timeline.adopt(panel);
      say({ type: 'ready' });
    }
    const zones = (): readonly unknown[] => [one, other].map(({ snapshots }) => snapshots().at(-1)?.timeZone);
    assert.deepEqual(zones(), ['local', 'local']);
    one.say({ type: 'setTimeZone', timeZone: 'utc' });
    assert.equal(settings.current.timeZone, 'UTC');
    assert.deepEqual(zones(), ['utc', 'utc']);
    for (const { panel } of [one, other]) panel.dispose();
  });
});

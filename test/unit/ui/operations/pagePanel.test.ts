import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { HostMessage } from '../../../../src/domain/operations/pageMessages.ts';
import type { Operation, ParameterValues } from '../../../../src/dre/operations.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { registryNodesKey, runsKey } from '../../../../src/feeds/operations/keys.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { dreRun } from '../../../support/operations/runBuilder.ts';
import { EventEmitter, host, Uri } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';
import { waitFor } from '../../../support/base/waitFor.ts';

useVscodeDouble();
const { OperationsPanel } = await import('../../../../src/ui/operations/pagePanel.ts');

/** A panel of VS Code, with what its page was sent. */
function panelDouble() {
  const messages = new EventEmitter<unknown>();
  const sent: HostMessage[] = [];
  const panel = {
    visible: true,
    active: false,
    webview: {
      cspSource: 'self',
      html: '',
      asWebviewUri: () => 'https://x',
      onDidReceiveMessage: messages.event,
      postMessage: async (message: HostMessage) => sent.push(message),
    },
    onDidChangeViewState: new EventEmitter<void>().event,
    onDidDispose: new EventEmitter<void>().event,
    reveal: () => undefined,
    dispose: () => undefined,
  };
  // Only what the page uses.
  return { panel: panel as unknown as vscode.WebviewPanel, sent, say: (message: unknown) => messages.fire(message) };
}

describe('the panel of the Operations page', () => {
  const started: {
    readonly id: string;
    readonly values: ParameterValues;
    readonly mode: string;
    readonly origin: unknown;
  }[] = [];
  const kept = new Map<string, unknown>();
  const log = memoryLog();

  function open() {
    const store = new Store<Failure>(rethrow);
    const operations = {
      start: async ({ id }: Operation, values: ParameterValues, mode: string, origin: unknown = {}) =>
        void started.push({ id, values, mode, origin }),
      openRun: async () => undefined,
      places: () => [{ id: 'aaaaa-aa', label: 'aaaaa', description: '' }],
    };
    const panel = new OperationsPanel({
      clock: new FakeClock(),
      log,
      store,
      extensionUri: Uri.file('/extension') as unknown as vscode.Uri,
      operations: async () => operations,
      memory: {
        get: (key: string) => kept.get(key) as undefined,
        update: async (key: string, value: unknown) => void kept.set(key, value),
      },
    });
    const double = panelDouble();
    panel.adopt(double.panel);
    return { ...double, page: panel, store };
  }

  it('answers a page that comes back with the form that it showed', async () => {
    const { sent, say } = open();
    say({ type: 'ready', open: 'network.heal' });
    await waitFor('the form', () => sent.length > 0);
    const [view] = sent;
    assert.ok(view?.type === 'view');
    assert.equal(view.form?.id, 'network.heal');
    assert.deepEqual(view.form.fields[0]?.known, ['subnet']);
    assert.deepEqual(view.form.known['subnet'], [{ value: 'aaaaa-aa', label: 'aaaaa' }]);
    assert.ok(view.operations.length > 70);
  });

  it('fills in the form that it is opened with, before and after its page asks, and runs keep where that was', async () => {
    const { page, sent, say } = open();
    started.length = 0;
    const origin = { startedFrom: 'ticket DRE-351', ticket: 'DRE-351' };
    const filled = (proposalId: string) => ({ id: 'proposals.get', values: { proposalId }, origin });
    page.open(filled('1'));
    say({ type: 'ready', open: 'network.heal' });
    await waitFor('the form', () => sent.length === 1);
    page.open(filled('2'));
    await waitFor('the other values', () => sent.length === 2);
    assert.deepEqual(
      sent.map((message) => (message.type === 'view' ? [message.form?.id, message.values] : [])),
      ['1', '2'].map((proposalId) => ['proposals.get', { proposalId }]),
    );
    say({ type: 'run', id: 'proposals.get', values: { proposalId: '2' }, mode: 'real' });
    await waitFor('the run', () => started.length === 1);
    say({ type: 'open', id: 'network.heal' });
    say({ type: 'run', id: 'network.heal', values: {}, mode: 'dryRun' });
    await waitFor('the other run', () => started.length === 2);
    assert.deepEqual(
      started.map((each) => each.origin),
      [origin, {}],
    );
    started.length = 0;
  });

  it('says what is wrong with what is typed, and shows the command', async () => {
    const { sent, say } = open();
    say({ type: 'ready', open: 'proposals.get' });
    await waitFor('the form', () => sent.length > 0);
    say({ type: 'edit', id: 'proposals.get', request: 3, values: { proposalId: 'x' } });
    await waitFor('the answer', () => sent.length > 1);
    assert.deepEqual(sent[1], {
      type: 'checked',
      id: 'proposals.get',
      request: 3,
      command: 'dre proposals get x',
      faults: [{ field: 'proposalId', sentence: 'Enter the number of a proposal.', isMissing: false }],
      simulated: undefined,
    });
  });

  it('runs and copies what was typed by the path of all runs, and keeps favorites', async () => {
    const { sent, say } = open();
    say({ type: 'ready' });
    say({ type: 'run', id: 'network.heal', values: { omitSubnets: 'tdb26' }, mode: 'dryRun' });
    say({ type: 'copy', id: 'network.heal', values: { omitSubnets: "it's" } });
    say({ type: 'favorite', id: 'vote.once', isOn: true });
    await waitFor('all', () => kept.size > 0 && started.length > 0 && sent.length > 1);
    assert.deepEqual(started.splice(0), [
      { id: 'network.heal', values: { omitSubnets: 'tdb26' }, mode: 'dryRun', origin: {} },
    ]);
    assert.equal(host.copied.at(-1), "dre network --heal --omit-subnets 'it'\\''s'");
    assert.deepEqual([...kept.values()], [['vote.once']]);
    const view = sent.at(-1);
    assert.ok(view?.type === 'view');
    assert.deepEqual(
      view.operations.filter(({ isFavorite }) => isFavorite).map(({ id }) => id),
      ['vote.once'],
    );
  });

  it('sends again when runs begin and end, and nothing to a page that has not asked', async () => {
    const { sent, say, store } = open();
    store.update(runsKey, { status: 'fresh', records: [] });
    assert.equal(sent.length, 0);
    say({ type: 'ready' });
    await waitFor('the list', () => sent.length === 1);
    store.update(runsKey, { status: 'fresh', records: [run] });
    await waitFor('the list with the run', () => sent.length === 2);
    const view = sent[1];
    assert.ok(view?.type === 'view');
    assert.match(view.operations.find(({ id }) => id === 'network.heal')?.last ?? '', /^running .*, by Dana Doe$/);
  });

  it('offers what the registry has, as of when, and sends that again once it was read', async () => {
    const { sent, say, store } = open();
    say({ type: 'ready', open: 'subnet.replace' });
    await waitFor('the form', () => sent.length === 1);
    const node = {
      id: 'aaaaa-aa',
      subnet: null,
      dataCenter: 'bo1',
      provider: undefined,
      operator: null,
      health: 'dead',
    };
    store.update(registryNodesKey, { status: 'fresh', asOf: -7_200_000, records: [node] });
    await waitFor('the form with the registry', () => sent.length === 2);
    const [before, after] = sent.map((view) => (view.type === 'view' ? view.form : undefined));
    assert.deepEqual(before?.known['dataCenter'], []);
    assert.equal(before.registry?.isRead, false);
    assert.deepEqual(after?.known['dataCenter'], [{ value: 'bo1', label: 'Data center bo1, 1 node, 1 not healthy' }]);
    assert.match(
      after.registry?.words ?? '',
      /^Nodes, data centers and providers are from the registry read .* ago\.$/,
    );
    assert.deepEqual(
      after.fields
        .map(({ name, known }) => [name, known])
        .filter(([, known]) => known?.includes('dataCenter') === true),
      [['exclude', ['dataCenter', 'provider', 'node']]],
    );
  });

  it('leads from an address to the form, with what was typed there before, and to nothing else', async () => {
    const { page, sent, say } = open();
    const { openAddress } = await import('../../../../src/ui/links/uriHandler.ts');
    const never = () => assert.fail('another thing was opened');
    // Only what an address reaches for.
    const parts = { operationsPage: page, documents: { open: never }, timeline: { open: never }, log } as unknown;
    const follow = (path: string) =>
      openAddress({ path } as unknown as vscode.Uri, parts as Parameters<typeof openAddress>[1]);
    say({ type: 'ready' });
    await waitFor('the list', () => sent.length === 1);
    await follow('/operation/dre subnet replace');
    await waitFor('the form', () => sent.length === 2);
    const view = sent[1];
    assert.ok(view?.type === 'view');
    assert.deepEqual([view.form?.id, view.isOpened, view.values], ['dre subnet replace', true, undefined]);
    host.messages.length = 0;
    for (const path of ['/operation/nothing.such', '/operation/../x', '/operation/', '/operation/__proto__']) {
      await follow(path);
    }
    assert.equal(host.messages.length, 4);
    assert.equal(sent.length, 2);
    assert.equal(started.length, 0);
  });

  it('takes nothing else from a page', () => {
    const { sent, say } = open();
    for (const message of [
      'x',
      { type: 'bogus' },
      { type: 'ready', more: 1 },
      { type: 'open', id: 5 },
      { type: 'edit', id: 'x', request: 'y', values: {} },
      { type: 'run', id: 'network.heal', values: { a: 1 }, mode: 'dryRun' },
      { type: 'run', id: 'network.heal', values: {}, mode: 'yes' },
      { type: 'openRun', run: '../x' },
    ]) {
      say(message);
    }
    assert.equal(sent.length, 0);
  });
});

const run = dreRun('run-1', 0, { args: ['network', '--heal'], dryRun: false });

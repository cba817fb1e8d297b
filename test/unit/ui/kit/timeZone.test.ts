import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { serialise } from '../../../../src/domain/documents/serialise.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { rolloutsKey } from '../../../../src/feeds/releases/keys.ts';
import { alertDocument } from '../../../../src/views/alerts/document.ts';
import { releasesView } from '../../../../src/views/releases/view.ts';
import { clockTime } from '../../../../src/views/kit/format.ts';
import type { GeneralCommandParts } from '../../../../src/ui/kit/generalCommands.ts';
import type { HostContext } from '../../../../src/ui/kit/startParts.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { alert, weekRollout } from '../../../support/feeds/linkRecords.ts';
import { settingProperties } from '../../../support/manifest/settings.ts';
import { EventEmitter, host, Uri } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { composeHost } = await import('../../../../src/compose/host.ts');
const { generalCommands } = await import('../../../../src/ui/kit/generalCommands.ts');
const { TimelinePanel } = await import('../../../../src/ui/releases/timeline/panel.ts');
const { viewpoint } = await import('../../../../src/ui/kit/viewpoint.ts');

describe('the time zone of what is shown', () => {
  const { TZ } = process.env;
  const { defaultOf } = host;

  before(() => {
    host.defaultOf = (setting) => settingProperties[setting]?.default;
    process.env['TZ'] = 'America/New_York';
  });

  after(() => {
    host.defaultOf = defaultOf;
    delete host.settings['drDre.timeZone'];
    if (TZ === undefined) delete process.env['TZ'];
    else process.env['TZ'] = TZ;
  });

  it('is that of the machine, or UTC by a command, and what shows times is notified', async () => {
    const never = { dispose: () => undefined };
    const context = {
      globalStorageUri: Uri.file('/nowhere'),
      secrets: { get: async () => undefined, onDidChange: () => never },
    };
    // Only what it reaches for.
    const { host: parts, disposables } = composeHost(context as unknown as HostContext, new FakeClock());
    const commands = generalCommands({ settings: parts.settings } as unknown as GeneralCommandParts, 'drDre.alerts');
    const run = async (name: string): Promise<void> => commands[name]?.({ rows: [], args: [] });
    const shown: string[] = [];
    const show = (): void => void shown.push(clockTime(Date.UTC(2026, 7, 26, 13, 50), viewpoint(parts.clock)));
    parts.settings.onDidChange(show);

    show();
    await run('drDre.times.showUtc');
    await run('drDre.times.showLocal');
    host.settings['drDre.timeZone'] = 'Mars';
    host.settingsChanged.fire({ affectsConfiguration: () => true });
    assert.deepEqual(shown, ['09:50', '13:50', '09:50', '09:50']);
    assert.deepEqual(parts.settings.unfit, ['drDre.timeZone']);
    for (const each of disposables) each.dispose();
  });

  it('is one for rows, documents and the timeline, whichever of command and page chooses it', async () => {
    const never = { dispose: () => undefined };
    const context = {
      globalStorageUri: Uri.file('/nowhere'),
      secrets: { get: async () => undefined, onDidChange: () => never },
    };
    delete host.settings['drDre.timeZone'];
    const { host: parts, disposables } = composeHost(context as unknown as HostContext, new FakeClock());
    const [clock, settings] = [parts.clock, parts.settings];
    const store = new Store<Failure>(rethrow);
    store.update(rolloutsKey, { status: 'fresh', asOf: clock.now(), records: [weekRollout()] });
    const messages = new EventEmitter<unknown>();
    const sent: { readonly type?: string; readonly timeZone?: string }[] = [];
    const timeline = new TimelinePanel({
      clock,
      settings,
      store,
      log: memoryLog(),
      extensionUri: Uri.file('/extension'),
      feeds: { rollouts: { refresh: async () => undefined } },
      links: { current: undefined, onDidChange: () => never },
      times: { flush: async () => undefined, lines: async () => [] },
    } as unknown as ConstructorParameters<typeof TimelinePanel>[0]);
    timeline.adopt({
      visible: true,
      active: false,
      onDidChangeViewState: () => never,
      onDidDispose: () => never,
      webview: {
        cspSource: 'self',
        asWebviewUri: () => 'https://x',
        onDidReceiveMessage: messages.event,
        postMessage: async (message: (typeof sent)[number]) => sent.push(message),
      },
    } as unknown as vscode.WebviewPanel);
    messages.fire({ type: 'ready' });

    const shown = (): readonly unknown[] => {
      const from = viewpoint(clock);
      const row = releasesView(store.state(rolloutsKey), from, 'https://airflow.example.org').rows[0]?.children?.at(-1);
      const known = { id: 'a', listed: alert('a', { createdAt: Date.UTC(2026, 7, 26, 13) }), asOf: clock.now() };
      const document = serialise(alertDocument(known, from, { siteUrl: 'https://example.atlassian.net' }));
      const [rowTime, documentTime] = [JSON.stringify(row), document].map((text) => /\d\d:\d\d/.exec(text)?.[0]);
      return [rowTime, documentTime, sent.findLast(({ type }) => type === 'snapshot')?.timeZone];
    };
    const here = ['06:00', '09:00', 'local'];
    const inUtc = ['10:00', '13:00', 'utc'];
    assert.deepEqual(shown(), here);
    await generalCommands({ settings } as unknown as GeneralCommandParts, 'drDre.alerts')['drDre.times.showUtc']?.({
      rows: [],
      args: [],
    });
    assert.deepEqual(shown(), inUtc);
    messages.fire({ type: 'setTimeZone', timeZone: 'local' });
    await Promise.resolve();
    assert.deepEqual(shown(), here);
    for (const each of disposables) each.dispose();
  });
});

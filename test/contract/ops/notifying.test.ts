import assert from 'node:assert/strict';
import { minute, second } from '../../../src/domain/base/time.ts';
import { SignedInAccount } from '../../../src/feeds/kit/account.ts';
import type { NotificationParts } from '../../../src/ui/alerts/notifications.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { memoryLog } from '../../support/engine/engine.ts';
import { MemoryDisk } from '../../support/engine/memoryDisk.ts';
import { host } from '../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../support/ui/vscodeDouble.ts';
import { headless, type Headless } from '../../support/vscode/headless.ts';

useVscodeDouble();
const { AlertNotifications } = await import('../../../src/ui/alerts/notifications.ts');
const { UrgentItem } = await import('../../../src/ui/alerts/urgentItem.ts');

type Json = Record<string, unknown>;

describe('what notifies the person on call of alerts', function () {
  this.timeout(20_000);
  let simulator: Simulator;
  let dre: Headless;
  let disposables: { dispose(): void }[] = [];
  /** Answers in place of a service. */
  let instead: ((path: string) => Response | undefined) | undefined;
  /** Changes a page of alerts on its way. */
  let change: ((alerts: Json[]) => void) | undefined;

  beforeEach(async () => {
    simulator = await startSimulator({ speed: 0 });
    const log = memoryLog();
    dre = headless(simulator, {
      log,
      fetch: async (input, init) => {
        const path = new URL(input instanceof Request ? input.url : input).pathname;
        const response = instead?.(path) ?? (await fetch(input, init));
        if (change === undefined || !path.endsWith('/v1/alerts')) return response;
        const page = (await response.json()) as { values: Json[] };
        change(page.values);
        return Response.json(page);
      },
    });
    const account = new SignedInAccount(dre.store, log);
    const disk = new MemoryDisk();
    const parts = {
      ...dre,
      account,
      settings: {
        current: { notifications: { enabled: true, audience: 'onCall', minimum: 'P3', windowMs: minute } },
        onDidChange: () => ({ dispose: () => undefined }),
      },
      scopeDisk: () => disk,
    };
    // Only what the notifications need: no button is pressed.
    disposables = [
      account,
      new UrgentItem({ ...parts, stuck: () => [] }),
      new AlertNotifications(parts as unknown as NotificationParts),
    ];
    host.messages.length = 0;
    dre.feeds.attend(() => 'active');
  });
  afterEach(async () => {
    instead = change = undefined;
    for (const each of disposables) each.dispose();
    dre.dispose();
    await simulator.stop();
  });

  /** What the item shows; undefined while it is hidden. */
  const item = (): string | undefined => {
    const shown = host.statusItems.findLast(({ id }) => id === 'drDre.alertsBurning');
    return shown?.isShown === true ? shown.text : undefined;
  };
  const read = async (): Promise<void> => {
    await dre.feeds.refresh();
    await dre.clock.advance(second);
  };
  const raise = async (...messages: readonly string[]): Promise<void> => {
    simulator.advance(second);
    for (const message of messages) {
      simulator.switch('atlassianApi', 'raise', { message, priority: 'P1', alias: message });
    }
    // By now no notification is too close to the one before.
    await dre.clock.advance(minute);
    await read();
    await dre.clock.advance(minute);
  };

  it('notifies, by both, while it cannot be read who is signed in', async () => {
    instead = (path) => (path.endsWith('/myself') ? Response.json({}, { status: 401 }) : undefined);
    await read();
    await raise('a subnet stalled');
    assert.match(item() ?? '', /\d P1/);
    assert.ok(host.messages.some(({ text }) => text.includes('a subnet stalled')));
  });

  it('says, by both, that further alerts could not be read', async () => {
    await read();
    await raise('a subnet stalled', 'cannot be read');
    assert.ok(host.messages.every(({ text }) => !text.includes("Can't read")));
    change = (alerts) => {
      for (const alert of alerts) if (alert['message'] === 'cannot be read') alert['id'] = null;
    };
    await raise('another subnet stalled');
    const last = host.messages.at(-1)?.text ?? '';
    assert.match(last, /another subnet stalled.*Can't read 1 alert/);
    assert.match(item() ?? '', /Can't read 1 alert/);
    assert.match(dre.view('alerts').badge?.tooltip ?? '', /Can't read 1 alert/);
  });
});

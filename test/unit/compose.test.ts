import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialise } from '../../src/domain/documents/serialise.ts';
import { day, second } from '../../src/domain/base/time.ts';
import type { HostContext, LoadedParts, StartParts } from '../../src/ui/kit/startParts.ts';
import { FakeClock } from '../support/engine/fakeClock.ts';
import { host, Uri } from '../support/ui/vscode.ts';
import { useVscodeDouble } from '../support/ui/vscodeDouble.ts';
import { waitFor } from '../support/base/waitFor.ts';
import { settingProperties } from '../support/manifest/settings.ts';

useVscodeDouble();
const { compose } = await import('../../src/compose.ts');
// Loaded before the clock of a test runs, since that takes a while.
await import('../../src/compose/ui.ts');
const { Documents } = await import('../../src/ui/kit/documents.ts');
const { CompiledCode } = await import('../../src/platform/compiledCode.ts');
const { RegisteredTree } = await import('../../src/ui/kit/registeredTree.ts');

const anAddress = {
  address: '192.0.2.1',
  netmask: '255.255.255.0',
  family: 'IPv4' as const,
  mac: '00:00:00:00:00:00',
  internal: false,
  cidr: '192.0.2.1/24',
};

describe('the parts together', () => {
  const clock = new FakeClock();
  const subscriptions: { dispose(): unknown }[] = [];
  const { fetch } = globalThis;
  const { networkInterfaces } = os;
  let folder = '';
  let parts: LoadedParts;

  before(async () => {
    // What other tests have shown in this process is not counted.
    host.statusItems.length = 0;
    folder = await mkdtemp(join(tmpdir(), 'dr-dre-'));
    // What a window with other settings left, long ago.
    const former = join(folder, 'shared', 'former');
    await mkdir(former, { recursive: true });
    const longAgo = (clock.now() - 31 * day) / second;
    await utimes(former, longAgo, longAgo);
    host.defaultOf = (setting) => settingProperties[setting]?.default;
    globalThis.fetch = () => Promise.reject(new Error('no network in this test'));
    const never = { dispose: () => undefined };
    const context = {
      subscriptions,
      extensionUri: Uri.file(folder),
      globalStorageUri: Uri.file(folder),
      secrets: { get: async () => undefined, onDidChange: () => never },
      workspaceState: { get: () => undefined, update: async () => undefined },
      globalState: { get: () => undefined, update: async () => undefined, setKeysForSync: () => undefined },
    };
    const registered: StartParts = {
      trees: new Map(['drDre.week', 'drDre.alerts', 'drDre.ci'].map((id) => [id, new RegisteredTree(id)])),
      documents: new Documents(async () => ({}), clock),
      activatedAt: clock.now(),
      code: new CompiledCode({ code: folder, kept: join(folder, 'code'), names: [], program: '' }),
    };
    // Only what it reaches for.
    const composed = compose(context as unknown as HostContext, registered, clock);
    // There are no first rows: the rest is built without them.
    let isComposed = false;
    void composed.then(() => {
      isComposed = true;
    });
    await waitFor('the rest', async () => {
      await clock.advance(100);
      return isComposed;
    });
    parts = await composed;
  });

  after(async () => {
    // As VS Code does when a window closes.
    const left = parts.leave();
    for (const each of subscriptions) each.dispose();
    await left;
    globalThis.fetch = fetch;
    os.networkInterfaces = networkInterfaces;
    syncBuiltinESMExports();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const meter = async (): Promise<string> => {
    const source = (await parts.documentSources())['meter'] ?? assert.fail('there is no meter');
    return serialise(await source.render(''));
  };
  const paints = (id: string): number =>
    host.statusItems.filter((item) => item.id === id).reduce((sum, { paints: each }) => sum + each, 0);

  it('are all notified when the machine wakes: what is read, who is on shift, and what shows it', async function () {
    this.timeout(30_000);
    await waitFor(
      'reads that failed, and are tried seldom',
      async () => {
        await clock.advance(second);
        return (await meter()).includes('after 3 failures in a row') && paints('drDre.alertsBurning') > 0;
      },
      { everyMs: 3, timeoutMs: 25_000 },
    );
    const looks = (): readonly number[] => [paints('drDre.rotation'), paints('drDre.alertsBurning'), host.looksAtFocus];
    const isTold = (): boolean => host.log.some((line) => line.includes('[wake]'));
    // Another network has the effect of a sleep, without changing the clock by which windows agree who reads.
    os.networkInterfaces = () => ({ other: [{ ...anAddress }] });
    syncBuiltinESMExports();
    let before = looks();
    for (let tick = 0; tick < 20 && !isTold(); tick++) {
      before = looks();
      await clock.advance(second);
    }
    assert.ok(isTold());
    for (const [index, count] of looks().entries()) {
      assert.ok(count > (before[index] ?? 0), `${index} was not notified`);
    }
    assert.match(await meter(), /the machine woke up, or its network changed/);
  });

  it('keep what windows share apart for each scope of the settings, and nothing of scopes that nobody has', async function () {
    this.timeout(30_000);
    const shared = async (): Promise<readonly string[]> => {
      const entries = await readdir(join(folder, 'shared'), { recursive: true, withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile() || entry.name === 'former')
        .map((entry) =>
          join(entry.parentPath, entry.name)
            .slice(folder.length + 1)
            .replaceAll('\\', '/'),
        );
    };
    const isKept = (files: readonly string[], name: string): boolean =>
      files.some((file) => new RegExp(`^shared/[\\da-f]{16}/${name}$`).test(file));
    await waitFor(
      'what is kept',
      async () => {
        await clock.advance(second);
        const files = await shared();
        return ['asked.json', 'focus.json'].every((name) => isKept(files, name)) && !files.includes('shared/former');
      },
      { everyMs: 3, timeoutMs: 25_000 },
    );
    for (const file of await shared()) assert.match(file, /^shared\/[\da-f]{16}\//);
  });
});

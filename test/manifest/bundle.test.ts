import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as esbuild from 'esbuild';
import * as double from '../support/ui/vscode.ts';
import { settingProperties } from '../support/manifest/settings.ts';

const root = join(import.meta.dirname, '../..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** What every start reads before the first rows, at most, in kilobytes. */
const limit = 190;

/** What `require` goes through; not part of Node's documented interface. */
const loader = Module as unknown as { _load: (request: string, ...more: readonly unknown[]) => unknown };

// The bundle as it is released, written into a folder of its own.
describe('the bundle', function () {
  this.timeout(60_000);
  let folder = '';
  const { _load: load } = loader;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dr-dre-bundle-'));
    const { bundles } = await import(new URL('../../esbuild.mjs', import.meta.url).href);
    const [host]: readonly esbuild.BuildOptions[] = bundles({ root, production: true, folder });
    assert.ok(host);
    await esbuild.build(host);
  });

  after(() => {
    loader._load = load;
    rmSync(folder, { recursive: true, force: true });
  });

  it('has what the manifest names, which VS Code loads with require()', () => {
    assert.match(manifest.main, /\.cjs$/);
    assert.ok(statSync(join(folder, manifest.main)).isFile());
  });

  it(`reads at most ${limit} kB in every start`, () => {
    const files = ['extension', 'start'].map((name) => `dist/host/${name}.cjs`);
    const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
    assert.ok(bytes <= limit * 1000, `${bytes / 1000} kB`);
  });

  it('activates with nothing but the entry, then reads one file more', async () => {
    const loaded: string[] = [];
    let asked = 0;
    const registered = { dispose: () => undefined };
    const vscode = {
      ...double,
      window: {
        ...double.window,
        registerWebviewPanelSerializer: () => registered,
        registerUriHandler: () => registered,
      },
    };
    loader._load = (request, ...more) => {
      if (request === 'vscode') {
        asked += 1;
        return vscode;
      }
      if (!Module.isBuiltin(request)) loaded.push(basename(request));
      return load(request, ...more);
    };
    double.host.defaultOf = (setting) => settingProperties[setting]?.default;
    const subscriptions: { dispose(): unknown }[] = [];
    const context = {
      subscriptions,
      extension: { packageJSON: manifest },
      extensionUri: double.Uri.file(folder),
      asAbsolutePath: (path: string) => join(folder, path),
      globalStorageUri: double.Uri.file(join(folder, 'storage')),
      secrets: { get: async () => undefined, onDidChange: () => registered },
      workspaceState: { get: () => undefined, update: async () => undefined },
      globalState: { get: () => undefined, update: async () => undefined, setKeysForSync: () => undefined },
    };
    const { activate, deactivate } = createRequire(import.meta.url)(join(folder, manifest.main));
    try {
      // The turn of VS Code's call and that of the commands, which count as activation, end first.
      await activate(context);
      const entry = basename(manifest.main);
      assert.deepEqual([...new Set(loaded)], [entry]);
      await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual([...new Set(loaded)], [entry, 'start.cjs']);
      assert.equal(asked, new Set(loaded).size, 'each file asks for the API of VS Code once');
    } finally {
      await deactivate();
      for (const each of subscriptions) each.dispose();
    }
  });
});

// Runs the tests of test/integration/ inside the extension host of a real VS Code. Needs Node 24 (see test.mjs).

import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import * as esbuild from 'esbuild';
import { quietSettings, writeSettings } from './settings.mjs';
import { chooseVscode } from './vscode.mjs';

const root = dirname(import.meta.dirname);
const source = join(root, 'test', 'integration');
const bundled = join(root, 'out', 'integration');

/** The extension host takes no TypeScript. Packages stay outside: it finds them from out/ as well. */
async function bundleTests() {
  rmSync(bundled, { recursive: true, force: true });
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.test.ts'));
  await esbuild.build({
    entryPoints: [
      join(root, 'test', 'support', 'vscode', 'extensionHost.ts'),
      ...files.map((name) => join(source, name)),
    ],
    outdir: bundled,
    outbase: join(root, 'test'),
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    sourcemap: 'inline',
    outExtension: { '.js': '.mjs' },
    logLevel: 'warning',
  });
}

/** A small program that passes for VS Code. */
function serverExecutable(/** @type {string} */ folder) {
  const script = join(import.meta.dirname, 'serverAsVscode.mjs');
  if (process.platform === 'win32') {
    const file = join(folder, 'vscode.cmd');
    writeFileSync(file, `@"${process.execPath}" "${script}" %*\r\n`);
    return file;
  }
  const file = join(folder, 'vscode');
  writeFileSync(file, `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}

await bundleTests();
const home = mkdtempSync(join(tmpdir(), 'dr-dre-tests-'));
try {
  const choice = await chooseVscode();
  const [userDataDir, folder] = [join(home, 'data'), join(home, 'folder')];
  mkdirSync(folder);
  writeSettings(userDataDir, quietSettings, {});
  process.exitCode = await runTests({
    vscodeExecutablePath: choice.kind === 'desktop' ? choice.executable : serverExecutable(home),
    extensionDevelopmentPath: [root, join(source, 'fixture')],
    extensionTestsPath: join(bundled, 'support', 'vscode', 'extensionHost.mjs'),
    launchArgs: [folder, `--user-data-dir=${userDataDir}`, `--extensions-dir=${join(home, 'extensions')}`],
  });
} catch (error) {
  console.error(/** @type {Error} */ (error).message);
  process.exitCode = 1;
} finally {
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}

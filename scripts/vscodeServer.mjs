// VS Code as a server: the npm package code-server carries the whole of it, workbench and extension host.

import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from './cache.mjs';
import { npmInstall } from './npm.mjs';

export const serverVersion = '4.139.1';

/**
 * The folder that holds `out/server-main.js`, installed at first use. Nothing is compiled.
 * @returns {Promise<string>}
 */
export async function vscodeServer() {
  const inside = ['node_modules', 'code-server', 'lib', 'vscode'];
  const folder = await cached(`vscode-server-${serverVersion}`, async (half) => {
    console.log(`Getting the VS Code server ${serverVersion} (about 20 s, once)`);
    // Its install script compiles what is not needed here. The inner package has dependencies of its own.
    await npmInstall(half, `code-server@${serverVersion}`, '--ignore-scripts');
    const vscode = join(half, ...inside);
    await npmInstall(vscode, '--omit=dev', '--ignore-scripts');
    replaceLogger(vscode);
  });
  return join(folder, ...inside);
}

/** The native logger was not compiled; without one, every output channel and log file would stay empty. */
function replaceLogger(/** @type {string} */ vscode) {
  const logger = join(vscode, 'node_modules', '@vscode', 'spdlog');
  if (existsSync(join(logger, 'build'))) return;
  copyFileSync(join(import.meta.dirname, 'plainLogger.mjs'), join(logger, 'plainLogger.mjs'));
  const manifest = JSON.parse(readFileSync(join(logger, 'package.json'), 'utf8'));
  writeFileSync(join(logger, 'package.json'), JSON.stringify({ ...manifest, main: 'plainLogger.mjs' }));
}

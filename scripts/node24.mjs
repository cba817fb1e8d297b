// A Node of at least version 24, which the VS Code server and @vscode/test-electron ask for.

import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { cached } from './cache.mjs';
import { npmInstall } from './npm.mjs';

/**
 * The executable: the running one if it is new enough, else one from npm, fetched once.
 * @returns {Promise<string>}
 */
export async function node24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${system}-${process.arch}`;
  const folder = await cached(`${name}-24`, async (half) => {
    console.log(`Getting Node 24 (about 10 s, once): this is Node ${process.versions.node}`);
    await npmInstall(half, `${name}@24`, '--ignore-scripts');
  });
  const executable = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  chmodSync(executable, 0o755);
  return executable;
}

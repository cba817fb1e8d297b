// Type checks, side by side. Each project proves something that the whole does not: that a folder needs no vscode, no
// Node, no DOM.

import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { run } from './processes.mjs';

const root = dirname(import.meta.dirname);
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** The projects of the folders that stay pure; these are part of every build. */
export const pureProjects = ['domain', 'pure', 'webview'];

/**
 * @param {string} name of `tsconfig.<name>.json`; empty for `tsconfig.json`
 * @returns {Promise<{ name: string, passed: boolean, output: string }>}
 */
export async function checkTypes(name) {
  const file = name === '' ? 'tsconfig.json' : `tsconfig.${name}.json`;
  const memory = ['--incremental', '--tsBuildInfoFile', `out/types/${name === '' ? 'all' : name}.tsbuildinfo`];
  const { code, output } = await run(process.execPath, [tsc, '-p', file, ...memory], { cwd: root, quiet: true });
  return { name: file, passed: code === 0, output: output.trim() };
}

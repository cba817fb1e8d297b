// Starting VS Code as a server on loopback, and the address under which it opens with an extension under development.

import { mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { node24 } from './node24.mjs';
import { endLeashed, startOnLeash } from './processes.mjs';
import { withProgress } from './progress.mjs';
import { vscodeServer } from './vscodeServer.mjs';

const mintKey = pathToFileURL(join(import.meta.dirname, 'mintKey.mjs')).href;

/** The environment without what an editor sets for the programs in its own terminal. */
export function cleanEnvironment(/** @type {NodeJS.ProcessEnv} */ more = {}) {
  const env = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/.test(name));
  return { ...Object.fromEntries(env), ...more };
}

/**
 * @typedef {object} ServerOptions
 * @property {string} userDataDir
 * @property {string} extensionsDir belongs to the server: what is in it goes
 * @property {readonly string[]} [extensions] folders of extensions to install, as links
 * @property {number} [port] any free one when absent
 * @property {NodeJS.ProcessEnv} [env] for the extension host, besides this process's own
 * @property {string} [preload] a module that Node runs first, in the server and in its extension hosts
 * @property {boolean} [automation] takes extensions under development and tests from the address of the page. VS Code
 *   shows no notifications then
 * @property {boolean} [workspaceTrust] whether folders have to be trusted; not asked when absent
 * @property {(line: string) => void} [log] gets what the server prints
 */

/**
 * Starts the server, installing it first if need be. Resolves when it answers, however long that takes.
 * @param {ServerOptions} options
 * @returns {Promise<{ origin: string, port: number, pid: number, exited: Promise<number>, stop: () => Promise<void> }>}
 */
export async function startServer(options) {
  const { userDataDir, extensionsDir, extensions = [], port = 0, env, preload, log } = options;
  const [node, vscode] = [await node24(), await vscodeServer()];
  mkdirSync(userDataDir, { recursive: true });
  installExtensions(extensionsDir, extensions);
  const child = startOnLeash(
    node,
    [
      ...(preload === undefined ? [] : ['--import', pathToFileURL(preload).href]),
      ...['--import', mintKey, join(vscode, 'out', 'server-main.js')],
      ...['--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--accept-server-license-terms'],
      ...['--telemetry-level', 'off', '--user-data-dir', userDataDir, '--extensions-dir', extensionsDir],
      ...(options.automation === true ? ['--enable-smoke-test-driver'] : []),
      ...(options.workspaceTrust === true ? [] : ['--disable-workspace-trust']),
    ],
    { cwd: vscode, env: cleanEnvironment(env) },
  );
  const exited = new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  let printed = '';
  const listening = new Promise((resolve) => {
    const read = (/** @type {Buffer} */ chunk) => {
      printed += chunk.toString();
      log?.(chunk.toString());
      const match = /Extension host agent listening on (\d+)/.exec(printed);
      if (match !== null) resolve(Number(match[1]));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
  const found = await withProgress('The VS Code server', Promise.race([listening, exited.then(() => undefined)]));
  if (typeof found !== 'number') {
    await endLeashed(child);
    throw new Error(`The VS Code server did not start:\n${printed.trim()}`);
  }
  return {
    origin: `http://127.0.0.1:${found}`,
    port: found,
    pid: child.pid ?? 0,
    exited,
    stop: () => endLeashed(child),
  };
}

/** The server takes every folder that it finds here at its first start for an installed extension. */
function installExtensions(/** @type {string} */ extensionsDir, /** @type {readonly string[]} */ extensions) {
  rmSync(extensionsDir, { recursive: true, force: true });
  mkdirSync(extensionsDir, { recursive: true });
  for (const extension of extensions) {
    const { publisher, name, version } = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
    symlinkSync(extension, join(extensionsDir, `${publisher}.${name}-${version}`), 'junction');
  }
}

/**
 * The address of a window.
 * @param {string} origin
 * @param {string | undefined} folder absolute; an empty window without
 * @param {{ development: readonly string[], tests: string }} [automation] absolute paths
 */
export function workbenchUrl(origin, folder, automation) {
  const remote = (/** @type {string} */ path) => `vscode-remote://remote${pathToFileURL(path).pathname}`;
  const url = new URL(origin);
  if (folder === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set('folder', folder);
  if (automation !== undefined) {
    const development = automation.development.map((path) => ['extensionDevelopmentPath', remote(path)]);
    const payload = [...development, ['extensionTestsPath', remote(automation.tests)]];
    url.searchParams.set('payload', JSON.stringify(payload));
  }
  return url.href;
}

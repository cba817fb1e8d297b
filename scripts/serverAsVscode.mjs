// The VS Code server behind the command line of a desktop VS Code, for `runTests` of @vscode/test-electron: opens a
// window in a headless browser, runs the tests of --extensionTestsPath in its extension host, exits with their code.

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { browser, browserArguments } from './browser.mjs';
import { startServer, workbenchUrl } from './serverProcess.mjs';

const text = /** @type {const} */ ({ type: 'string' });
const { values, positionals } = parseArgs({
  strict: false, // the other switches of VS Code mean nothing to the server
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true },
    extensionTestsPath: text,
    'user-data-dir': text,
    'extensions-dir': text,
    'disable-workspace-trust': { type: 'boolean' },
  },
});

/** @param {unknown} value @param {string} name @returns {string} */
function path(value, name) {
  if (typeof value !== 'string') throw new Error(`--${name} is missing`);
  return resolve(value);
}

const server = await startServer({
  userDataDir: path(values['user-data-dir'], 'user-data-dir'),
  extensionsDir: path(values['extensions-dir'], 'extensions-dir'),
  automation: true,
  workspaceTrust: values['disable-workspace-trust'] !== true,
});
const instance = await chromium.launch({ executablePath: await browser(), args: browserArguments });

/** @param {number} code */
async function end(code) {
  await instance.close();
  await server.stop();
  process.exit(code);
}
process.on('SIGINT', () => void end(130)).on('SIGTERM', () => void end(143));
void server.exited.then(() => end(1));

const page = await instance.newPage({ viewport: { width: 1280, height: 800 } });
page.setDefaultTimeout(90_000);
page.on('crash', () => void end(1));
await page.exposeFunction('codeAutomationExit', (/** @type {number} */ code) => void end(code));
await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ args) => {
  // The workbench's own log comes here as well, in colours that begin with %c; its warnings are no matter of the tests.
  if (type === 'log' && !String(args[0]).startsWith('%c')) console.log(...args);
});
const development = [values.extensionDevelopmentPath ?? []]
  .flat()
  .map((value) => path(value, 'extensionDevelopmentPath'));
const tests = path(values.extensionTestsPath, 'extensionTestsPath');
const folder = positionals[0] === undefined ? undefined : resolve(positionals[0]);
await page.goto(workbenchUrl(server.origin, folder, { development, tests }));

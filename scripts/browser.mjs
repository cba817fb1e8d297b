// A Chromium that can be driven: an installed Chrome, Chromium or Edge, else Playwright's own, else Debian's.

import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { run } from './processes.mjs';

const require = createRequire(import.meta.url);

const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome', 'microsoft-edge'];

/** The switches under which it runs without a screen; the sandbox cannot be had as root. */
export const browserArguments = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a browser that several processes share: each connects to its address and has profiles of its own in it.
 */
export async function browserServer() {
  const { chromium } = await import('playwright-core');
  return chromium.launchServer({ executablePath: await browser(), args: browserArguments, host: '127.0.0.1' });
}

/**
 * The executable of a browser. Fetches one when there is none, and says so; throws a sentence when that fails.
 * @returns {Promise<string>}
 */
export async function browser() {
  const { chromium } = await import('playwright-core');
  const there = await firstThatRuns([...installed(), chromium.executablePath()]);
  if (there !== undefined) return there;
  console.log('Getting a browser for the tests (Playwright’s Chromium, once)');
  // The package exports its program to nobody.
  const cli = join(dirname(require.resolve('playwright-core/package.json')), 'cli.js');
  const download = await run(process.execPath, [cli, 'install', 'chromium'], { quiet: true, timeoutMs: 300_000 });
  const downloaded = await firstThatRuns([chromium.executablePath()]);
  if (downloaded !== undefined) return downloaded;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('That did not give one that runs. Installing Debian’s chromium with apt-get');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env, quiet: true });
    const apt = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      env,
      quiet: true,
    });
    const debian = await firstThatRuns(installed());
    if (debian !== undefined) return debian;
    throw new Error(`apt-get could not install chromium:\n${apt.output.trim()}`);
  }
  throw new Error(
    `No browser: install Chrome, Chromium or Edge. Playwright’s download said:\n${download.output.trim()}`,
  );
}

/** @returns {string[]} the usual places that exist */
function installed() {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const mac = ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
    ['/Applications', join(homedir(), 'Applications')].map((folder) => `${folder}/${name}.app/Contents/MacOS/${name}`),
  );
  const windows = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((variable) => {
    const folder = process.env[variable];
    return folder === undefined
      ? []
      : [join(folder, 'Google/Chrome/Application/chrome.exe'), join(folder, 'Microsoft/Edge/Application/msedge.exe')];
  });
  const own = process.env['CHROME_PATH'];
  return [...(own === undefined ? [] : [own]), ...onPath, ...mac, ...windows].filter((file) => existsSync(file));
}

/**
 * A file can be there and still not run: a download without its system libraries, a stub that points to a store.
 * @param {readonly string[]} files
 */
async function firstThatRuns(files) {
  for (const file of files) {
    if (!existsSync(file)) continue;
    if (process.platform === 'win32') return file; // Chrome on Windows opens a window for --version
    const { code } = await run(file, ['--version'], { quiet: true, timeoutMs: 20_000 });
    if (code === 0) return file;
  }
  return undefined;
}

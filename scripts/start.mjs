// `npm start [-- --port N] [--no-open]`: Dr. DRE in a real VS Code, in front of a simulated world. There it is always the
// same Wednesday of an on-call week at 13:50 UTC, for the services and for the extensions of that VS Code.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { endLeashed, startOnLeash } from './processes.mjs';
import { cleanEnvironment, startServer, workbenchUrl } from './serverProcess.mjs';
import { quietSettings, writeSettings } from './settings.mjs';
import { simulatorSettings, startSimulator } from './simulator.mjs';
import { chooseVscode } from './vscode.mjs';

const root = dirname(import.meta.dirname);
/** The instant that the world is written for. */
const worldStart = '2026-08-26T13:50:11Z';
/** An extension that lets the window go by the world's clock, and shows Dr. DRE in it. */
const windowExtension = join(import.meta.dirname, 'startWindow');
const usage = `npm start [-- --port N] [--no-open]
  --port N    the port of the VS Code server (default: any free one); implies the server
  --no-open   open nothing, only print where VS Code is; implies the server
`;

/** @type {(() => unknown)[]} what has to be undone, in order of making */
const undo = [];
let ending = false;

/** @param {number} code */
async function end(code) {
  if (ending) return;
  ending = true;
  for (const step of undo.reverse()) await step();
  process.exit(code);
}

/** One of the parts is gone by itself. @param {string} what */
async function endAfter(what) {
  if (!ending) console.error(what);
  await end(1);
}

/** @returns {{ port: number | undefined, open: boolean }} */
function options() {
  try {
    const { values } = parseArgs({
      options: { port: { type: 'string' }, 'no-open': { type: 'boolean' }, help: { type: 'boolean' } },
    });
    if (values.help === true) {
      console.log(usage);
      process.exit(0);
    }
    const port = values.port === undefined ? undefined : Number(values.port);
    if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port < 65536))
      throw new Error('--port takes a number');
    return { port, open: values['no-open'] !== true };
  } catch (error) {
    console.error(`${/** @type {Error} */ (error).message}\n\n${usage}`);
    process.exit(2);
  }
}

/** @param {string} url */
function openInBrowser(url) {
  const commands = { darwin: ['open', url], win32: ['rundll32', 'url.dll,FileProtocolHandler', url] };
  const [command = '', ...args] = commands[/** @type {'darwin'} */ (process.platform)] ?? ['xdg-open', url];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  child.on('error', () => console.log('No browser could be opened from here: open the address above.'));
  child.unref();
}

async function start() {
  const { port, open } = options();
  for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(name, () => void end(0));

  console.log('Building');
  if (!(await build())) return end(1);

  const simulator = await startSimulator(['--start-at', worldStart]);
  undo.push(simulator.stop);
  console.log(`Simulator: ${simulator.control}`);
  console.log(`Its time: ${new Date(Date.now() + simulator.aheadMs).toUTCString()}`);
  const env = { ...simulator.env, DR_DRE_WORLD_AHEAD_MS: `${simulator.aheadMs}` };
  void simulator.exited.then(() => endAfter('The simulator has ended'));

  const home = mkdtempSync(join(tmpdir(), 'dr-dre-'));
  undo.push(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
  const [userDataDir, extensionsDir, folder] = [join(home, 'data'), join(home, 'extensions'), join(home, 'on-call')];
  mkdirSync(folder);
  // With the clock of the world, whatever the time zone of this machine.
  writeSettings(userDataDir, { ...quietSettings, 'drDre.timeZone': 'UTC' }, simulatorSettings(simulator));

  const choice = port === undefined && open ? await chooseVscode() : { kind: /** @type {const} */ ('server') };
  if (choice.kind === 'desktop') {
    const development = [root, windowExtension].map((path) => `--extensionDevelopmentPath=${path}`);
    const args = [folder, ...development, `--user-data-dir=${userDataDir}`];
    const quiet = [`--extensions-dir=${extensionsDir}`, '--new-window', '--skip-welcome', '--disable-workspace-trust'];
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const window = startOnLeash(choice.executable, [...args, ...quiet, ...sandbox], {
      env: cleanEnvironment(env),
    });
    undo.push(() => endLeashed(window));
    window.once('exit', () => void end(0));
    console.log(`VS Code: ${choice.executable}, with Dr. DRE loaded`);
  } else {
    const server = await startServer({
      userDataDir,
      extensionsDir,
      extensions: [root, windowExtension],
      env,
      port,
    });
    undo.push(server.stop);
    void server.exited.then(() => endAfter('The VS Code server has ended'));
    const url = workbenchUrl(server.origin, folder);
    console.log(`VS Code: ${url}`);
    if (open) openInBrowser(url);
  }
  console.log('Ctrl+C ends everything.');
}

await start().catch(async (error) => {
  if (ending) return;
  console.error(error.message);
  await end(1);
});

// The simulated outside world, as a process of its own.

import { createInterface } from 'node:readline';
import { dirname } from 'node:path';
import { endLeashed, startOnLeash } from './processes.mjs';
import { withProgress } from './progress.mjs';

const root = dirname(import.meta.dirname);

/**
 * What the simulator says when it is up.
 * @typedef {object} SimulatorReady
 * @property {string} control address for tests
 * @property {Readonly<Record<string, string>>} addresses of the services, by name
 * @property {string} dre path of the stand-in
 * @property {Readonly<Record<string, string>>} env credentials
 * @property {number} aheadMs how far the world's clock is ahead of this machine's, milliseconds
 */

/** The settings that point the extension at it. @param {Pick<SimulatorReady, 'addresses' | 'dre'>} ready */
export function simulatorSettings({ addresses, dre }) {
  return {
    'drDre.atlassian.site': addresses['atlassianSite'],
    'drDre.atlassian.apiUrl': addresses['atlassianApi'],
    'drDre.github.apiUrl': addresses['github'],
    'drDre.rollouts.url': addresses['rollouts'],
    'drDre.airflow.url': addresses['airflow'],
    'drDre.governance.host': addresses['governance'],
    'drDre.dre.path': dre,
  };
}

/**
 * Starts it. Resolves when it says that it is ready, however long that takes on a slow machine.
 * @param {readonly string[]} [args]
 * @returns {Promise<SimulatorReady & { pid: number, exited: Promise<number>, stop: () => Promise<void> }>}
 */
export async function startSimulator(args = []) {
  const child = startOnLeash(process.execPath, ['--import', 'tsx', 'test/simulator/main.ts', ...args], { cwd: root });
  const exited = new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  child.stderr.pipe(process.stderr);
  const ready = new Promise((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const said = parse(line);
      if (said?.ready === true) resolve(said);
      else console.log(line);
    });
  });
  const said = await withProgress('The simulator', Promise.race([ready, exited.then(() => undefined)]));
  if (said === undefined) {
    await endLeashed(child);
    throw new Error('The simulator did not start');
  }
  return { ...said, pid: child.pid ?? 0, exited, stop: () => endLeashed(child) };
}

/** @param {string} line @returns {any} undefined when it is no JSON */
function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // an ordinary line of output
  }
}

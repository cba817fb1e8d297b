// Starting programs and ending them with everything that they started.

import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const leash = join(import.meta.dirname, 'leash.mjs');
const isWindows = process.platform === 'win32';

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {{ code: number, output: string }} Finished */

/** @param {number} milliseconds */
export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** @type {Set<ChildProcess>} */
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill()));

/**
 * Runs a program to its end, or to the end of this process. Never rejects: a program that cannot be started ends with 127.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean, timeoutMs?: number }} [options] quiet: the output
 *   is collected instead of shown
 * @returns {Promise<Finished>}
 */
export function run(command, args, { cwd, env, quiet = false, timeoutMs } = {}) {
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      timeout: timeoutMs,
    });
    running.add(child);
    const collect = (/** @type {Buffer} */ chunk) => (output += chunk.toString());
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    const end = (/** @type {number} */ code) => {
      running.delete(child);
      resolve({ code, output });
    };
    child.on('error', (error) => {
      output += error.message;
      end(127);
    });
    child.on('close', (code) => end(code ?? 1));
  });
}

/**
 * Starts a program on a leash: it and all that it starts ends when `endTree` is called, and also when this process ends
 * in whatever way, because its end closes the leash.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {ChildProcess & { stdin: import('node:stream').Writable, stdout: import('node:stream').Readable, stderr: import('node:stream').Readable }}
 */
export function startOnLeash(command, args, { cwd, env } = {}) {
  // A group of its own: Ctrl+C in the terminal reaches this process alone, which then ends the others in good order.
  const child = spawn(process.execPath, [leash, command, ...args], {
    cwd,
    env: env ?? process.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: !isWindows,
    windowsHide: true,
  });
  child.stdin.on('error', () => child.stdin.destroy());
  return child;
}

/**
 * Ends a program that `startOnLeash` started and waits until it is gone.
 * @param {ChildProcess} child
 */
export async function endLeashed(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.stdin?.end();
  await gone;
}

/**
 * Every process below this one, deepest last. Empty where the system does not say.
 * @param {number} root
 * @returns {Promise<number[]>}
 */
export async function descendants(root) {
  const parents = process.platform === 'linux' ? parentsFromProc() : await parentsFromPs();
  const found = [root];
  for (const pid of found) {
    for (const [child, parent] of parents) if (parent === pid) found.push(child);
  }
  return found.slice(1);
}

/**
 * Ends a process and everything below it: politely first, then not.
 * @param {number} root
 * @param {number} graceMs
 */
export async function endTree(root, graceMs = 3000) {
  if (isWindows) {
    await run('taskkill', ['/pid', String(root), '/t', '/f'], { quiet: true });
    return;
  }
  // Listed before the first signal: what outlives its parent could not be found afterwards.
  const pids = [root, ...(await descendants(root))];
  pids.forEach((pid) => signal(pid, 'SIGTERM'));
  const deadline = Date.now() + graceMs;
  while (pids.some(isAlive) && Date.now() < deadline) await sleep(50);
  const late = await Promise.all(pids.filter(isAlive).map(async (pid) => [pid, ...(await descendants(pid))]));
  late.flat().forEach((pid) => signal(pid, 'SIGKILL'));
  while (late.flat().some(isAlive) && Date.now() < deadline + graceMs) await sleep(20);
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
  return process.platform !== 'linux' || statOf(pid)?.state !== 'Z';
}

/**
 * What a process was started with, its program first, with blanks between; empty when it has ended.
 * @param {number} pid
 */
export function commandLine(pid) {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return ''; // it has ended meanwhile
  }
}

/** @param {number} pid @param {NodeJS.Signals} name */
function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/** @returns {[number, number][]} pairs of process and parent */
function parentsFromProc() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = statOf(Number(name));
      return stat === undefined ? [] : [/** @type {[number, number]} */ ([Number(name), stat.parent])];
    });
}

/** @param {number} pid */
function statOf(pid) {
  try {
    // The name in parentheses may hold anything, so the fields are counted from its end.
    const [state = '', parent = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined; // it has ended meanwhile
  }
}

/** @returns {Promise<[number, number][]>} */
async function parentsFromPs() {
  const { output } = await run('ps', ['-A', '-o', 'pid=,ppid='], { quiet: true });
  return output
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parent = 0]) => [pid, parent]);
}

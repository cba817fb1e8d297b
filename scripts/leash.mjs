// Runs a program (its arguments follow) until its own standard input closes, then ends the program with everything that
// it started. Whoever holds the other end of that pipe need not survive to clean up.

import { spawn } from 'node:child_process';
import { endTree } from './processes.mjs';

const [command = '', ...args] = process.argv.slice(2);
const child = spawn(command, args, { stdio: ['pipe', 'inherit', 'inherit'], windowsHide: true });

let ending = false;
async function end() {
  if (ending) return;
  ending = true;
  if (child.pid !== undefined) await endTree(child.pid);
  process.exit(0);
}

process.stdin.on('end', end).on('error', end).on('close', end).resume();
for (const name of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(name, end);

child.on('error', (error) => {
  process.stderr.write(`${command}: ${error.message}\n`);
  process.exitCode = 127;
});
child.on('exit', (code, signal) => {
  if (!ending) process.exit(code ?? (signal === null ? 0 : 1));
});

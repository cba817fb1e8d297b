import { readFileSync } from 'node:fs';

/**
 * Whether the process of the runner of this run goes on. After a restart of the machine another process may have its
 * number: where the system shows how a process was called, it must have been called with the run's id.
 */
export function isRunnerAlive(pid: number, id: string): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    // There is none, or one of somebody else.
    return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(id);
  } catch {
    // Not Linux: the number is all that is known.
    return true;
  }
}

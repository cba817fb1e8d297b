/** Runs something after so many milliseconds, unless that is disposed of before. */
export type After = (ms: number, run: () => void) => { dispose(): void };

/** The end of the time that an exchange may take. */
export interface Deadline {
  /** Aborted when the time is over. */
  readonly signal: AbortSignal;
  /** The exchange ended in time. */
  readonly clear: () => void;
}

/** Begins to wait for so many milliseconds. */
export function deadlineIn(ms: number, after: After = byMachine): Deadline {
  const over = new AbortController();
  const timer = after(ms, () => over.abort());
  return { signal: over.signal, clear: () => timer.dispose() };
}

const byMachine: After = (ms, run) => {
  const timer = setTimeout(run, ms);
  return { dispose: () => clearTimeout(timer) };
};

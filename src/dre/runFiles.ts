/** The names of the files of a run, all in one folder. */
export interface RunFiles {
  /** What is known from the start on. Written once, by the window that starts it. */
  readonly start: string;
  /** What came of it. Created once, by the window that reads the report first. */
  readonly end: string;
  /** The permission to run: the runner takes it by renaming it to `live`. */
  readonly permission: string;
  /** Holds the process id of the runner while the program runs. */
  readonly live: string;
  /** What the runner leaves for the windows. It stays until its end was reported, and is removed then. */
  readonly report: string;
  /** The report of a run whose window was closed before it reported its end: a window takes it by renaming it to this. */
  readonly telling: string;
  /** What the program warned of so far; removed together with the report. */
  readonly warnings: string;
  /** Its standard output. */
  readonly output: string;
}

/** The files of a run. */
export function runFiles(id: string): RunFiles {
  return {
    start: `${id}.run.json`,
    end: `${id}.end.json`,
    permission: `${id}.start`,
    live: `${id}.live`,
    report: `${id}.report`,
    telling: `${id}.telling`,
    warnings: `${id}.warnings`,
    output: `${id}.out`,
  };
}

/** The run that a file of the folder is of; undefined for other files. */
export function runOfFile(name: string): string | undefined {
  return /^([0-9a-z][0-9a-z-]{0,63})\.(?:run\.json|end\.json|start|live|report|telling|warnings|out)$/.exec(name)?.[1];
}

// The process of a terminal that runs dre: no shell, the arguments arrive byte for byte. Arguments: the folder of runs, the
// run's id, the program, the program's arguments. Bundled on its own; node builtins only.
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, renameSync, rmSync, writeFileSync, type WriteStream } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import type { RunReport } from './report.ts';
import { runFiles } from './runFiles.ts';

const tailBytes = 64 * 1024;
/** So much of the output is kept in a file, to be opened later. */
const keptBytes = 32 * 1024 * 1024;

/** Keeps the end of a stream. */
class Tail {
  #chunks: Buffer[] = [];
  #length = 0;
  #cut = false;

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#length <= 2 * tailBytes) return;
    this.#chunks = [this.#end()];
    this.#length = tailBytes;
    this.#cut = true;
  }

  #end(): Buffer {
    return Buffer.concat(this.#chunks).subarray(-tailBytes);
  }

  /** From the start of a line when something was cut off: half a line, or half a character, would be misread. */
  toString(): string {
    const end = this.#end();
    const cut = this.#cut || this.#length > tailBytes;
    return end.subarray(cut ? end.indexOf('\n') + 1 : 0).toString('utf8');
  }
}

interface End {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly spawnError?: string;
}

/** A terminal's own signals reach the program as well: passing them on would deliver them twice. */
function forwardSignals(child: ChildProcess, closing: AbortController): void {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    process.on(signal, () => {
      if (!process.stdin.isTTY) child.kill(signal);
    });
  }
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      closing.abort();
      child.kill(signal);
    });
  }
}

function startError(error: NodeJS.ErrnoException): End {
  const missing = error.code === 'ENOENT';
  return { exitCode: missing ? 127 : 126, signal: null, spawnError: error.code ?? error.message };
}

/**
 * What shell integration writes around a command (VS Code's documentation, "Terminal Shell Integration"): by it VS Code
 * passes to the extension what the terminal shows meanwhile, standard error too, which nothing else can read.
 */
function mark(...sequences: readonly string[]): void {
  if (process.stdout.isTTY) process.stdout.write(sequences.map((each) => `\u001b]633;${each}\u0007`).join(''));
}

/** Keeps the output in a file; what cannot be written is missing there and nowhere else. */
class OutputFile {
  #file: WriteStream | undefined;
  #left = keptBytes;

  constructor(path: string) {
    this.#file = createWriteStream(path, { mode: 0o600 });
    this.#file.on('error', () => {
      this.#file = undefined;
    });
  }

  add(chunk: Buffer): void {
    if (this.#left <= 0) return;
    this.#file?.write(chunk.subarray(0, this.#left));
    this.#left -= chunk.length;
  }

  end(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#file === undefined) resolve();
      else this.#file.once('error', () => resolve()).end(() => resolve());
    });
  }
}

const lineFeed = 0x0a;
/** Output that begins with one of these (line feed, carriage return, escape) places the cursor itself: `dre vote` draws. */
const movesCursor: ReadonlySet<number | undefined> = new Set([lineFeed, 0x0d, 0x1b]);

/**
 * Goes to the start of a line of the terminal that is empty: of this one, where nothing is in it, else of the next. Spaces
 * over its whole width reach the next line only where something is in it; then they are taken away.
 */
function beginLine(): void {
  const { isTTY, columns, writable } = process.stdout;
  if (isTTY && columns > 0 && writable) process.stdout.write(`${' '.repeat(columns)}\r\u001b[K`);
}

function run(
  program: string,
  args: readonly string[],
  taken: (chunk: Buffer) => void,
  closing: AbortController,
): Promise<End> {
  const env = { ...process.env };
  // Ours, not the program's: an editor that it opens must start as an editor.
  delete env['ELECTRON_RUN_AS_NODE'];
  return new Promise((resolve) => {
    // Standard error is inherited, so that it cannot be read here: the prompts of dre need a terminal there. They reach it
    // at once, before what was written to standard output just earlier and comes through the pipe. Nothing but a terminal
    // of our own could hold them back; so the text begins a line of its own below them, where the answer is typed, too.
    const child = spawn(program, args, { stdio: ['inherit', 'pipe', 'inherit'], env });
    forwardSignals(child, closing);
    let isLineBegun = false;
    child.stdout.on('data', (chunk: Buffer) => {
      taken(chunk);
      if (!isLineBegun && !movesCursor.has(chunk[0])) beginLine();
      isLineBegun = chunk.at(-1) !== lineFeed;
    });
    // The listener above comes first.
    child.stdout.pipe(process.stdout, { end: false });
    // The terminal was closed: the program must still be able to write its last lines for the report.
    process.stdout.on('error', () => {
      child.stdout.unpipe(process.stdout);
      child.stdout.resume();
    });
    child.on('error', (error) => resolve(startError(error)));
    child.on('close', (exitCode, signal) => resolve({ exitCode, signal }));
  });
}

function writeReport(file: string, report: RunReport): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, JSON.stringify(report), { mode: 0o600, flag: 'wx' });
    renameSync(draft, file);
  } catch (error) {
    process.stderr.write(`Can't write the report of this run: ${String(error)}\n`);
  }
}

function sentence(program: string, end: End): string {
  if (end.spawnError === 'ENOENT') {
    return `There is no program "${program}". Install it, or set drDre.dre.path to where it is.`;
  }
  if (end.spawnError !== undefined) return `Can't run the program "${program}": ${end.spawnError}.`;
  return end.signal === null ? `Ended with exit code ${end.exitCode ?? '?'}.` : `Ended by ${end.signal}.`;
}

function waitForEnter(closing: AbortSignal): Promise<void> {
  if (closing.aborted) return Promise.resolve();
  process.stderr.write('Press Enter to close.\n');
  return new Promise((resolve) => {
    process.stdin.once('data', () => resolve()).once('end', () => resolve());
    process.once('SIGINT', () => resolve());
    closing.addEventListener('abort', () => resolve());
  });
}

/**
 * Takes the permission to run, which there is once. VS Code starts the program of a terminal again when it brings back the
 * terminals of a session that has ended: what submits must not run twice.
 */
function takePermission(permission: string, live: string, startedAt: number): boolean {
  try {
    renameSync(permission, live);
    writeFileSync(live, JSON.stringify({ pid: process.pid, startedAt }), { mode: 0o600 });
    return true;
  } catch {
    return false;
  }
}

async function main([folder, id, program, ...args]: readonly string[]): Promise<number> {
  if (folder === undefined || id === undefined || program === undefined) {
    process.stderr.write('Usage: dreRunner FOLDER RUN PROGRAM [ARGUMENT]…\n');
    return 2;
  }
  const names = runFiles(id);
  const live = join(folder, names.live);
  /** The terminal is closing: nobody can press a key. */
  const closing = new AbortController();
  const tail = new Tail();
  const startedAt = Date.now();
  if (!takePermission(join(folder, names.permission), live, startedAt)) {
    process.stderr.write('This run has been started before, and is not started again.\n');
    if (process.stdin.isTTY) await waitForEnter(closing.signal);
    return 75;
  }
  const output = new OutputFile(join(folder, names.output));
  mark('A', 'B', 'C');
  const taken = (chunk: Buffer): void => {
    tail.add(chunk);
    output.add(chunk);
  };
  const end = await run(program, args, taken, closing);
  await output.end();
  mark(`D;${end.exitCode ?? 1}`);
  // Before the wait for a key: whoever reads the report need not wait for the person.
  writeReport(join(folder, names.report), { ...end, stdoutTail: tail.toString(), startedAt, endedAt: Date.now() });
  rmSync(live, { force: true });
  process.stderr.write(`\n${sentence(program, end)}\n`);
  if (process.stdin.isTTY) await waitForEnter(closing.signal);
  return end.signal === null ? (end.exitCode ?? 1) : 128 + constants.signals[end.signal];
}

process.exitCode = await main(process.argv.slice(2));
// Standard input may still be open, and would keep the process alive.
process.stdin.destroy();

import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

interface StartOptions {
  readonly cwd?: string | undefined;
  readonly env?: NodeJS.ProcessEnv | undefined;
}

export function sleep(milliseconds: number): Promise<void>;
/** Runs a program to its end. Never rejects; `quiet` collects the output instead of showing it. */
export function run(
  command: string,
  args: readonly string[],
  options?: StartOptions & { readonly quiet?: boolean | undefined; readonly timeoutMs?: number | undefined },
): Promise<{ code: number; output: string }>;
/** Starts a program that ends, with all that it started, when `endLeashed` is called or this process is gone. */
export function startOnLeash(
  command: string,
  args: readonly string[],
  options?: StartOptions,
): ChildProcess & { stdin: Writable; stdout: Readable; stderr: Readable };
export function endLeashed(child: ChildProcess): Promise<void>;
/** The ids of every process below this one. */
export function descendants(root: number): Promise<number[]>;
/** Ends a process and everything below it: politely first, then not. */
export function endTree(root: number, graceMs?: number): Promise<void>;
export function isAlive(pid: number): boolean;

/** What a process was started with, its program first, with blanks between; empty when it has ended. */
export function commandLine(pid: number): string;

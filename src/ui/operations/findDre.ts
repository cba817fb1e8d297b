import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { RunEnvironment } from '../../dre/environment.ts';
import { findProgram } from '../../dre/program.ts';

/** The dre that is run. */
export interface FoundDre {
  /** Full path. */
  readonly program: string;
  /** "0.7.9"; undefined where it does not say. */
  readonly version: string | undefined;
}

/** The version whose commands are offered here (dre.md). */
export const knownVersion = '0.7.9';

/** It only prints a line, without a request to the network. */
const versionMs = 5_000;

const versions = new Map<string, Promise<string | undefined>>();

/**
 * The program by its name or path: on the PATH, at the path, or where dre's documentation installs it (dre.md 2.6); with
 * its version.
 */
export async function findDre(name: string, { variables }: RunEnvironment, cwd: string): Promise<FoundDre | undefined> {
  const program =
    findProgram(name, variables['PATH'] ?? '', isExecutable) ??
    (name === 'dre' ? findProgram(join(homedir(), 'bin', 'dre'), '', isExecutable) : undefined);
  if (program === undefined) return undefined;
  // Another version has another time.
  const key = `${program} ${statSync(program).mtimeMs}`;
  const known = versions.get(key) ?? askVersion(program, variables, cwd);
  versions.set(key, known);
  return { program, version: await known };
}

/** Whether a version is older than the one whose commands are offered. By number: 0.7.10 is newer than 0.7.9. */
export function isOlder(version: string): boolean {
  const [own, known] = [version, knownVersion].map((text) => text.split('.').map(Number));
  for (let index = 0; index < 3; index++) {
    const difference = (own?.[index] ?? 0) - (known?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function askVersion(program: string, env: Readonly<Record<string, string>>, cwd: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(program, ['--version'], { cwd, env, timeout: versionMs }, (_error, stdout) => {
      resolve(/^dre (\d+\.\d+\.\d+)/.exec(stdout)?.[1]);
    });
  });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    // Not there, or not to be run by this person.
    return false;
  }
}

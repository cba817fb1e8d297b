// Which VS Code: an installed one, else a downloaded one, else the server.

import { existsSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { node24 } from './node24.mjs';
import { run } from './processes.mjs';

const root = dirname(import.meta.dirname);

/**
 * `DR_DRE_VSCODE=server` leaves out the first two.
 * @returns {Promise<{ kind: 'desktop', executable: string } | { kind: 'server' }>}
 */
export async function chooseVscode() {
  if (process.env['DR_DRE_VSCODE'] === 'server') return { kind: 'server' };
  const given = process.env['VSCODE_EXECUTABLE'];
  if (given !== undefined && given !== '') {
    if (!existsSync(given)) throw new Error(`VSCODE_EXECUTABLE is ${given}, which does not exist`);
    return { kind: 'desktop', executable: given };
  }
  if (!hasScreen()) {
    console.log('No screen here for a desktop VS Code: using the VS Code server');
    return { kind: 'server' };
  }
  const executable = installed() ?? (await downloaded());
  return executable === undefined ? { kind: 'server' } : { kind: 'desktop', executable };
}

function hasScreen() {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/** Where the program is, seen from the folder of its `code`. @type {Readonly<Record<string, string>>} */
const executables = { darwin: '../../../MacOS/Electron', win32: '../Code.exe' };

/** The program behind `code` on the PATH. A `code` that only talks to another window is none. */
function installed() {
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  const found = (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, name));
  for (const command of found.filter((file) => existsSync(file))) {
    const bin = dirname(realpathSync(command));
    if (basename(bin) !== 'bin') continue;
    const executable = join(bin, executables[process.platform] ?? '../code');
    if (existsSync(executable)) return executable;
  }
  return undefined;
}

/** @returns {Promise<string | undefined>} */
async function downloaded() {
  console.log('No VS Code is installed. Looking for a download (into .vscode-test/, once)');
  // The downloader wants a newer Node than this may be, so it runs as a program of its own.
  const program = `
    import { downloadAndUnzipVSCode } from '@vscode/test-electron';
    try {
      console.log('executable: ' + await downloadAndUnzipVSCode({ cachePath: '.vscode-test', timeout: 10_000 }));
    } catch (error) {
      console.log(error.message);
      process.exitCode = 1;
    }`;
  const { output } = await run(await node24(), ['--input-type=module', '--eval', program], { cwd: root, quiet: true });
  const executable = /^executable: (.+)$/m.exec(output)?.[1];
  if (executable === undefined) {
    console.log(`VS Code cannot be downloaded (${output.trim().split('\n').at(-1) ?? ''}): using the VS Code server`);
  }
  return executable;
}

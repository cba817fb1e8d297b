// Runs the npm that runs us, or the one on the PATH.

import { run } from './processes.mjs';

/**
 * `npm install` into a folder of its own.
 * @param {string} folder
 * @param {readonly string[]} args packages and flags
 */
export async function npmInstall(folder, ...args) {
  const flags = ['--no-audit', '--no-fund', '--loglevel=error', '--no-save'];
  const own = process.env['npm_execpath'];
  const viaNode = own !== undefined && /npm-cli\.c?js$/.test(own);
  const [command, first] = viaNode ? [process.execPath, [own]] : ['npm', []];
  // What npm passes to its scripts about this project is not meant for another folder.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(?!config_)|^npm_config_(local_|global_)?prefix$/i.test(name),
    ),
  );
  const { code, output } = await run(command, [...first, 'install', '--prefix', folder, ...args, ...flags], {
    cwd: folder,
    env,
    quiet: true,
  });
  if (code !== 0) throw new Error(`npm install ${args.join(' ')} failed:\n${output.trim()}`);
}

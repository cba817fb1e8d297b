// `npm run build [-- --production]`: the types of the pure folders and the bundle, at the same time.

import { dirname } from 'node:path';
import { bundle } from '../esbuild.mjs';
import { checkTypes, pureProjects } from './types.mjs';

const root = dirname(import.meta.dirname);

/**
 * @param {{ production?: boolean }} [options]
 * @returns {Promise<boolean>} whether all is well; what is wrong has been printed
 */
export async function build({ production = false } = {}) {
  const bundled = bundle({ root, production }).then(
    () => true,
    (error) => {
      // esbuild has printed the errors of the sources itself.
      if (!Array.isArray(error?.errors)) console.error(error);
      return false;
    },
  );
  const checks = await Promise.all(pureProjects.map((name) => checkTypes(name)));
  const wrong = checks.filter(({ passed }) => !passed);
  wrong.forEach(({ name, output }) => console.error(`${name}:\n${output}`));
  return (await bundled) && wrong.length === 0;
}

if (process.argv[1] === import.meta.filename) {
  const done = await build({ production: process.argv.includes('--production') });
  process.exitCode = done ? 0 : 1;
}

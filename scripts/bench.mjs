// `npm run bench`: builds as for a release, then prints the numbers of test/bench/main.ts.

import { dirname } from 'node:path';
import { build } from './build.mjs';
import { run } from './processes.mjs';

if (await build({ production: true })) {
  const args = ['--expose-gc', '--import', 'tsx', 'test/bench/main.ts', ...process.argv.slice(2)];
  process.exitCode = (await run(process.execPath, args, { cwd: dirname(import.meta.dirname) })).code;
} else {
  process.exitCode = 1;
}

// `npm run soak [-- times]`: the tests of random histories, with others than `npm test` tries, and twenty times as many of
// them or so many times as many. A failure prints its seed; DR_DRE_SEED makes them try the histories of that seed again.

import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { run } from './processes.mjs';

const root = dirname(import.meta.dirname);
const files = ['unit', 'contract']
  .flatMap((suite) =>
    readdirSync(join(root, 'test', suite), { recursive: true, encoding: 'utf8' }).map((name) =>
      join('test', suite, name),
    ),
  )
  .filter((name) => /\.test\.tsx?$/.test(name))
  .filter((file) => readFileSync(join(root, file), 'utf8').includes("from 'fast-check'"))
  .sort();

const [times = '20'] = process.argv.slice(2);
const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
const { code } = await run(process.execPath, [mocha, '--timeout', '0', ...files], {
  cwd: root,
  env: { ...process.env, DR_DRE_RUNS: times },
});
process.exitCode = code;

// `npm run soak [-- times]`: the tests of random histories, with twenty times as many of them as `npm test` tries, or so
// many times as many. A failure prints its seed.

import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { run } from './processes.mjs';

const files = [
  'domain/documents/adf',
  'domain/documents/markdown',
  'domain/documents/serialise',
  'engine/read/ages',
  'engine/read/feedModel',
  'engine/read/largeReads',
  'engine/windows/lease',
  'engine/windows/windows',
  'engine/windows/windowsModel',
  'engine/writes/writesModel',
].map((name) => `test/unit/${name}.test.ts`);

const [times = '20'] = process.argv.slice(2);
const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
const { code } = await run(process.execPath, [mocha, '--timeout', '0', ...files], {
  cwd: dirname(import.meta.dirname),
  env: { ...process.env, DR_DRE_RUNS: times },
});
process.exitCode = code;

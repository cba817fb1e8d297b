// `npm run pictures`: the end-to-end tests, which keep their pictures in `out/screenshots` in all themes instead of one.

import { dirname, join } from 'node:path';
import { run } from './processes.mjs';

const { code } = await run(process.execPath, [join(import.meta.dirname, 'test.mjs'), 'e2e'], {
  cwd: dirname(import.meta.dirname),
  env: { ...process.env, DR_DRE_PICTURES: 'all' },
});
process.exitCode = code;

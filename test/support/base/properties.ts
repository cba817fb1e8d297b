import * as fc from 'fast-check';
import { runs } from './runs.ts';

const { DR_DRE_RUNS: multiple, DR_DRE_SEED: seed } = process.env;

// Loaded before all tests. Without `defaultSizeToMaxWhenMaxSpecified`, lists have about a dozen entries whatever `maxLength`
// says, and faults that need longer ones are not found. `npm test` tries the same histories each time, so that a failure
// comes from what was changed; `npm run soak`, which sets DR_DRE_RUNS, tries others, or those of DR_DRE_SEED.
const common = { defaultSizeToMaxWhenMaxSpecified: true, ...runs(100) };
const isTold = multiple === undefined || seed !== undefined;
fc.configureGlobal(isTold ? { ...common, seed: Number(seed ?? 1) } : common);

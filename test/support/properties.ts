import * as fc from 'fast-check';

// Loaded before all tests. Without `defaultSizeToMaxWhenMaxSpecified`, lists have about a dozen entries whatever `maxLength`
// says, and faults that need longer ones are not found. `npm test` tries the same histories each time, so that a failure
// comes from what was changed; `npm run soak`, which sets DR_DRE_RUNS, tries others.
fc.configureGlobal({
  defaultSizeToMaxWhenMaxSpecified: true,
  ...(process.env['DR_DRE_RUNS'] === undefined ? { seed: 1 } : {}),
});

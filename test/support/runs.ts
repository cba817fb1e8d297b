/**
 * How many random histories a property is tried on: so many, or a multiple of them where `DR_DRE_RUNS` says how often as
 * many, as `npm run soak` does. A failure prints its seed.
 */
export function runs(few: number): { readonly numRuns: number } {
  return { numRuns: Math.round(few * Number(process.env['DR_DRE_RUNS'] ?? 1)) };
}

const multiple = Number(process.env['DR_DRE_RUNS'] ?? 1);

/**
 * How many random histories a property is tried on: so many, or a multiple of them where `DR_DRE_RUNS` says how often as
 * many, as `npm run soak` does. A failure prints its seed.
 */
export function runs(few: number): { readonly numRuns: number } {
  return { numRuns: Math.round(few * multiple) };
}

/** As `runs`, and for no longer than this, or than the same multiple of it, whatever else the machine does. */
export function runsWithin(
  few: number,
  milliseconds: number,
): {
  readonly numRuns: number;
  readonly interruptAfterTimeLimit: number;
} {
  return { ...runs(few), interruptAfterTimeLimit: Math.round(milliseconds * multiple) };
}

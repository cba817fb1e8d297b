/** How often a leader of the tests works. */
export const workMs = 200;

/** One piece of a leader's work, and when it was done, in true time. */
export interface Work {
  readonly window: number;
  readonly generation: number;
  readonly at: number;
}

/** For how long an earlier leader worked on beside a later one, at most. */
export function longestOverlap(work: readonly Work[]): number {
  const leaders = firsts(work);
  const pieces = leaders.flatMap((later) =>
    leaders.map(
      ({ window, generation }) =>
        work.filter(
          (each) =>
            each.window === window &&
            each.generation === generation &&
            generation < later.generation &&
            each.at > later.at,
        ).length,
    ),
  );
  return Math.max(0, ...pieces) * workMs;
}

/** The first work of each leader. */
function firsts(work: readonly Work[]): Work[] {
  const found = new Map<string, Work>();
  for (const each of work) {
    const leader = `${each.window}/${each.generation}`;
    if (!found.has(leader)) found.set(leader, each);
  }
  return [...found.values()];
}

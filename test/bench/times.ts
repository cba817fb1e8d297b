import { manyAlerts } from './worlds.ts';

/** Times of the same thing, measured several times, in milliseconds. */
export interface Times {
  readonly median: number;
  readonly least: number;
}

export function timesOf(values: readonly number[]): Times {
  const sorted = [...values].sort((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? Number.NaN, least: sorted[0] ?? Number.NaN };
}

function timed(run: () => void): number {
  const began = performance.now();
  run();
  return performance.now() - began;
}

/**
 * Work that is the same in every run, so that times of different machines can be compared as ratios: alerts are written
 * as JSON and read again.
 */
export function referenceMs(alerts = 10_000): number {
  const records = manyAlerts(alerts);
  return timesOf(Array.from({ length: 7 }, () => timed(() => void JSON.parse(JSON.stringify(records))))).median;
}

/** The longest time in which nothing else could run, in milliseconds. */
export async function longestBlock(run: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  let ended = false;
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!ended) setImmediate(look);
  };
  setImmediate(look);
  await run();
  ended = true;
  await new Promise((resolve) => setImmediate(resolve));
  return longest;
}

import { waitFor } from '../base/waitFor.ts';
import type { FakeClock } from './fakeClock.ts';

/**
 * Lets time pass until something is so, at most so long by the clock. Then it waits on without the clock: code that is
 * loaded for it takes its time on a busy machine. Whether it is so in the end.
 */
export async function passUntil(
  clock: Pick<FakeClock, 'advance'>,
  isSo: () => boolean | Promise<boolean>,
  { mostMs, stepMs }: { readonly mostMs: number; readonly stepMs: number },
): Promise<boolean> {
  for (let passed = 0; passed < mostMs; passed += stepMs) {
    if (await isSo()) return true;
    await clock.advance(stepMs);
  }
  return waitFor('it without the clock', isSo, { timeoutMs: 20_000, everyMs: 5 }).catch(() => false);
}

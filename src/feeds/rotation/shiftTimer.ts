import type { Instant } from '../../domain/base/time.ts';
import type { Rotation } from '../../domain/rotation/rotation.ts';
import { nextChange } from '../../domain/rotation/shift.ts';
import type { Timer } from '../../engine/base/lifetime.ts';

/** Runs when the next shift, or its hours, begin or end: they do so by the clock, without anything being read. */
export function atNextShiftChange(timer: Timer, rotations: Iterable<Rotation>, now: Instant, run: () => void): void {
  const change = nextChange(rotations, now);
  if (change === undefined) timer.cancel();
  else timer.set(change - now, run);
}

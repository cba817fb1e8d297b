import { dequal } from 'dequal/lite';

/** The value itself, or the one before where that is alike: what is drawn from it need not be drawn again. Plain data only. */
export function kept<T>(before: T | undefined, value: T): T {
  return before !== undefined && dequal(before, value) ? before : value;
}

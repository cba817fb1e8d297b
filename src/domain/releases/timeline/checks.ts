import { isFields } from '../../base/fields.ts';
import type { Instant, Span } from '../../base/time.ts';

// What the messages between host and page are checked with.

export function isSpan(value: unknown): value is Span {
  return isFields(value) && isInstant(value['start']) && isInstant(value['end']) && value['start'] <= value['end'];
}

export function isInstant(value: unknown): value is Instant {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Whether it has the form of a `rolloutKey`. Names are free text, so only kind and length are checked: it is looked up, never used as it is. */
export function isRolloutKey(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 2_000 && /^rollout_ic_os_to_mainnet_[a-z_]{1,40}\/./s.test(value);
}

/** Texts of messages are no longer than this unless their field says otherwise. */
const longest = 4_000;

export function isText(value: unknown, most = longest): value is string {
  return typeof value === 'string' && value.length <= most;
}

export function isListOf<T>(value: unknown, isOne: (each: unknown) => each is T, most: number): value is readonly T[] {
  return Array.isArray(value) && value.length <= most && value.every(isOne);
}

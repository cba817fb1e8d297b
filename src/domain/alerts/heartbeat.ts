import type { Alert } from './alert.ts';
import type { Instant } from '../base/time.ts';

/**
 * A watchdog: an outside system pings it, and the service raises an alert when the pings stop. The service does not say
 * when the last ping came (atlassian.md 2.7). Keyed by `name`.
 */
export interface Heartbeat {
  readonly name: string;
  readonly description: string;
  /**
   * A ping is due at least this often, milliseconds; undefined when the service does not say in a form that is known.
   */
  readonly intervalMs: number | undefined;
  /** `off`: not watched. `pending`: not pinged yet. `unresponsive`: the ping is overdue. `unknown`: any other word. */
  readonly status: 'responsive' | 'unresponsive' | 'off' | 'pending' | 'unknown';
  /** The service's word where `status` is `unknown`. */
  readonly unknownStatus?: string | undefined;
  /** The message of the alert that it raises: by it the alert can be found. */
  readonly alertMessage: string;
  /** Id of the team that owns it, without `og-`; empty when the service does not say. */
  readonly ownerTeam: string;
}

/**
 * Since when a heartbeat is overdue, by the alert that it raised: the service raises it as the interval runs out. That
 * it does so at once, and closes the alert at the next ping, is inferred: say "about".
 */
export function expiredSince({ count, createdAt, lastOccurredAt }: Alert): Instant {
  // An alert that stays open over a recovery is reused at the next expiry.
  return count > 1 ? (lastOccurredAt ?? createdAt) : createdAt;
}

import type { Alert } from './alert.ts';
import { minute, type Instant } from '../base/time.ts';

/** Why an alert seems forgotten, and since when. Its row offers what ends that: adding a note, or acknowledging it. */
export type Forgotten =
  | {
      readonly kind: 'acknowledgedWithoutNote';
      readonly since: Instant;
      /** False until the notes are read: say that no note is known, not that there is none. */
      readonly certain: boolean;
    }
  | { readonly kind: 'snoozeExpired'; readonly since: Instant }
  | { readonly kind: 'openTooLong'; readonly since: Instant };

export interface ForgottenContext {
  readonly now: Instant;
  /**
   * Whether the alert has a note. The list of alerts does not say (atlassian.md 2.2 has no such field; 2.5 reads notes
   * one alert at a time), so it is undefined until somebody has read the notes of this alert.
   */
  readonly hasNote?: boolean | undefined;
  /** How long an alert may be open without anybody acknowledging it, milliseconds. */
  readonly openAgeMs: number;
}

/** How long an acknowledged alert may go without a note. */
const noteAge = 30 * minute;
/** The list lags behind the service a little. */
const lag = minute;

/** Why an alert seems forgotten; undefined when it does not. */
export function forgottenReason(alert: Alert, context: ForgottenContext): Forgotten | undefined {
  const { now, hasNote, openAgeMs } = context;
  switch (alert.status) {
    case 'closed':
      return undefined;
    case 'acknowledged': {
      if (hasNote === true) return undefined;
      const since = acknowledgedSince(alert);
      if (now - since < noteAge) return undefined;
      return { kind: 'acknowledgedWithoutNote', since, certain: hasNote === false };
    }
    case 'snoozed':
      return snoozeExpired(alert, now);
    case 'open':
      // After a snooze the alert is open again and has no owner (atlassian.md 2.4.1).
      return (
        snoozeExpired(alert, now) ??
        (now - alert.createdAt < openAgeMs ? undefined : { kind: 'openTooLong', since: alert.createdAt })
      );
  }
}

/** Whether only the alert's notes show if it is forgotten. Few alerts are like this, so their notes are read. */
export function needsNotes(alert: Alert, now: Instant): boolean {
  return alert.status === 'acknowledged' && now - acknowledgedSince(alert) >= noteAge;
}

/** Without a time of its own, the last change is used: the latest time that it can have been. */
function acknowledgedSince(alert: Alert): Instant {
  return alert.acknowledgedAt ?? alert.updatedAt;
}

function snoozeExpired({ snoozedUntil }: Alert, now: Instant): Forgotten | undefined {
  if (snoozedUntil === undefined || now - snoozedUntil < lag) return undefined;
  return { kind: 'snoozeExpired', since: snoozedUntil };
}

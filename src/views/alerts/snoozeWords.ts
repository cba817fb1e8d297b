import {
  snoozeChoices,
  type Snooze,
  type SnoozeChoice,
  type SnoozeContext,
  type SnoozeError,
} from '../../domain/alerts/snooze.ts';
import type { Instant } from '../../domain/base/time.ts';
import { duration, moment, type Viewpoint } from '../kit/format.ts';

/**
 * One way to snooze, for a list to pick from: the label says what, the description until when on the person's clock.
 */
export interface SnoozeItem {
  readonly label: string;
  readonly description: string;
  readonly snooze: Snooze;
}

const snoozeLabels: Record<SnoozeChoice['kind'], string> = {
  halfHour: '30 minutes',
  hour: '1 hour',
  workingHours: 'Until the next working hours',
  tomorrow: 'Until tomorrow',
};

/** The ways to snooze, with the time that each leads to. */
export function snoozeItems(context: SnoozeContext): readonly SnoozeItem[] {
  return snoozeChoices(context).map(({ kind, ...snooze }) => ({
    label: snoozeLabels[kind],
    description: snoozedUntil(snooze.until, context),
    snooze,
  }));
}

/** "until Thu 09:00 (in 17 h)": what somebody who types an instant sees before it is sent. */
export function snoozedUntil(until: Instant, from: Viewpoint): string {
  return `until ${moment(until, from)} (in ${duration(until - from.now)})`;
}

/** Why what was typed is no time to snooze until. */
export function snoozeErrorWords(error: SnoozeError): string {
  switch (error) {
    case 'unreadable':
      return 'Not a time. For example: 14:30, tomorrow 9:00, mon 9:00, 2026-08-27 09:00, 45m, 3h.';
    case 'past':
      return 'That is in the past: the alert would page again at once.';
    case 'tooLong':
      return 'An alert can be snoozed for one week at most.';
  }
}

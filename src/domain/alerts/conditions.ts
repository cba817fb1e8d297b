import type { Alert } from './alert.ts';

/**
 * Conditions that decide what can be done to an alert. Each name is also the token that the rows of such alerts carry,
 * and that the menus of the manifest match.
 */
export const alertConditions = {
  /** Not closed. */
  live: ({ status }) => status !== 'closed',
  /** Can be acknowledged. So can a snoozed alert: its snooze ends then. */
  ackable: ({ status }) => status === 'open' || status === 'snoozed',
  acked: ({ status }) => status === 'acknowledged',
  /** Not closed, and has tags. */
  tagged: ({ status, tags }) => status !== 'closed' && tags.length > 0,
} satisfies Record<string, (alert: Alert) => boolean>;

export type AlertCondition = keyof typeof alertConditions;

const names = Object.keys(alertConditions) as readonly AlertCondition[];

/** The conditions that an alert is in. */
export function alertConditionsOf(alert: Alert): readonly AlertCondition[] {
  return names.filter((name) => alertConditions[name](alert));
}

import type { Alert } from '../alert.ts';
import type { Instant } from '../../base/time.ts';

// The fields of the query language (atlassian.md 2.3) and where an alert has them.

/** Compared as text: the words of the value one after the other. */
export const textFields = {
  message: (alert: Alert): string => alert.message,
  description: (alert: Alert): string => alert.description,
  source: (alert: Alert): string => alert.source,
  entity: (alert: Alert): string => alert.entity,
};
export type TextField = keyof typeof textFields;

/** Compared as a whole with each of these texts. */
export const exactFields = {
  alertId: (alert: Alert): readonly string[] => [alert.id],
  tinyId: (alert: Alert): readonly string[] => [alert.tinyId],
  // 2.3: an alias finds the open alert only.
  alias: (alert: Alert): readonly string[] => (alert.status === 'closed' ? [] : [alert.alias]),
  tag: (alert: Alert): readonly string[] => alert.tags,
  owner: (alert: Alert): readonly string[] => (alert.owner === undefined ? [] : [alert.owner]),
  'integration.name': (alert: Alert): readonly string[] => [alert.integration],
  action: (alert: Alert): readonly string[] => alert.actions,
  'details.key': (alert: Alert): readonly string[] => Object.keys(alert.properties),
  'details.value': (alert: Alert): readonly string[] => Object.values(alert.properties),
};
export type ExactField = keyof typeof exactFields;

export const flagFields = {
  // A snoozed or closed alert shows only by the time of it that it is acknowledged: `Alert` has one status (2.2).
  acknowledged: (alert: Alert): boolean =>
    alert.status === 'acknowledged' || (alert.status !== 'open' && alert.acknowledgedAt !== undefined),
  snoozed: (alert: Alert): boolean => alert.status === 'snoozed',
  isSeen: (alert: Alert): boolean => alert.seen,
};
export type FlagField = keyof typeof flagFields;

export const numberFields = {
  count: (alert: Alert): number => alert.count,
  createdAt: (alert: Alert): Instant => alert.createdAt,
  lastOccurredAt: (alert: Alert): Instant | undefined => alert.lastOccurredAt,
  // A snooze that is over may leave its end in the alert; it no longer counts.
  snoozedUntil: (alert: Alert): Instant | undefined => (alert.status === 'snoozed' ? alert.snoozedUntil : undefined),
};
export type NumberField = keyof typeof numberFields;

/**
 * Fields that the language has and our alerts have not: who acknowledged or closed is not in the service's answers, and
 * responders and teams come as ids while queries name them (2.2).
 */
const unseen = ['acknowledgedBy', 'closedBy', 'responders', 'recipients', 'teams', 'integration.type'] as const;

export type QueryField =
  | { readonly kind: 'text'; readonly field: TextField }
  | { readonly kind: 'exact'; readonly field: ExactField }
  | { readonly kind: 'flag'; readonly field: FlagField }
  | { readonly kind: 'number'; readonly field: NumberField }
  | { readonly kind: 'status' | 'priority' | 'notJudged' };

const fields = new Map<string, QueryField>([
  ...keysOf(textFields).map((field) => [field, { kind: 'text', field }] as const),
  ...keysOf(exactFields).map((field) => [field, { kind: 'exact', field }] as const),
  ...keysOf(flagFields).map((field) => [field, { kind: 'flag', field }] as const),
  ...keysOf(numberFields).map((field) => [field, { kind: 'number', field }] as const),
  ['status', { kind: 'status' }],
  ['priority', { kind: 'priority' }],
  ...unseen.map((field) => [field, { kind: 'notJudged' }] as const),
]);

/** The field of this name, or undefined. Names are case-sensitive (2.3). */
export function fieldNamed(name: string): QueryField | undefined {
  return fields.get(name);
}

/** Fields whose names differ from this one in case alone. */
export function similarFields(name: string): readonly string[] {
  return [...fields.keys()].filter((field) => field.toLowerCase() === name.toLowerCase());
}

function keysOf<K extends string>(of: Readonly<Record<K, unknown>>): readonly K[] {
  // The tables above are literals: they have no keys besides those of their type.
  return Object.keys(of) as K[];
}

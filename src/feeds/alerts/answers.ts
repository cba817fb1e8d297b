import { priorities, type Priority } from '../../domain/alerts/alert.ts';
import type { Snooze } from '../../domain/alerts/snooze.ts';

/** Who is to own an alert; the name is for rows. */
export interface Assignee {
  readonly accountId: string;
  readonly name: string;
}

/** The escalation whose next rule is to page; the name is for people. */
export interface Promotion {
  readonly escalationId: string;
  readonly name: string;
}

export interface Tagging {
  /** At least one, none of them blank. */
  readonly tags: readonly string[];
}

export interface NewNote {
  readonly text: string;
}

export interface NewAlertPriority {
  readonly priority: Priority;
}

/**
 * What a person can be asked for before a verb of alerts is sent, and what the answer is: JSON data, which the write
 * carries.
 */
export interface AlertAnswers {
  readonly nothing: null;
  readonly note: NewNote;
  readonly snoozeEnd: Snooze;
  readonly assignee: Assignee;
  readonly escalation: Promotion;
  /** Tags that are typed. */
  readonly newTags: Tagging;
  /** Some of the tags that the alerts have. */
  readonly ownTags: Tagging;
  readonly priority: NewAlertPriority;
}
export type AlertAnswerName = keyof AlertAnswers;

/** Reads answers that were saved to disk; undefined for anything else. */
export const readAnswer: { readonly [Q in AlertAnswerName]: (value: unknown) => AlertAnswers[Q] | undefined } = {
  nothing: (value) => (value === null ? null : undefined),
  note: (value) => {
    const { text } = fieldsOf(value);
    return isText(text) ? { text } : undefined;
  },
  snoozeEnd: (value) => {
    const { until, forMs } = fieldsOf(value);
    if (!isNumber(until)) return undefined;
    return isNumber(forMs) && forMs > 0 ? { until, forMs } : { until };
  },
  assignee: (value) => {
    const { accountId, name } = fieldsOf(value);
    return isText(accountId) && isText(name) ? { accountId, name } : undefined;
  },
  escalation: (value) => {
    const { escalationId, name } = fieldsOf(value);
    return isText(escalationId) && isText(name) ? { escalationId, name } : undefined;
  },
  newTags: readTags,
  ownTags: readTags,
  priority: (value) => {
    const { priority } = fieldsOf(value);
    const found = priorities.find((each) => each === priority);
    return found === undefined ? undefined : { priority: found };
  },
};

/** The tags in a text: separated by commas, each once. */
export function tagsIn(text: string): readonly string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '');
}

function readTags(value: unknown): Tagging | undefined {
  const { tags } = fieldsOf(value);
  return Array.isArray(tags) && tags.length > 0 && tags.every(isText) ? { tags } : undefined;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

import { priorities, type Priority } from '../../domain/alerts/alert.ts';
import type { Snooze } from '../../domain/alerts/snooze.ts';

// What the writes to alerts carry, and whether what lay on disk is that.

/** Somebody to own an alert; the name is for the rows. */
export interface Assignee {
  readonly accountId: string;
  readonly name: string;
}

/** An escalation to go on with; the name is for people. */
export interface Promotion {
  readonly escalationId: string;
  readonly name: string;
}

export interface Tagging {
  /** Never empty, none of them blank. */
  readonly tags: readonly string[];
}

export interface NewNote {
  readonly text: string;
}

/** The payload of a verb that needs none. */
export function readNothing(value: unknown): null | undefined {
  return value === null ? null : undefined;
}

export function readSnooze(value: unknown): Snooze | undefined {
  const { until, forMs } = fieldsOf(value);
  if (!isNumber(until)) return undefined;
  return isNumber(forMs) && forMs > 0 ? { until, forMs } : { until };
}

export function readAssignee(value: unknown): Assignee | undefined {
  const { accountId, name } = fieldsOf(value);
  return isText(accountId) && isText(name) ? { accountId, name } : undefined;
}

export function readPromotion(value: unknown): Promotion | undefined {
  const { escalationId, name } = fieldsOf(value);
  return isText(escalationId) && isText(name) ? { escalationId, name } : undefined;
}

export function readTags(value: unknown): Tagging | undefined {
  const { tags } = fieldsOf(value);
  return Array.isArray(tags) && tags.length > 0 && tags.every(isText) ? { tags } : undefined;
}

export function readPriority(value: unknown): { readonly priority: Priority } | undefined {
  const { priority } = fieldsOf(value);
  const found = priorities.find((each) => each === priority);
  return found === undefined ? undefined : { priority: found };
}

export function readNote(value: unknown): NewNote | undefined {
  const { text } = fieldsOf(value);
  return isText(text) ? { text } : undefined;
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

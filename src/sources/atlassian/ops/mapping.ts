import * as z from 'zod/mini';
import {
  priorities,
  type Alert,
  type AlertLogEntry,
  type AlertNote,
  type AlertStatus,
  type Priority,
  type Responder,
} from '../../../domain/alerts/alert.ts';
import { isAlertId } from '../../../domain/base/ids.ts';
import type { Instant } from '../../../domain/base/time.ts';
import {
  anything,
  count,
  each,
  flag,
  instant,
  object,
  one,
  readFields,
  recordOf,
  text,
  texts,
  type Report,
  type Values,
} from '../../records.ts';

const responder = z.object({ id: z.string(), type: z.enum(['team', 'user', 'escalation', 'schedule']) });
const anyResponder = z.object({ id: z.string() });

/** An alert as the service sends it (atlassian.md 2.2), besides its id. */
const alertFields = {
  tinyId: one(z.union([z.string(), z.number()])),
  createdAt: instant,
  updatedAt: instant,
  message: text,
  status: text,
  acknowledged: flag,
  snoozed: flag,
  seen: flag,
  priority: text,
  ackTime: instant,
  snoozedUntil: instant,
  closeTime: instant,
  // One "r" in the service's own spelling (atlassian.md 0.1 fact 7).
  lastOccuredAt: instant,
  lastOccurredAt: instant,
  count,
  owner: text,
  alias: text,
  entity: text,
  source: text,
  description: text,
  integrationName: text,
  tags: texts,
  actions: texts,
  responders: each(z.unknown()),
  extraProperties: object,
};

/** The alert, whatever its lesser fields are; undefined for a record without an id or any instant. */
export function toAlert(raw: unknown, report: Report): Alert | undefined {
  const record = recordOf(raw);
  const id = record?.['id'];
  if (record === undefined || !isAlertId(id)) {
    report.skipped('alert', id, 'id');
    return undefined;
  }
  const found = readFields(record, alertFields, (field) => report.unclear('alert', id, field));
  const lastOccurredAt = found.lastOccuredAt ?? found.lastOccurredAt;
  const createdAt = found.createdAt ?? instantIn(id) ?? found.updatedAt ?? lastOccurredAt;
  if (createdAt === undefined) {
    report.skipped('alert', id, 'createdAt');
    return undefined;
  }
  return {
    id,
    tinyId: `${found.tinyId ?? ''}`,
    message: found.message ?? '',
    description: found.description ?? '',
    ...statusOf(id, found, report),
    ...priorityOf(id, found.priority, report),
    createdAt,
    updatedAt: found.updatedAt ?? createdAt,
    acknowledgedAt: found.ackTime,
    snoozedUntil: found.snoozedUntil,
    closedAt: found.closeTime,
    lastOccurredAt,
    count: found.count ?? 1,
    owner: found.owner === '' ? undefined : found.owner,
    seen: found.seen ?? false,
    alias: found.alias ?? '',
    entity: found.entity ?? '',
    source: found.source ?? '',
    integration: found.integrationName ?? '',
    tags: found.tags ?? [],
    responders: (found.responders ?? []).map(toResponder),
    actions: found.actions ?? [],
    properties: Object.fromEntries(
      Object.entries(found.extraProperties ?? {}).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
  };
}

/** An id may end in the instant of creation: `uuid-epochMillis` (atlassian.md 2.2). */
function instantIn(id: string): Instant | undefined {
  const [, millis] = /-(\d{13})$/.exec(id) ?? [];
  return millis === undefined ? undefined : Number(millis);
}

/** P3 is what the service gives an alert without one. */
function priorityOf(
  id: string,
  word: string | undefined,
  report: Report,
): { readonly priority: Priority; readonly unknownPriority?: string } {
  if (word === undefined || word === '') return { priority: 'P3' };
  const known = priorities.find((priority) => priority === word);
  if (known !== undefined) return { priority: known };
  report.newWord('alert', id, 'priority', word);
  return { priority: 'P3', unknownPriority: word };
}

/** A responder that cannot be read is kept: without it an alert could seem to be another team's. */
function toResponder(raw: unknown): Responder {
  const known = responder.safeParse(raw);
  if (known.success) return known.data;
  const other = anyResponder.safeParse(raw);
  return { id: other.success ? other.data.id : '', type: 'other' };
}

const statusWords: ReadonlySet<string> = new Set(['open', 'acked', 'resolved', 'snoozed', 'closed']);

/**
 * Which words `status` uses for acknowledged and snoozed is not known (atlassian.md 6 #3): words and booleans both
 * count.
 */
function statusOf(
  id: string,
  { status: word = 'open', snoozed, acknowledged }: Values<typeof alertFields>,
  report: Report,
): { readonly status: AlertStatus; readonly unknownStatus?: string } {
  const isKnown = statusWords.has(word);
  if (!isKnown) report.newWord('alert', id, 'status', word);
  if (word === 'closed' || word === 'resolved') return { status: 'closed' };
  if (snoozed === true || word === 'snoozed') return { status: 'snoozed' };
  if (acknowledged === true || word === 'acked') return { status: 'acknowledged' };
  return isKnown ? { status: 'open' } : { status: 'open', unknownStatus: word };
}

const noteFields = { id: anything, createdAt: instant, updatedAt: instant, note: text, owner: text };

/** A note (atlassian.md 2.5), or undefined for a record without an id or any instant. */
export function toNote(raw: unknown, report: Report): AlertNote | undefined {
  const record = recordOf(raw) ?? {};
  const { id } = record;
  if (typeof id !== 'string') {
    report.skipped('note', id, 'id');
    return undefined;
  }
  const { createdAt, updatedAt, note, owner } = readFields(record, noteFields, (field) =>
    report.unclear('note', id, field),
  );
  const at = createdAt ?? updatedAt;
  if (at === undefined) {
    report.skipped('note', id, 'createdAt');
    return undefined;
  }
  return { id, text: note ?? '', createdAt: at, updatedAt: updatedAt ?? at, author: owner ?? '' };
}

const logFields = { logTime: instant, logType: text, log: text, owner: text };

/** A line of the activity log (atlassian.md 2.5), or undefined for one without an instant. */
export function toLogEntry(raw: unknown, report: Report): AlertLogEntry | undefined {
  const record = recordOf(raw) ?? {};
  const entry = readFields(record, logFields, (field) => report.unclear('log entry', '', field));
  if (entry.logTime === undefined) {
    report.skipped('log entry', undefined, 'logTime');
    return undefined;
  }
  return { at: entry.logTime, text: entry.log ?? '', type: entry.logType ?? '', author: entry.owner ?? '' };
}

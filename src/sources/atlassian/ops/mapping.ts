import * as z from 'zod/mini';
import {
  priorities,
  type Alert,
  type AlertLogEntry,
  type AlertNote,
  type AlertStatus,
  type Responder,
} from '../../../domain/alerts/alert.ts';
import { isAlertId } from '../../../domain/base/ids.ts';
import { parseInstant } from '../../../domain/base/time.ts';

const text = z.optional(z.nullable(z.string()));
const responder = z.object({ id: z.string(), type: z.enum(['team', 'user', 'escalation', 'schedule']) });
const anyResponder = z.object({ id: z.string() });

/** An alert as the service sends it (atlassian.md 2.2). Strict on what a row needs, lenient on the rest. */
const alertSchema = z.object({
  id: z.string().check(z.refine(isAlertId)),
  tinyId: z.optional(z.union([z.string(), z.number()])),
  createdAt: z.string(),
  updatedAt: text,
  message: z.string(),
  status: z.string(),
  acknowledged: z.optional(z.nullable(z.boolean())),
  snoozed: z.optional(z.nullable(z.boolean())),
  seen: z.optional(z.nullable(z.boolean())),
  priority: z.optional(z.nullable(z.string())),
  ackTime: text,
  snoozedUntil: text,
  closeTime: text,
  lastOccuredAt: text,
  lastOccurredAt: text,
  count: z.optional(z.nullable(z.number())),
  owner: text,
  alias: text,
  entity: text,
  source: text,
  description: text,
  integrationName: text,
  tags: z.optional(z.nullable(z.array(z.string()))),
  actions: z.optional(z.nullable(z.array(z.string()))),
  responders: z.optional(z.nullable(z.array(z.unknown()))),
  extraProperties: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
});

/** The alert, or undefined when the record cannot be read. */
export function toAlert(raw: unknown): Alert | undefined {
  const parsed = alertSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  const found = parsed.data;
  const createdAt = parseInstant(found.createdAt);
  if (createdAt === undefined) return undefined;
  return {
    id: found.id,
    tinyId: `${found.tinyId ?? ''}`,
    message: found.message,
    description: found.description ?? '',
    status: statusOf(found),
    // P3 is what the service gives an alert without one; an unknown word must not hide the alert.
    priority: priorities.find((priority) => priority === found.priority) ?? 'P3',
    createdAt,
    updatedAt: parseInstant(found.updatedAt) ?? createdAt,
    acknowledgedAt: parseInstant(found.ackTime),
    snoozedUntil: parseInstant(found.snoozedUntil),
    closedAt: parseInstant(found.closeTime),
    // One "r" in the service's own spelling (atlassian.md 0.1 fact 7).
    lastOccurredAt: parseInstant(found.lastOccuredAt ?? found.lastOccurredAt),
    count: found.count ?? 1,
    owner: found.owner === '' ? undefined : (found.owner ?? undefined),
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

/** One that cannot be read is kept: without it an alert could look like somebody else's. */
function toResponder(raw: unknown): Responder {
  const known = responder.safeParse(raw);
  if (known.success) return known.data;
  const other = anyResponder.safeParse(raw);
  return { id: other.success ? other.data.id : '', type: 'other' };
}

/** Which words `status` uses for acknowledged and snoozed is not known (atlassian.md 6 #3): words and booleans both count. */
function statusOf(raw: z.infer<typeof alertSchema>): AlertStatus {
  if (raw.status === 'closed' || raw.status === 'resolved') return 'closed';
  if (raw.snoozed === true || raw.status === 'snoozed') return 'snoozed';
  if (raw.acknowledged === true || raw.status === 'acked') return 'acknowledged';
  return 'open';
}

const noteSchema = z.object({ id: z.string(), createdAt: z.string(), updatedAt: text, note: z.string(), owner: text });

/** A note (atlassian.md 2.5), or undefined when the record cannot be read. */
export function toNote(raw: unknown): AlertNote | undefined {
  const parsed = noteSchema.safeParse(raw);
  const createdAt = parsed.success ? parseInstant(parsed.data.createdAt) : undefined;
  if (!parsed.success || createdAt === undefined) return undefined;
  const { id, note, updatedAt, owner } = parsed.data;
  return { id, text: note, createdAt, updatedAt: parseInstant(updatedAt) ?? createdAt, author: owner ?? '' };
}

const logSchema = z.object({ logTime: z.string(), logType: text, log: z.string(), owner: text });

/** A line of the activity log (atlassian.md 2.5), or undefined when the record cannot be read. */
export function toLogEntry(raw: unknown): AlertLogEntry | undefined {
  const parsed = logSchema.safeParse(raw);
  const at = parsed.success ? parseInstant(parsed.data.logTime) : undefined;
  if (!parsed.success || at === undefined) return undefined;
  const { log, logType, owner } = parsed.data;
  return { at, text: log, type: logType ?? '', author: owner ?? '' };
}

import * as z from 'zod/mini';
import type { Alert } from '../../../domain/alert.ts';
import type { Failure } from '../../../domain/failure.ts';
import { isAlertId } from '../../../domain/ids.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { Rotation } from '../../../domain/rotation.ts';
import type { Instant } from '../../../domain/time.ts';
import type { Atlassian } from '../connection.ts';
import { hasNext, listOf, toAlert } from './mapping.ts';
import { compose, onCallIds, toSchedule, toShifts } from './rotation.ts';

/** The answer to "was it applied?". */
export type RequestStatus =
  'pending' | { readonly applied: true } | { readonly applied: false; readonly reason: string };

export interface AlertList {
  /** Newest first. */
  readonly alerts: readonly Alert[];
  /** How many records could not be read. */
  readonly skipped: number;
  readonly completeness: { readonly kind: 'complete' } | { readonly kind: 'partial'; readonly reason: string };
  /** `noTeams`: the account sees no team, so that an empty list means no access (atlassian.md 0.1 fact 3). */
  readonly access: 'seen' | 'noTeams';
}

/** The alert operations API of Jira Service Management (atlassian.md 2). */
export interface Ops {
  /** All alerts that a query finds (atlassian.md 2.3), every page. */
  listAlerts(request: { readonly query: string; readonly signal?: AbortSignal }): Promise<Result<AlertList, Failure>>;
  /** Asks to acknowledge: accepted is not applied, `requestStatus` tells. */
  acknowledge(alertId: string): Promise<Result<{ readonly requestId: string }, Failure>>;
  requestStatus(requestId: string): Promise<Result<RequestStatus, Failure>>;
  /** A schedule by its exact name and who holds it; `notFound` when there is none that the account may see. */
  rotation(name: string, role: string, signal?: AbortSignal): Promise<Result<Rotation, Failure>>;
}

const pageSize = 100;
/** `offset + size` must stay below it (atlassian.md 2.1). */
const offsetLimit = 20_000;

export function createOps(connection: Atlassian, now: () => Instant = Date.now): Ops {
  const names = new Map<string, string>();

  function malformed(operation: string, cause?: unknown): { readonly ok: false; readonly failure: Failure } {
    return fail({ kind: 'malformed', service: 'ops', operation, detail: 'unexpected form', cause });
  }

  async function listAlerts(request: { query: string; signal?: AbortSignal }): Promise<Result<AlertList, Failure>> {
    const operation = 'list alerts';
    const found = new Map<string, Alert>();
    let skipped = 0;
    let offset = 0;
    let last: string | undefined;
    let stepsBack = 0;
    let reason: string | undefined;
    for (;;) {
      const query = { query: request.query, size: pageSize, offset, sort: 'createdAt', order: 'desc' };
      const read = await connection.ops({ operation, path: '/v1/alerts', query, signal: request.signal });
      if (!read.ok) return read;
      const records = listOf(read.value);
      if (records === undefined) return malformed(operation);
      const page = records.map(toAlert);
      if (last !== undefined && !page.some((alert) => alert?.id === last) && offset > 0 && stepsBack < 5) {
        // Alerts that went away since the page before have moved the rest forward: look again from further up.
        stepsBack++;
        offset = Math.max(0, offset - pageSize + 1);
        last = undefined;
        continue;
      }
      skipped += page.filter((alert) => alert === undefined).length;
      for (const alert of page) if (alert !== undefined) found.set(alert.id, alert);
      if (!hasNext(read.value) || records.length === 0) break;
      last = page.findLast((alert) => alert !== undefined)?.id ?? last;
      // One record of overlap shows whether the pages fit together.
      offset += Math.max(1, records.length - 1);
      if (offset + pageSize >= offsetLimit) {
        reason = `the service lists at most ${offsetLimit.toLocaleString('en-US')}`;
        break;
      }
    }
    if (skipped > 0) connection.log(`${skipped} alerts could not be read`);
    const access = found.size > 0 ? 'seen' : await seesTeams(request.signal);
    const completeness =
      reason === undefined ? ({ kind: 'complete' } as const) : ({ kind: 'partial', reason } as const);
    return ok({ alerts: [...found.values()], skipped, completeness, access });
  }

  async function seesTeams(signal: AbortSignal | undefined): Promise<'seen' | 'noTeams'> {
    const read = await connection.ops({ operation: 'list teams', path: '/v1/teams', signal });
    const parsed = z.object({ platformTeams: z.array(z.unknown()) }).safeParse(read.ok ? read.value : undefined);
    return parsed.success && parsed.data.platformTeams.length === 0 ? 'noTeams' : 'seen';
  }

  async function acknowledge(alertId: string): Promise<Result<{ requestId: string }, Failure>> {
    const operation = 'acknowledge alert';
    if (!isAlertId(alertId)) {
      return fail({ kind: 'rejected', service: 'ops', operation, detail: 'not the id of an alert' });
    }
    // No body: a note sent along would be dropped without a word (atlassian.md 0.1 fact 5).
    const read = await connection.ops({
      operation,
      method: 'POST',
      path: `/v1/alerts/${encodeURIComponent(alertId)}/acknowledge`,
    });
    if (!read.ok) return read;
    const parsed = z.object({ requestId: z.string() }).safeParse(read.value);
    return parsed.success ? ok({ requestId: parsed.data.requestId }) : malformed(operation, parsed.error);
  }

  async function requestStatus(requestId: string): Promise<Result<RequestStatus, Failure>> {
    const operation = 'ask about a request';
    const read = await connection.ops({ operation, path: `/v1/alerts/requests/${encodeURIComponent(requestId)}` });
    // Not known is how the service says "not processed yet" (atlassian.md 2.4).
    if (!read.ok) return read.failure.kind === 'notFound' ? ok('pending') : read;
    const parsed = z
      .object({ isSuccess: z.optional(z.boolean()), success: z.optional(z.boolean()), status: z.optional(z.string()) })
      .safeParse(read.value);
    if (!parsed.success) return malformed(operation, parsed.error);
    const applied = parsed.data.isSuccess ?? parsed.data.success;
    if (applied === undefined) return malformed(operation);
    return ok(applied ? { applied } : { applied, reason: parsed.data.status ?? 'the service gave no reason' });
  }

  async function rotation(name: string, role: string, signal?: AbortSignal): Promise<Result<Rotation, Failure>> {
    const operation = 'read schedule';
    const read = await connection.ops({ operation, path: '/v1/schedules', query: { query: name, size: 50 }, signal });
    if (!read.ok) return read;
    const records = listOf(read.value);
    if (records === undefined) return malformed(operation);
    const wanted = name.toLowerCase();
    const schedule = records.map(toSchedule).find((each) => each?.name.toLowerCase() === wanted);
    if (schedule === undefined) return fail({ kind: 'notFound', service: 'ops', operation, detail: name });
    const path = `/v1/schedules/${encodeURIComponent(schedule.id)}`;
    const date = new Date(now()).toISOString();
    const [onCall, timeline] = await Promise.all([
      connection.ops({ operation, path: `${path}/on-calls`, query: { flat: 'true' }, signal }),
      connection.ops({
        operation,
        path: `${path}/timeline`,
        query: { interval: 3, intervalUnit: 'weeks', date },
        signal,
      }),
    ]);
    if (!onCall.ok) return onCall;
    if (!timeline.ok) return timeline;
    const current = onCallIds(onCall.value);
    const shifts = toShifts(timeline.value);
    if (current === undefined || shifts === undefined) return malformed(operation);
    await learnNames(
      [...current, ...shifts.flatMap((shift) => shift.people.map((person) => person.accountId))],
      signal,
    );
    return ok(compose(schedule, role, current, shifts, (accountId) => names.get(accountId), now()));
  }

  /** Names come from Jira; without them the ids are shown (atlassian.md 0.1 fact 8). */
  async function learnNames(accountIds: readonly string[], signal: AbortSignal | undefined): Promise<void> {
    const missing = [...new Set(accountIds)].filter((each) => !names.has(each)).slice(0, 50);
    if (missing.length === 0) return;
    const search = new URLSearchParams({ maxResults: '50' });
    for (const accountId of missing) search.append('accountId', accountId);
    const read = await connection.jira({ operation: 'read names', path: '/rest/api/3/user/bulk', search, signal });
    const schema = z.object({
      values: z.array(z.object({ accountId: z.string(), displayName: z.optional(z.string()) })),
    });
    const parsed = schema.safeParse(read.ok ? read.value : undefined);
    if (!parsed.success) return;
    for (const { accountId, displayName } of parsed.data.values) names.set(accountId, displayName ?? accountId);
  }

  return { listAlerts, acknowledge, requestStatus, rotation };
}

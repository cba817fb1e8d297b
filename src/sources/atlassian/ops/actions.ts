import * as z from 'zod/mini';
import type { Priority } from '../../../domain/alerts/alert.ts';
import type { Failure } from '../../../domain/base/failure.ts';
import { isAlertId } from '../../../domain/base/ids.ts';
import { ok, type Result } from '../../../domain/base/result.ts';
import type { Instant } from '../../../domain/base/time.ts';
import type { Atlassian, AtlassianCall } from '../connection.ts';
import { isServiceId, malformed, refused } from './wire.ts';

/** The answer to "was it applied?". */
export type RequestStatus =
  'pending' | { readonly applied: true } | { readonly applied: false; readonly reason: string };

/** What the service gives for an action that it accepted: not applied yet, `requestStatus` returns whether it was. */
export type Accepted = Promise<Result<{ readonly requestId: string }, Failure>>;

/**
 * What can be done to an alert (atlassian.md 2.4). Each is only a request: the service accepts it for an id that does
 * not exist, too, and says later whether it was applied. A note goes with none of them: `addNote` is a call of its own.
 */
export interface AlertActions {
  /** Makes the person its owner and stops its escalation. */
  acknowledge(alertId: string): Accepted;
  /** Pages again. */
  unacknowledge(alertId: string): Accepted;
  close(alertId: string): Accepted;
  /** Refuses an instant that is not in the future: the service would take it and page at once. */
  snooze(alertId: string, until: Instant): Accepted;
  /** Makes somebody its owner. Whether that also acknowledges is not known (atlassian.md 6 #17): read it again. */
  assign(alertId: string, accountId: string): Accepted;
  /** To the next rule of an escalation, by its id. */
  escalate(alertId: string, escalationId: string): Accepted;
  addTags(alertId: string, tags: readonly string[]): Accepted;
  /** Needs the right to delete. */
  removeTags(alertId: string, tags: readonly string[]): Accepted;
  setPriority(alertId: string, priority: Priority): Accepted;
  requestStatus(requestId: string, signal?: AbortSignal): Promise<Result<RequestStatus, Failure>>;
}

const acceptedSchema = z.object({ requestId: z.string() });
const statusSchema = z.object({
  isSuccess: z.optional(z.nullable(z.boolean())),
  success: z.optional(z.nullable(z.boolean())),
  status: z.optional(z.nullable(z.string())),
});

export function createAlertActions(connection: Atlassian, now: () => Instant): AlertActions {
  async function act(
    operation: string,
    alertId: string,
    action: Pick<AtlassianCall, 'method' | 'path' | 'body'>,
  ): Accepted {
    if (!isAlertId(alertId)) return refused(operation, 'not the id of an alert');
    const path = `/v1/alerts/${encodeURIComponent(alertId)}${action.path}`;
    const read = await connection.ops({ method: 'POST', ...action, operation, path });
    if (!read.ok) return read;
    const parsed = acceptedSchema.safeParse(read.value);
    return parsed.success ? ok({ requestId: parsed.data.requestId }) : malformed(operation, parsed.error);
  }

  function tag(method: 'POST' | 'DELETE', alertId: string, tags: readonly string[]): Accepted {
    const operation = method === 'POST' ? 'add tags' : 'remove tags';
    if (tags.length === 0 || tags.some((each) => each.trim() === '')) {
      return Promise.resolve(refused(operation, 'no tag is given'));
    }
    return act(operation, alertId, { method, path: '/tags', body: { tags } });
  }

  return {
    // No body: the service silently drops whatever is sent with these three (atlassian.md 0.1 fact 5).
    acknowledge: (alertId) => act('acknowledge alert', alertId, { path: '/acknowledge' }),
    unacknowledge: (alertId) => act('unacknowledge alert', alertId, { path: '/unacknowledge' }),
    close: (alertId) => act('close alert', alertId, { path: '/close' }),
    async snooze(alertId, until) {
      const operation = 'snooze alert';
      if (!Number.isFinite(until) || until <= now()) return refused(operation, 'the end of the snooze is in the past');
      return act(operation, alertId, { path: '/snooze', body: { endTime: new Date(until).toISOString() } });
    },
    async assign(alertId, accountId) {
      const operation = 'assign alert';
      if (!isServiceId(accountId)) return refused(operation, 'not the id of an account');
      return act(operation, alertId, { path: '/assign', body: { accountId } });
    },
    async escalate(alertId, escalationId) {
      const operation = 'escalate alert';
      if (!isServiceId(escalationId)) return refused(operation, 'not the id of an escalation');
      return act(operation, alertId, { path: '/escalate', body: { escalationId } });
    },
    addTags: (alertId, tags) => tag('POST', alertId, tags),
    removeTags: (alertId, tags) => tag('DELETE', alertId, tags),
    setPriority: (alertId, priority) =>
      act('change priority', alertId, { method: 'PATCH', path: '/priority', body: { priority } }),
    async requestStatus(requestId, signal) {
      const operation = 'ask about a request';
      if (!isServiceId(requestId)) return refused(operation, 'not the id of a request');
      const path = `/v1/alerts/requests/${encodeURIComponent(requestId)}`;
      const read = await connection.ops({ operation, path, signal });
      // The service says "not found" for what it has not processed yet (atlassian.md 2.4).
      if (!read.ok) return read.failure.kind === 'notFound' ? ok('pending') : read;
      const parsed = statusSchema.safeParse(read.value);
      if (!parsed.success) return malformed(operation, parsed.error);
      const applied = parsed.data.isSuccess ?? parsed.data.success ?? undefined;
      if (applied === undefined) return malformed(operation);
      return ok(applied ? { applied } : { applied, reason: parsed.data.status ?? 'the service gave no reason' });
    },
  };
}

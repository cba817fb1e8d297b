import * as z from 'zod/mini';
import type { Failure } from '../../domain/base/failure.ts';
import { fail, ok, type Result } from '../../domain/base/result.ts';
import type { HostBatch } from '../../domain/releases/hostBatch.ts';
import { kindOfStatus } from '../http.ts';
import type { Report } from '../records.ts';
import { airflowFailure } from './airflow.ts';
import { jsonOf } from './events.ts';
import { toHostBatch } from './hostBatch.ts';

/** The detail of a batch; or that the dashboard has nothing yet (204), or has no such batch yet (209). */
export type HostBatchAnswer =
  { readonly kind: 'batch'; readonly batch: HostBatch } | { readonly kind: 'loading' } | { readonly kind: 'notYet' };

/** What the stream of a batch says: the same as the batch read once would. */
export interface HostBatchEvent {
  readonly said: Result<HostBatchAnswer, Failure>;
  /** The dashboard says no more, and is not to be followed again (rollout-dashboard.md 1.2). */
  readonly isLast: boolean;
}

/** What an event named "Error" says of a failure. */
export const errorSchema = z.object({ code: z.number(), message: z.string() });

const lastSchema = z.object({ permanent: z.literal(true) });

/** The first line of a message for people, no longer than a log takes. */
export function firstLine(message: string): string {
  return message.split('\n')[0]?.slice(0, 300) ?? '';
}

/** What a failure of a batch says, without that it is one (rollout-dashboard.md 1.1). */
export function withoutPrefix(message: string): string {
  return message.replace(/^Cannot gather rollout data: /, '');
}

/** One event; `ignored` for names that we do not need, undefined for what cannot be read. */
export function toHostBatchEvent(
  name: string | undefined,
  data: string,
  { operation, id, report }: { readonly operation: string; readonly id: string; readonly report: Report },
): HostBatchEvent | 'ignored' | undefined {
  const raw = jsonOf(data);
  if (name === 'BatchResponse') {
    const batch = toHostBatch(raw, id, report);
    return batch === undefined ? undefined : { said: ok({ kind: 'batch', batch }), isLast: false };
  }
  if (name !== 'Error') return 'ignored';
  const parsed = errorSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  const { code, message } = parsed.data;
  const isLast = lastSchema.safeParse(raw).success;
  if (code === 204) return { said: ok({ kind: 'loading' }), isLast };
  if (code === 209) return { said: ok({ kind: 'notYet' }), isLast };
  const detail = withoutPrefix(firstLine(message));
  const failure = { kind: kindOfStatus(code), service: 'rollouts', operation, status: code, detail } as const;
  return { said: fail(airflowFailure(operation, code, detail) ?? failure), isLast };
}

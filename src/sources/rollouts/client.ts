import * as z from 'zod/mini';
import type { Failure } from '../../domain/base/failure.ts';
import { fail, ok, type Result } from '../../domain/base/result.ts';
import type { HostBatchName } from '../../domain/releases/hostBatch.ts';
import type { Rollout, RolloutBoard } from '../../domain/releases/rollout.ts';
import { kindOfStatus, type Http } from '../http.ts';
import { namedBy } from '../about.ts';
import { createReport, recordOf, rowsOf, type Report } from '../records.ts';
import { airflowFailure } from './airflow.ts';
import { followEvents, jsonOf, type TakeEvent } from './events.ts';
import { toHostBatch } from './hostBatch.ts';
import {
  errorSchema,
  firstLine,
  toHostBatchEvent,
  withoutPrefix,
  type HostBatchAnswer,
  type HostBatchEvent,
} from './hostBatchEvents.ts';
import { toBoard, toEngines, toRollouts, type ReadBoard, type RolloutName } from './mapping.ts';

export interface RolloutsOptions {
  readonly http: Http;
  readonly baseUrl: URL;
  readonly log: (line: string) => void;
}

/** The whole state, or that the dashboard itself has none yet (204). */
export type DashboardState =
  { readonly kind: 'board'; readonly board: ReadBoard; readonly skipped: number } | { readonly kind: 'loading' };

/** What changed since the last event. */
export interface RolloutDelta {
  readonly type: 'delta';
  readonly updated: readonly Rollout[];
  readonly deleted: readonly RolloutName[];
  /** Changed too, in a form that cannot be read: what was known of them is no longer so. */
  readonly unreadable: readonly RolloutName[];
}

/** What the event stream says (rollout-dashboard.md 1.2). */
export type RolloutEvent =
  | { readonly type: 'state'; readonly board: ReadBoard; readonly unreadable: readonly RolloutName[] }
  | RolloutDelta
  | { readonly type: 'engines'; readonly engines: RolloutBoard['engines'] }
  /** The dashboard cannot read Airflow. The stream goes on; a whole state follows when it can again. */
  | { readonly type: 'error'; readonly failure: Failure };

/** The rollout dashboard's API. */
export interface Rollouts {
  state(signal?: AbortSignal): Promise<Result<DashboardState, Failure>>;
  /** The nodes of a HostOS batch. `notFound` where the dashboard has no such rollout or batch (any more). */
  hostBatch(name: HostBatchName, signal?: AbortSignal): Promise<Result<HostBatchAnswer, Failure>>;
  /**
   * Follows the event stream until it ends or `signal` aborts; resolves with why it ended, never rejects. `received` is
   * called for every byte, keepalives too: without any for a while the connection is broken.
   */
  follow(signal: AbortSignal, onEvent: (event: RolloutEvent) => void, received: () => void): Promise<Failure>;
  /** The same with the event stream of one HostOS batch. */
  followHostBatch(
    name: HostBatchName,
    signal: AbortSignal,
    onEvent: (event: HostBatchEvent) => void,
    received: () => void,
  ): Promise<Failure>;
}

const service = 'rollouts';
const deletedSchema = z.object({ kind: z.string(), name: z.string() });

export function createRollouts({ http, baseUrl, log }: RolloutsOptions): Rollouts {
  const at = (path: string): URL => {
    const url = new URL(baseUrl);
    url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`;
    return url;
  };

  const report = createReport(log);

  function logUnreadable(unreadable: readonly RolloutName[]): void {
    if (unreadable.length === 0) return;
    const names = unreadable.map(({ kind, name }) => JSON.stringify(`${kind}/${name}`.slice(0, 100)));
    log(`${unreadable.length} rollouts could not be read: ${names.join(', ')}`);
  }

  async function state(signal?: AbortSignal): Promise<Result<DashboardState, Failure>> {
    const operation = 'read rollouts';
    const read = await http.json({ service, operation, url: at('/api/v2/state'), signal });
    if (!read.ok) {
      const { status, detail = '' } = read.failure;
      const ofAirflow = airflowFailure(operation, status, detail);
      return ofAirflow === undefined ? namedBy('drDre.rollouts.url', read) : fail(ofAirflow);
    }
    // 204 is how the dashboard says that it has nothing yet; only 200 has a body to read (rollout-dashboard.md 0.3).
    if (read.value.answer.status === 204) return ok({ kind: 'loading' });
    const board = read.value.answer.status === 200 ? toBoard(read.value.body, report) : undefined;
    if (board === undefined) return fail({ kind: 'malformed', service, operation, detail: 'unexpected form' });
    logUnreadable(board.unreadable);
    return ok({ kind: 'board', board, skipped: board.unreadable.length });
  }

  async function hostBatch(name: HostBatchName, signal?: AbortSignal): Promise<Result<HostBatchAnswer, Failure>> {
    const operation = 'read a HostOS batch';
    const read = await http.json({ service, operation, url: at(pathOf(name)), signal });
    if (!read.ok) {
      const { kind, status, detail = '' } = read.failure;
      // A success in HTTP, with a sentence as its body (rollout-dashboard.md 0.3).
      if (kind === 'malformed' && status === 209) return ok({ kind: 'notYet' });
      return fail(airflowFailure(operation, status, withoutPrefix(detail)) ?? read.failure);
    }
    const { answer, body } = read.value;
    if (answer.status === 204) return ok({ kind: 'loading' });
    if (answer.status === 209) return ok({ kind: 'notYet' });
    const batch = answer.status === 200 ? toHostBatch(body, idOf(name), report) : undefined;
    if (batch === undefined) return fail({ kind: 'malformed', service, operation, detail: 'unexpected form' });
    return ok({ kind: 'batch', batch });
  }

  function follow(signal: AbortSignal, onEvent: (event: RolloutEvent) => void, received: () => void): Promise<Failure> {
    const take: TakeEvent = (name, data) => {
      const read = toEvent(name, data, report);
      if (read === undefined) return false;
      if (read !== 'ignored') {
        if ('unreadable' in read) logUnreadable(read.unreadable);
        onEvent(read);
      }
      return true;
    };
    return followEvents({ http, log, operation: 'follow rollouts', url: at('/api/v2/sse'), signal, take, received });
  }

  function followHostBatch(
    name: HostBatchName,
    signal: AbortSignal,
    onEvent: (event: HostBatchEvent) => void,
    received: () => void,
  ): Promise<Failure> {
    const operation = 'follow a HostOS batch';
    const take: TakeEvent = (event, data) => {
      const read = toHostBatchEvent(event, data, { operation, id: idOf(name), report });
      if (read === undefined) return false;
      if (read !== 'ignored') onEvent(read);
      return true;
    };
    return followEvents({ http, log, operation, url: at(`${pathOf(name)}/sse`), signal, take, received });
  }

  return { state, hostBatch, follow, followHostBatch };
}

function pathOf({ rollout, stage, number }: HostBatchName): string {
  const run = `/api/v2/rollouts/rollout_ic_os_to_mainnet_nodes/${encodeURIComponent(rollout)}`;
  return `${run}/stages/${stage}/batches/${number}`;
}

/** A batch as the log calls it. */
function idOf({ rollout, stage, number }: HostBatchName): string {
  return `${rollout}/${stage}_${number}`;
}

/** One event; `ignored` for names that we do not need, undefined for what cannot be read. */
function toEvent(name: string | undefined, data: string, report: Report): RolloutEvent | 'ignored' | undefined {
  const raw = jsonOf(data);
  switch (name) {
    case 'State': {
      const board = toBoard(raw, report);
      return board === undefined ? undefined : { type: 'state', board, unreadable: board.unreadable };
    }
    case 'RolloutsDelta': {
      const { updated, deleted } = recordOf(raw) ?? {};
      const [changed, gone] = [rowsOf(updated), rowsOf(deleted)];
      if (changed === undefined || gone === undefined) return undefined;
      const { rollouts, unreadable } = toRollouts(changed.rows, report);
      const names = gone.rows.flatMap((each) => {
        const parsed = deletedSchema.safeParse(each);
        if (!parsed.success) report.skipped('deleted rollout', recordOf(each)?.['name'], 'name');
        return parsed.success ? [parsed.data] : [];
      });
      return { type: 'delta', updated: rollouts, deleted: names, unreadable };
    }
    case 'RolloutEngineStates': {
      const states = recordOf(raw);
      return states === undefined ? undefined : { type: 'engines', engines: toEngines(states, report) };
    }
    case 'Error': {
      const parsed = errorSchema.safeParse(raw);
      if (!parsed.success) return undefined;
      const { code, message } = parsed.data;
      // "Backend has not yet fetched rollouts": nothing is wrong (rollout-dashboard.md 1.2).
      if (code === 204) return 'ignored';
      const detail = firstLine(message);
      const ofAirflow = airflowFailure('follow rollouts', code, detail);
      if (ofAirflow !== undefined) return { type: 'error', failure: ofAirflow };
      const kind = kindOfStatus(code) === 'rateLimited' ? 'rateLimited' : 'streamEnded';
      return { type: 'error', failure: { kind, service, operation: 'follow rollouts', status: code, detail } };
    }
    default:
      return 'ignored';
  }
}

import { createParser } from 'eventsource-parser';
import * as z from 'zod/mini';
import type { Failure } from '../../domain/base/failure.ts';
import { fail, ok, type Result } from '../../domain/base/result.ts';
import type { HostBatch, HostBatchName } from '../../domain/releases/hostBatch.ts';
import type { Rollout, RolloutBoard } from '../../domain/releases/rollout.ts';
import { kindOfStatus, type Http } from '../http.ts';
import { namedBy } from '../about.ts';
import { parseAtOnce } from '../answerText.ts';
import { createReport, recordOf, rowsOf, type Report } from '../records.ts';
import { airflowFailure } from './airflow.ts';
import { toHostBatch } from './hostBatch.ts';
import { toBoard, toEngines, toRollouts, type RolloutName } from './mapping.ts';

export interface RolloutsOptions {
  readonly http: Http;
  readonly baseUrl: URL;
  readonly log: (line: string) => void;
}

/** The whole state, or that the dashboard itself has none yet (204). */
export type RolloutState =
  { readonly kind: 'board'; readonly board: RolloutBoard; readonly skipped: number } | { readonly kind: 'loading' };

/** The detail of a batch; or that the dashboard has nothing yet (204), or has no such batch yet (209). */
export type HostBatchAnswer =
  { readonly kind: 'batch'; readonly batch: HostBatch } | { readonly kind: 'loading' } | { readonly kind: 'notYet' };

/** What the event stream says (rollout-dashboard.md 1.2). */
export type RolloutEvent =
  | { readonly type: 'state'; readonly board: RolloutBoard; readonly unreadable: readonly RolloutName[] }
  | {
      readonly type: 'delta';
      readonly updated: readonly Rollout[];
      readonly deleted: readonly RolloutName[];
      /** Changed too, in a form that cannot be read: what was known of them is no longer so. */
      readonly unreadable: readonly RolloutName[];
    }
  | { readonly type: 'engines'; readonly engines: RolloutBoard['engines'] }
  /** The dashboard cannot read Airflow. The stream goes on; a whole state follows when it can again. */
  | { readonly type: 'error'; readonly failure: Failure };

/** The rollout dashboard's API. */
export interface Rollouts {
  state(signal?: AbortSignal): Promise<Result<RolloutState, Failure>>;
  /** The nodes of a HostOS batch. `notFound` where the dashboard has no such rollout or batch (any more). */
  hostBatch(name: HostBatchName, signal?: AbortSignal): Promise<Result<HostBatchAnswer, Failure>>;
  /**
   * Follows the event stream until it ends or `signal` aborts; resolves with why it ended, never rejects. `heard` is
   * told of every byte, keepalives too: silence means a dead connection.
   */
  follow(signal: AbortSignal, onEvent: (event: RolloutEvent) => void, heard: () => void): Promise<Failure>;
}

const service = 'rollouts';
const deletedSchema = z.object({ kind: z.string(), name: z.string() });
const errorSchema = z.object({ code: z.number(), message: z.string() });

export function createRollouts({ http, baseUrl, log }: RolloutsOptions): Rollouts {
  const at = (path: string): URL => {
    const url = new URL(baseUrl);
    url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`;
    return url;
  };

  const report = createReport(log);

  function tellUnreadable(unreadable: readonly RolloutName[]): void {
    if (unreadable.length === 0) return;
    const names = unreadable.map(({ kind, name }) => JSON.stringify(`${kind}/${name}`.slice(0, 100)));
    log(`${unreadable.length} rollouts could not be read: ${names.join(', ')}`);
  }

  async function state(signal?: AbortSignal): Promise<Result<RolloutState, Failure>> {
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
    tellUnreadable(board.unreadable);
    return ok({ kind: 'board', board, skipped: board.unreadable.length });
  }

  async function hostBatch(
    { rollout, stage, number }: HostBatchName,
    signal?: AbortSignal,
  ): Promise<Result<HostBatchAnswer, Failure>> {
    const operation = 'read a HostOS batch';
    const run = `/api/v2/rollouts/rollout_ic_os_to_mainnet_nodes/${encodeURIComponent(rollout)}`;
    const url = at(`${run}/stages/${stage}/batches/${number}`);
    const read = await http.json({ service, operation, url, signal });
    if (!read.ok) {
      const { kind, status, detail = '' } = read.failure;
      // A success in HTTP, with a sentence as its body (rollout-dashboard.md 0.3).
      if (kind === 'malformed' && status === 209) return ok({ kind: 'notYet' });
      return fail(
        airflowFailure(operation, status, detail.replace(/^Cannot gather rollout data: /, '')) ?? read.failure,
      );
    }
    const { answer, body } = read.value;
    if (answer.status === 204) return ok({ kind: 'loading' });
    if (answer.status === 209) return ok({ kind: 'notYet' });
    const batch = answer.status === 200 ? toHostBatch(body, `${rollout}/${stage}_${number}`, report) : undefined;
    if (batch === undefined) return fail({ kind: 'malformed', service, operation, detail: 'unexpected form' });
    return ok({ kind: 'batch', batch });
  }

  async function follow(
    signal: AbortSignal,
    onEvent: (event: RolloutEvent) => void,
    heard: () => void,
  ): Promise<Failure> {
    const operation = 'follow rollouts';
    const ended = (kind: Failure['kind'], cause?: unknown): Failure => ({ kind, service, operation, cause });
    const url = at('/api/v2/sse');
    const opened = await http.stream({ service, operation, url, signal, headers: { Accept: 'text/event-stream' } });
    if (!opened.ok) return opened.failure;
    const { body } = opened.value;
    const type = opened.value.headers.get('content-type') ?? '';
    if (body === null || !type.startsWith('text/event-stream')) return ended('malformed');
    const parser = createParser({
      onEvent: ({ event, data }) => {
        const read = toEvent(event, data, report);
        if (read === undefined) log(`an event of the rollout stream could not be read: ${event ?? 'without a name'}`);
        else if (read !== 'ignored') {
          if ('unreadable' in read) tellUnreadable(read.unreadable);
          onEvent(read);
        }
      },
    });
    const decoder = new TextDecoder();
    let unfinished = 0;
    try {
      for await (const chunk of body) {
        heard();
        // An event ends with an empty line. One that never ends would fill the memory.
        unfinished = endsEvent(chunk) ? 0 : unfinished + chunk.byteLength;
        if (unfinished > longestEvent) {
          log(`an event of the rollout stream is longer than ${longestEvent / 1024 / 1024} MB: the stream is closed`);
          return { ...ended('malformed'), detail: 'an event does not end' };
        }
        parser.feed(decoder.decode(chunk, { stream: true }));
      }
      return ended(signal.aborted ? 'cancelled' : 'streamEnded');
    } catch (cause) {
      return ended(signal.aborted ? 'cancelled' : 'streamEnded', cause);
    }
  }

  return { state, hostBatch, follow };
}

/** A full state is under 1 MB (rollout-dashboard.md 1.2): this is far more, and far less than harms. */
const longestEvent = 6 * 1024 * 1024;

/** Whether a chunk holds the end of an event: two line ends in a row (LF only: rollout-dashboard.md 1.2). */
function endsEvent(chunk: Uint8Array): boolean {
  for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) {
    if (chunk[at + 1] === 10 || (at === 0 && chunk.byteLength === 1)) return true;
  }
  return false;
}

/** One event; `ignored` for names that we do not need, undefined for what cannot be read. */
function toEvent(name: string | undefined, data: string, report: Report): RolloutEvent | 'ignored' | undefined {
  let raw: unknown;
  try {
    raw = parseAtOnce(data);
  } catch {
    // Told by the caller: one bad event does not end the stream.
    return undefined;
  }
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
      const detail = message.split('\n')[0]?.slice(0, 300) ?? '';
      const ofAirflow = airflowFailure('follow rollouts', code, detail);
      if (ofAirflow !== undefined) return { type: 'error', failure: ofAirflow };
      const kind = kindOfStatus(code) === 'rateLimited' ? 'rateLimited' : 'streamEnded';
      return { type: 'error', failure: { kind, service, operation: 'follow rollouts', status: code, detail } };
    }
    default:
      return 'ignored';
  }
}

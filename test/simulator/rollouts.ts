import type { ServerResponse } from 'node:http';
import type { SimRequest, SimService } from './service.ts';
import { guestRevision, rcName, subnets, type World } from './world.ts';
import { boundaryKind, conf, guestKind, header, hostKind, type Rollout } from './rollouts/rollout.ts';
import { hostBatch, hostRollout, type HostBatchAnswer, type HostChanges } from './rollouts/hostOs.ts';
import { boundaryBatches } from './rollouts/nodes.ts';
import { finished, guestRollout, type GuestChanges } from './rollouts/guestOs.ts';

// The rollout dashboard's v2 API (rollout-dashboard.md 1): the whole state, the event stream, their errors as plain text.
// One GuestOS rollout half way with one subnet in trouble, the API boundary rollout of this week, HostOS in its main
// stage, and older ones. Batches are serial, the subnets of a batch move in lockstep (section 2.4).

const keepaliveMs = 5_000;

type BatchParts = readonly [kind: string, run: string, stage: string, number: string];

/** The detail of a HostOS batch, and its stream. */
const batchPath = /^\/api\/v2\/rollouts\/([^/]+)\/([^/]+)\/stages\/([^/]+)\/batches\/([^/]+)(\/sse)?$/;

interface State {
  readonly rollouts: Rollout[];
  readonly rollout_engine_states: Record<string, string>;
}

export function createRolloutsService(world: World): SimService {
  /** States that a test has set, by `rollout/batch/subnet`. */
  const forced = new Map<string, string>();
  /** How often each rollout has changed, by its key: deltas are sent by it alone. */
  const counted = new Map<string, { print: string; count: number }>();
  const held = new Map<number, number>();
  const skipped = new Set<string>();
  const givenUpAt: { guest: number | undefined; host: number | undefined } = { guest: undefined, host: undefined };
  const switches = {
    uncounted: false,
    loading: false,
    silence: false,
    engines: { [boundaryKind]: 'active', [hostKind]: 'active', [guestKind]: 'active' } as Record<string, string>,
    streamError: undefined as { code: number; message: string } | undefined,
    frozen: undefined as State | undefined,
  };
  const streams = new Set<{ response: ServerResponse; sent: Map<string, number>; engines: string; error: string }>();
  /** The streams of single batches, and what sends a change to each. */
  const batchStreams = new Map<ServerResponse, () => void>();
  const keepAlive = (): void => {
    const open = [...[...streams].map(({ response }) => response), ...batchStreams.keys()];
    for (const response of open) if (!switches.silence) response.write(': keepalive\n\n');
  };
  const beat = setInterval(keepAlive, keepaliveMs);
  const cycle = setInterval(sendChanges, 1_000);
  beat.unref();
  cycle.unref();

  function state(): State {
    if (switches.frozen !== undefined) return switches.frozen;
    // While a workflow cannot be loaded none of its rollouts are listed (0.1).
    const guest: GuestChanges = { held, givenUpAt: givenUpAt.guest };
    const listed = rollouts(world, forced, guest, hostChanges())
      .filter(({ kind }) => switches.engines[kind] !== 'broken')
      .map((rollout) => ({ ...rollout, update_count: rollout.update_count + countOf(rollout) }));
    return { rollouts: listed, rollout_engine_states: switches.engines };
  }

  function hostChanges(): HostChanges {
    return { skipped, givenUpAt: givenUpAt.host };
  }

  /** What changes while `uncounted` is on does not change the count, as the order of Airflow's tasks does not (0.1). */
  function countOf(rollout: Rollout): number {
    const print = fingerprint(rollout);
    const known = counted.get(keyOf(rollout));
    const isSame = known === undefined || known.print === print || switches.uncounted;
    const count = (known?.count ?? 0) + (isSame ? 0 : 1);
    counted.set(keyOf(rollout), { print, count });
    return count;
  }

  function send(response: ServerResponse, event: string, data: unknown): void {
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  function sendChanges(): void {
    for (const send of batchStreams.values()) send();
    for (const stream of streams) {
      const error = switches.streamError === undefined ? '' : JSON.stringify(switches.streamError);
      if (error !== '') {
        if (error !== stream.error) send(stream.response, 'Error', { ...switches.streamError, permanent: false });
        stream.error = error;
        continue;
      }
      const now = state();
      if (stream.error !== '' || stream.sent.size === 0) send(stream.response, 'State', now);
      else {
        const updated = now.rollouts.filter((each) => stream.sent.get(keyOf(each)) !== each.update_count);
        const deleted = [...stream.sent.keys()]
          .filter((key) => !now.rollouts.some((each) => keyOf(each) === key))
          .map((key) => ({ kind: key.split('/')[0], name: key.slice(key.indexOf('/') + 1) }));
        if (updated.length + deleted.length > 0) send(stream.response, 'RolloutsDelta', { updated, deleted });
        const engines = JSON.stringify(now.rollout_engine_states);
        if (engines !== stream.engines) send(stream.response, 'RolloutEngineStates', now.rollout_engine_states);
      }
      stream.error = '';
      stream.engines = JSON.stringify(now.rollout_engine_states);
      stream.sent = new Map(now.rollouts.map((each) => [keyOf(each), each.update_count]));
    }
  }

  function follow(request: SimRequest, response: ServerResponse): void {
    const incremental = request.url.searchParams.get('incremental') ?? 'true';
    if (!['true', 'false', ''].includes(incremental)) return plain(response, 400, 'Failed to deserialize query string');
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    const stream = { response, sent: new Map<string, number>(), engines: '', error: '' };
    streams.add(stream);
    response.on('close', () => streams.delete(stream));
    if (switches.loading) {
      send(response, 'Error', { code: 204, message: 'Backend has not yet fetched rollouts', permanent: false });
    } else sendChanges();
  }

  function answerBatch(
    response: ServerResponse,
    [kind = '', run = '', stage = '', number = '', stream]: string[],
  ): void {
    if (stream === '/sse') return followBatch(response, [kind, run, stage, number]);
    if (switches.loading) return void response.writeHead(204).end();
    const answer = batchNow([kind, run, stage, number]);
    if ('body' in answer) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
    } else plain(response, answer.status, answer.text);
  }

  function batchNow(parts: BatchParts): HostBatchAnswer {
    const { streamError } = switches;
    // Whatever Airflow answered, it is 500 here (1.1).
    if (streamError !== undefined) {
      return { status: 500, text: `Cannot gather rollout data: ${streamError.message}` };
    }
    return hostBatch(world, parts, hostChanges());
  }

  /** The stream of one batch: its whole detail whenever it changed. A permanent error ends it. */
  function followBatch(response: ServerResponse, parts: BatchParts): void {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    let sent = '';
    const sendBatch = (): void => {
      if (switches.loading) return;
      const answer = batchNow(parts);
      const said = JSON.stringify(answer);
      if (said === sent) return;
      sent = said;
      if ('body' in answer) return send(response, 'BatchResponse', answer.body);
      const { status: code, text: message } = answer;
      const permanent = code >= 400 && code !== 500;
      send(response, 'Error', { code, message, permanent });
      if (permanent) response.end();
    };
    batchStreams.set(response, sendBatch);
    response.on('close', () => batchStreams.delete(response));
    sendBatch();
  }

  return {
    name: 'rollouts',
    handle(request, response) {
      if (request.method !== 'GET' && request.method !== 'HEAD') {
        plain(response, 405, '');
        return;
      }
      switch (request.url.pathname) {
        case '/api/v2/state':
          if (switches.loading) return void response.writeHead(204).end();
          if (switches.streamError !== undefined) {
            plain(response, switches.streamError.code, switches.streamError.message);
            return;
          }
          return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(state()));
        case '/api/v2/sse': {
          follow(request, response);
          return;
        }
        default: {
          const batch = batchPath.exec(request.url.pathname);
          if (batch === null) plain(response, 404, '');
          else {
            const [, ...parts] = batch.map((part) => decodeURIComponent(part));
            answerBatch(response, parts);
          }
          return;
        }
      }
    },
    /** `setCell` {batch, subnet (its first letters), state}, `streamError` {code, message} or null, `streamStop`, `silence`, `loading`, `engines`, `frozen` (the last state is served for ever: 0.1), `hold` {batch, minutes} (a batch that is late), `skip` (a HostOS batch: "main_12"), `giveUp` "guest" or "host", `touch` (a rollout's key: its count alone changes), `uncounted` (changes make no delta). */
    configure(name, value) {
      switch (name) {
        case 'setCell': {
          const { batch, subnet, state: to } = value as { batch: number; subnet: string; state: string };
          const id = subnets.find((each) => each.startsWith(subnet));
          if (id === undefined) throw new Error(`no subnet ${subnet}`);
          forced.set(`${batch}/${id}`, to);
          break;
        }
        case 'hold': {
          const { batch, minutes } = value as { batch: number; minutes: number };
          held.set(batch, minutes);
          break;
        }
        case 'skip':
          skipped.add(value as string);
          break;
        case 'giveUp':
          givenUpAt[value as 'guest' | 'host'] = world.now();
          break;
        case 'touch': {
          const known = counted.get(value as string);
          if (known !== undefined) known.count++;
          break;
        }
        case 'streamError':
          switches.streamError = (value ?? undefined) as typeof switches.streamError;
          break;
        case 'streamStop':
          for (const { response } of streams) response.destroy();
          for (const response of batchStreams.keys()) response.destroy();
          break;
        case 'silence':
        case 'loading':
        case 'uncounted':
          switches[name] = value === true;
          break;
        case 'frozen':
          switches.frozen = value === true ? structuredClone(state()) : undefined;
          break;
        case 'engines':
          switches.engines = { ...switches.engines, ...(value as Record<string, string>) };
          break;
        default:
          throw new Error(`rollouts has no switch ${name}`);
      }
      sendChanges();
    },
    // Where time passes in steps of a few seconds, a live connection sends as much as in real time.
    advanced: () => {
      sendChanges();
      keepAlive();
    },
    dispose() {
      clearInterval(beat);
      clearInterval(cycle);
      for (const { response } of streams) response.destroy();
      for (const response of batchStreams.keys()) response.destroy();
    },
  };
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}

function keyOf(rollout: Rollout): string {
  return `${rollout.kind}/${rollout.name}`;
}

/** What makes a change that is counted: neither `last_scheduling_decision` nor `conf` does (rollout-dashboard.md 0.7). */
function fingerprint(rollout: Rollout): string {
  return JSON.stringify({ ...rollout, last_scheduling_decision: null, conf: null, update_count: 0 });
}

function rollouts(
  world: World,
  forced: ReadonlyMap<string, string>,
  guest: GuestChanges,
  host: HostChanges,
): Rollout[] {
  const older: Rollout[] = [
    hostRollout(world, host),
    { ...header(world, boundaryKind, rcName, '2026-08-23T18:03:13Z', 'complete'), batches: boundaryBatches(world), conf: conf(guestRevision) },
    guestRollout(world, forced, guest),
    finished(world, 'rc--2026-08-13_03-55', '2026-08-16T18:02:47Z', '59c42492cd6ee3ef5e60cd35d7b766e7bfd085da', null),
    finished(world, 'rc--2026-08-06_04-21', '2026-08-09T18:03:01Z', 'fffab354a5cf76bf40ea3e0742de29e293277ff3', '`io67a` and `shefu` get the **revert_dmt** build this week, see the feature sheet.'),
  ]; // prettier-ignore
  return older;
}

import type { ServerResponse } from 'node:http';
import type { SimRequest, SimService } from './service.ts';
import { guestRevision, rcName, subnets, troubledSubnet, type World } from './world.ts';

// The rollout dashboard's v2 API (rollout-dashboard.md 1): the whole state, the event stream, their errors as plain text.
// One GuestOS rollout half way with one subnet in trouble, the API boundary rollout of this week, HostOS in its main
// stage, and older ones. Batches are serial, the subnets of a batch move in lockstep (section 2.4).

type Cell = { subnet_id: string; git_revision: string; state: string; comment: string; display_url: string };
interface GuestBatch {
  planned_start_time: string;
  actual_start_time: string | null;
  end_time: string | null;
  subnets: Cell[];
}
interface Rollout {
  name: string;
  display_url: string;
  note: string | null;
  dispatch_time: string;
  last_scheduling_decision: string | null;
  update_count: number;
  kind: string;
  state: string;
  batches?: Record<string, unknown>;
  stages?: Record<string, Record<string, unknown>> | null;
  conf: Record<string, unknown>;
}

const guestKind = 'rollout_ic_os_to_mainnet_subnets';
const boundaryKind = 'rollout_ic_os_to_mainnet_api_boundary_nodes';
const hostKind = 'rollout_ic_os_to_mainnet_nodes';
const airflow = 'https://airflow.ch1-rel1.dfinity.network';
const keepaliveMs = 5_000;
/** What a subnet goes through, and how many minutes after its batch began it gets there. */
const course: readonly (readonly [state: string, task: string, minutes: number])[] = [
  ['waiting', 'wait_for_preconditions', 0],
  ['proposing', 'create_proposal_if_none_exists', 1],
  ['waiting_for_election', 'wait_until_proposal_is_accepted', 2],
  ['waiting_for_adoption', 'wait_for_replica_revision', 14],
  ['waiting_for_alerts_gone', 'wait_until_no_alerts', 30],
  ['complete', 'join', 46],
];
/** Planned starts (UTC of the written week) of the 22 batches and how many subnets each has. */
const plan: readonly (readonly [number: number, start: string, subnets: number])[] = [
  [1, '2026-08-24T09:00:00Z', 2], [2, '2026-08-24T11:00:00Z', 2], [3, '2026-08-24T13:00:00Z', 2],
  [4, '2026-08-25T07:00:00Z', 3], [5, '2026-08-25T09:00:00Z', 3], [6, '2026-08-25T11:00:00Z', 3],
  [7, '2026-08-25T13:00:00Z', 2], [8, '2026-08-25T15:00:00Z', 1], [9, '2026-08-26T07:00:00Z', 3],
  [10, '2026-08-26T09:00:00Z', 3], [11, '2026-08-26T11:00:00Z', 3], [12, '2026-08-26T13:00:00Z', 3],
  [13, '2026-08-26T15:00:00Z', 3], [14, '2026-08-27T07:00:00Z', 2], [15, '2026-08-27T08:00:00Z', 1],
  [16, '2026-08-27T09:00:00Z', 3], [17, '2026-08-27T11:00:00Z', 2], [18, '2026-08-27T12:00:00Z', 1],
  [19, '2026-08-27T13:00:00Z', 3], [20, '2026-08-27T14:00:00Z', 2], [21, '2026-08-27T15:00:00Z', 1],
  [30, '2026-08-31T07:00:00Z', 1],
]; // prettier-ignore

export function createRolloutsService(world: World): SimService {
  /** States that a test has set, by `rollout/batch/subnet`. */
  const forced = new Map<string, string>();
  const switches = {
    loading: false,
    silence: false,
    engines: { [boundaryKind]: 'active', [hostKind]: 'active', [guestKind]: 'active' } as Record<string, string>,
    streamError: undefined as { code: number; message: string } | undefined,
  };
  const streams = new Set<{ response: ServerResponse; sent: Map<string, string>; engines: string; error: string }>();
  const beat = setInterval(() => {
    for (const { response } of streams) if (!switches.silence) response.write(': keepalive\n\n');
  }, keepaliveMs);
  const cycle = setInterval(sendChanges, 1_000);
  beat.unref();
  cycle.unref();

  function state(): { rollouts: Rollout[]; rollout_engine_states: Record<string, string> } {
    return { rollouts: rollouts(world, forced), rollout_engine_states: switches.engines };
  }

  function send(response: ServerResponse, event: string, data: unknown): void {
    response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  function sendChanges(): void {
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
        const updated = now.rollouts.filter((each) => stream.sent.get(keyOf(each)) !== fingerprint(each));
        const deleted = [...stream.sent.keys()]
          .filter((key) => !now.rollouts.some((each) => keyOf(each) === key))
          .map((key) => ({ kind: key.split('/')[0], name: key.slice(key.indexOf('/') + 1) }));
        if (updated.length + deleted.length > 0) send(stream.response, 'RolloutsDelta', { updated, deleted });
        const engines = JSON.stringify(now.rollout_engine_states);
        if (engines !== stream.engines) send(stream.response, 'RolloutEngineStates', now.rollout_engine_states);
      }
      stream.error = '';
      stream.engines = JSON.stringify(now.rollout_engine_states);
      stream.sent = new Map(now.rollouts.map((each) => [keyOf(each), fingerprint(each)]));
    }
  }

  function follow(request: SimRequest, response: ServerResponse): void {
    const incremental = request.url.searchParams.get('incremental') ?? 'true';
    if (!['true', 'false', ''].includes(incremental)) return plain(response, 400, 'Failed to deserialize query string');
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    const stream = { response, sent: new Map<string, string>(), engines: '', error: '' };
    streams.add(stream);
    response.on('close', () => streams.delete(stream));
    if (switches.loading) {
      send(response, 'Error', { code: 204, message: 'Backend has not yet fetched rollouts', permanent: false });
    } else sendChanges();
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
          plain(response, 404, '');
          return;
        }
      }
    },
    /** `setCell` {batch, subnet (its first letters), state}, `streamError` {code, message} or null, `streamStop`, `silence`, `loading`, `engines`. */
    configure(name, value) {
      switch (name) {
        case 'setCell': {
          const { batch, subnet, state: to } = value as { batch: number; subnet: string; state: string };
          const id = subnets.find((each) => each.startsWith(subnet));
          if (id === undefined) throw new Error(`no subnet ${subnet}`);
          forced.set(`${batch}/${id}`, to);
          break;
        }
        case 'streamError':
          switches.streamError = (value ?? undefined) as typeof switches.streamError;
          break;
        case 'streamStop':
          for (const { response } of streams) response.destroy();
          break;
        case 'silence':
        case 'loading':
          switches[name] = value === true;
          break;
        case 'engines':
          switches.engines = { ...switches.engines, ...(value as Record<string, string>) };
          break;
        default:
          throw new Error(`rollouts has no switch ${name}`);
      }
      sendChanges();
    },
    advanced: sendChanges,
    dispose() {
      clearInterval(beat);
      clearInterval(cycle);
      for (const { response } of streams) response.destroy();
    },
  };
}

function plain(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
}

function keyOf(rollout: Rollout): string {
  return `${rollout.kind}/${rollout.name}`;
}

/** What makes a change: neither `last_scheduling_decision` nor `conf` does (rollout-dashboard.md 0.7). */
function fingerprint(rollout: Rollout): string {
  return JSON.stringify({ ...rollout, last_scheduling_decision: null, conf: null, update_count: 0 });
}

function iso(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, -1)}000Z`;
}

function link(kind: string, run: string, task?: string): string {
  const query = new URLSearchParams({ dag_run_id: run, ...(task === undefined ? {} : { task_id: task, tab: 'logs' }) });
  return `${airflow}/dags/${kind}/grid?${query}`;
}

function rollouts(world: World, forced: ReadonlyMap<string, string>): Rollout[] {
  const older: Rollout[] = [
    { ...header(world, hostKind, 'rc--2026-08-13_03-55', '2026-08-25T06:41:07Z', 'main'), stages: hostStages(world), conf: conf('59c42492cd6ee3ef5e60cd35d7b766e7bfd085da') },
    { ...header(world, boundaryKind, rcName, '2026-08-23T18:03:13Z', 'complete'), batches: boundaryBatches(world), conf: conf(guestRevision) },
    guestRollout(world, forced),
    finished(world, 'rc--2026-08-13_03-55', '2026-08-16T18:02:47Z', '59c42492cd6ee3ef5e60cd35d7b766e7bfd085da', null),
    finished(world, 'rc--2026-08-06_04-21', '2026-08-09T18:03:01Z', 'fffab354a5cf76bf40ea3e0742de29e293277ff3', '`io67a` and `shefu` get the **revert_dmt** build this week, see the feature sheet.'),
  ]; // prettier-ignore
  return older;
}

function conf(revision: string): Record<string, unknown> {
  return { git_revision: revision, simulate: false };
}

function header(
  world: World,
  kind: string,
  name: string,
  dispatched: string,
  state: string,
): Omit<Rollout, 'conf' | 'batches' | 'stages'> {
  const running = state !== 'complete' && state !== 'failed';
  return {
    name,
    display_url: link(kind, name),
    note: null,
    dispatch_time: iso(world.at(dispatched)),
    last_scheduling_decision: iso(running ? world.now() - 9_000 : world.at(dispatched) + 6 * 86_400_000),
    update_count: 900 + Math.floor(Math.max(0, world.now() - world.startAt) / 60_000),
    kind,
    state,
  };
}

function guestRollout(world: World, forced: ReadonlyMap<string, string>): Rollout {
  const batches: Record<string, GuestBatch> = {};
  let freeAt = -Infinity;
  let first = 0;
  for (const [number, planned, count] of plan) {
    const members = number === 30 ? subnets.slice(-1) : subnets.slice(first, first + count);
    first += count;
    const plannedAt = world.at(planned);
    const startsAt = Math.max(plannedAt, freeAt) + 1_000;
    const { batch, endsAt } = guestBatch(world, number, plannedAt, startsAt, members, forced);
    batches[number] = batch;
    freeAt = endsAt;
  }
  const cells = Object.values(batches).flatMap((batch) => batch.subnets.map((subnet) => subnet.state));
  const state = cells.includes('error')
    ? 'problem'
    : cells.every((cell) => cell === 'complete')
      ? 'complete'
      : 'upgrading_subnets';
  return { ...header(world, guestKind, rcName, '2026-08-23T18:03:12Z', state), batches, conf: conf(guestRevision) };
}

function guestBatch(
  world: World,
  number: number,
  plannedAt: number,
  startsAt: number,
  members: readonly string[],
  forced: ReadonlyMap<string, string>,
): { batch: GuestBatch; endsAt: number } {
  const now = world.now();
  const minutes = (now - startsAt) / 60_000;
  // The subnet in trouble is retried until an hour and a half have passed.
  const held = number === 12 ? 90 : 0;
  const end = course.at(-1)?.[2] ?? 0;
  const endsAt = startsAt + (end + held) * 60_000;
  const done = now >= endsAt;
  const cells = members.map((id, index) => {
    const troubled = id === troubledSubnet && minutes >= 14 && minutes < held + 14;
    const reached = course.findLast(
      ([, , at]) => minutes >= (at >= 30 ? at + (number === 12 && index > 0 ? held : 0) : at),
    );
    const [state, task] = done ? ['complete', 'join'] : (reached ?? ['pending', 'collect_batch_subnets']);
    const own = state === 'complete' && !done ? 'waiting_for_alerts_gone' : state;
    const shown = forced.get(`${number}/${id}`) ?? (troubled ? 'error' : own);
    const word =
      shown === 'error'
        ? 'UpForRetry'
        : shown === 'complete'
          ? 'Success'
          : shown === 'pending'
            ? undefined
            : 'Deferred';
    const path = `batch_${number}.${task}`;
    const comment = word === undefined ? `Task ${path} has no known state` : `Task ${path}.${index} in state ${word}`;
    return {
      subnet_id: id,
      git_revision: guestRevision,
      state: shown,
      comment,
      display_url: `${link(guestKind, rcName, path)}&map_index=${index}`,
    };
  });
  const batch: GuestBatch = {
    planned_start_time: `${new Date(plannedAt).toISOString().slice(0, 19)}Z`,
    actual_start_time: now >= startsAt ? iso(startsAt) : null,
    end_time: done ? iso(endsAt) : null,
    subnets: cells,
  };
  return { batch, endsAt };
}

function finished(world: World, name: string, dispatched: string, revision: string, note: string | null): Rollout {
  const shift = Date.parse(dispatched) - Date.parse('2026-08-23T18:03:12Z');
  let first = 0;
  const batches = Object.fromEntries(
    plan.map(([number, planned, count]) => {
      const start = world.at(new Date(Date.parse(planned) + shift).toISOString());
      const members = number === 30 ? subnets.slice(-1) : subnets.slice(first, first + count);
      first += count;
      const task = `batch_${number}.join`;
      const cells = members.map((id, index) => ({
        subnet_id: id,
        git_revision: revision,
        state: 'complete',
        comment: `Task ${task} in state Success`,
        display_url: `${link(guestKind, name, task)}&map_index=${index}`,
      }));
      return [
        number,
        {
          planned_start_time: `${new Date(start).toISOString().slice(0, 19)}Z`,
          actual_start_time: iso(start + 2_000),
          end_time: iso(start + 47 * 60_000),
          subnets: cells,
        },
      ];
    }),
  );
  return { ...header(world, guestKind, name, dispatched, 'complete'), note, batches, conf: conf(revision) };
}

function boundaryBatches(world: World): Record<string, unknown> {
  const start = world.at('2026-08-26T07:00:00Z');
  return Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => {
      const task = `batch_${index + 1}.join`;
      const planned = start + index * 15 * 60_000;
      const node = subnets[index] ?? troubledSubnet;
      return [
        index + 1,
        {
          planned_start_time: `${new Date(planned).toISOString().slice(0, 19)}Z`,
          actual_start_time: iso(planned + 5_000),
          end_time: iso(planned + 14 * 60_000),
          state: 'complete',
          comment: `Task ${task} in state Success`,
          display_url: link(boundaryKind, rcName, task),
          api_boundary_nodes: [{ node_id: node }],
        },
      ];
    }),
  );
}

function hostStages(world: World): Record<string, Record<string, unknown>> {
  const run = 'rc--2026-08-13_03-55';
  const selectors = {
    assignment: 'unassigned',
    owner: 'DFINITY',
    nodes_per_group: 1,
    group_by: null,
    status: 'Healthy',
    datacenter: null,
    subnet_healthy_threshold: null,
  };
  const stage = (name: string, count: number, firstStart: string, nodes: number): Record<string, unknown> =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => {
        const planned = world.at(firstStart) + index * 3_600_000;
        const begun = world.now() >= planned;
        const done = world.now() >= planned + 55 * 60_000;
        const task = `${name}_${index + 1}.${done ? 'join' : begun ? 'wait_for_revision_adoption' : 'plan'}`;
        const state = done ? 'complete' : begun ? 'waiting_for_adoption' : 'pending';
        const comment = done
          ? `Task ${task} in state Success`
          : begun
            ? `Task ${task} in state UpForReschedule`
            : `Task ${task} has no known state`;
        return [
          index + 1,
          {
            planned_start_time: `${new Date(planned).toISOString().slice(0, 19)}Z`,
            actual_start_time: begun ? iso(planned + 3_000) : null,
            end_time: done ? iso(planned + 55 * 60_000) : null,
            state,
            comment,
            display_url: link(hostKind, run, task),
            planned_nodes: nodes,
            selectors,
            actual_nodes: begun ? nodes : null,
          },
        ];
      }),
    );
  return {
    canary: stage('canary', 4, '2026-08-25T07:00:00Z', 5),
    main: stage('main', 14, '2026-08-26T03:20:00Z', 42),
    unassigned: stage('unassigned', 3, '2026-08-27T07:00:00Z', 100),
    stragglers: {},
  };
}

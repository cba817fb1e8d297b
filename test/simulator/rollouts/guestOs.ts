import { guestRevision, rcName, subnets, troubledSubnet, type World } from '../world.ts';
import { conf, guestKind, header, iso, link, type Rollout } from './rollout.ts';

// The rollouts of GuestOS: this week's half way with one subnet in trouble, and older ones. Batches are serial, the subnets of
// a batch move in lockstep (rollout-dashboard.md 2.4).

type Cell = { subnet_id: string; git_revision: string; state: string; comment: string; display_url: string };

interface GuestBatch {
  planned_start_time: string;
  actual_start_time: string | null;
  end_time: string | null;
  subnets: Cell[];
}

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

/** What a test makes of the rollout. */
export interface GuestChanges {
  /** So many minutes a batch's first subnet fails again and again before it goes on, by the batch's number. */
  readonly held?: ReadonlyMap<number, number>;
  /** While Airflow has paused the workflow no batch begins. */
  readonly pauses?: readonly (readonly [from: number, to: number])[];
  /** When somebody marked the run as failed. */
  readonly givenUpAt?: number | undefined;
}

export function guestRollout(world: World, forced: ReadonlyMap<string, string>, changes: GuestChanges = {}): Rollout {
  const batches: Record<string, GuestBatch> = {};
  let freeAt = -Infinity;
  let first = 0;
  for (const [number, planned, count] of plan) {
    const members = number === 30 ? subnets.slice(-1) : subnets.slice(first, first + count);
    first += count;
    const plannedAt = world.at(planned);
    const readyAt = Math.max(plannedAt, freeAt);
    const pause = changes.pauses?.find(([from, to]) => readyAt >= from && readyAt < to);
    const startsAt = (pause?.[1] ?? readyAt) + 1_000;
    const isNext = world.now() >= freeAt;
    // The subnet in trouble is retried until an hour and a half have passed.
    const held = changes.held?.get(number) ?? (number === 12 ? 90 : 0);
    const start = { plannedAt, startsAt, isNext, held };
    const { batch, endsAt } = guestBatch(world, number, start, members, { forced, givenUpAt: changes.givenUpAt });
    batches[number] = batch;
    freeAt = endsAt;
  }
  const cells = Object.values(batches).flatMap((batch) => batch.subnets.map((subnet) => subnet.state));
  const state =
    changes.givenUpAt !== undefined
      ? 'failed'
      : cells.includes('error')
        ? 'problem'
        : cells.every((cell) => cell === 'complete')
          ? 'complete'
          : 'upgrading_subnets';
  return { ...header(world, guestKind, rcName, '2026-08-23T18:03:12Z', state), batches, conf: conf(guestRevision) };
}

/** When a batch is to begin and begins. `isNext`: the one before it has ended, so that it waits for its start (0.1). */
interface Start {
  readonly plannedAt: number;
  readonly startsAt: number;
  readonly isNext: boolean;
  /** For so many minutes a subnet of it is in trouble. */
  readonly held: number;
}

function guestBatch(
  world: World,
  number: number,
  { plannedAt, startsAt, isNext, held }: Start,
  members: readonly string[],
  { forced, givenUpAt }: { readonly forced: ReadonlyMap<string, string>; readonly givenUpAt: number | undefined },
): { batch: GuestBatch; endsAt: number } {
  const now = Math.min(world.now(), givenUpAt ?? Infinity);
  const minutes = (now - startsAt) / 60_000;
  const failing = number === 12 ? troubledSubnet : held > 0 ? members[0] : undefined;
  const end = course.at(-1)?.[2] ?? 0;
  const endsAt = startsAt + (end + held) * 60_000;
  const done = now >= endsAt;
  const cells = members.map((id, index) => {
    const troubled = id === failing && minutes >= 14 && minutes < held + 14;
    const reached = course.findLast(
      ([, , at]) => minutes >= (at >= 30 ? at + (number !== 12 || index > 0 ? held : 0) : at),
    );
    const [state, task] = done
      ? ['complete', 'join']
      : (reached ?? (isNext ? ['waiting', 'wait_until_start_time'] : ['pending', 'collect_batch_subnets']));
    const own = state === 'complete' && !done ? 'waiting_for_alerts_gone' : state;
    // Given up, what ran has failed, and nothing informs of the rest (2.3).
    const left = givenUpAt === undefined || done ? undefined : minutes >= 0 ? 'error' : 'unknown';
    const shown = forced.get(`${number}/${id}`) ?? left ?? (troubled ? 'error' : own);
    if (shown === 'unknown') {
      return { subnet_id: id, git_revision: guestRevision, state: shown, comment: '', display_url: '' };
    }
    const word =
      shown === 'error'
        ? left === undefined
          ? 'UpForRetry'
          : 'Failed'
        : shown === 'complete'
          ? 'Success'
          : shown === 'pending'
            ? undefined
            : 'Deferred';
    const path = `batch_${number}.${task}`;
    // Tasks for the batch as a whole have no index.
    const isMapped = task !== 'join' && task !== 'collect_batch_subnets';
    const named = isMapped ? `${path}.${index}` : path;
    const comment = word === undefined ? `Task ${named} has no known state` : `Task ${named} in state ${word}`;
    return {
      subnet_id: id,
      git_revision: guestRevision,
      state: shown,
      comment,
      display_url: `${link(guestKind, rcName, path)}${isMapped ? `&map_index=${index}` : ''}`,
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

export function finished(
  world: World,
  name: string,
  dispatched: string,
  revision: string,
  note: string | null,
): Rollout {
  const shift = Date.parse(dispatched) - Date.parse('2026-08-23T18:03:12Z');
  let first = 0;
  const batches = Object.fromEntries(
    plan.map(([number, planned, count]) => {
      const start = world.at(new Date(Date.parse(planned) + shift).toISOString());
      const members = number === 30 ? subnets.slice(-1) : subnets.slice(first, first + count);
      first += count;
      const task = `batch_${number}.join`;
      const cells = members.map((id) => ({
        subnet_id: id,
        git_revision: revision,
        state: 'complete',
        comment: `Task ${task} in state Success`,
        display_url: link(guestKind, name, task),
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

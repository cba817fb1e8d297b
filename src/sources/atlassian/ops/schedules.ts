import type { Failure } from '../../../domain/base/failure.ts';
import type { Listed } from '../../../domain/base/listed.ts';
import { fail, ok, type Result } from '../../../domain/base/result.ts';
import type { Person, Rotation, Shift } from '../../../domain/rotation/rotation.ts';
import { week, type Instant } from '../../../domain/base/time.ts';
import { namedBy } from '../../about.ts';
import { recordOf, rowsOf, type Report } from '../../records.ts';
import type { Atlassian } from '../connection.ts';
import type { People } from './people.ts';
import type { Responders } from './responders.ts';
import {
  compose,
  onCallPeople,
  restrictionsAt,
  toRotationPlan,
  type RotationPlan,
  toSchedule,
  toFinalTimeline,
} from './rotation.ts';
import { isServiceId, listOf, malformed, readList, refused } from './wire.ts';

/** Schedules and who holds them (atlassian.md 2.6). */
export interface Schedules {
  /**
   * A schedule by its exact name: its hours, who holds it, and the stretches of the coming weeks. `notFound` without a
   * status when there is none that the account may see.
   */
  rotation(name: string, role: string, signal?: AbortSignal): Promise<Result<Rotation, Failure>>;
  /** Everybody who takes part in a schedule's rotations, by name. */
  scheduleMembers(scheduleId: string, signal?: AbortSignal): Promise<Result<readonly Person[], Failure>>;
}

/** Long enough to hold the next shift of each in a team of seven who take turns by the week. */
const weeks = 8;

export function createSchedules(
  connection: Atlassian,
  people: People,
  responders: Responders,
  now: () => Instant,
): Schedules {
  const { report } = connection;

  async function find(name: string, signal: AbortSignal | undefined): Promise<Result<FoundSchedule, Failure>> {
    const operation = 'read schedule';
    const query = { query: name, size: 50, expand: 'rotation' };
    const read = await connection.ops({ operation, path: '/v1/schedules', query, signal });
    if (!read.ok) return read;
    const records = listOf(read.value);
    if (records === undefined) return malformed(operation);
    const wanted = name.toLowerCase();
    let areAllRead = true;
    for (const raw of records) {
      const schedule = toSchedule(raw, report);
      if (schedule?.name.toLowerCase() === wanted) return ok({ schedule, raw });
      areAllRead &&= schedule !== undefined;
    }
    // One that cannot be read may be it.
    if (!areAllRead) return malformed(operation);
    return fail({ kind: 'notFound', service: 'ops', operation, detail: name });
  }

  async function readTimeline(scheduleId: string, signal?: AbortSignal): Promise<Result<Listed<Shift>, Failure>> {
    const operation = 'read timeline';
    // The week before comes with the same request: who had which shift of a rollout that goes on.
    const date = new Date(now() - week).toISOString();
    const read = await connection.ops({
      operation,
      path: `${pathOf(scheduleId)}/timeline`,
      query: { interval: weeks + 1, intervalUnit: 'weeks', date },
      signal,
    });
    if (!read.ok) return read;
    const timeline = toFinalTimeline(read.value, report);
    return timeline === undefined ? malformed(operation) : ok(timeline);
  }

  async function readPlans(
    scheduleId: string,
    signal?: AbortSignal,
  ): Promise<Result<readonly RotationPlan[], Failure>> {
    const operation = 'list rotations';
    const path = `${pathOf(scheduleId)}/rotations`;
    const most = 1_000;
    const map = (raw: unknown): RotationPlan | undefined => toRotationPlan(raw, report);
    const read = await readList(connection, { operation, path, size: 50, pages: 'offset', most, map, signal });
    if (!read.ok) return read;
    // Hours that cannot be read must not be shown as "around the clock", nor people as "nobody".
    return read.value.skipped > 0 ? malformed(operation) : ok(read.value.records);
  }

  async function rotation(name: string, role: string, signal?: AbortSignal): Promise<Result<Rotation, Failure>> {
    const operation = 'read on-call';
    const found = await find(name, signal);
    if (!found.ok) return found;
    const { schedule, raw } = found.value;
    if (!isServiceId(schedule.id)) return malformed(operation);
    // The list has the rotations where the request says so (`expand`); where it does not, they are read.
    const expanded = plansIn(raw, report);
    const [onCall, timeline, plans] = await Promise.all([
      connection.ops({ operation, path: `${pathOf(schedule.id)}/on-calls`, query: { flat: 'true' }, signal }),
      readTimeline(schedule.id, signal),
      expanded === undefined ? readPlans(schedule.id, signal) : ok(expanded),
    ]);
    if (!onCall.ok) return onCall;
    if (!timeline.ok) return timeline;
    if (!plans.ok) return plans;
    const current = onCallPeople(onCall.value, report);
    if (current === undefined) return malformed(operation);
    const restrictions = restrictionsAt(plans.value, now());
    const nameOf = await names([...current, ...timeline.value.records.flatMap((shift) => shift.people)], signal);
    return ok(compose({ schedule, role, restrictions, current, timeline: timeline.value, nameOf }, now()));
  }

  /** Names of people and of teams by their ids. */
  async function names(
    holders: readonly Person[],
    signal: AbortSignal | undefined,
  ): Promise<(id: string) => string | undefined> {
    const ids = holders.flatMap(({ accountId, group }) => (group === undefined ? [accountId] : []));
    const teams = holders.flatMap(({ accountId: id, group }) => (group === 'team' ? [{ id, type: group }] : []));
    const [persons, groups] = await Promise.all([people.named(ids, signal), responders.responderNames(teams, signal)]);
    const known = new Map([...persons.map(({ accountId, name }) => [accountId, name] as const), ...groups]);
    return (id) => known.get(id);
  }

  async function scheduleMembers(
    scheduleId: string,
    signal?: AbortSignal,
  ): Promise<Result<readonly Person[], Failure>> {
    if (!isServiceId(scheduleId)) return refused('list rotations', 'not the id of a schedule');
    const plans = await readPlans(scheduleId, signal);
    if (!plans.ok) return plans;
    const ids = new Set(plans.value.flatMap(({ users }) => users));
    if (plans.value.some(({ groups }) => groups)) {
      const timeline = await readTimeline(scheduleId, signal);
      if (!timeline.ok) return timeline;
      for (const { people: holders } of timeline.value.records) {
        for (const { accountId, group } of holders) if (group === undefined) ids.add(accountId);
      }
    }
    const members = await people.named([...ids], signal);
    return ok(members.toSorted((one, other) => (one.name ?? '').localeCompare(other.name ?? '', 'en')));
  }

  return {
    rotation: async (name, role, signal) => namedBy('drDre.ops.schedules', await rotation(name, role, signal)),
    scheduleMembers,
  };
}

interface FoundSchedule {
  readonly schedule: NonNullable<ReturnType<typeof toSchedule>>;
  readonly raw: unknown;
}

function pathOf(scheduleId: string): string {
  return `/v1/schedules/${encodeURIComponent(scheduleId)}`;
}

/** The rotations that came with a schedule; undefined when none came or one is none. */
function plansIn(raw: unknown, report: Report): readonly RotationPlan[] | undefined {
  const rows = rowsOf(recordOf(raw)?.['rotations'])?.rows;
  const plans = rows?.map((each) => toRotationPlan(each, report)) ?? [undefined];
  return plans.every((plan) => plan !== undefined) ? plans : undefined;
}

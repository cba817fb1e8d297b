import * as z from 'zod/mini';
import type { Failure } from '../../../domain/base/failure.ts';
import { fail, ok, type Result } from '../../../domain/base/result.ts';
import type { Person, Rotation, Shift } from '../../../domain/rotation/rotation.ts';
import type { Instant } from '../../../domain/base/time.ts';
import type { Atlassian } from '../connection.ts';
import type { People } from './people.ts';
import {
  compose,
  nextOnCallIds,
  onCallIds,
  restrictionsAt,
  toRotationPlan,
  type RotationPlan,
  toSchedule,
  toShifts,
} from './rotation.ts';
import { isServiceId, listOf, malformed, readList, refused } from './wire.ts';

/** Schedules and who holds them (atlassian.md 2.6). */
export interface Schedules {
  /**
   * A schedule by its exact name: its hours, who holds it, and the stretches of the coming weeks. `notFound` without a
   * status when there is none that the account may see.
   */
  rotation(name: string, role: string, signal?: AbortSignal): Promise<Result<Rotation, Failure>>;
  /**
   * Who comes next by the service's own word, which says neither when nor for how long: for a schedule whose next change
   * lies beyond the weeks that `rotation` reads.
   */
  nextOnCall(scheduleId: string, signal?: AbortSignal): Promise<Result<readonly Person[], Failure>>;
  /** Everybody who takes part in a schedule's rotations, by name. */
  scheduleMembers(scheduleId: string, signal?: AbortSignal): Promise<Result<readonly Person[], Failure>>;
}

/** Long enough to hold the next shift of each in a team of seven who take turns by the week. */
const weeks = 8;

export function createSchedules(connection: Atlassian, people: People, now: () => Instant): Schedules {
  async function find(name: string, signal: AbortSignal | undefined): Promise<Result<Found, Failure>> {
    const operation = 'read schedule';
    const query = { query: name, size: 50, expand: 'rotation' };
    const read = await connection.ops({ operation, path: '/v1/schedules', query, signal });
    if (!read.ok) return read;
    const records = listOf(read.value);
    if (records === undefined) return malformed(operation);
    const wanted = name.toLowerCase();
    for (const raw of records) {
      const schedule = toSchedule(raw);
      if (schedule?.name.toLowerCase() === wanted) return ok({ schedule, raw });
    }
    return fail({ kind: 'notFound', service: 'ops', operation, detail: name });
  }

  async function readShifts(scheduleId: string, signal?: AbortSignal): Promise<Result<readonly Shift[], Failure>> {
    const operation = 'read timeline';
    const date = new Date(now()).toISOString();
    const read = await connection.ops({
      operation,
      path: `${pathOf(scheduleId)}/timeline`,
      query: { interval: weeks, intervalUnit: 'weeks', date },
      signal,
    });
    if (!read.ok) return read;
    const shifts = toShifts(read.value);
    return shifts === undefined ? malformed(operation) : ok(shifts);
  }

  async function readPlans(
    scheduleId: string,
    signal?: AbortSignal,
  ): Promise<Result<readonly RotationPlan[], Failure>> {
    const operation = 'list rotations';
    const path = `${pathOf(scheduleId)}/rotations`;
    const most = 1_000;
    const map = toRotationPlan;
    const read = await readList(connection, { operation, path, size: 50, pages: 'offset', most, map, signal });
    if (!read.ok) return read;
    // Hours that cannot be read must not look like "around the clock", nor people like "nobody".
    return read.value.skipped > 0 ? malformed(operation) : ok(read.value.records);
  }

  async function rotation(name: string, role: string, signal?: AbortSignal): Promise<Result<Rotation, Failure>> {
    const operation = 'read on-call';
    const found = await find(name, signal);
    if (!found.ok) return found;
    const { schedule, raw } = found.value;
    if (!isServiceId(schedule.id)) return malformed(operation);
    // The list gives the rotations along where it is asked to (`expand`); where it does not, they are read.
    const expanded = plansIn(raw);
    const [onCall, shifts, plans] = await Promise.all([
      connection.ops({ operation, path: `${pathOf(schedule.id)}/on-calls`, query: { flat: 'true' }, signal }),
      readShifts(schedule.id, signal),
      expanded === undefined ? readPlans(schedule.id, signal) : ok(expanded),
    ]);
    if (!onCall.ok) return onCall;
    if (!shifts.ok) return shifts;
    if (!plans.ok) return plans;
    const current = onCallIds(onCall.value);
    if (current === undefined) return malformed(operation);
    const ids = [...current, ...shifts.value.flatMap((shift) => shift.people.map((person) => person.accountId))];
    const known = new Map((await people.named(ids, signal)).map(({ accountId, name: shown }) => [accountId, shown]));
    const restrictions = restrictionsAt(plans.value, now());
    return ok(compose(schedule, role, restrictions, current, shifts.value, (id) => known.get(id), now()));
  }

  async function nextOnCall(scheduleId: string, signal?: AbortSignal): Promise<Result<readonly Person[], Failure>> {
    const operation = 'read who is next';
    if (!isServiceId(scheduleId)) return refused(operation, 'not the id of a schedule');
    const path = `${pathOf(scheduleId)}/next-on-calls`;
    const read = await connection.ops({ operation, path, query: { flat: 'true' }, signal });
    if (!read.ok) return read;
    const ids = nextOnCallIds(read.value);
    return ids === undefined ? malformed(operation) : ok(await people.named(ids, signal));
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
      const shifts = await readShifts(scheduleId, signal);
      if (!shifts.ok) return shifts;
      for (const shift of shifts.value) for (const person of shift.people) ids.add(person.accountId);
    }
    const members = await people.named([...ids], signal);
    return ok(members.toSorted((one, other) => (one.name ?? '').localeCompare(other.name ?? '', 'en')));
  }

  return { rotation, nextOnCall, scheduleMembers };
}

interface Found {
  readonly schedule: NonNullable<ReturnType<typeof toSchedule>>;
  readonly raw: unknown;
}

function pathOf(scheduleId: string): string {
  return `/v1/schedules/${encodeURIComponent(scheduleId)}`;
}

const plansSchema = z.object({ rotations: z.array(z.unknown()) });

/** The rotations that came with a schedule; undefined when none came or one cannot be read. */
function plansIn(raw: unknown): readonly RotationPlan[] | undefined {
  const parsed = plansSchema.safeParse(raw);
  const plans = parsed.success ? parsed.data.rotations.map(toRotationPlan) : [undefined];
  return plans.every((plan) => plan !== undefined) ? plans : undefined;
}

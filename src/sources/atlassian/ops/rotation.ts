import * as z from 'zod/mini';
import type { Person, Rotation, Shift } from '../../../domain/rotation.ts';
import { parseInstant, type Instant } from '../../../domain/time.ts';

const responderSchema = z.object({ id: z.optional(z.nullable(z.string())), type: z.string() });
const periodSchema = z.object({
  startDate: z.string(),
  endDate: z.string(),
  type: z.optional(z.nullable(z.string())),
  responder: z.optional(z.nullable(responderSchema)),
  flattenedResponders: z.optional(z.nullable(z.array(responderSchema))),
});
const timelineSchema = z.object({
  finalTimeline: z.object({
    rotations: z.array(z.object({ periods: z.optional(z.nullable(z.array(z.unknown()))) })),
  }),
});
const scheduleSchema = z.object({ id: z.string(), name: z.string(), timezone: z.optional(z.nullable(z.string())) });

/** A schedule's id, name and time zone; undefined when the record cannot be read. */
export function toSchedule(raw: unknown): { id: string; name: string; timeZone: string } | undefined {
  const parsed = scheduleSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  return { id: parsed.data.id, name: parsed.data.name, timeZone: parsed.data.timezone ?? 'UTC' };
}

/** The account ids on call, from either form of the answer (atlassian.md 2.6: reading one key only shows nobody). */
export function onCallIds(body: unknown): readonly string[] | undefined {
  const parsed = z
    .object({ onCallUsers: z.optional(z.array(z.string())), onCallParticipants: z.optional(z.array(z.unknown())) })
    .safeParse(body);
  if (!parsed.success) return undefined;
  if (parsed.data.onCallUsers !== undefined) return parsed.data.onCallUsers;
  return parsed.data.onCallParticipants?.flatMap(usersBelow);
}

function usersBelow(participant: unknown): string[] {
  const parsed = z
    .object({ id: z.string(), type: z.string(), onCallParticipants: z.optional(z.array(z.unknown())) })
    .safeParse(participant);
  if (!parsed.success) return [];
  const { id, type, onCallParticipants = [] } = parsed.data;
  return type === 'user' ? [id] : onCallParticipants.flatMap(usersBelow);
}

/** The stretches of the final timeline, earliest first; people without names yet. Undefined when it cannot be read. */
export function toShifts(body: unknown): readonly Shift[] | undefined {
  const parsed = timelineSchema.safeParse(body);
  if (!parsed.success) return undefined;
  const shifts = parsed.data.finalTimeline.rotations.flatMap(({ periods }) => (periods ?? []).flatMap(toShift));
  return shifts.sort((a, b) => a.start - b.start || a.end - b.end);
}

function toShift(raw: unknown): Shift[] {
  const parsed = periodSchema.safeParse(raw);
  if (!parsed.success) return [];
  const { startDate, endDate, type, responder, flattenedResponders } = parsed.data;
  const [start, end] = [parseInstant(startDate), parseInstant(endDate)];
  if (start === undefined || end === undefined || end <= start) return [];
  const responders = flattenedResponders ?? (responder === null || responder === undefined ? [] : [responder]);
  const people = responders.flatMap(({ id, type: kind }): Person[] =>
    kind === 'user' && typeof id === 'string' ? [{ accountId: id, name: undefined }] : [],
  );
  const known = (['base', 'override', 'forwarding', 'historical'] as const).find((each) => each === type);
  return [{ start, end, people, type: known ?? 'base' }];
}

/** What a schedule, its on-call answer and its timeline say together at an instant. */
export function compose(
  schedule: { readonly id: string; readonly name: string; readonly timeZone: string },
  role: string,
  current: readonly string[],
  shifts: readonly Shift[],
  nameOf: (accountId: string) => string | undefined,
  now: Instant,
): Rotation {
  const named = (people: readonly Person[]): readonly Person[] =>
    people.map(({ accountId }) => ({ accountId, name: nameOf(accountId) }));
  const coming = joined(shifts)
    .filter((shift) => shift.end > now)
    .map((shift) => ({ ...shift, people: named(shift.people) }));
  const running = coming.filter((shift) => shift.start <= now && sameIds(shift.people, current));
  const until = running.length === 0 ? undefined : Math.min(...running.map((shift) => shift.end));
  const following = coming.find(
    (shift) => shift.start > now && shift.people.length > 0 && !sameIds(shift.people, current),
  );
  return {
    id: schedule.id,
    name: schedule.name,
    role,
    timeZone: schedule.timeZone,
    restrictions: [],
    current: named(current.map((accountId) => ({ accountId, name: undefined }))),
    until,
    next: following === undefined ? undefined : { people: following.people, from: following.start },
    shifts: coming,
  };
}

function sameIds(people: readonly Person[], ids: readonly string[]): boolean {
  return people.length === ids.length && people.every((person) => ids.includes(person.accountId));
}

/** The service cuts a stretch at the present moment: what was and what comes of one shift are one again. */
function joined(shifts: readonly Shift[]): readonly Shift[] {
  const result: Shift[] = [];
  for (const shift of shifts) {
    const last = result.at(-1);
    const ids = shift.people.map((person) => person.accountId);
    if (last !== undefined && last.end === shift.start && sameIds(last.people, ids)) {
      result[result.length - 1] = {
        ...shift,
        start: last.start,
        type: shift.type === 'historical' ? last.type : shift.type,
      };
    } else result.push(shift);
  }
  return result;
}

import * as z from 'zod/mini';
import type { Override, Person, Rotation, Shift } from '../../../domain/rotation/rotation.ts';
import type { TimeRestriction } from '../../../domain/base/workingHours.ts';
import { stretches } from '../../../domain/rotation/shift.ts';
import { parseInstant, type Instant } from '../../../domain/base/time.ts';

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
const scheduleSchema = z.object({
  id: z.string(),
  name: z.string(),
  timezone: z.optional(z.nullable(z.string())),
  enabled: z.optional(z.nullable(z.boolean())),
});

/** What the service says of a schedule itself. */
export interface Schedule {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  /** Only when the service says so. */
  readonly disabled: boolean;
}

/** A schedule's id, name, time zone and whether it is switched off; undefined when the record cannot be read. */
export function toSchedule(raw: unknown): Schedule | undefined {
  const parsed = scheduleSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  const { id, name, timezone, enabled } = parsed.data;
  return { id, name, timeZone: timezone ?? 'UTC', disabled: enabled === false };
}

const hours = z.object({ startHour: z.number(), startMin: z.number(), endHour: z.number(), endMin: z.number() });
const weekday = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']);
const restrictionSchema = z.union([
  z.object({ restriction: hours }),
  z.object({ restrictions: z.array(z.extend(hours, { startDay: weekday, endDay: weekday })) }),
]);
const rotationSchema = z.object({
  startDate: z.optional(z.nullable(z.string())),
  endDate: z.optional(z.nullable(z.string())),
  participants: z.optional(z.nullable(z.array(responderSchema))),
  timeRestriction: z.optional(z.nullable(restrictionSchema)),
});

/** A rotation of a schedule as far as hours and people go; undefined when the record cannot be read. */
export interface RotationPlan {
  readonly start: Instant | undefined;
  readonly end: Instant | undefined;
  /** Account ids. */
  readonly users: readonly string[];
  /** Whether teams or escalations take part: their people stand in the timeline only. */
  readonly groups: boolean;
  readonly restrictions: readonly TimeRestriction[];
}

/** A rotation (atlassian.md 2.6), or undefined when the record cannot be read. */
export function toRotationPlan(raw: unknown): RotationPlan | undefined {
  const parsed = rotationSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  const { startDate, endDate, timeRestriction } = parsed.data;
  const participants = parsed.data.participants ?? [];
  return {
    start: parseInstant(startDate),
    end: parseInstant(endDate),
    users: participants.flatMap(({ id, type }) => (type === 'user' && typeof id === 'string' ? [id] : [])),
    groups: participants.some(({ type }) => type === 'team' || type === 'escalation'),
    restrictions: timeRestriction === null || timeRestriction === undefined ? [] : restrictionsOf(timeRestriction),
  };
}

function restrictionsOf(raw: z.infer<typeof restrictionSchema>): TimeRestriction[] {
  const all =
    'restriction' in raw ? [{ ...raw.restriction, startDay: undefined, endDay: undefined }] : raw.restrictions;
  return all.map(({ startDay, startHour, startMin, endDay, endHour, endMin }) => ({
    startDay,
    startHour,
    startMinute: startMin,
    endDay,
    endHour,
    endMinute: endMin,
  }));
}

/** The hours of a schedule: those of all its rotations that run at an instant; none if one of them is not restricted. */
export function restrictionsAt(plans: readonly RotationPlan[], at: Instant): readonly TimeRestriction[] {
  const running = plans.filter(({ start, end }) => (start ?? at) <= at && (end ?? Infinity) > at);
  const always = running.some(({ restrictions }) => restrictions.length === 0);
  return always ? [] : running.flatMap(({ restrictions }) => restrictions);
}

/** The account ids on call, from either form of the answer (atlassian.md 2.6: reading one key only shows nobody). */
export function onCallIds(body: unknown): readonly string[] | undefined {
  return idsIn(body, 'onCallUsers', 'onCallParticipants');
}

/** The account ids of those who come next, from either form of the answer. */
export function nextOnCallIds(body: unknown): readonly string[] | undefined {
  return idsIn(body, 'nextOnCallUsers', 'nextOnCallParticipants');
}

const anyRecord = z.record(z.string(), z.unknown());
const anyList = z.array(z.unknown());
const idList = z.array(z.string());
const participantSchema = z.object({
  id: z.string(),
  type: z.string(),
  onCallParticipants: z.optional(anyList),
  // The other name that those below have in the answer about who is next.
  nextOnCallParticipants: z.optional(anyList),
});

function idsIn(body: unknown, users: string, participants: string): readonly string[] | undefined {
  const parsed = anyRecord.safeParse(body);
  if (!parsed.success) return undefined;
  const flat = idList.safeParse(parsed.data[users]);
  if (flat.success) return flat.data;
  const tree = anyList.safeParse(parsed.data[participants]);
  return tree.success ? tree.data.flatMap(usersBelow) : undefined;
}

function usersBelow(participant: unknown): string[] {
  const parsed = participantSchema.safeParse(participant);
  if (!parsed.success) return [];
  const { id, type, onCallParticipants = [], nextOnCallParticipants = [] } = parsed.data;
  return type === 'user' ? [id] : [...onCallParticipants, ...nextOnCallParticipants].flatMap(usersBelow);
}

const overrideSchema = z.object({
  alias: z.string(),
  responder: responderSchema,
  startDate: z.string(),
  endDate: z.string(),
  rotationIds: z.optional(z.nullable(z.array(z.string()))),
});

/** An override, its person without a name yet; undefined when the record cannot be read. */
export function toOverride(raw: unknown): Override | undefined {
  const parsed = overrideSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  const { alias, responder, startDate, endDate, rotationIds } = parsed.data;
  const [start, end] = [parseInstant(startDate), parseInstant(endDate)];
  if (start === undefined || end === undefined) return undefined;
  const accountId = responder.type === 'user' ? responder.id : undefined;
  const person = typeof accountId === 'string' ? { accountId, name: undefined } : undefined;
  return { alias, person, start, end, rotationIds: rotationIds ?? [] };
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
  schedule: Schedule,
  role: string,
  restrictions: readonly TimeRestriction[],
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
  // Rotations side by side count together: what changes first, changes who is on call.
  const known = stretches(coming);
  const running = known.find(({ start, end, people }) => start <= now && now < end && sameIds(people, current));
  const following = known.find(({ start, people }) => start > now && !sameIds(people, current));
  return {
    id: schedule.id,
    name: schedule.name,
    role,
    ...(schedule.disabled ? { disabled: true } : {}),
    timeZone: schedule.timeZone,
    restrictions,
    current: named(current.map((accountId) => ({ accountId, name: undefined }))),
    until: running?.end,
    next: following === undefined ? undefined : { people: following.people, from: following.start },
    shifts: coming,
  };
}

function sameIds(people: readonly Person[], ids: readonly string[]): boolean {
  return people.length === ids.length && people.every((person) => ids.includes(person.accountId));
}

/**
 * The service cuts a stretch at the present moment: what was and what comes of one shift are one again. An override by the
 * one whose turn it is next stays a stretch of its own: it is there, and can be cancelled.
 */
function joined(shifts: readonly Shift[]): readonly Shift[] {
  const result: Shift[] = [];
  for (const shift of shifts) {
    const last = result.at(-1);
    const ids = shift.people.map((person) => person.accountId);
    const touches = last !== undefined && last.end === shift.start && sameIds(last.people, ids);
    if (touches && (last.type === shift.type || last.type === 'historical')) {
      result[result.length - 1] = { ...shift, start: last.start };
    } else result.push(shift);
  }
  return result;
}

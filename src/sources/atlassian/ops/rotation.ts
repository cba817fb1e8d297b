import * as z from 'zod/mini';
import { complete, isWhole, type Listed } from '../../../domain/base/listed.ts';
import { unnamed, type Override, type Person, type Rotation, type Shift } from '../../../domain/rotation/rotation.ts';
import { comingPeople, samePeople, stretches } from '../../../domain/rotation/shift.ts';
import type { Instant } from '../../../domain/base/time.ts';
import type { TimeRestriction } from '../../../domain/base/workingHours.ts';
import { each, flag, instant, readFields, recordOf, rowsOf, text, type Report } from '../../records.ts';

/** What the service says of a schedule itself. */
export interface OpsSchedule {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  /** Only when the service says so. */
  readonly disabled: boolean;
}

const scheduleFields = { timezone: text, enabled: flag };

/** A schedule's id, name, time zone and whether it is switched off; undefined for a record without id and name. */
export function toSchedule(raw: unknown, report: Report): OpsSchedule | undefined {
  const record = recordOf(raw) ?? {};
  const { id, name } = record;
  if (typeof id !== 'string' || typeof name !== 'string') {
    report.skipped('schedule', id, typeof id === 'string' ? 'name' : 'id');
    return undefined;
  }
  const { timezone, enabled } = readFields(record, scheduleFields, (field) => report.unclear('schedule', id, field));
  return { id, name, timeZone: timezone ?? 'UTC', disabled: enabled === false };
}

const hours = z.object({ startHour: z.number(), startMin: z.number(), endHour: z.number(), endMin: z.number() });
const weekday = z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']);
const restrictionSchema = z.union([
  z.object({ restriction: hours }),
  z.object({ restrictions: z.array(z.extend(hours, { startDay: weekday, endDay: weekday })) }),
]);
const rotationFields = { startDate: instant, endDate: instant, participants: each(z.unknown()) };

/** A rotation of a schedule as far as hours and people go. */
export interface RotationPlan {
  readonly start: Instant | undefined;
  readonly end: Instant | undefined;
  /** Account ids. */
  readonly users: readonly string[];
  /** Whether others than people take part, or some that cannot be read: their people stand in the timeline only. */
  readonly groups: boolean;
  /** Undefined: in a form that cannot be read. Empty: around the clock. */
  readonly restrictions: readonly TimeRestriction[] | undefined;
}

/** A rotation (atlassian.md 2.6); undefined for what is none at all. */
export function toRotationPlan(raw: unknown, report: Report): RotationPlan | undefined {
  const record = recordOf(raw);
  if (record === undefined) {
    report.skipped('rotation', undefined, 'id');
    return undefined;
  }
  const id = typeof record['id'] === 'string' ? record['id'] : '';
  const unclear = (field: string): void => report.unclear('rotation', id, field);
  const { startDate, endDate, participants } = readFields(record, rotationFields, unclear);
  const restriction = record['timeRestriction'];
  const restrictions = restriction === null || restriction === undefined ? [] : restrictionsOf(restriction);
  if (restrictions === undefined) unclear('timeRestriction');
  const holders = (participants ?? []).map((each) => toHolder(each, report));
  return {
    start: startDate,
    end: endDate,
    users: holders.flatMap((holder) => (holder !== 'noone' && holder.group === undefined ? [holder.accountId] : [])),
    groups: holders.some((holder) => holder !== 'noone' && holder.group !== undefined),
    restrictions,
  };
}

function restrictionsOf(raw: unknown): TimeRestriction[] | undefined {
  const parsed = restrictionSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  const { data } = parsed;
  const all =
    'restriction' in data ? [{ ...data.restriction, startDay: undefined, endDay: undefined }] : data.restrictions;
  return all.map(({ startDay, startHour, startMin, endDay, endHour, endMin }) => ({
    startDay,
    startHour,
    startMinute: startMin,
    endDay,
    endHour,
    endMinute: endMin,
  }));
}

/**
 * The hours of a schedule: those of all its rotations that run at an instant; none if one of them is not restricted.
 * Undefined: they are not all known.
 */
export function restrictionsAt(plans: readonly RotationPlan[], at: Instant): readonly TimeRestriction[] | undefined {
  const running = plans.filter(({ start, end }) => (start ?? at) <= at && (end ?? Infinity) > at);
  const all: TimeRestriction[] = [];
  for (const { restrictions } of running) {
    if (restrictions?.length === 0) return [];
    all.push(...(restrictions ?? []));
  }
  return running.some(({ restrictions }) => restrictions === undefined) ? undefined : all;
}

/** Who holds a turn: a person, a group whose people are not named, or known to be nobody. */
function toHolder(raw: unknown, report: Report): Person | 'noone' {
  const { id, type } = recordOf(raw) ?? {};
  const accountId = typeof id === 'string' ? id : '';
  switch (type) {
    case 'noone':
      return 'noone';
    case 'user':
      return accountId === '' ? unnamed : { accountId, name: undefined };
    case 'team':
    case 'escalation':
      return { accountId, name: undefined, group: type };
    default:
      if (typeof type === 'string') report.newWord('responder', accountId, 'type', type);
      return unnamed;
  }
}

/** Who is on call, from either form of the answer (atlassian.md 2.6: reading one key only shows nobody). */
export function onCallPeople(body: unknown, report: Report): readonly Person[] | undefined {
  const { onCallUsers, onCallParticipants } = recordOf(body) ?? {};
  const flat = rowsOf(onCallUsers);
  if (flat !== undefined) {
    return distinct(
      flat.rows.map((id) => (typeof id === 'string' && id !== '' ? { accountId: id, name: undefined } : unnamed)),
    );
  }
  const tree = rowsOf(onCallParticipants);
  return tree === undefined ? undefined : distinct(tree.rows.flatMap((each) => peopleBelow(each, report)));
}

/** Those below a team or an escalation; itself where it names none. */
function peopleBelow(raw: unknown, report: Report): readonly Person[] {
  const holder = toHolder(raw, report);
  if (holder === 'noone') return [];
  const below = rowsOf(recordOf(raw)?.['onCallParticipants'])?.rows ?? [];
  return holder.group === undefined || below.length === 0
    ? [holder]
    : below.flatMap((each) => peopleBelow(each, report));
}

function distinct(people: readonly Person[]): readonly Person[] {
  return [...new Map(people.map((person) => [person.accountId, person])).values()];
}

const overrideFields = { startDate: instant, endDate: instant, rotationIds: each(z.string()) };

/** An override, its person without a name yet; undefined for a record without alias or times. */
export function toOverride(raw: unknown, report: Report): Override | undefined {
  const record = recordOf(raw) ?? {};
  const { alias } = record;
  if (typeof alias !== 'string') {
    report.skipped('override', alias, 'alias');
    return undefined;
  }
  const found = readFields(record, overrideFields, (field) => report.unclear('override', alias, field));
  const { startDate: start, endDate: end, rotationIds } = found;
  if (start === undefined || end === undefined) {
    report.skipped('override', alias, start === undefined ? 'startDate' : 'endDate');
    return undefined;
  }
  const holder = toHolder(record['responder'], report);
  return { alias, person: holder === 'noone' ? undefined : holder, start, end, rotationIds: rotationIds ?? [] };
}

const periodFields = { startDate: instant, endDate: instant, type: text };

/**
 * The stretches of the final timeline, earliest first, people without names yet; undefined when it cannot be read. What a
 * timeline that is not whole does not name may be held by somebody.
 */
export function toFinalTimeline(body: unknown, report: Report): Listed<Shift> | undefined {
  const rotations = rowsOf(recordOf(recordOf(body)?.['finalTimeline'])?.['rotations']);
  if (rotations === undefined) return undefined;
  let skipped = 0;
  const shifts: Shift[] = [];
  for (const rotation of rotations.rows) {
    const periods = recordOf(rotation)?.['periods'];
    const rows = periods === undefined || periods === null ? [] : rowsOf(periods)?.rows;
    if (rows === undefined) {
      skipped++;
      report.unclear('timeline', '', 'periods');
    }
    for (const raw of rows ?? []) {
      const shift = toShift(raw, report);
      if (shift === undefined) skipped++;
      else if (shift !== 'empty') shifts.push(shift);
    }
  }
  return { records: shifts.sort((a, b) => a.start - b.start || a.end - b.end), skipped, completeness: complete };
}

const shiftTypes = ['base', 'override', 'forwarding', 'historical'] as const;

function toShift(raw: unknown, report: Report): Shift | 'empty' | undefined {
  const record = recordOf(raw) ?? {};
  const {
    startDate: start,
    endDate: end,
    type,
  } = readFields(record, periodFields, (field) => report.unclear('period of a timeline', '', field));
  if (start === undefined || end === undefined) {
    report.skipped('period of a timeline', '', start === undefined ? 'startDate' : 'endDate');
    return undefined;
  }
  if (end <= start) return 'empty';
  const known = shiftTypes.find((each) => each === type);
  if (known === undefined && type !== undefined) report.newWord('period of a timeline', '', 'type', type);
  return { start, end, people: peopleOf(record, report), type: known ?? 'base' };
}

/**
 * Those whom a period names (`flattenedResponders`), else who holds it. That nobody does is said by a responder of the type
 * `noone`, and by no period at all (atlassian.md 2.6); an empty list beside a responder says nothing.
 */
function peopleOf(
  { responder, flattenedResponders }: Readonly<Record<string, unknown>>,
  report: Report,
): readonly Person[] {
  const flat = rowsOf(flattenedResponders)?.rows ?? [];
  const isFlat = flat.length > 0;
  const holders = (isFlat ? flat : [responder]).map((each) => toHolder(each, report));
  return distinct(holders.filter((holder) => holder !== 'noone'));
}

/** What the answers about a schedule say. */
export interface ScheduleAnswers {
  readonly schedule: OpsSchedule;
  readonly role: string;
  /** Undefined: not all known. */
  readonly restrictions: readonly TimeRestriction[] | undefined;
  readonly current: readonly Person[];
  readonly timeline: Listed<Shift>;
  readonly nameOf: (id: string) => string | undefined;
}

/** What a schedule, its on-call answer and its timeline say together at an instant. */
export function compose(answers: ScheduleAnswers, now: Instant): Rotation {
  const { schedule, role, restrictions, timeline, nameOf } = answers;
  const named = (people: readonly Person[]): readonly Person[] =>
    people.map((person) => ({ ...person, name: nameOf(person.accountId) }));
  const current = named(answers.current);
  const shifts = joined(timeline.records).map((shift) => ({ ...shift, people: named(shift.people) }));
  const coming = shifts.filter(({ end }) => end > now);
  // Rotations side by side count together: what changes first, changes who is on call.
  const known = stretches(coming);
  const running = known.find(({ start, end, people }) => start <= now && now < end && samePeople(people, current));
  const following = known.find(({ start, people }) => start > now && comingPeople(people, current).length > 0);
  return {
    id: schedule.id,
    name: schedule.name,
    role,
    disabled: schedule.disabled,
    timeZone: schedule.timeZone,
    restrictions: restrictions ?? [],
    hoursNotTold: restrictions === undefined,
    partial: !isWhole(timeline),
    current,
    until: running?.end,
    next:
      following === undefined ? undefined : { people: comingPeople(following.people, current), from: following.start },
    shifts: coming,
    past: shifts.filter(({ end }) => end <= now),
  };
}

/**
 * The service cuts a stretch at the present moment: what was and what comes of one shift are one again. An override by the
 * one whose turn it is next stays a stretch of its own: it is there, and can be cancelled.
 */
function joined(shifts: readonly Shift[]): readonly Shift[] {
  const result: Shift[] = [];
  for (const shift of shifts) {
    const last = result.at(-1);
    const touches = last !== undefined && last.end === shift.start && samePeople(last.people, shift.people);
    if (touches && (last.type === shift.type || last.type === 'historical')) {
      result[result.length - 1] = { ...shift, start: last.start };
    } else result.push(shift);
  }
  return result;
}

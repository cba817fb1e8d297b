import type { Account } from '../base/account.ts';
import type { Person, Rotation, Shift } from './rotation.ts';
import { minute, without, type Instant, type Span } from '../base/time.ts';
import { hoursAt, hoursBetween, type HoursState } from '../base/workingHours.ts';

// Who holds a schedule at an instant, by what the service last said: its own word on who is on call now, for as long as
// that holds, and its timeline after it.

/** A stretch of time in which the same people are on call; never empty of people. */
export interface Stretch extends Span {
  readonly people: readonly Person[];
}

/** A schedule as it stands at an instant. */
export interface Holding {
  /** Who is on call. Empty: nobody. Undefined: what is known does not reach this far, or the service does not name anybody. */
  readonly onCall: readonly Person[] | undefined;
  /**
   * When one's own turn ends, of the account that is on call; else when somebody else takes over. Nights in between do
   * not count. Undefined when that is not known.
   */
  readonly until: Instant | undefined;
  /** Who comes next and when: those who are not on call now. */
  readonly next: { readonly people: readonly Person[]; readonly from: Instant } | undefined;
  readonly hours: HoursState;
  readonly mine: Mine;
}

/** What of a schedule concerns one person. */
export interface Mine {
  /** On call at this very instant; undefined when that is not known. */
  readonly onCall: boolean | undefined;
  /** The turn that lasts, with the nights in it. */
  readonly current: Span | undefined;
  /** The turn that comes, of a minute at least. */
  readonly next: Span | undefined;
}

/** How a schedule stands at an instant. `account` is the person signed in, if known. */
export function holding(rotation: Rotation, account: Account | undefined, now: Instant): Holding {
  const known = stretches(rotation.shifts);
  const onCall = onCallAt(rotation, now);
  const turn = turnsOf(known, (stretch) => onCall !== undefined && samePeople(stretch.people, onCall)).find(
    (span) => span.start <= now && now < span.end,
  );
  const mine = mineOf(rotation, known, account, now);
  const own = mine.onCall === true ? mine.current : undefined;
  const lasts = own ?? turn;
  const coming = known.find(
    ({ start, end, people }) =>
      start > now && end - start >= shortestSpan && comingPeople(people, onCall ?? []).length > 0,
  );
  const fallback = rotation.next !== undefined && rotation.next.from > now ? rotation.next : undefined;
  return {
    onCall,
    until: lasts === undefined ? later(rotation.until, now) : beforeHorizon(lasts.end, rotation),
    next: coming === undefined ? fallback : { people: comingPeople(coming.people, onCall ?? []), from: coming.start },
    hours: hoursAt(rotation, now),
    mine,
  };
}

/**
 * Who is on call at an instant that is not before the last reading: nobody is an empty list, undefined is not known.
 * Where the service names nobody and its own timeline names somebody, the timeline counts: it may have gone on since.
 */
export function onCallAt(rotation: Rotation, now: Instant): readonly Person[] | undefined {
  const { current, until, shifts } = rotation;
  if (until === undefined ? current.length > 0 : now < until) return current;
  const people = stretches(shifts).find((stretch) => stretch.start <= now && now < stretch.end)?.people;
  if (people !== undefined) return people;
  if (rotation.partial === true) return undefined;
  return shifts.length === 0 && until === undefined ? current : now < horizon(rotation) ? [] : undefined;
}

/**
 * Whether a person is on call at an instant; undefined when that is not known: a group may be on call with this person.
 */
export function isOnCall(rotation: Rotation, accountId: string, now: Instant): boolean | undefined {
  const people = onCallAt(rotation, now);
  if (people?.some((person) => person.group === undefined && person.accountId === accountId) === true) return true;
  return people === undefined || people.some(({ group }) => group !== undefined) ? undefined : false;
}

/** The schedules that a person can take: those that they are not known to hold. */
export function takeable(rotations: readonly Rotation[], account: Account, now: Instant): readonly Rotation[] {
  return rotations.filter((rotation) => holding(rotation, account, now).mine.onCall !== true);
}

/** Whether a person is known to hold all schedules that are known, so that there is none to take. */
export function holdsAll(rotations: readonly Rotation[], account: Account | undefined, now: Instant): boolean {
  return account !== undefined && rotations.length > 0 && takeable(rotations, account, now).length === 0;
}

/** Of those who are on call at some time, those who are not on call before. */
export function comingPeople(people: readonly Person[], before: readonly Person[]): readonly Person[] {
  return people.filter(({ accountId }) => !before.some((each) => each.accountId === accountId));
}

/** The next instant at which any of the schedules may stand otherwise than now; undefined when none is known. */
export function nextChange(rotations: Iterable<Rotation>, now: Instant): Instant | undefined {
  const changes = [...rotations].flatMap((rotation) => {
    const hours = hoursAt(rotation, now);
    return [
      rotation.until,
      hours.kind === 'open' ? hours.until : undefined,
      hours.kind === 'closed' ? hours.from : undefined,
      ...rotation.shifts.flatMap((shift) => [shift.start, shift.end]),
    ].filter((at) => at !== undefined && at > now);
  });
  return changes.reduce<Instant | undefined>(
    (first, at) => (first === undefined || (at !== undefined && at < first) ? at : first),
    undefined,
  );
}

/** Timeline and hours may differ a little: what is shorter is neither a gap nor a turn to come. */
const shortestSpan = minute;

/**
 * The times within a schedule's hours, from now on and as far as is known, in which nobody is on call. None where hours
 * or timeline are only partly known: a missing part is not a gap.
 */
export function gaps(rotation: Rotation, now: Instant): readonly Span[] {
  if (rotation.partial === true || rotation.hoursNotTold === true) return [];
  const end = horizon(rotation);
  if (end <= now) return [];
  const held: Span[] = stretches(rotation.shifts).map(({ start, end: until }) => ({ start, end: until }));
  if (rotation.current.length > 0 && rotation.until !== undefined) held.push({ start: now, end: rotation.until });
  return hoursBetween(rotation, now, end)
    .flatMap((span) => without({ start: Math.max(span.start, now), end: Math.min(span.end, end) }, held))
    .filter((gap) => gap.end - gap.start >= shortestSpan);
}

/**
 * The timeline of a schedule: its rotations merged, split where the people change, without the
 * times in which nobody is on call. Earliest first.
 */
export function stretches(shifts: readonly Shift[]): readonly Stretch[] {
  const staffed = shifts.filter((shift) => shift.people.length > 0 && shift.start < shift.end);
  const edges = [...new Set(staffed.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const result: Stretch[] = [];
  edges.slice(1).forEach((end, index) => {
    const start = edges[index] ?? end;
    const people = distinct(staffed.filter((shift) => shift.start <= start && shift.end >= end));
    if (people.length === 0) return;
    const last = result.at(-1);
    if (last?.end === start && samePeople(last.people, people)) result[result.length - 1] = { ...last, end };
    else result.push({ start, end, people });
  });
  return result;
}

/** Whether two lists name the same people, in any order. */
export function samePeople(some: readonly Person[], others: readonly Person[]): boolean {
  return (
    some.length === others.length && some.every(({ accountId }) => others.some((each) => each.accountId === accountId))
  );
}

/** The end of the timeline. */
export function horizon(rotation: Rotation): Instant {
  return Math.max(rotation.until ?? -Infinity, ...rotation.shifts.map((shift) => shift.end));
}

function mineOf(rotation: Rotation, known: readonly Stretch[], account: Account | undefined, now: Instant): Mine {
  if (account === undefined) return { onCall: undefined, current: undefined, next: undefined };
  const turns = turnsOf(known, ({ people }) =>
    people.some((person) => person.group === undefined && person.accountId === account.accountId),
  );
  return {
    onCall: isOnCall(rotation, account.accountId, now),
    current: turns.find((turn) => turn.start <= now && now < turn.end),
    next: turns.find(({ start, end }) => start > now && end - start >= shortestSpan),
  };
}

/** Neighbouring stretches that are held, as one: times with nobody in between (nights) do not end a turn. */
function turnsOf(known: readonly Stretch[], held: (stretch: Stretch) => boolean): readonly Span[] {
  const turns: Span[] = [];
  let running = false;
  for (const stretch of known) {
    const last = turns.at(-1);
    const holds = held(stretch);
    if (holds && running && last !== undefined) turns[turns.length - 1] = { start: last.start, end: stretch.end };
    else if (holds) turns.push({ start: stretch.start, end: stretch.end });
    running = holds;
  }
  return turns;
}

/** The end of a turn, unless it only ends because nothing is known beyond. */
function beforeHorizon(end: Instant, rotation: Rotation): Instant | undefined {
  return end < horizon(rotation) || end === rotation.until ? end : undefined;
}

function later(at: Instant | undefined, now: Instant): Instant | undefined {
  return at !== undefined && at > now ? at : undefined;
}

function distinct(shifts: readonly Shift[]): readonly Person[] {
  return [...new Map(shifts.flatMap(({ people }) => people).map((person) => [person.accountId, person])).values()];
}

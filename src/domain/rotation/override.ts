import type { Account } from '../base/account.ts';
import type { Override, Person, Rotation } from './rotation.ts';
import { holding, horizon, samePeople, stretches } from './shift.ts';
import { day, minute, without, type Instant, type Span } from '../base/time.ts';
import { hoursBetween } from '../base/workingHours.ts';

/** A requested override: `who` holds the schedule from `from` to `to`. */
export interface RequestedOverride {
  readonly who: Person;
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * Why an override cannot be sent: a time that is not valid, an end that is not after the start, a start in the past,
 * longer than `longestOverride`, or no change (the same person is on call then anyway).
 */
export type OverrideError = 'notATime' | 'endBeforeStart' | 'past' | 'tooLong' | 'alreadyOnCall';

/** What an override would do. Shown before anything is sent. */
export interface OverridePlan {
  readonly who: Person;
  readonly from: Instant;
  readonly to: Instant;
  /** Not empty: nothing may be sent. */
  readonly errors: readonly OverrideError[];
  /** Overrides that are there already in that time. Undefined: they could not be read. */
  readonly conflicts: readonly (Span & { readonly override: Override })[] | undefined;
  /** Who is relieved when; nobody is an empty list. */
  readonly changes: readonly (Span & { readonly before: readonly Person[] })[];
  /** Outside of the schedule's hours: whether an override pages then is not known. */
  readonly outside: readonly Span[];
  /** Beyond the end of the timeline: who would be relieved is not known. */
  readonly unknown: readonly Span[];
}

/** A longer one is probably a mistake: such a change belongs into the schedule itself. */
export const longestOverride = 14 * day;
/** Some time passes between choosing and sending. */
const startTolerance = 5 * minute;

/** What would change if `who` took the schedule from `from` to `to`. Sends nothing. */
export function planOverride({
  rotation,
  overrides,
  who,
  from,
  to,
  now,
}: RequestedOverride & {
  readonly rotation: Rotation;
  readonly overrides: readonly Override[] | undefined;
  readonly now: Instant;
}): OverridePlan {
  const requested = { who, from, to };
  const errors = timeErrors(requested, now);
  const hopeless = errors.includes('notATime') || errors.includes('endBeforeStart') || errors.includes('tooLong');
  if (hopeless) return { ...requested, errors, conflicts: [], changes: [], outside: [], unknown: [] };
  const effect = effectOf(rotation, requested, now);
  const idle = effect.holds && [effect.changes, effect.unknown, effect.outside].every((part) => part.length === 0);
  const conflicts = overrides
    ?.map((override) => ({ override, start: Math.max(override.start, from), end: Math.min(override.end, to) }))
    .filter((each) => each.start < each.end)
    .sort((a, b) => a.start - b.start);
  return {
    ...requested,
    errors: idle ? [...errors, 'alreadyOnCall'] : errors,
    conflicts,
    changes: effect.changes,
    outside: effect.outside,
    unknown: effect.unknown,
  };
}

/** A period that a person may want to hand to somebody. */
export interface Handable extends Span {
  readonly kind: 'untilHoursEnd' | 'restOfShift' | 'nextShift';
}

/** The periods of a schedule that a person may want to hand to somebody, nearest first; none that has passed. */
export function handable(rotation: Rotation, account: Account, now: Instant): readonly Handable[] {
  const { mine, hours } = holding(rotation, account, now);
  const periods: Handable[] = [];
  if (mine.current !== undefined) {
    const { end } = mine.current;
    if (hours.kind === 'open' && hours.until < end) {
      periods.push({ kind: 'untilHoursEnd', start: now, end: hours.until });
    }
    periods.push({ kind: 'restOfShift', start: now, end });
  }
  if (mine.next !== undefined) periods.push({ kind: 'nextShift', ...mine.next });
  return periods;
}

function timeErrors({ from, to }: RequestedOverride, now: Instant): readonly OverrideError[] {
  if (!Number.isFinite(from) || !Number.isFinite(to)) return ['notATime'];
  const errors: OverrideError[] = [];
  if (to <= from) errors.push('endBeforeStart');
  if (from < now - startTolerance || to <= now) errors.push('past');
  if (to - from > longestOverride) errors.push('tooLong');
  return errors;
}

type OverrideEffect = Pick<OverridePlan, 'changes' | 'outside' | 'unknown'> & {
  /** `who` is on call in some of it already. */
  readonly holds: boolean;
};

function effectOf(rotation: Rotation, { who, from, to }: RequestedOverride, now: Instant): OverrideEffect {
  const end = Math.max(from, Math.min(to, horizon(rotation)));
  const unknown = end < to ? [{ start: end, end: to }] : [];
  const known = { start: from, end };
  const hours = hoursBetween(rotation, from, to);
  // The service's own word counts as long as it holds, then its timeline.
  const sure = { start: now - startTolerance, end: rotation.until ?? -Infinity };
  const planned = [
    { ...sure, people: rotation.current },
    ...stretches(rotation.shifts).map((each) => ({ ...each, start: Math.max(each.start, sure.end) })),
  ].filter((each) => each.people.length > 0 && each.start < each.end);
  const held = planned
    .map((each) => ({ ...each, start: Math.max(each.start, from), end: Math.min(each.end, end) }))
    .filter((each) => each.start < each.end);
  const nobody = without(known, held);
  const outside = nobody.flatMap((span) => without(span, hours));
  const unmanned = nobody.flatMap((span) => without(span, outside)).map((span) => ({ ...span, before: [] }));
  const relieved = held
    .filter(({ people }) => !samePeople(people, [who]))
    .map(({ start, end: until, people }) => ({ start, end: until, before: people }));
  return {
    changes: [...relieved, ...unmanned].sort((a, b) => a.start - b.start),
    outside,
    unknown,
    holds: held.some(({ people }) => samePeople(people, [who])),
  };
}

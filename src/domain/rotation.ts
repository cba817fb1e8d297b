import type { Instant } from './time.ts';

/** Somebody who can hold a schedule. */
export interface Person {
  readonly accountId: string;
  /** Undefined while the name is not known: show the account id shortened. */
  readonly name: string | undefined;
}

/** One stretch of a schedule, from the final timeline (overrides and forwarding applied). */
export interface Shift {
  readonly start: Instant;
  readonly end: Instant;
  /** Empty when nobody is on call then. */
  readonly people: readonly Person[];
  readonly type: 'base' | 'override' | 'forwarding' | 'historical';
}

export type Weekday = 'monday' | 'tuesday' | 'wednesday' | 'thursday' | 'friday' | 'saturday' | 'sunday';

/**
 * One stretch of a schedule's hours, on the wall clock of its zone (atlassian.md 2.6): every day when it has no days,
 * else one stretch from `startDay` to `endDay`, which may run over nights and over the week's end.
 */
export interface TimeRestriction {
  readonly startDay: Weekday | undefined;
  readonly startHour: number;
  readonly startMinute: number;
  readonly endDay: Weekday | undefined;
  readonly endHour: number;
  readonly endMinute: number;
}

/** A schedule and who holds it. Keyed by `id`. */
export interface Rotation {
  readonly id: string;
  /** The service's name of it, for example "DRE Ops Rotation". */
  readonly name: string;
  /** What the settings call it: `alerts` or `ops`. */
  readonly role: string;
  /** IANA name. */
  readonly timeZone: string;
  /** The hours in which it pages. Empty: around the clock. */
  readonly restrictions: readonly TimeRestriction[];
  /** Who is on call now by the service's own word, overrides included. Empty: nobody. */
  readonly current: readonly Person[];
  /** Until when `current` holds, where the timeline says so. */
  readonly until: Instant | undefined;
  /** Who comes next, and when. */
  readonly next: { readonly people: readonly Person[]; readonly from: Instant } | undefined;
  /** The coming stretches, earliest first. */
  readonly shifts: readonly Shift[];
}

/** The signed-in person. */
export interface Account {
  readonly accountId: string;
  readonly name: string;
  readonly timeZone: string | undefined;
}

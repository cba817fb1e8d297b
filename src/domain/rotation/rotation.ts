import type { Instant } from '../base/time.ts';
import type { TimeRestriction } from '../base/workingHours.ts';

/** A holder of a schedule: a person, or a group of which it is not known which member is on call. */
export interface Person {
  /** Of a group its id. */
  readonly accountId: string;
  /**
   * Absent for a person. A team or an escalation holds the turn: which member is on call is not known. `unknown`:
   * somebody holds it, but the service does not say who in a form that can be read.
   */
  readonly group?: 'team' | 'escalation' | 'unknown';
  /** Undefined while the name is not known: show the account id shortened. */
  readonly name: string | undefined;
}

/** Somebody whom the service does not name in a form that can be read. */
export const unnamed: Person = { accountId: '', name: undefined, group: 'unknown' };

/** One stretch of a schedule, from the final timeline (overrides and forwarding applied). */
export interface Shift {
  readonly start: Instant;
  readonly end: Instant;
  /** Empty when nobody is on call then. */
  readonly people: readonly Person[];
  readonly type: 'base' | 'override' | 'forwarding' | 'historical';
}

/** A stretch of a schedule that somebody takes in place of the one whose turn it is. Keyed by `alias`. */
export interface Override {
  /** The service's id of it. */
  readonly alias: string;
  /** Undefined: nobody is on call then. */
  readonly person: Person | undefined;
  readonly start: Instant;
  readonly end: Instant;
  /** The rotations of the schedule that it is for. Empty: all. */
  readonly rotationIds: readonly string[];
}

/** A schedule and who holds it. Keyed by `id`. */
export interface Rotation {
  readonly id: string;
  /** The service's name of it, for example "DRE Ops Rotation". */
  readonly name: string;
  /** What the settings call it: `alerts` or `ops`. */
  readonly role: string;
  /** The service says that it is switched off: it pages nobody. Absent: it is on, or the service does not say. */
  readonly disabled?: boolean;
  /** IANA name. */
  readonly timeZone: string;
  /** The hours of the rotations that run now, all together; by the clock of `timeZone`. Empty: around the clock. */
  readonly restrictions: readonly TimeRestriction[];
  /** Some of the hours cannot be read: those in `restrictions` are not known to be right. */
  readonly hoursNotTold?: boolean;
  /** Some of the timeline cannot be read: a time that it does not name may be held by somebody. */
  readonly partial?: boolean;
  /** Who is on call now by the service's own word, overrides included. Empty: nobody. */
  readonly current: readonly Person[];
  /** Until when `current` holds, where the timeline says so. */
  readonly until: Instant | undefined;
  /** Who comes next, and when. */
  readonly next: { readonly people: readonly Person[]; readonly from: Instant } | undefined;
  /** The coming stretches, earliest first. */
  readonly shifts: readonly Shift[];
  /** The stretches of this week and the one before that are over, earliest first. Absent: not known. */
  readonly past?: readonly Shift[];
}

/** The rotation whose schedule the settings give this role; undefined when there is none. */
export function rotationOf(rotations: Iterable<Rotation>, role: string): Rotation | undefined {
  return [...rotations].find((rotation) => rotation.role === role);
}

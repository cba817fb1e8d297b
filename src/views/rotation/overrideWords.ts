import type { OverrideError, OverridePlan } from '../../domain/rotation/override.ts';
import type { Account, Person } from '../../domain/rotation/rotation.ts';
import type { Span } from '../../domain/base/time.ts';
import { duration, moment, type Viewpoint } from '../kit/format.ts';
import { names } from './statusBar.ts';

/** What a person reads before an override is sent. */
export interface OverrideWords {
  /** One line: "Fay holds DRE Alerts Thu 09:00 – Thu 13:00 (4 h)". */
  readonly title: string;
  /** Why it cannot be sent. Empty: it can. */
  readonly errors: readonly string[];
  /** What needs a second look: overrides that are there already, and what is not known. */
  readonly warnings: readonly string[];
  /** Whom it relieves and when. */
  readonly changes: readonly string[];
}

/** A plan in sentences. `schedule` is its name. */
export function overrideWords(
  plan: OverridePlan,
  schedule: string,
  account: Account | undefined,
  from: Viewpoint,
): OverrideWords {
  const name = (people: readonly Person[]): string =>
    people.length === 1 && people[0]?.accountId === account?.accountId ? 'you' : names(people);
  const span = ({ start, end }: Span): string => `${moment(start, from)} – ${moment(end, from)}`;
  const errors = plan.errors.map((error) => errorWords(error, name([plan.who])));
  if (plan.errors.includes('notATime')) return { title: schedule, errors, warnings: [], changes: [] };
  const whole = { start: plan.from, end: plan.to };
  const holds = name([plan.who]) === 'you' ? 'You hold' : `${name([plan.who])} holds`;
  return {
    title: `${holds} ${schedule} ${span(whole)} (${duration(plan.to - plan.from)})`,
    errors,
    warnings: [
      ...(plan.conflicts?.map(
        ({ override, ...each }) =>
          `There is an override already: ${override.person === undefined ? 'nobody' : name([override.person])}, ${span(each)}.`,
      ) ?? ['The overrides that are there already could not be read.']),
      ...plan.outside.map(
        (each) => `Outside of the schedule’s hours: ${span(each)}. Whether it pages then is not known.`,
      ),
      ...plan.unknown.map((each) => `Not known who is on call: ${span(each)}.`),
    ],
    changes: plan.changes.map((each) => `Replaces ${name(each.before)}: ${span(each)}`),
  };
}

function errorWords(error: OverrideError, who: string): string {
  switch (error) {
    case 'notATime':
      return 'That is not a time.';
    case 'endBeforeStart':
      return 'It has to end after it starts.';
    case 'past':
      return 'It starts in the past.';
    case 'tooLong':
      return 'It is longer than two weeks. Change the schedule itself for that.';
    case 'alreadyOnCall':
      return who === 'you' ? 'You are on call then anyway.' : `${who} is on call then anyway.`;
  }
}

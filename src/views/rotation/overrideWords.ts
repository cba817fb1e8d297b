import type { OverrideError, OverridePlan } from '../../domain/rotation/override.ts';
import type { Account } from '../../domain/base/account.ts';
import type { Person } from '../../domain/rotation/rotation.ts';
import type { Span } from '../../domain/base/time.ts';
import { moment, type Viewpoint } from '../kit/format.ts';
import { names } from './statusBar.ts';

/** What a person reads before an override is sent. */
export interface OverrideWords {
  /** The question, one line: "Hand over DRE Alerts to Fay until Thu 13:00?" */
  readonly title: string;
  /** Why it cannot be sent. Empty: it can. */
  readonly errors: readonly string[];
  /** What needs attention: overrides that are there already, and what is not known. */
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
  const who = name([plan.who]);
  const what = who === 'you' ? `Take ${schedule}` : `Hand over ${schedule} to ${who}`;
  const start = plan.from <= from.now ? '' : ` from ${moment(plan.from, from)}`;
  return {
    title: `${what}${start} until ${moment(plan.to, from)}?`,
    errors,
    warnings: [
      ...(plan.conflicts?.map(
        ({ override, ...each }) =>
          `Existing override: ${override.person === undefined ? 'nobody' : name([override.person])}, ${span(each)}.`,
      ) ?? ["Couldn't read the existing overrides."]),
      ...plan.outside.map((each) => `Outside the schedule's hours: ${span(each)}. It may not page then.`),
      ...plan.unknown.map((each) => `Can't tell who is on call: ${span(each)}.`),
    ],
    changes: plan.changes.map((each) => `Replaces ${name(each.before)}: ${span(each)}`),
  };
}

function errorWords(error: OverrideError, who: string): string {
  switch (error) {
    case 'notATime':
      return 'Not a time.';
    case 'endBeforeStart':
      return 'It must end after it starts.';
    case 'past':
      return 'It starts in the past.';
    case 'tooLong':
      return 'It is longer than two weeks. Change the schedule instead.';
    case 'alreadyOnCall':
      return who === 'you' ? 'You are already on call then.' : `${who} is already on call then.`;
  }
}

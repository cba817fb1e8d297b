import type { PagingLimit, Reach } from './notificationSetup.ts';
import type { Account } from '../base/account.ts';
import type { Override, Person, Rotation } from './rotation.ts';
import { holding, type Mine } from './shift.ts';
import type { Instant } from '../base/time.ts';

// "Troubleshoot paging": the reasons that can be checked. Alerts reach a person in two ways: the service calls
// phones by the person's own rules, and this extension shows notifications. The list says which of them fails; what
// cannot be checked is unknown.

/** What is known. Undefined always means: not known. */
export interface NotPagedFacts {
  readonly now: Instant;
  readonly signedIn: boolean;
  readonly account: Account | undefined;
  /** The schedule that pages. */
  readonly rotation: Rotation | undefined;
  /** Why the schedule or the alerts are not as they are now: the last reading failed. */
  readonly scheduleFailing: boolean;
  readonly alertsFailing: boolean;
  /** Of that schedule, ongoing and coming. */
  readonly overrides: readonly Override[] | undefined;
  /** How the person's own rules and contacts let alerts reach them. */
  readonly notificationRules: Reach | undefined;
  readonly contactMethods: 'some' | 'none' | undefined;
  readonly alertsRoutedToSchedule: boolean | undefined;
  /** The extension's own notifications. */
  readonly enabled: boolean;
  /** The least urgent priority that they announce. */
  readonly minimum: string;
  readonly doNotDisturb: boolean | undefined;
}

/**
 * `blocks`: this alone prevents paging. `limits`: it pages less. `unknown`: cannot be checked from here. `fine`: not a
 * reason.
 */
export type PagingEffect = 'blocks' | 'limits' | 'unknown' | 'fine';

/** Where a person can change it: a page of the service, or a part of the extension. */
export type Remedy = 'signIn' | 'onCallPage' | 'setUpPage' | 'alertsPage' | 'settings' | 'log' | 'doNotDisturb';

/** What was found for one question. The views word it. */
export type Finding = { readonly effect: PagingEffect; readonly remedy: Remedy | undefined } & (
  | { readonly check: 'signedIn' | 'alertsFeed' | 'scheduleFeed' | 'scheduleKnown' | 'scheduleOn' }
  | { readonly check: 'onCall'; readonly onCall: readonly Person[]; readonly myNextShift: Instant | undefined }
  | { readonly check: 'hours'; readonly until: Instant | undefined; readonly from: Instant | undefined }
  | {
      readonly check: 'override';
      readonly override: Override | undefined;
      /**
       * Why it may not be the reason: there is one for me as well, or it is for a part of the schedule and I am on
       * call.
       */
      readonly besides: 'mine' | 'part' | undefined;
    }
  | { readonly check: 'notificationRules'; readonly limits: readonly PagingLimit[] }
  | { readonly check: 'contactMethods' | 'routing' | 'enabled' | 'doNotDisturb' }
  | { readonly check: 'minimum'; readonly minimum: string }
);

const order: readonly PagingEffect[] = ['blocks', 'limits', 'unknown', 'fine'];

/** All that was checked: what blocks first, then what limits, what is not known, and what is fine. */
export function whyNotPaged(facts: NotPagedFacts): readonly Finding[] {
  const findings = [...connection(facts), ...schedule(facts), ...serviceSide(facts), ...ownSide(facts)];
  return order.flatMap((effect) => findings.filter((finding) => finding.effect === effect));
}

function connection({ signedIn, alertsFailing, scheduleFailing }: NotPagedFacts): readonly Finding[] {
  if (!signedIn) return [{ check: 'signedIn', effect: 'blocks', remedy: 'signIn' }];
  const alerts = alertsFailing ? ({ effect: 'blocks', remedy: 'log' } as const) : fine;
  const schedule = scheduleFailing ? ({ effect: 'limits', remedy: 'log' } as const) : fine;
  return [
    { check: 'signedIn', ...fine },
    { check: 'alertsFeed', ...alerts },
    { check: 'scheduleFeed', ...schedule },
  ];
}

function schedule(facts: NotPagedFacts): readonly Finding[] {
  const { rotation, account, now } = facts;
  if (!facts.signedIn) return [];
  if (rotation === undefined || account === undefined) {
    return [{ check: 'scheduleKnown', effect: 'unknown', remedy: 'onCallPage' }];
  }
  const { onCall, hours, mine } = holding(rotation, account, now);
  const on: PagingEffect = mine.onCall === undefined ? 'unknown' : mine.onCall ? 'fine' : 'blocks';
  const closed = hours.kind === 'closed';
  const paging: PagingEffect = rotation.hoursNotTold === true ? 'unknown' : closed ? 'blocks' : 'fine';
  return [
    ...(rotation.disabled === true ? [{ check: 'scheduleOn', effect: 'blocks', remedy: 'onCallPage' } as const] : []),
    {
      check: 'onCall',
      effect: on,
      remedy: on === 'fine' ? undefined : 'onCallPage',
      onCall: onCall ?? [],
      myNextShift: mine.next?.start,
    },
    {
      check: 'hours',
      effect: paging,
      remedy: paging === 'fine' ? undefined : 'onCallPage',
      until: hours.kind === 'open' ? hours.until : undefined,
      from: closed ? hours.from : undefined,
    },
    overrideFinding(facts, account, mine),
  ];
}

function overrideFinding({ overrides, now }: NotPagedFacts, account: Account, mine: Mine): Finding {
  if (overrides === undefined) {
    return {
      check: 'override',
      effect: 'unknown',
      remedy: 'onCallPage',
      override: undefined,
      besides: undefined,
    };
  }
  const running = overrides.filter(({ start, end }) => start <= now && now < end);
  const foreign = running.filter(({ person }) => person?.accountId !== account.accountId);
  // For some rotations of the schedule only, while the service says that this person is on call: it is in another one.
  const isPart = ({ rotationIds }: Override): boolean => rotationIds.length > 0 && mine.onCall === true;
  const elsewhere = foreign.find((each) => !isPart(each)) ?? foreign[0];
  if (elsewhere === undefined) return { check: 'override', ...fine, override: undefined, besides: undefined };
  // One for this person as well: which of them counts is not written down, so it is not called the reason.
  const also = running.length > foreign.length;
  const besides = isPart(elsewhere) ? 'part' : also ? 'mine' : undefined;
  const effect = besides === undefined ? 'blocks' : 'limits';
  return { check: 'override', effect, remedy: 'onCallPage', override: elsewhere, besides };
}

function serviceSide({ notificationRules, contactMethods, alertsRoutedToSchedule }: NotPagedFacts): readonly Finding[] {
  const set = (value: 'some' | 'none' | undefined): Pick<Finding, 'effect' | 'remedy'> => {
    if (value === 'some') return fine;
    return { effect: value === 'none' ? 'blocks' : 'unknown', remedy: 'setUpPage' };
  };
  const limits = typeof notificationRules === 'object' ? notificationRules.limits : [];
  const rules =
    typeof notificationRules === 'object'
      ? ({ effect: 'limits', remedy: 'setUpPage' } as const)
      : set(notificationRules);
  const routed = alertsRoutedToSchedule === undefined ? 'unknown' : alertsRoutedToSchedule ? 'fine' : 'blocks';
  return [
    { check: 'contactMethods', ...set(contactMethods) },
    { check: 'notificationRules', ...rules, limits },
    { check: 'routing', effect: routed, remedy: routed === 'fine' ? undefined : 'alertsPage' },
  ];
}

/** What prevents the extension's own notifications; phones still ring. */
function ownSide({ enabled, minimum, doNotDisturb }: NotPagedFacts): readonly Finding[] {
  const settings = { effect: 'limits', remedy: 'settings' } as const;
  const limited = { effect: 'limits', remedy: 'doNotDisturb' } as const;
  const unsure = { effect: 'unknown', remedy: 'doNotDisturb' } as const;
  const notifications = enabled ? fine : settings;
  const window = doNotDisturb === undefined ? unsure : doNotDisturb ? limited : fine;
  const least = minimum === 'P5' ? fine : settings;
  return [
    { check: 'enabled', ...notifications },
    { check: 'doNotDisturb', ...window },
    { check: 'minimum', minimum, ...least },
  ];
}

const fine = { effect: 'fine', remedy: undefined } as const;

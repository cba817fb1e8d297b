import { minute } from '../base/time.ts';

/** The method by which a person is reached. */
export type ContactMethod = 'email' | 'sms' | 'voice' | 'mobile';

/** A way to reach the person. The address or number itself is not kept. */
export interface Contact {
  readonly method: ContactMethod;
  readonly enabled: boolean;
  /** Why the service does not use it, in its words. */
  readonly disabledReason: string | undefined;
}

/** What happens when something happens to an alert: a rule of the signed-in person. */
export interface NotificationRule {
  readonly id: string;
  readonly name: string;
  /** `create-alert` is the one that pages; others are `acknowledged-alert`, `schedule-start`, … */
  readonly event: string;
  readonly enabled: boolean;
  /** Whether it works at certain hours only. */
  readonly restricted: boolean;
  /** Whether it applies to every alert, not only to those that meet conditions. */
  readonly everyAlert: boolean;
  /** By what and how much later, in the order of the service. */
  readonly steps: readonly { readonly method: ContactMethod; readonly afterMs: number; readonly enabled: boolean }[];
}

/** How the signed-in person is notified. */
export interface NotificationSetup {
  readonly rules: readonly NotificationRule[];
  readonly contacts: readonly Contact[];
}

/**
 * What limits a rule: it works at certain hours only, applies to some alerts only, sends e-mail only, or begins late.
 */
export type PagingLimit = 'hours' | 'someAlerts' | 'emailOnly' | 'late';

/** A rule that begins later than this after an alert came is late. */
export const lateAfterMs = 10 * minute;

/** How a new alert can reach a person: by a rule without limits, by rules that all have some, or not at all. */
export type Reach = 'some' | 'none' | { readonly limits: readonly PagingLimit[] };

/**
 * How a new alert can reach the person: by enabled rules for new alerts, with their enabled steps by a method of which
 * there is an enabled contact. The limits are those of the rule that has the fewest; whether others fill its gaps is
 * not weighed.
 */
export function reachOf({ rules, contacts }: NotificationSetup): Reach {
  const methods = new Set(contacts.filter(({ enabled }) => enabled).map(({ method }) => method));
  const limits = rules.flatMap((rule) => {
    if (!rule.enabled || rule.event !== 'create-alert') return [];
    const steps = rule.steps.filter((step) => step.enabled && methods.has(step.method));
    return steps.length === 0 ? [] : [limitsOf({ ...rule, steps })];
  });
  const [fewest] = limits.toSorted((one, other) => one.length - other.length);
  if (fewest === undefined) return 'none';
  return fewest.length === 0 ? 'some' : { limits: fewest };
}

function limitsOf({ restricted, everyAlert, steps }: NotificationRule): readonly PagingLimit[] {
  const calls = steps.filter(({ method }) => method !== 'email');
  const first = Math.min(...(calls.length === 0 ? steps : calls).map(({ afterMs }) => afterMs));
  const limits: Record<PagingLimit, boolean> = {
    hours: restricted,
    someAlerts: !everyAlert,
    emailOnly: calls.length === 0,
    late: first > lateAfterMs,
  };
  return pagingLimits.filter((limit) => limits[limit]);
}

const pagingLimits = ['hours', 'someAlerts', 'emailOnly', 'late'] as const satisfies readonly PagingLimit[];

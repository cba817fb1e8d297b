/** By what a person is reached. */
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
  /** Whether it looks at every alert, not only at those that meet conditions. */
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
 * Whether a new alert can reach the person at all: an enabled rule for new alerts has an enabled step by a method of
 * which there is an enabled contact. Hours and conditions of the rule are not weighed.
 */
export function canBePaged({ rules, contacts }: NotificationSetup): boolean {
  const methods = new Set(contacts.filter(({ enabled }) => enabled).map(({ method }) => method));
  return rules.some(
    ({ event, enabled, steps }) =>
      enabled && event === 'create-alert' && steps.some((step) => step.enabled && methods.has(step.method)),
  );
}

import { isUrgent, priorities, type Alert, type Priority } from './alert.ts';
import { minute, type Instant } from '../base/time.ts';

// Which notification is due. Pure: what was announced is data that goes in and comes out, so that it can be kept on
// disk and be the same for all windows.

/** For whom there are notifications: on call and within the hours, on call at any hour, or always. */
export type Audience = 'onCallInHours' | 'onCall' | 'everyone';

/** What was announced and what has passed. Plain data, fit for JSON, bounded. */
export interface PagingState {
  /** Announced alerts, id and when they were created, oldest first. */
  readonly announced: readonly (readonly [id: string, createdAt: Instant])[];
  /** All alerts created until then count as announced: their ids were dropped to keep the list short. */
  readonly announcedUntil: Instant | undefined;
  /** Alerts created until then that are not urgent have passed while no notifications were due. */
  readonly passedUntil: Instant | undefined;
  /** When the last notification was shown. */
  readonly shownAt: Instant | undefined;
}

/** Nothing was ever announced. */
export const nothingAnnounced: PagingState = {
  announced: [],
  announcedUntil: undefined,
  passedUntil: undefined,
  shownAt: undefined,
};

export interface PagingSituation {
  readonly now: Instant;
  /** The alerts as last read: a good list, however old alerts in it are. */
  readonly alerts: Iterable<Alert>;
  /**
   * The person is on call for the schedule that pages. `notReported`: the services do not say it, so that it may be this
   * person. Undefined while it is not read yet.
   */
  readonly onCall: boolean | 'notReported' | undefined;
  /** That schedule is within its hours. */
  readonly withinHours: boolean;
  readonly enabled: boolean;
  readonly audience: Audience;
  /** The least urgent priority that is announced. */
  readonly minimum: Priority;
  readonly doNotDisturb: boolean;
  /** At most one notification in such a length of time, milliseconds. */
  readonly windowMs: number;
}

/** Why nothing is shown, for the log. */
export type ReasonForNone = 'off' | 'doNotDisturb' | 'notKnown' | 'notOnCall' | 'outOfHours' | 'nothingNew' | 'window';

export type Notification =
  | { readonly kind: 'one'; readonly alert: Alert }
  | {
      readonly kind: 'several';
      readonly count: number;
      /** Of those whose priority is known. */
      readonly byPriority: Readonly<Record<Priority, number>>;
      /** The most urgent of them, the newest of these. */
      readonly first: Alert;
    };

export interface PagingDecision {
  readonly notification: Notification | undefined;
  readonly reasonForNone: ReasonForNone | undefined;
  /** When to decide again even if nothing changes: something waits for the window to end. */
  readonly again: Instant | undefined;
  /** To be saved before the notification is shown: a missing announcement is better than a repeated one. */
  readonly state: PagingState;
}

/** How many ids are kept: some 100 kB of JSON. */
export const mostAnnounced = 2_000;
/** An alert appears in the list some time after its creation, and clocks differ. */
const lag = 5 * minute;

/**
 * Decides what to show. For any sequence of lists no alert is announced twice, and at most one notification is shown in
 * a window of time. An alert that somebody took before it was shown is not announced. What came while no notification
 * was due has passed, unless it is of priority P1 or P2 and still open: that is shown, in one notification, once one is due.
 */
export function decide(state: PagingState, situation: PagingSituation): PagingDecision {
  const { now } = situation;
  const none = (reasonForNone: ReasonForNone, after: PagingState, again?: Instant): PagingDecision => ({
    notification: undefined,
    reasonForNone,
    again,
    state: after,
  });
  const reasonForNone = whyNone(situation);
  // While it is not known whose week it is, nothing passes: it is announced once that is known.
  if (reasonForNone === 'notKnown') return none(reasonForNone, begun(state, now));
  if (reasonForNone !== undefined) return none(reasonForNone, { ...state, passedUntil: now - lag });
  const ready = begun(state, now);
  const due = dueAlerts(ready, situation);
  if (due.length === 0) return none('nothingNew', ready);
  // A clock that was set back must not suppress notifications for longer than a window.
  const since = ready.shownAt === undefined ? Infinity : now - ready.shownAt;
  if (Math.abs(since) < situation.windowMs) return none('window', ready, now + situation.windowMs - Math.abs(since));
  return {
    notification: notificationOf(due),
    reasonForNone: undefined,
    again: undefined,
    state: announce(ready, due, now),
  };
}

/** On the first decision, alerts that are there already have passed. */
function begun(state: PagingState, now: Instant): PagingState {
  return state.passedUntil === undefined ? { ...state, passedUntil: now - lag } : state;
}

/** Why no notification is shown now; undefined when notifications are shown. */
export function whyNone({
  enabled,
  doNotDisturb,
  audience,
  onCall,
  withinHours,
}: Pick<PagingSituation, 'enabled' | 'doNotDisturb' | 'audience' | 'onCall' | 'withinHours'>):
  ReasonForNone | undefined {
  if (!enabled) return 'off';
  if (doNotDisturb) return 'doNotDisturb';
  switch (audience) {
    case 'everyone':
      return undefined;
    case 'onCall':
      return whyNoneFor(onCall);
    case 'onCallInHours':
      return withinHours ? whyNoneFor(onCall) : 'outOfHours';
  }
}

/** What the service does not say may concern this person: an extra notification is better than a missed one. */
function whyNoneFor(onCall: PagingSituation['onCall']): ReasonForNone | undefined {
  if (onCall === undefined) return 'notKnown';
  return onCall === false ? 'notOnCall' : undefined;
}

/** Most urgent first, then newest. */
function dueAlerts(state: PagingState, { alerts, minimum }: PagingSituation): readonly Alert[] {
  const announced = new Set(state.announced.map(([id]) => id));
  const due = new Map<string, Alert>();
  for (const alert of alerts) {
    const passed = !isUrgent(alert) && alert.createdAt <= (state.passedUntil ?? -Infinity);
    const shown = announced.has(alert.id) || alert.createdAt <= (state.announcedUntil ?? -Infinity);
    const isMinor = alert.unknownPriority === undefined && rank(alert.priority) > rank(minimum);
    if (alert.status !== 'open' || passed || shown || isMinor) continue;
    due.set(alert.id, alert);
  }
  return [...due.values()].sort((a, b) => rank(a.priority) - rank(b.priority) || b.createdAt - a.createdAt);
}

function notificationOf(due: readonly Alert[]): Notification | undefined {
  const [first] = due;
  if (first === undefined) return undefined;
  if (due.length === 1) return { kind: 'one', alert: first };
  const byPriority = { P1: 0, P2: 0, P3: 0, P4: 0, P5: 0 };
  for (const { priority, unknownPriority } of due) if (unknownPriority === undefined) byPriority[priority]++;
  return { kind: 'several', count: due.length, byPriority, first };
}

function announce(state: PagingState, due: readonly Alert[], now: Instant): PagingState {
  const added = due.map(({ id, createdAt }) => [id, createdAt] as const);
  const all = [...state.announced, ...added].sort(([, a], [, b]) => a - b);
  const dropped = all.slice(0, Math.max(0, all.length - mostAnnounced));
  return {
    ...state,
    announced: all.slice(dropped.length),
    announcedUntil: dropped.at(-1)?.[1] ?? state.announcedUntil,
    shownAt: now,
  };
}

function rank(priority: Priority): number {
  return priorities.indexOf(priority);
}

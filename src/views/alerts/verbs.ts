import type { Alert } from '../../domain/alerts/alert.ts';
import type { Account } from '../../domain/rotation/rotation.ts';
import { takenLately } from '../../domain/alerts/takenLately.ts';
import { ago, counted, shorten, type Viewpoint } from '../kit/format.ts';

/** What a person can do to alerts, as it is worded and to which alerts it can be done. */
export interface AlertVerb {
  /** "Close": for titles and buttons, before the alerts. */
  readonly label: string;
  /** What it can be done to. */
  readonly fits: (alert: Alert) => boolean;
  /** What is said when none of the chosen alerts fits. */
  readonly none: string;
  /** Asked about even for one alert. */
  readonly alwaysAsk?: boolean;
  /** It adds to an alert and takes nothing from whoever works on it, so that it needs no warning about them. */
  readonly harmless?: boolean;
}

const isLive = ({ status }: Alert): boolean => status !== 'closed';
const closed = 'Closed already.';

/** Whether an alert can be acknowledged: a snoozed one too, which ends its snooze. */
export function canBeAcknowledged({ status }: Alert): boolean {
  return status === 'open' || status === 'snoozed';
}

export const alertVerbs = {
  acknowledge: { label: 'Acknowledge', fits: canBeAcknowledged, none: 'Already acknowledged.' },
  unacknowledge: {
    label: 'Unacknowledge',
    fits: ({ status }) => status === 'acknowledged',
    none: 'Not acknowledged, so there is nothing to take back.',
    alwaysAsk: true,
  },
  close: { label: 'Close', fits: isLive, none: closed, alwaysAsk: true },
  snooze: { label: 'Snooze', fits: isLive, none: closed },
  assign: { label: 'Assign', fits: isLive, none: closed },
  escalate: { label: 'Escalate', fits: isLive, none: closed, alwaysAsk: true },
  addNote: { label: 'Add Note to', fits: isLive, none: closed, harmless: true },
  addTags: { label: 'Add Tags to', fits: isLive, none: closed, harmless: true },
  removeTags: {
    label: 'Remove Tags from',
    fits: (alert) => isLive(alert) && alert.tags.length > 0,
    none: 'There are no tags to remove.',
    harmless: true,
  },
  setPriority: { label: 'Change Priority of', fits: isLive, none: closed },
} satisfies Record<string, AlertVerb>;

/** From here on the number is asked about: this many at once is rarely meant. */
export const manyAlerts = 5;
/** How many alerts a question names. */
const named = 5;

/** What is asked before something is done: the question, what a person must know, and the button. */
export interface Question {
  readonly message: string;
  readonly detail: string;
  readonly button: string;
}

/** What has to be asked before alerts are touched; undefined when it can be done at once. */
export function questionBefore(
  verb: AlertVerb,
  alerts: readonly Alert[],
  account: Account | undefined,
  from: Viewpoint,
  warning: string | undefined,
): Question | undefined {
  const taken = verb.harmless === true ? [] : alerts.flatMap((alert) => takenWarning(alert, account, from));
  const [first] = alerts;
  if (first === undefined) return undefined;
  if (verb.alwaysAsk !== true && alerts.length < manyAlerts && taken.length === 0) return undefined;
  const one = alerts.length === 1;
  const names = one ? [] : alerts.map((alert) => `${alert.priority} ${shorten(alert.message, 80)}`);
  const details = [warning, ...capped(taken), ...capped(names)].filter((line) => line !== undefined);
  return {
    message: `${verb.label} ${one ? `“${shorten(first.message, 80)}”` : counted(alerts.length, 'alert')}?`,
    detail: details.join('\n'),
    button: `${verb.label} ${one ? 'Alert' : counted(alerts.length, 'Alert')}`,
  };
}

function takenWarning(alert: Alert, account: Account | undefined, from: Viewpoint): string[] {
  const taken = takenLately(alert, account, from.now);
  if (taken === undefined) return [];
  const what = taken.how === 'acknowledged' ? 'acknowledged' : 'has';
  const when = ago(taken.at, from);
  return [`${taken.by} ${what} “${shorten(alert.message, 60)}”, ${when === 'now' ? 'just now' : when}.`];
}

function capped(lines: readonly string[]): readonly string[] {
  return lines.length <= named ? lines : [...lines.slice(0, named), `and ${lines.length - named} more`];
}

/** The tags that a person typed: separated by commas, each once. */
export function tagsIn(text: string): readonly string[] {
  return [...new Set(text.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '');
}

import { priorityWord } from '../../domain/alerts/priorityWords.ts';
import type { Alert } from '../../domain/alerts/alert.ts';
import { alertText } from '../../domain/alerts/name.ts';
import { takenLately } from '../../domain/alerts/takenLately.ts';
import type { Account } from '../../domain/base/account.ts';
import type { AlertVerb } from '../../feeds/alerts/verb.ts';
import { ago, counted, shorten, type Viewpoint } from '../kit/format.ts';

/** From this number on, a person confirms that so many are selected. */
const manyAlerts = 5;
/** How many alerts a dialog names. */
const named = 5;

/** A modal dialog that asks whether something is to be sent. Plain text, also what comes from outside. */
export interface Dialog {
  readonly message: string;
  readonly detail: string;
  /** The button that sends. */
  readonly button: string;
}

/** The dialog to show before a verb is sent; undefined when none is needed. `warnings`: what the person must have read. */
export function dialogBefore(
  verb: Pick<AlertVerb, 'label' | 'alwaysAsk' | 'harmless'>,
  alerts: readonly Alert[],
  account: Account | undefined,
  from: Viewpoint,
  warnings: readonly string[],
): Dialog | undefined {
  const taken = verb.harmless === true ? [] : alerts.flatMap((alert) => takenWarning(alert, account, from));
  const [first] = alerts;
  if (first === undefined) return undefined;
  if (verb.alwaysAsk !== true && alerts.length < manyAlerts && taken.length === 0) return undefined;
  const one = alerts.length === 1;
  const names = one ? [] : alerts.map((alert) => `${priorityWord(alert)} ${shorten(alertText(alert), 80)}`);
  return {
    message: `${verb.label} ${one ? `“${shorten(alertText(first), 80)}”` : counted(alerts.length, 'alert')}?`,
    detail: [...warnings, ...capped(taken), ...capped(names)].join('\n'),
    button: `${verb.label} ${one ? 'Alert' : counted(alerts.length, 'Alert')}`,
  };
}

function takenWarning(alert: Alert, account: Account | undefined, from: Viewpoint): string[] {
  const taken = takenLately(alert, account, from.now);
  if (taken === undefined) return [];
  const what = taken.how === 'acknowledged' ? 'acknowledged' : 'has';
  const when = ago(taken.at, from);
  return [`${taken.by} ${what} “${shorten(alertText(alert), 60)}”, ${when === 'now' ? 'just now' : when}.`];
}

function capped(lines: readonly string[]): readonly string[] {
  return lines.length <= named ? lines : [...lines.slice(0, named), `and ${lines.length - named} more`];
}

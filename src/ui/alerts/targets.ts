import { priorityWord } from '../../domain/alerts/priorityWords.ts';
import { alertConditions } from '../../domain/alerts/conditions.ts';
import type { Alert } from '../../domain/alerts/alert.ts';
import { alertText } from '../../domain/alerts/name.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Writes } from '../../engine/writes/writes.ts';
import type { Clients } from '../../feeds/clients.ts';
import type { Feeds } from '../../feeds/feeds.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import { alertsKey } from '../../feeds/alerts/keys.ts';
import { alertsNow } from '../../feeds/alerts/now.ts';
import type { AlertVerb } from '../../feeds/alerts/verb.ts';
import { dialogBefore } from '../../views/alerts/dialog.ts';
import { takenWords } from '../../views/alerts/words.ts';
import { shorten } from '../../views/kit/format.ts';
import type { Row } from '../../views/kit/row.ts';
import type { Host } from '../kit/host.ts';
import { confirm } from '../kit/confirm.ts';
import { inform } from '../kit/messages.ts';
import { pickSeveral } from '../kit/picks.ts';
import { progressInView } from '../kit/progress.ts';
import { rowsMeant } from '../kit/rowsMeant.ts';
import { viewpoint } from '../kit/viewpoint.ts';
import type { Views } from '../kit/views.ts';

export interface TargetParts extends CheckContext {
  readonly views: Pick<Views, 'selection' | 'focusedRow'>;
  readonly account: Pick<SignedInAccount, 'current'>;
}

/** The alerts of the rows, or of the selection, that a verb fits; without rows a person picks. */
export async function chooseAlerts(
  { store, views }: Pick<TargetParts, 'views' | 'store'>,
  verb: AlertVerb,
  rows: readonly Row[],
): Promise<readonly Alert[]> {
  const known = store.state(alertsKey).records;
  const fits = alertConditions[verb.fits];
  const meant = await rowsMeant(views, 'drDre.alerts', rows);
  // Two rows may stand for one alert: a heartbeat's row does for the alert that it raised.
  const keys = new Set(meant.rows.flatMap(({ record }) => (record?.kind === 'alert' ? [record.key] : [])));
  const found = [...keys].flatMap((key) => known.get(key) ?? []);
  if (keys.size > 0 && found.length === 0 && !meant.ask) {
    inform(takenWords(undefined));
    return [];
  }
  if (found.length > 0 && !meant.ask) {
    const fitting = found.filter(fits);
    if (fitting.length === 0) inform(verb.none);
    return fitting;
  }
  const fitting = [...known.values()].filter((alert) => alert.status !== 'closed' && fits(alert));
  if (fitting.length === 0) {
    inform('No alert that was read fits this command.');
    return [];
  }
  const items = fitting.map((alert) => ({
    label: `${priorityWord(alert)} ${shorten(alertText(alert), 100)}`,
    description: `#${alert.tinyId}`,
    picked: keys.has(alert.id),
    alert,
  }));
  items.sort((a, b) => Number(b.picked) - Number(a.picked) || a.label.localeCompare(b.label));
  const picked = await pickSeveral(items, {
    title: `${verb.label} Alerts`,
    placeHolder: 'Select alerts',
    matchOnDescription: true,
  });
  return (picked ?? []).map((item) => item.alert);
}

/** What reading alerts again before a verb is sent needs. */
export interface CheckContext extends Pick<Host, 'clock' | 'log'> {
  readonly store: Store<Failure>;
  readonly writes: Writes<Failure>;
  readonly clients: Pick<Clients, 'ops'>;
  readonly feeds: { readonly alerts: Pick<Feeds['alerts'], 'burst'> };
  readonly account: Pick<SignedInAccount, 'current'>;
}

/**
 * The alerts that a verb still fits, as the service has them now: somebody else may have changed them meanwhile. Shows a
 * message about the others, and has the list read again.
 */
export async function stillFitting(
  context: CheckContext,
  verb: AlertVerb,
  alerts: readonly Alert[],
): Promise<readonly Alert[]> {
  const { store, writes, clients, feeds, account, clock, log } = context;
  const fits = alertConditions[verb.fits];
  if (verb.harmless === true) return alerts;
  // The service does not have yet what this window is sending.
  const pending = new Set(
    writes
      .list(alertsKey.name)
      .flatMap(({ record, state }) => (state.kind === 'waiting' || state.kind === 'sending' ? [record] : [])),
  );
  const own = alerts.filter(({ id }) => pending.has(id));
  const others = alerts.filter(({ id }) => !pending.has(id));
  const { asOf, records } = store.state(alertsKey);
  const now = await progressInView('drDre.alerts', () =>
    alertsNow(others, { ops: clients.ops, clock, log, asOf, listed: records.size }),
  );
  const fitting = now.filter(fits);
  const [gone, ...further] = now.filter((alert) => !fits(alert));
  if (gone !== undefined) {
    feeds.alerts.burst();
    inform(takenWords(gone, account.current, further.length));
  }
  const byId = new Map([...own, ...fitting].map((alert) => [alert.id, alert]));
  return alerts.flatMap(({ id }) => byId.get(id) ?? []);
}

/** Shows the dialog that a verb needs before it is sent. True when it may be sent. */
export async function isSure(
  { account, clock }: Pick<TargetParts, 'account' | 'clock'>,
  verb: AlertVerb,
  alerts: readonly Alert[],
  warnings: readonly string[],
): Promise<boolean> {
  const dialog = dialogBefore(verb, alerts, account.current, viewpoint(clock), warnings);
  if (dialog === undefined) return true;
  const { message, detail, button } = dialog;
  return confirm({ severity: 'warning', text: message, detail, yes: button });
}

import * as vscode from 'vscode';
import type { Alert } from '../../domain/alerts/alert.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Writes } from '../../engine/writes/writes.ts';
import type { Clients } from '../../feeds/clients.ts';
import type { Feeds } from '../../feeds/feeds.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import { alertsKey } from '../../feeds/alerts/alerts.ts';
import { alertsNow } from '../../feeds/alerts/now.ts';
import { questionBefore, type AlertVerb } from '../../views/alerts/verbs.ts';
import { takenWords } from '../../views/alerts/words.ts';
import { shorten } from '../../views/kit/format.ts';
import type { Row } from '../../views/kit/row.ts';
import type { Host } from '../kit/host.ts';
import { viewpoint } from '../kit/viewpoint.ts';
import type { Views } from '../kit/views.ts';

export interface TargetParts extends CheckContext {
  readonly views: Pick<Views, 'selection' | 'focusedRow'>;
  readonly account: Pick<SignedInAccount, 'current'>;
}

/** Rows of which it is sure, or one to begin with when a person must say. */
interface Meant {
  readonly rows: readonly Row[];
  readonly ask: boolean;
}

/**
 * Which rows a command is for. The row that a menu or a key names stands for the whole selection that it is part of. The
 * palette names none: then it is the selection, unless the keyboard has gone on to another row, which may be meant.
 */
async function rowsMeant(views: TargetParts['views'], rows: readonly Row[]): Promise<Meant> {
  const selection = views.selection('drDre.alerts');
  const isSelected = ({ id }: Row): boolean => selection.some((row) => row.id === id);
  const [first, another] = rows;
  if (first !== undefined) {
    return { rows: another === undefined && isSelected(first) ? selection : rows, ask: false };
  }
  const focused = await views.focusedRow('drDre.alerts');
  if (focused === undefined || isSelected(focused)) return { rows: selection, ask: false };
  return { rows: [focused], ask: true };
}

/** The alerts of the rows, or of the selection, that a verb can be done to; without any a person picks. */
export async function chooseAlerts(
  { store, views }: TargetParts,
  verb: AlertVerb,
  rows: readonly Row[],
): Promise<readonly Alert[]> {
  const known = store.state(alertsKey).records;
  const meant = await rowsMeant(views, rows);
  // Two rows may stand for one alert: a heartbeat's row does for the alert that it raised.
  const keys = new Set(meant.rows.flatMap(({ record }) => (record?.kind === 'alert' ? [record.key] : [])));
  const found = [...keys].flatMap((key) => known.get(key) ?? []);
  if (keys.size > 0 && found.length === 0 && !meant.ask) {
    void vscode.window.showInformationMessage('Closed, or not among the alerts that are known now.');
    return [];
  }
  if (found.length > 0 && !meant.ask) {
    const fitting = found.filter(verb.fits);
    if (fitting.length === 0) void vscode.window.showInformationMessage(verb.none);
    return fitting;
  }
  const fitting = [...known.values()].filter((alert) => alert.status !== 'closed' && verb.fits(alert));
  if (fitting.length === 0) {
    void vscode.window.showInformationMessage('There is no such alert in what is known now.');
    return [];
  }
  const items = fitting.map((alert) => ({
    label: `${alert.priority} ${shorten(alert.message, 100)}`,
    description: `#${alert.tinyId}`,
    picked: keys.has(alert.id),
    alert,
  }));
  items.sort((a, b) => Number(b.picked) - Number(a.picked) || a.label.localeCompare(b.label));
  const picked = await vscode.window.showQuickPick(items, {
    title: `${verb.label} Alerts`,
    placeHolder: 'Which ones?',
    canPickMany: true,
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
}

/**
 * The alerts that a verb can still be done to, as the service has them now: somebody else may have been quicker. Says so
 * of the others, and has the list read again.
 */
export async function stillFitting(
  context: CheckContext,
  verb: AlertVerb,
  alerts: readonly Alert[],
): Promise<readonly Alert[]> {
  const { store, writes, clients, feeds, clock, log } = context;
  if (verb.harmless === true) return alerts;
  // What this window has under way is not at the service yet.
  const pending = new Set(
    writes
      .list(alertsKey.name)
      .flatMap(({ record, state }) => (state.kind === 'waiting' || state.kind === 'sending' ? [record] : [])),
  );
  const own = alerts.filter(({ id }) => pending.has(id));
  const others = alerts.filter(({ id }) => !pending.has(id));
  const { asOf, records } = store.state(alertsKey);
  const now = await vscode.window.withProgress({ location: { viewId: 'drDre.alerts' } }, () =>
    alertsNow(others, { ops: clients.ops, clock, log, asOf, listed: records.size }),
  );
  const fitting = now.filter(verb.fits);
  const [gone, ...further] = now.filter((alert) => !verb.fits(alert));
  if (gone !== undefined) {
    feeds.alerts.burst();
    void vscode.window.showInformationMessage(takenWords(gone, further.length));
  }
  const byId = new Map([...own, ...fitting].map((alert) => [alert.id, alert]));
  return alerts.flatMap(({ id }) => byId.get(id) ?? []);
}

/** Asks what has to be asked before alerts are touched. True when it may be done. */
export async function isSure(
  { account, clock }: Pick<TargetParts, 'account' | 'clock'>,
  verb: AlertVerb,
  alerts: readonly Alert[],
  warning: string | undefined,
): Promise<boolean> {
  const question = questionBefore(verb, alerts, account.current, viewpoint(clock), warning);
  if (question === undefined) return true;
  const { message, detail, button } = question;
  return (await vscode.window.showWarningMessage(message, { modal: true, detail }, button)) === button;
}

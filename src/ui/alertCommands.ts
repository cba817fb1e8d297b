import * as vscode from 'vscode';
import type { Alert } from '../domain/alert.ts';
import { alertsKey } from '../feeds/alerts.ts';
import { counted, shorten } from '../views/format.ts';
import type { Row } from '../views/row.ts';
import type { Handler } from './commands.ts';
import type { CommandContext } from './commandTable.ts';
import { runWrites } from './writeReports.ts';

/** What the alert commands need. */
interface AlertActions {
  readonly alerts: () => ReadonlyMap<string, Alert>;
  /** The rows selected in the Alerts view, if it can be seen. */
  readonly selection: () => readonly Row[];
}

/** From here on the number is asked about: this many at once is rarely meant. */
const many = 5;

/** What can be done with alerts. */
export function alertCommands(context: CommandContext): Readonly<Record<string, Handler>> {
  const { store, views, writeKinds } = context;
  const actions: AlertActions = {
    alerts: () => store.state(alertsKey).records,
    selection: () => views.selection('drDre.alerts'),
  };
  return {
    'drDre.alerts.acknowledge': async ({ rows }) => {
      const chosen = await choose(rows.length > 0 ? rows : actions.selection(), actions);
      if (chosen.length === 0) return;
      if (chosen.length >= many && !(await sure(chosen.length))) return;
      const { acknowledge } = (await writeKinds()).alerts;
      const ids = chosen.map((alert) => alert.id);
      await runWrites(context, acknowledge, ids, null);
    },
  };
}

/** The alerts of the rows that can still be acknowledged; without rows a person picks. */
async function choose(rows: readonly Row[], actions: AlertActions): Promise<readonly Alert[]> {
  const known = actions.alerts();
  const ofRows = rows.flatMap((row) => (row.record?.kind === 'alert' ? [known.get(row.record.key)] : []));
  const found = ofRows.filter((alert) => alert !== undefined);
  if (found.length > 0) {
    const open = found.filter(canBeAcknowledged);
    if (open.length === 0) void vscode.window.showInformationMessage('Already acknowledged.');
    return open;
  }
  const open = [...known.values()].filter(canBeAcknowledged);
  if (open.length === 0) {
    void vscode.window.showInformationMessage('There is no alert to acknowledge in what is known now.');
    return [];
  }
  const items = open.map((alert) => ({
    label: `${alert.priority} ${shorten(alert.message, 100)}`,
    description: `#${alert.tinyId}`,
    alert,
  }));
  items.sort((a, b) => a.label.localeCompare(b.label));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Acknowledge Alerts',
    placeHolder: 'Which ones?',
    canPickMany: true,
    matchOnDescription: true,
  });
  return (picked ?? []).map((item) => item.alert);
}

function canBeAcknowledged(alert: Alert): boolean {
  return alert.status === 'open' || alert.status === 'snoozed';
}

async function sure(count: number): Promise<boolean> {
  const label = `Acknowledge ${counted(count, 'Alert')}`;
  return (
    (await vscode.window.showWarningMessage(`Acknowledge ${counted(count, 'alert')}?`, { modal: true }, label)) ===
    label
  );
}

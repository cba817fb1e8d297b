import * as vscode from 'vscode';
import type { Alert } from '../domain/alert.ts';
import type { Failure } from '../domain/failure.ts';
import type { WriteEnd } from '../engine/writes.ts';
import { acknowledge, alertsKey } from '../feeds/alerts.ts';
import { counted, shorten } from '../views/format.ts';
import type { Row } from '../views/row.ts';
import { explain } from '../views/sentences.ts';
import type { Commands, Handler } from './commands.ts';
import type { CommandContext } from './commandTable.ts';

/** What the alert commands need. */
interface AlertActions {
  readonly alerts: () => ReadonlyMap<string, Alert>;
  /** The rows selected in the Alerts view, if it can be seen. */
  readonly selection: () => readonly Row[];
  readonly acknowledge: (alert: Alert) => Promise<WriteEnd<Failure>>;
}

/** From here on the number is asked about: this many at once is rarely meant. */
const many = 5;

/** What can be done with alerts. */
export function alertCommands(context: CommandContext): Readonly<Record<string, Handler>> {
  const { store, views, writes, clients, account, clock, feeds, commands } = context;
  const actions: AlertActions = {
    alerts: () => store.state(alertsKey).records,
    selection: () => views.selection('drDre.alerts'),
    acknowledge: (alert) =>
      writes.run(
        acknowledge(
          clients.ops,
          alert,
          account.current,
          () => clock.now(),
          () => feeds.alerts.burst(),
        ),
      ),
  };
  return {
    'drDre.alerts.acknowledge': async ({ rows }) => {
      const chosen = await choose(rows.length > 0 ? rows : actions.selection(), actions);
      if (chosen.length === 0) return;
      if (chosen.length >= many && !(await sure(chosen.length))) return;
      const ends = await Promise.all(chosen.map(async (alert) => ({ alert, end: await actions.acknowledge(alert) })));
      await report(ends, commands, actions);
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

interface Ended {
  readonly alert: Alert;
  readonly end: WriteEnd<Failure>;
}

async function report(ends: readonly Ended[], commands: Commands, actions: AlertActions): Promise<void> {
  const failed = ends.filter(({ end }) => end.kind !== 'applied');
  const [first] = failed;
  if (first === undefined) return;
  const names = failed.length === 1 ? `“${shorten(first.alert.message, 60)}”` : counted(failed.length, 'alert');
  if (first.end.kind === 'failed') {
    if (first.end.failure.kind === 'notSignedIn') return commands.tell(first.end.failure, 'Acknowledge');
    const { title, wayForward } = explain(first.end.failure);
    await retry(`${names} could not be acknowledged. ${title}. ${wayForward}`, failed, commands, actions);
  } else {
    const text = `Whether ${names} was acknowledged is not confirmed: the service did not say. Look at the row before you try again.`;
    await retry(text, failed, commands, actions);
  }
}

async function retry(text: string, failed: readonly Ended[], commands: Commands, actions: AlertActions): Promise<void> {
  const choice = await vscode.window.showErrorMessage(text, 'Retry', 'Show Log');
  if (choice === 'Show Log') await vscode.commands.executeCommand('drDre.showLog');
  if (choice !== 'Retry') return;
  const again = failed.map(({ alert }) => actions.alerts().get(alert.id)).filter((alert) => alert !== undefined);
  const ends = await Promise.all(again.map(async (alert) => ({ alert, end: await actions.acknowledge(alert) })));
  await report(ends, commands, actions);
}

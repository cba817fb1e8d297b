import * as vscode from 'vscode';
import { isoWeek } from '../../engine/disk/journal.ts';
import type { Handler } from './commands.ts';
import type { CommandContext } from '../commandTable.ts';
import { linkedRows } from './linkedRows.ts';

/** Commands that belong to no view. */
export function generalCommands({
  feeds,
  documents,
  clock,
  views,
  showLog,
}: CommandContext): Readonly<Record<string, Handler>> {
  return {
    'drDre.refresh': async () => {
      await vscode.window.withProgress({ location: { viewId: 'drDre.alerts' } }, () =>
        Promise.all([feeds.refresh(), documents.readAgain()]),
      );
    },
    'drDre.retry': async () => {
      const progress = { location: vscode.ProgressLocation.Window, title: 'Dr. DRE: reading again' };
      await vscode.window.withProgress(progress, () => feeds.refresh());
    },
    'drDre.showLog': showLog,
    'drDre.journal.show': () => documents.open('journal', isoWeek(clock.now())),
    'drDre.openSettings': async ({ rows }) => {
      const setting = rows.find(({ record }) => record?.kind === 'setting')?.record?.key;
      await openSettings(setting === undefined ? '@ext:dfinity.dr-dre' : `@id:${setting}`);
    },
    'drDre.copyLink': async ({ rows }) => {
      const linked = await linkedRows(views, views.ids, rows);
      if (linked.length > 0) await vscode.env.clipboard.writeText(linked.map(({ link }) => link).join('\n'));
    },
  };
}

/** Ours are scoped to the machine: in a remote window VS Code has them with those of the remote machine, and only there. */
async function openSettings(query: string): Promise<void> {
  if (vscode.env.remoteName === undefined) {
    await vscode.commands.executeCommand('workbench.action.openSettings', query);
  } else await vscode.commands.executeCommand('workbench.action.openRemoteSettings', { query });
}

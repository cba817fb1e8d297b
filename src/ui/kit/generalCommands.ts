import * as vscode from 'vscode';
import { visibleLine } from '../../domain/base/harmless.ts';
import { groupOfMore, rowsAtOnce } from '../../views/kit/capped.ts';
import type { Row } from '../../views/kit/row.ts';
import type { Handlers } from './commands.ts';
import type { Documents } from './documents.ts';
import type { Host } from './host.ts';
import { linkedRows } from './linkedRows.ts';
import { inform } from './messages.ts';
import { progressInStatusBar, progressInView } from './progress.ts';
import type { RowLimits } from './rowLimits.ts';
import type { Views } from './views.ts';

export interface GeneralCommandParts extends Pick<Host, 'settings'> {
  readonly feeds: { readonly refresh: () => Promise<void> };
  readonly documents: Pick<Documents, 'readAgain'>;
  readonly views: Pick<Views, 'ids' | 'selection'>;
  readonly rowLimits: Pick<RowLimits, 'raise'>;
  readonly showLog: () => void;
}

/** Commands that belong to no feature. `progressView`: the view that shows that all is being read again. */
export function generalCommands(parts: GeneralCommandParts, progressView: string): Handlers {
  const { feeds, documents, settings, views, rowLimits, showLog } = parts;
  return {
    'drDre.refresh': async () => {
      await progressInView(progressView, () => Promise.all([feeds.refresh(), documents.readAgain()]));
    },
    'drDre.retry': async () => {
      await progressInStatusBar('Dr. DRE: reading again', () => feeds.refresh());
    },
    'drDre.showLog': showLog,
    'drDre.times.showUtc': () => settings.setTimeZone('UTC'),
    'drDre.times.showLocal': () => settings.setTimeZone('local'),
    // Of a row, or with the id of a setting of ours.
    'drDre.openSettings': async ({ rows, args: [named] }) => {
      const ofRow = rows.find(({ record }) => record?.kind === 'setting')?.record?.key;
      const setting = typeof named === 'string' && /^drDre(?:\.[A-Za-z]+)+$/.test(named) ? named : ofRow;
      await openSettings(setting === undefined ? '@ext:dfinity.dr-dre' : `@id:${setting}`);
    },
    'drDre.copyLink': async ({ rows }) => {
      const linked = await linkedRows(views, views.ids, rows);
      if (linked.length > 0) await vscode.env.clipboard.writeText(linked.map(({ link }) => link).join('\n'));
    },
    'drDre.copyId': ({ rows }) => copyOf(views, rows, ({ copied }) => copied, 'an ID'),
    // From outside: with line ends in it a terminal would run what is pasted.
    'drDre.copyName': ({ rows }) =>
      copyOf(views, rows, ({ name }) => (name === undefined ? undefined : visibleLine(name)), 'a name'),
    'drDre.showMore': ({ rows }) => {
      const group = rows.map(groupOfMore).find((found) => found !== undefined);
      if (group !== undefined) rowLimits.raise(group, rowsAtOnce);
    },
  };
}

/** Copies what `textOf` says of the rows, or of the selected rows where there are none: a line each. */
async function copyOf(
  views: Pick<Views, 'ids' | 'selection'>,
  rows: readonly Row[],
  textOf: (row: Row) => string | undefined,
  what: string,
): Promise<void> {
  const used = rows.length > 0 ? rows : views.ids.flatMap((id) => views.selection(id));
  const texts = used.map(textOf).filter((text) => text !== undefined);
  if (texts.length > 0) await vscode.env.clipboard.writeText(texts.join('\n'));
  else inform(`Nothing with ${what} is selected in the views of Dr. DRE.`);
}

/** Settings of this extension have machine scope: in a remote window VS Code lists them with the remote machine's. */
async function openSettings(query: string): Promise<void> {
  if (vscode.env.remoteName === undefined) {
    await vscode.commands.executeCommand('workbench.action.openSettings', query);
  } else await vscode.commands.executeCommand('workbench.action.openRemoteSettings', { query });
}

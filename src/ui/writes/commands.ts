import * as vscode from 'vscode';
import type { Failure } from '../../domain/base/failure.ts';
import type { WriteStatus } from '../../engine/writes/kind.ts';
import { counted, shorten } from '../../views/kit/format.ts';
import type { Row, Token } from '../../views/kit/row.ts';
import type { Handlers } from '../kit/commands.ts';
import { reportEnds, retryWrites, type WriteTools } from './reports.ts';

export type WriteCommandParts = WriteTools;

type Status = WriteStatus<Failure>;

/** What can be done about actions that failed, or that were applied a moment ago. */
export function writeCommands(parts: WriteCommandParts): Handlers {
  const { writes } = parts;
  return {
    'drDre.writes.retry': async ({ rows }) => {
      const found = await choose(writes.list(), rows, 'troubled', isTroubled);
      if (found.length > 0) await retryWrites(parts, found);
    },
    'drDre.writes.takeBack': async ({ rows }) => {
      for (const { id, typed } of await choose(writes.list(), rows, 'troubled', isTroubled)) {
        // First the text is somewhere else.
        if (typed !== undefined) await showText(typed);
        writes.discard(id);
      }
    },
    'drDre.writes.undo': async ({ rows }) => {
      // Only what was done last to a record: what came after was wanted on top of it.
      const latest = [...new Map(writes.list().map((each) => [`${each.feed}/${each.record}`, each])).values()];
      const found = await choose(latest, rows, 'undoable', ({ undoUntil }) => undoUntil !== undefined);
      if (!(await isSure(found))) return;
      const ends = found.map(({ id }) => writes.undo(id)).filter((end) => end !== undefined);
      await reportEnds(parts, await Promise.all(ends));
    },
  };
}

function isTroubled({ state }: Status): boolean {
  return state.kind === 'failed' || state.kind === 'notSent' || state.kind === 'unconfirmed';
}

/** The writes of the rows; without rows a person picks. */
async function choose(
  all: readonly Status[],
  rows: readonly Row[],
  token: Token,
  fits: (status: Status) => boolean,
): Promise<readonly Status[]> {
  const fitting = all.filter(fits);
  const keys = rows.filter((row) => row.tokens.includes(token)).map((row) => row.record?.key);
  if (keys.length > 0) return fitting.filter(({ record }) => keys.includes(record));
  if (fitting.length === 0) {
    const nothing = token === 'undoable' ? 'Nothing can be undone now.' : 'No action has failed.';
    void vscode.window.showInformationMessage(nothing);
    return [];
  }
  const items = fitting.map((status) => ({
    label: `${status.title}: ${shorten(status.subject, 80)}`,
    description: status.typed === undefined ? '' : shorten(status.typed, 80),
    status,
  }));
  const picked = await vscode.window.showQuickPick(items, { placeHolder: 'Which one?', canPickMany: true });
  return (picked ?? []).map(({ status }) => status);
}

/** Asks before something is undone that a person must have read about. */
async function isSure(found: readonly Status[]): Promise<boolean> {
  const warnings = [...new Set(found.flatMap(({ undoWarning }) => undoWarning ?? []))];
  const [first] = found;
  if (first === undefined || warnings.length === 0) return true;
  const what = found.length === 1 ? `${first.title} “${shorten(first.subject, 80)}”` : counted(found.length, 'action');
  const options = { modal: true, detail: warnings.join('\n') };
  return (await vscode.window.showWarningMessage(`Undo ${what}?`, options, 'Undo')) === 'Undo';
}

async function showText(text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content: text, language: 'plaintext' });
  await vscode.window.showTextDocument(document, { preview: false });
}

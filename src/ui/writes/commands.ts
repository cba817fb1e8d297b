import * as vscode from 'vscode';
import type { Failure } from '../../domain/base/failure.ts';
import type { WriteStatus } from '../../engine/writes/kind.ts';
import { counted, shorten } from '../../views/kit/format.ts';
import { writeConditions, type WriteCondition } from '../../views/kit/pendingActions.ts';
import type { Row } from '../../views/kit/row.ts';
import type { Handlers } from '../kit/commands.ts';
import { confirm } from '../kit/confirm.ts';
import { inform } from '../kit/messages.ts';
import { pickSeveral } from '../kit/picks.ts';
import { checkWrites, retryWrites, sendWritesAgain, undoWrites, type WriteTools } from './reports.ts';

export type WriteCommandParts = WriteTools;

type Status = WriteStatus<Failure>;

/** Something that a person can do about writes. Its key is the last part of its command's id. */
interface WriteVerb {
  /** In the palette: "Retry Failed Action". */
  readonly name: string;
  /** In menus and on buttons. */
  readonly label: string;
  /** The writes that it can be done to. */
  readonly fits: WriteCondition;
  /** What is said when it can be done to none. */
  readonly none: string;
  /** Only the last write to each record counts: what came after another one was requested on top of it. */
  readonly lastOnly?: boolean;
  readonly run: (parts: WriteCommandParts, writes: readonly Status[]) => Promise<void>;
}

export const writeVerbs = {
  retry: {
    name: 'Retry Failed Action',
    label: 'Retry',
    fits: 'troubled',
    none: 'No action has failed.',
    run: retryWrites,
  },
  takeBack: {
    name: 'Discard Failed Action',
    label: 'Discard',
    fits: 'troubled',
    none: 'No action has failed.',
    run: async ({ writes }, found) => {
      for (const { id, typed } of found) {
        // The text is shown elsewhere before the write is removed.
        if (typed !== undefined) await showText(typed);
        writes.discard(id);
      }
    },
  },
  check: {
    name: 'Check Unconfirmed Action',
    label: 'Check Again',
    fits: 'unconfirmed',
    none: 'No action is unconfirmed.',
    run: checkWrites,
  },
  sendAgain: {
    name: 'Send Unconfirmed Action Again Anyway',
    label: 'Send Again Anyway',
    fits: 'unconfirmed',
    none: 'No action is unconfirmed.',
    run: sendWritesAgain,
  },
  undo: {
    name: 'Undo Action',
    label: 'Undo',
    fits: 'undoable',
    none: 'Nothing can be undone now.',
    lastOnly: true,
    run: async (parts, found) => {
      if (await isSure(found)) await undoWrites(parts, found);
    },
  },
} satisfies Record<string, WriteVerb>;

/** One command for each of them. */
export function writeCommands(parts: WriteCommandParts): Handlers {
  return Object.fromEntries(
    Object.entries<WriteVerb>(writeVerbs).map(([key, verb]) => [
      `drDre.writes.${key}`,
      async ({ rows }) => {
        const found = await choose(parts.writes.list(), rows, verb);
        if (found.length > 0) await verb.run(parts, found);
      },
    ]),
  );
}

/** The writes of the rows that a verb fits; without rows a person picks. */
async function choose(
  all: readonly Status[],
  rows: readonly Row[],
  { fits, none, lastOnly = false }: WriteVerb,
): Promise<readonly Status[]> {
  const counting = lastOnly ? [...new Map(all.map((each) => [`${each.feed}/${each.record}`, each])).values()] : all;
  const fitting = counting.filter(writeConditions[fits]);
  const keys = rows.filter((row) => row.tokens.includes(fits)).map((row) => row.record?.key);
  if (keys.length > 0) return fitting.filter(({ record }) => keys.includes(record));
  if (fitting.length === 0) {
    inform(none);
    return [];
  }
  const entries = fitting.map((status) => ({
    label: `${status.title}: ${shorten(status.subject, 80)}`,
    description: status.typed === undefined ? '' : shorten(status.typed, 80),
    status,
  }));
  const picked = await pickSeveral(entries, { placeHolder: 'Select actions' });
  return (picked ?? []).map(({ status }) => status);
}

/** Shows the dialog that undoing needs when a person must have read something first. True when it may be undone. */
async function isSure(found: readonly Status[]): Promise<boolean> {
  const warnings = [...new Set(found.flatMap(({ undoWarning }) => undoWarning ?? []))];
  const [first] = found;
  if (first === undefined || warnings.length === 0) return true;
  const what = found.length === 1 ? `${first.title} “${shorten(first.subject, 80)}”` : counted(found.length, 'action');
  return confirm({ severity: 'warning', text: `Undo ${what}?`, detail: warnings.join('\n'), yes: 'Undo' });
}

async function showText(text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content: text, language: 'plaintext' });
  await vscode.window.showTextDocument(document, { preview: false });
}

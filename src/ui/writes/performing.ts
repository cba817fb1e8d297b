import * as vscode from 'vscode';
import type { Failure } from '../../domain/base/failure.ts';
import type { Log } from '../../engine/base/log.ts';
import type { EndedWrite } from '../../engine/writes/kind.ts';
import type { Views } from '../kit/views.ts';
import { performWrites, type DoingWords, type Start } from './reports.ts';

export interface PerformingParts {
  readonly views: Pick<Views, 'select'>;
  readonly log: Log;
}

/** Runs writes to records of a view; of several records, those for which it did not go through stay selected. */
export async function performFromView(
  { views, log }: PerformingParts,
  view: string,
  what: DoingWords,
  starts: readonly Start[],
): Promise<readonly EndedWrite<Failure>[]> {
  const moves = watchMoves();
  try {
    const ends = await performWrites(what, starts);
    const troubled = ends.filter(({ state }) => state.kind !== 'applied').map(({ record }) => record);
    if (new Set(ends.map(({ record }) => record)).size > 1 && troubled.length > 0) {
      await views.select(view, new Set(troubled), !moves.seen()).catch((cause: unknown) => {
        // A row may be gone by now. The message about what failed comes all the same.
        log.warn('writes', 'what failed could not be selected', cause);
      });
    }
    return ends;
  } finally {
    moves.dispose();
  }
}

/** Returns whether the person has gone to an editor or a terminal since: then the focus stays there. */
function watchMoves(): { readonly seen: () => boolean; readonly dispose: () => void } {
  let seen = false;
  const note = (): void => {
    seen = true;
  };
  const listening = vscode.Disposable.from(
    vscode.window.onDidChangeTextEditorSelection(note),
    vscode.window.onDidChangeActiveTextEditor(note),
    vscode.window.onDidChangeActiveTerminal(note),
  );
  return { seen: () => seen, dispose: () => void listening.dispose() };
}

import * as vscode from 'vscode';
import type { Failure } from '../../domain/base/failure.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import type { Writes } from '../../engine/writes/writes.ts';
import { writeConditions, type WriteCondition } from '../../views/kit/pendingActions.ts';

/** Sets the context keys for whether there are writes to retry, check or undo: the palette offers only what can be done now. */
export function keepWriteContextKeys(writes: Pick<Writes<Failure>, 'list' | 'onDidChange'>): Disposable {
  const last = new Map<WriteCondition, boolean>();
  const update = (): void => {
    const all = writes.list();
    for (const condition of Object.keys(setKey) as WriteCondition[]) {
      const holds = all.some((write) => writeConditions[condition](write));
      if ((last.get(condition) ?? false) === holds) continue;
      last.set(condition, holds);
      setKey[condition](holds);
    }
  };
  update();
  return writes.onDidChange(update);
}

const { executeCommand } = vscode.commands;

const setKey: Readonly<Record<WriteCondition, (holds: boolean) => void>> = {
  troubled: (holds) => void executeCommand('setContext', 'drDre.writes.troubled', holds),
  unconfirmed: (holds) => void executeCommand('setContext', 'drDre.writes.unconfirmed', holds),
  undoable: (holds) => void executeCommand('setContext', 'drDre.writes.undoable', holds),
};

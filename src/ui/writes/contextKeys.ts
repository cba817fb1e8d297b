import type { Failure } from '../../domain/base/failure.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import type { Writes } from '../../engine/writes/writes.ts';
import { writeConditions, type WriteCondition } from '../../views/kit/pendingActions.ts';
import { contextKey, type SetContextKey } from '../kit/contextKey.ts';

/** Sets the context keys for whether there are writes to retry, check or undo: the palette offers only what can be done now. */
export function keepWriteContextKeys(writes: Pick<Writes<Failure>, 'list' | 'onDidChange'>): Disposable {
  const setKey: Readonly<Record<WriteCondition, SetContextKey<boolean>>> = {
    troubled: contextKey<boolean>('drDre.writes.troubled'),
    unconfirmed: contextKey<boolean>('drDre.writes.unconfirmed'),
    undoable: contextKey<boolean>('drDre.writes.undoable'),
  };
  const update = (): void => {
    const all = writes.list();
    for (const condition of Object.keys(setKey) as WriteCondition[]) {
      setKey[condition](all.some((write) => writeConditions[condition](write)));
    }
  };
  update();
  return writes.onDidChange(update);
}

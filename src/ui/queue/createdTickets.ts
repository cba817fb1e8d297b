import type { Failure } from '../../domain/base/failure.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import type { Writes } from '../../engine/writes/writes.ts';
import type { CreatingParts } from './creating.ts';

/** Links each ticket that is created to what it was created from; loads what does with the first of them. */
export function linkCreatedTickets(parts: CreatingParts & { readonly writes: Writes<Failure> }): Disposable {
  const { writes, createdTickets, log } = parts;
  return writes.onDidEnd(({ record, state }) => {
    if (state.kind !== 'applied' || createdTickets.of(record) === undefined) return;
    import('./creating.ts')
      .then(({ finishCreated }) => finishCreated(parts, record))
      .catch((cause: unknown) => log.error('queue', 'a ticket that was created is not linked', cause));
  });
}

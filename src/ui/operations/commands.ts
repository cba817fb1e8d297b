import type { Failure } from '../../domain/base/failure.ts';
import type { Subject } from '../../domain/links/mention.ts';
import { runTitle, type Run } from '../../domain/operations/run.ts';
import { targetKind } from '../../domain/releases/rollout.ts';
import type { Store } from '../../engine/read/store.ts';
import { rolloutsKey } from '../../feeds/releases/keys.ts';
import type { Row } from '../../views/kit/row.ts';
import { isSubmittable, stateWords } from '../../views/operations/view.ts';
import type { Handlers, Invocation } from '../kit/commands.ts';
import type { Host } from '../kit/host.ts';
import { inform } from '../kit/messages.ts';
import { pickOne } from '../kit/picks.ts';
import { viewpoint } from '../kit/viewpoint.ts';
import type { Operations } from './operations.ts';
import { copyCommand } from './review.ts';

export interface OperationCommandParts extends Pick<Host, 'clock'> {
  readonly store: Store<Failure>;
  readonly operations: () => Promise<Operations>;
}

/** The commands that run dre operations, and those for their runs. */
export function operationCommands({ operations, store, clock }: OperationCommandParts): Handlers {
  /** Does something with the run of the row, or with one that the person picks. */
  const withRun =
    (act: (run: Run, all: Operations) => Promise<void>, isMeant: (run: Run) => boolean = () => true) =>
    async (invocation: Invocation): Promise<void> => {
      const all = await operations();
      const run = await runMeant(await all.runs(), invocation, clock, isMeant);
      if (run !== undefined) await act(run, all);
    };
  return {
    'drDre.operations.run': async ({ rows }) => (await operations()).choose(placeOf(rows[0], store)),
    'drDre.operations.runLast': async () => (await operations()).runLast(),
    'drDre.operations.copyLast': async () => (await operations()).copyLast(),
    'drDre.operations.openRun': withRun(({ id }, all) => all.openRun(id)),
    'drDre.operations.runAgain': withRun((run, all) => all.runAgain(run)),
    'drDre.operations.submit': withRun((run, all) => all.submit(run), isSubmittable),
    'drDre.operations.copyCommand': withRun((run) => copyCommand(run)),
    'drDre.operations.showTerminal': withRun((run, all) => all.showTerminal(run)),
    'drDre.operations.openOutput': withRun((run, all) => all.openOutput(run)),
    'drDre.operations.upgrade': async () => (await operations()).upgrade(),
  };
}

async function runMeant(
  runs: readonly Run[],
  { rows }: Invocation,
  clock: Host['clock'],
  isMeant: (run: Run) => boolean,
): Promise<Run | undefined> {
  const [row] = rows;
  if (row?.record?.kind === 'run') return runs.find(({ id }) => id === row.record?.key);
  const meant = runs.filter(isMeant);
  if (meant.length === 0) inform('There is no such run of dre.');
  if (meant.length === 0) return undefined;
  const entries = meant.map((run) => ({
    label: runTitle(run),
    description: stateWords(run, viewpoint(clock)),
    detail: run.args.join(' '),
    run,
  }));
  return (await pickOne(entries, { placeHolder: 'Which run?', matchOnDetail: true }))?.run;
}

/** The subnet or node that a row of a rollout stands for. */
function placeOf(row: Row | undefined, store: Store<Failure>): Subject | undefined {
  if (row?.record?.kind !== 'rollout' || row.batch === undefined || row.copied === undefined) return undefined;
  const rollout = store.state(rolloutsKey).records.get(row.record.key);
  return rollout === undefined ? undefined : { kind: targetKind(rollout), id: row.copied };
}

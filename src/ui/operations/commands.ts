import type { Failure } from '../../domain/base/failure.ts';
import type { StatusOf } from '../../dre/outcome.ts';
import type { Run } from '../../domain/operations/run.ts';
import { namedTitle } from '../../dre/targets.ts';
import type { Store } from '../../engine/read/store.ts';
import { alertsKey, closedAlertsKey } from '../../feeds/alerts/keys.ts';
import { decidedProposalsKey } from '../../feeds/proposals/decidedKey.ts';
import { knownProposal } from '../../feeds/proposals/known.ts';
import { proposalsKey } from '../../feeds/proposals/proposals.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import { rolloutsKey } from '../../feeds/releases/keys.ts';
import { runContext, type ContextRecords } from '../../views/operations/context.ts';
import { hasProposals, isSubmittable, stateWords } from '../../views/operations/view.ts';
import { withBack } from '../kit/chain.ts';
import type { Handlers, Invocation } from '../kit/commands.ts';
import type { Host } from '../kit/host.ts';
import { inform } from '../kit/messages.ts';
import { pickOne } from '../kit/picks.ts';
import { viewpoint } from '../kit/viewpoint.ts';
import type { LiveLinks } from '../links/liveLinks.ts';
import type { Operations } from './operations.ts';
import type { OperationsPage } from './page.ts';
import { copyCommand } from './review.ts';

export interface OperationCommandParts extends Pick<Host, 'clock'> {
  readonly store: Store<Failure>;
  readonly links: Pick<LiveLinks, 'current'>;
  readonly operations: () => Promise<Operations>;
  readonly operationsPage: Pick<OperationsPage, 'open'>;
}

/** The commands that run dre operations, and those for their runs. */
export function operationCommands({
  operations,
  operationsPage,
  store,
  links,
  clock,
}: OperationCommandParts): Handlers {
  const statusOf: StatusOf = (id) => knownProposal(store, id)?.status;
  /** Does something with the run of the row, or with one that the person picks. */
  const withRun =
    (act: (run: Run, all: Operations) => Promise<void>, isMeant: (run: Run) => boolean = () => true) =>
    async (invocation: Invocation): Promise<void> => {
      const all = await operations();
      const run = await runMeant(await all.runs(), invocation, { clock, statusOf, isMeant });
      if (run !== undefined) await act(run, all);
    };
  const records = (): ContextRecords => ({
    alerts: new Map([...store.state(closedAlertsKey).records, ...store.state(alertsKey).records]),
    tickets: store.state(queueKey).records,
    proposals: new Map([...store.state(decidedProposalsKey).records, ...store.state(proposalsKey).records]),
    rollouts: store.state(rolloutsKey).records,
    links: links.current,
    now: clock.now(),
  });
  return {
    'drDre.operations.run': async ({ rows }) => (await operations()).choose(runContext(rows, records())),
    'drDre.operations.vote': async ({ rows }) => (await operations()).vote(runContext(rows, records()).origin),
    'drDre.operations.open': async () => operationsPage.open(),
    'drDre.operations.openForm': async ({ rows }) => {
      const { origin, about } = runContext(rows, records());
      const { pickOperation } = await import('./questions.ts');
      const picked = await withBack(() =>
        pickOperation(about, { title: 'Open dre Operation as Form', from: origin.startedFrom }),
      );
      if (picked !== undefined) await operationsPage.open({ id: picked.operation.id, values: picked.values, origin });
    },
    'drDre.operations.readRegistry': async () => (await operations()).readRegistry(),
    'drDre.operations.runLast': async () => (await operations()).runLast(),
    'drDre.operations.copyLast': async () => (await operations()).copyLast(),
    'drDre.operations.openRun': withRun(({ id }, all) => all.openRun(id)),
    'drDre.operations.runAgain': withRun((run, all) => all.runAgain(run)),
    'drDre.operations.submit': withRun((run, all) => all.submit(run), isSubmittable),
    'drDre.operations.copyCommand': withRun((run) => copyCommand(run)),
    'drDre.operations.showTerminal': withRun((run, all) => all.showTerminal(run)),
    'drDre.operations.openOutput': withRun((run, all) => all.openOutput(run)),
    'drDre.operations.addToTicket': withRun((run, all) => all.addToTicket(run), hasProposals),
    'drDre.operations.upgrade': async () => (await operations()).upgrade(),
  };
}

interface RunChoice extends Pick<Host, 'clock'> {
  readonly statusOf: StatusOf;
  readonly isMeant: (run: Run) => boolean;
}

async function runMeant(
  runs: readonly Run[],
  { rows }: Invocation,
  { clock, statusOf, isMeant }: RunChoice,
): Promise<Run | undefined> {
  const [row] = rows;
  if (row?.record?.kind === 'run') return runs.find(({ id }) => id === row.record?.key);
  const meant = runs.filter(isMeant);
  if (meant.length === 0) inform('No run of dre fits this command.');
  if (meant.length === 0) return undefined;
  const entries = meant.map((run) => ({
    label: namedTitle(run),
    description: stateWords(run, viewpoint(clock), statusOf),
    detail: run.args.join(' '),
    run,
  }));
  return (await pickOne(entries, { placeHolder: 'Select a run', matchOnDetail: true }))?.run;
}

import { join } from 'node:path';
import type { Disposable } from '../engine/base/clock.ts';
import { lazily } from '../engine/base/lazy.ts';
import { Lifetime } from '../engine/base/lifetime.ts';
import { redact } from '../engine/base/redact.ts';
import { vscodeTerminals } from '../platform/terminals.ts';
import { afterFirstRowsMs, type HostContext, type RegisteredParts } from '../ui/kit/startParts.ts';
import type { Operations } from '../ui/operations/operations.ts';
import { OperationsPage } from '../ui/operations/page.ts';
import { RunTerminals } from '../ui/operations/runTerminals.ts';
import { RunsFollowing } from '../ui/operations/runsFollowing.ts';
import type { TicketDrafts } from '../ui/queue/ticketDrafts.ts';
import type { HostParts } from './host.ts';
import type { RecordParts } from './records.ts';
import type { ServiceParts } from './services.ts';
import type { ComposedViews } from './views.ts';

/** What runs dre and shows its runs. */
export interface OperationParts {
  /** Loaded with the first operation. */
  readonly operations: () => Promise<Operations>;
  readonly operationsPage: OperationsPage;
  readonly runTerminals: RunTerminals;
}

/** Builds it, and lets the runs of all windows be followed. */
export function composeOperations(
  parts: HostParts & RecordParts & ComposedViews & ServiceParts,
  {
    documents,
    ticketDrafts,
  }: Pick<RegisteredParts, 'documents'> & { readonly ticketDrafts: () => Promise<TicketDrafts> },
  { extensionUri, globalState }: Pick<HostContext, 'globalState' | 'extensionUri'>,
): { readonly shown: OperationParts; readonly disposables: readonly Disposable[] } {
  const { clock, log, store, diskOf, pathOf, secrets } = parts;
  const terminals = vscodeTerminals('terminal');
  const runTerminals = new RunTerminals();
  const loaded = new Lifetime();
  const registry = lazily(async () => {
    const { RegistryIndex } = await import('../ui/operations/registryIndex.ts');
    const index = loaded.own(new RegistryIndex({ log, store, disk: diskOf('registry') }));
    await index.load();
    return index;
  });
  const operations = lazily(async (): Promise<Operations> => {
    const [{ Operations: Loaded }, { ticketEditors }] = await Promise.all([
      import('../ui/operations/operations.ts'),
      import('../ui/queue/offered.ts'),
    ]);
    return loaded.own(
      new Loaded({
        ...parts,
        documents,
        terminals,
        runTerminals,
        runner: join(extensionUri.fsPath, 'dist', 'dreRunner.js'),
        folder: pathOf('runs'),
        ticketEditors: ticketEditors({ ...parts, ticketDrafts }),
        book: runs.book,
        registry,
      }),
    );
  });
  const runs = new RunsFollowing({
    clock,
    log,
    store,
    disk: diskOf('runs'),
    redact: (text) => redact(text, secrets()),
    reporters: operations,
  });
  runs.start();
  loaded.after(clock, afterFirstRowsMs, () => {
    registry().catch((cause: unknown) => log.error('dre', 'the registry that was read was not brought back', cause));
  });
  const operationsPage = new OperationsPage({ ...parts, extensionUri, operations, memory: globalState });
  return {
    shown: { operations, operationsPage, runTerminals },
    disposables: [loaded, terminals, runs, operationsPage],
  };
}

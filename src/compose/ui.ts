import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Disposable } from '../engine/base/clock.ts';
import { isIssueKey } from '../domain/base/ids.ts';
import { lazily } from '../engine/base/lazy.ts';
import { redact } from '../engine/base/redact.ts';
import { Lifetime } from '../engine/base/lifetime.ts';
import { alertsKey } from '../feeds/alerts/keys.ts';
import { queueKey } from '../feeds/queue/queue.ts';
import { vscodeTerminals } from '../platform/terminals.ts';
import { registerAtlassianAccount } from '../ui/account/provider.ts';
import { notesReading } from '../ui/alerts/notesReading.ts';
import { loginReading } from '../ui/ci/loginReading.ts';
import { addCommands } from '../ui/commandTable.ts';
import { Commands } from '../ui/kit/commands.ts';
import { DocumentKeys } from '../ui/kit/documentRows.ts';
import { afterFirstRowsMs, type HostContext, type RegisteredParts } from '../ui/kit/startParts.ts';
import { windowId } from '../ui/kit/windowId.ts';
import { registerTerminalLinks } from '../ui/links/terminalLinks.ts';
import type { Operations } from '../ui/operations/operations.ts';
import { OperationsPage } from '../ui/operations/page.ts';
import { RunTerminals } from '../ui/operations/runTerminals.ts';
import { RunsFollowing } from '../ui/operations/runsFollowing.ts';
import { hostBatchReading } from '../ui/releases/hostBatchReading.ts';
import { LazyTimeline } from '../ui/releases/timeline/lazy.ts';
import type { TicketDrafts } from '../ui/queue/ticketDrafts.ts';
import { decidedProposalsReading } from '../ui/proposals/decidedReading.ts';
import { namedProposalsReading } from '../ui/proposals/namedReading.ts';
import { outcomeComments } from '../ui/proposals/outcomeComments.ts';
import { listsReading } from '../ui/queue/listsReading.ts';
import { queryReading } from '../ui/queue/queryReading.ts';
import { textsReading } from '../ui/queue/textsReading.ts';
import { RotationItem } from '../ui/rotation/item.ts';
import { WriteFollowUp } from '../ui/writes/followUp.ts';
import type { HostParts } from './host.ts';
import type { RecordParts } from './records.ts';
import type { ServiceParts } from './services.ts';
import { Announcing } from './announcing.ts';
import type { ComposedViews } from './views.ts';

export { openAddress } from '../ui/links/uriHandler.ts';

/** What a person sees and uses besides the views. */
export interface UiParts {
  readonly timeline: LazyTimeline;
  readonly operationsPage: OperationsPage;
  readonly runTerminals: RunTerminals;
  readonly writeFollowUp: WriteFollowUp;
  readonly commands: Commands;
  /** Comments and descriptions that are being written; loaded with the first of them. */
  readonly ticketDrafts: () => Promise<TicketDrafts>;
}

/** Builds what a person sees and uses besides the views. */
export function composeUi(
  parts: HostParts & RecordParts & ComposedViews & ServiceParts,
  { documents }: RegisteredParts,
  context: Pick<HostContext, 'workspaceState' | 'globalState' | 'extensionUri'>,
): { readonly ui: UiParts; readonly disposables: readonly Disposable[] } {
  const { links, wake, store, log, settings, clock, writes, createdTickets } = parts;
  const { extensionUri } = context;
  const item = new RotationItem(parts);
  const notes = notesReading(parts);
  const readings = [
    textsReading,
    listsReading,
    queryReading,
    namedProposalsReading,
    decidedProposalsReading,
    loginReading,
    hostBatchReading,
  ].map((of) => of(parts));
  for (const reading of readings) reading.read();
  const timeline = new LazyTimeline({ ...parts, documents, extensionUri });
  const terminals = vscodeTerminals('terminal');
  const runTerminals = new RunTerminals();
  const writeFollowUp = new WriteFollowUp({
    ...parts,
    documents,
    pageOf: async (feed, record) => {
      const site = settings.current.atlassianSite.href;
      if (feed === alertsKey.name) return (await import('../views/alerts/row.ts')).alertUrl(site, record);
      // What was to be created and is not there has none.
      if (feed === queueKey.name && isIssueKey(record)) {
        return (await import('../views/queue/view.ts')).ticketUrl(site, record);
      }
      return undefined;
    },
  });
  const commands = new Commands(log, (uri) => documents.rowOf(uri));
  const outcomes = outcomeComments({ ...parts, commands });
  outcomes.read();
  const documentKeys = new DocumentKeys(documents, log);
  const announcing = new Announcing({ ...parts, commands, documents });
  const loaded = new Lifetime();
  const ticketDrafts = lazily(async () => {
    const { TicketDrafts } = await import('../ui/queue/ticketDrafts.ts');
    return loaded.own(new TicketDrafts({ ...parts, newId: randomUUID, window: windowId(context.workspaceState) }));
  });
  const creating = { ...parts, ticketDrafts, commands, documents };
  const creations = writes.onDidEnd(({ record, state }) => {
    if (state.kind !== 'applied' || createdTickets.of(record) === undefined) return;
    import('../ui/queue/creating.ts')
      .then(({ finishCreated }) => finishCreated(creating, record))
      .catch((cause: unknown) => log.error('queue', 'a ticket that was created is not linked', cause));
  });
  const registry = lazily(async () => {
    const { RegistryIndex } = await import('../ui/operations/registryIndex.ts');
    const index = loaded.own(new RegistryIndex({ log, store, disk: parts.diskOf('registry') }));
    await index.load();
    return index;
  });
  const operations = lazily(async (): Promise<Operations> => {
    const { Operations: Runner } = await import('../ui/operations/operations.ts');
    const runner = join(extensionUri.fsPath, 'dist', 'dreRunner.js');
    const folder = parts.pathOf('runs');
    const ticketEditors = await import('../ui/queue/offered.ts').then(({ offerComment, offerTicket }) => ({
      comment: (key: string, markdown: string) => offerComment(parts, key, markdown),
      create: (ticket: Parameters<typeof offerTicket>[1]) => offerTicket({ ...parts, ticketDrafts }, ticket),
    }));
    return loaded.own(
      new Runner({
        ...parts,
        documents,
        terminals,
        runTerminals,
        runner,
        folder,
        ticketEditors,
        book: runs.book,
        registry,
      }),
    );
  });
  const runs = new RunsFollowing({
    clock,
    log,
    store,
    disk: parts.diskOf('runs'),
    redact: (text) => redact(text, parts.secrets()),
    reporters: operations,
  });
  runs.start();
  loaded.after(clock, afterFirstRowsMs, () => {
    registry().catch((cause: unknown) => log.error('dre', 'the registry that was read was not brought back', cause));
  });
  const operationsPage = new OperationsPage({ ...parts, extensionUri, operations, memory: context.globalState });
  addCommands(commands, { ...parts, ticketDrafts, commands, documents, timeline, operations, operationsPage });
  const terminalLinks = registerTerminalLinks(links, { store, documents, timeline });
  const account = registerAtlassianAccount(parts);
  const paintStatus = (): void => {
    item.paint();
    announcing.update();
  };
  const woken = wake.onDidWake(paintStatus);
  const changed = settings.onDidChange(paintStatus);
  return {
    ui: { timeline, operationsPage, runTerminals, writeFollowUp, commands, ticketDrafts },
    disposables: [
      loaded,
      item,
      timeline,
      operationsPage,
      terminals,
      runs,
      writeFollowUp,
      announcing,
      notes,
      ...readings,
      outcomes,
      creations,
      terminalLinks,
      account,
      woken,
      changed,
      documentKeys,
    ],
  };
}

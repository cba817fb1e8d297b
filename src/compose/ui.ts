import { randomUUID } from 'node:crypto';
import type { Disposable } from '../engine/base/clock.ts';
import { lazily } from '../engine/base/lazy.ts';
import { Lifetime } from '../engine/base/lifetime.ts';
import { registerAtlassianAccount } from '../ui/account/provider.ts';
import { notesReading } from '../ui/alerts/notesReading.ts';
import { loginReading } from '../ui/ci/loginReading.ts';
import { addCommands } from '../ui/commandTable.ts';
import { Commands } from '../ui/kit/commands.ts';
import { DocumentKeys } from '../ui/kit/documentRows.ts';
import type { HostContext, RegisteredParts } from '../ui/kit/startParts.ts';
import { windowId } from '../ui/kit/windowId.ts';
import { pageOfRecord } from '../ui/links/recordPages.ts';
import { registerTerminalLinks } from '../ui/links/terminalLinks.ts';
import type { OperationsPage } from '../ui/operations/page.ts';
import type { RunTerminals } from '../ui/operations/runTerminals.ts';
import { hostBatchReading } from '../ui/releases/hostBatchReading.ts';
import { LazyTimeline } from '../ui/releases/timeline/lazy.ts';
import type { TicketDrafts } from '../ui/queue/ticketDrafts.ts';
import { decidedProposalsReading } from '../ui/proposals/decidedReading.ts';
import { namedProposalsReading } from '../ui/proposals/namedReading.ts';
import { outcomeComments } from '../ui/proposals/outcomeComments.ts';
import { linkCreatedTickets } from '../ui/queue/createdTickets.ts';
import { listsReading } from '../ui/queue/listsReading.ts';
import { queryReading } from '../ui/queue/queryReading.ts';
import { textsReading } from '../ui/queue/textsReading.ts';
import { RotationItem } from '../ui/rotation/item.ts';
import { WriteFollowUp } from '../ui/writes/followUp.ts';
import type { HostParts } from './host.ts';
import type { RecordParts } from './records.ts';
import type { ServiceParts } from './services.ts';
import { Announcing } from './announcing.ts';
import { composeOperations } from './operations.ts';
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
  const { links, wake, store, log, settings } = parts;
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
  const writeFollowUp = new WriteFollowUp({
    ...parts,
    documents,
    pageOf: (feed, record) => pageOfRecord(parts, feed, record),
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
  const creations = linkCreatedTickets({ ...parts, ticketDrafts, commands, documents });
  const { shown: operationParts, disposables: ofOperations } = composeOperations(
    parts,
    { documents, ticketDrafts },
    context,
  );
  const { operationsPage, runTerminals } = operationParts;
  addCommands(commands, { ...parts, ticketDrafts, commands, documents, timeline, ...operationParts });
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
      ...ofOperations,
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

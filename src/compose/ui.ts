import type { Disposable } from '../engine/base/clock.ts';
import { alertsKey } from '../feeds/alerts/alerts.ts';
import { vscodeTerminals } from '../platform/terminals.ts';
import { AlertsViewOptions } from '../ui/alerts/viewOptions.ts';
import { NotesReading } from '../ui/alerts/notesReading.ts';
import { addCommands } from '../ui/commandTable.ts';
import { Commands } from '../ui/kit/commands.ts';
import { PollingPace } from '../ui/kit/pollingPace.ts';
import { RowLimits } from '../ui/kit/rowLimits.ts';
import type { HostContext, Shell } from '../ui/kit/shell.ts';
import { Views } from '../ui/kit/views.ts';
import { LiveLinks } from '../ui/links/liveLinks.ts';
import { registerTerminalLinks } from '../ui/links/terminalLinks.ts';
import { Timeline } from '../ui/releases/timeline.ts';
import { RotationItem } from '../ui/rotation/item.ts';
import { viewDefinitions } from '../ui/viewTable.ts';
import { WriteFollowUp } from '../ui/writes/followUp.ts';
import type { EngineParts } from './engine.ts';
import type { FeedParts } from './feeds.ts';
import type { HostParts } from './host.ts';
import { Telling } from './telling.ts';

/** What a person sees and uses. */
export interface UiParts {
  readonly views: Views;
  readonly viewOptions: AlertsViewOptions;
  readonly rowLimits: RowLimits;
  readonly links: LiveLinks;
  readonly item: RotationItem;
  readonly pace: PollingPace;
  readonly telling: Telling;
  readonly timeline: Timeline;
  readonly writeFollowUp: WriteFollowUp;
  readonly commands: Commands;
}

/** Builds the views, which paint from the store at once. */
export function composeViews(
  parts: HostParts & EngineParts & FeedParts,
  shell: Shell,
  context: HostContext,
): Pick<UiParts, 'views' | 'viewOptions' | 'rowLimits' | 'links'> {
  const { store, clock, log } = parts;
  const viewOptions = new AlertsViewOptions(context.workspaceState);
  const rowLimits = new RowLimits();
  const links = new LiveLinks(parts);
  const definitions = viewDefinitions({ ...parts, viewOptions, rowLimits, links });
  return { views: new Views(shell, definitions, store.onDidChange, clock, log), viewOptions, rowLimits, links };
}

/** Builds the rest of what a person sees and uses. */
export function composeUi(
  parts: HostParts & EngineParts & FeedParts & Pick<UiParts, 'views' | 'viewOptions' | 'rowLimits' | 'links'>,
  { documents }: Shell,
  context: HostContext,
): { readonly ui: UiParts; readonly disposables: readonly Disposable[] } {
  const { views, viewOptions, rowLimits, links, store, log, settings } = parts;
  const { extensionUri } = context;
  const item = new RotationItem(parts);
  const pace = new PollingPace({ ...parts, closedAlerts: viewOptions });
  const notes = new NotesReading(parts);
  const timeline = new Timeline({ ...parts, extensionUri });
  const terminals = vscodeTerminals('terminal');
  const writeFollowUp = new WriteFollowUp({
    ...parts,
    documents,
    pageOf: async (feed, record) => {
      if (feed !== alertsKey.name) return undefined;
      const { alertUrl } = await import('../views/alerts/row.ts');
      return alertUrl(settings.current.atlassianSite.href, record);
    },
  });
  const commands = new Commands(log);
  const telling = new Telling({ ...parts, commands, documents });
  addCommands(commands, { ...parts, commands, documents, timeline, terminals, extension: context });
  const terminalLinks = registerTerminalLinks(links, { store, documents, timeline });
  return {
    ui: { views, viewOptions, rowLimits, links, item, pace, telling, timeline, writeFollowUp, commands },
    disposables: [
      ...[views, item, pace, timeline, terminals, writeFollowUp, telling, notes, links],
      ...[terminalLinks, viewOptions, rowLimits],
    ],
  };
}

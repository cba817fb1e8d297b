import type { Disposable } from '../engine/base/clock.ts';
import { AlertsViewOptions } from '../ui/alerts/viewOptions.ts';
import { PollingPace } from '../ui/kit/pollingPace.ts';
import { RowLimits } from '../ui/kit/rowLimits.ts';
import type { HostContext, Shell } from '../ui/kit/shell.ts';
import { Views } from '../ui/kit/views.ts';
import { LiveLinks } from '../ui/links/liveLinks.ts';
import { viewDefinitions } from '../ui/viewTable.ts';
import type { EngineParts } from './engine.ts';
import type { FeedParts } from './feeds.ts';
import type { HostParts } from './host.ts';

/** The views, what they are made of, and how often is read for them. */
export interface ViewParts {
  readonly views: Views;
  readonly viewOptions: AlertsViewOptions;
  readonly rowLimits: RowLimits;
  readonly links: LiveLinks;
  readonly pace: PollingPace;
}

/** Builds the views, which paint from the store at once. */
export function composeViews(
  parts: HostParts & EngineParts & FeedParts,
  shell: Shell,
  context: HostContext,
): { readonly shown: ViewParts; readonly disposables: readonly Disposable[] } {
  const { store, clock, log } = parts;
  const viewOptions = new AlertsViewOptions(context.workspaceState);
  const rowLimits = new RowLimits();
  const links = new LiveLinks(parts);
  const definitions = viewDefinitions({ ...parts, viewOptions, rowLimits, links });
  const views = new Views(shell, definitions, store.onDidChange, clock, log);
  const pace = new PollingPace({ ...parts, views, closedAlerts: viewOptions });
  return {
    shown: { views, viewOptions, rowLimits, links, pace },
    disposables: [views, pace, links, viewOptions, rowLimits],
  };
}

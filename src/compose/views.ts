import { ciGroupings, type CiGrouping } from '../domain/ci/groupings.ts';
import { proposalGroupings, type ProposalGrouping } from '../domain/proposals/groupings.ts';
import { ticketGroupings, type TicketGrouping } from '../domain/queue/groupings.ts';
import type { Disposable } from '../engine/base/clock.ts';
import { AlertsViewOptions } from '../ui/alerts/viewOptions.ts';
import { RowLimits } from '../ui/kit/rowLimits.ts';
import { RowTree } from '../ui/kit/rowTree.ts';
import type { HostContext, RegisteredParts } from '../ui/kit/startParts.ts';
import { syncedKeys, ViewOptions } from '../ui/kit/viewOptions.ts';
import { Views } from '../ui/kit/views.ts';
import { LiveLinks } from '../ui/links/liveLinks.ts';
import { viewDefinitions, type ShownServices } from '../ui/viewTable.ts';
import type { HostParts } from './host.ts';
import type { RecordParts } from './records.ts';

/** The views and what they are made of. */
export interface ComposedViews {
  readonly views: Views;
  readonly viewOptions: AlertsViewOptions;
  readonly queueOptions: ViewOptions<TicketGrouping>;
  readonly proposalsOptions: ViewOptions<ProposalGrouping>;
  readonly ciOptions: ViewOptions<CiGrouping>;
  readonly rowLimits: RowLimits;
  readonly links: LiveLinks;
}

/** Builds the views, which paint from the store at once. */
export function composeViews(
  parts: HostParts & RecordParts & ShownServices,
  registered: Pick<RegisteredParts, 'trees' | 'activatedAt'>,
  context: Pick<HostContext, 'workspaceState' | 'globalState'>,
): { readonly shown: ComposedViews; readonly disposables: readonly Disposable[] } {
  const { store, account, clock, log, settings, writes, alertNotes, ticketTexts, gitHubLogin } = parts;
  const viewOptions = new AlertsViewOptions(context);
  const queueOptions = new ViewOptions<TicketGrouping>(context, {
    view: 'drDre.queue',
    filteredKey: 'drDre.queue.filtered',
    groupings: ticketGroupings,
  });
  const proposalsOptions = new ViewOptions<ProposalGrouping>(context, {
    view: 'drDre.proposals',
    filteredKey: 'drDre.proposals.filtered',
    groupings: proposalGroupings,
  });
  const ciOptions = new ViewOptions<CiGrouping>(context, {
    view: 'drDre.ci',
    filteredKey: 'drDre.ci.filtered',
    groupings: ciGroupings,
  });
  context.globalState.setKeysForSync(syncedKeys(['drDre.alerts', 'drDre.queue', 'drDre.proposals', 'drDre.ci']));
  const rowLimits = new RowLimits();
  const links = new LiveLinks(parts);
  const definitions = viewDefinitions({
    store,
    settings,
    account,
    writes,
    alertNotes,
    ticketTexts,
    gitHubLogin,
    viewOptions,
    queueOptions,
    proposalsOptions,
    ciOptions,
    rowLimits,
    links,
  });
  const trees = new Map([...registered.trees].map(([id, tree]) => [id, new RowTree(tree)]));
  const views = new Views({ trees, activatedAt: registered.activatedAt }, definitions, store.onDidChange, clock, log);
  return {
    shown: { views, viewOptions, queueOptions, proposalsOptions, ciOptions, rowLimits, links },
    disposables: [
      views,
      ...trees.values(),
      links,
      viewOptions,
      queueOptions,
      proposalsOptions,
      ciOptions,
      rowLimits,
      settings.onDidChange(() => {
        for (const view of trees.keys()) views.repaint(view);
      }),
      viewOptions.onDidChange(() => views.remake('drDre.alerts')),
      queueOptions.onDidChange(() => views.remake('drDre.queue')),
      proposalsOptions.onDidChange(() => views.remake('drDre.proposals')),
      ciOptions.onDidChange(() => views.remake('drDre.ci')),
      rowLimits.onDidChange(() => views.repaintAll('limited')),
      links.onDidChange(() => views.repaintAll('linked')),
      account.onDidChange(() => views.repaint('drDre.week')),
    ],
  };
}

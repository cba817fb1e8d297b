import type { Failure } from '../domain/base/failure.ts';
import { hour } from '../domain/base/time.ts';
import type { Store } from '../engine/read/store.ts';
import type { Writes } from '../engine/writes/writes.ts';
import { alertsKey, teamKey, closedAlertsKey, heartbeatsKey } from '../feeds/alerts/keys.ts';
import type { TicketTextsReader } from '../feeds/queue/texts.ts';
import { listedTicketsKey } from '../feeds/queue/known.ts';
import { ticketListsKey } from '../feeds/queue/listsKey.ts';
import { ticketQueryKey } from '../feeds/queue/queryKey.ts';
import { ticketTextsKey } from '../feeds/queue/textsKey.ts';
import type { AlertNotesReader } from '../feeds/alerts/notes.ts';
import { countsOfOthers, ofOthersKey } from '../feeds/alerts/ofOthers.ts';
import { accountKey, type SignedInAccount } from '../feeds/kit/account.ts';
import { decidedProposalsKey } from '../feeds/proposals/decidedKey.ts';
import { namedProposalsKey } from '../feeds/proposals/namedKey.ts';
import { proposalsKey } from '../feeds/proposals/proposals.ts';
import { runsKey } from '../feeds/operations/keys.ts';
import { pullRequestsKey } from '../feeds/ci/pullRequests.ts';
import { queueKey } from '../feeds/queue/queue.ts';
import {
  enginesKey,
  enginesOf,
  fullReadAt,
  fullReadKey,
  hostBatchesKey,
  pastLengthsKey,
  releasesKey,
  rolloutsKey,
  timesKey,
} from '../feeds/releases/keys.ts';
import { rotationsKey } from '../feeds/rotation/keys.ts';
import { workflowRunsKey } from '../feeds/ci/workflowRuns.ts';
import type { ViewDefinition } from './kit/views.ts';
import type { CiGrouping } from '../domain/ci/groupings.ts';
import type { ProposalGrouping } from '../domain/proposals/groupings.ts';
import type { TicketGrouping } from '../domain/queue/groupings.ts';
import type { AlertsViewOptions } from './alerts/viewOptions.ts';
import type { Host } from './kit/host.ts';
import type { RowLimits } from './kit/rowLimits.ts';
import type { ViewOptions } from './kit/viewOptions.ts';
import type { LiveLinks } from './links/liveLinks.ts';

/** What rows show of the services besides the records. Until that is loaded, which is after the first rows, there is none. */
export interface ShownServices {
  readonly writes: Pick<Writes<Failure>, 'list'>;
  readonly alertNotes: Pick<AlertNotesReader, 'hasNote'>;
  readonly ticketTexts: () => Promise<TicketTextsReader>;
  /** The login of whoever is signed in to GitHub; undefined while it is not known. */
  readonly gitHubLogin: () => string | undefined;
}

/** What the views are made of. */
export interface ViewParts extends Pick<Host, 'settings'>, ShownServices {
  readonly store: Store<Failure>;
  readonly account: SignedInAccount;
  readonly links: LiveLinks;
  readonly viewOptions: AlertsViewOptions;
  readonly queueOptions: ViewOptions<TicketGrouping>;
  readonly proposalsOptions: ViewOptions<ProposalGrouping>;
  readonly ciOptions: ViewOptions<CiGrouping>;
  readonly rowLimits: RowLimits;
}

/** The tree views: which feeds each shows, and how; with what is wrong with the settings of each. */
export function viewDefinitions(parts: ViewParts): readonly ViewDefinition[] {
  const { settings } = parts;
  return definitions(parts).map((definition) => ({
    ...definition,
    load: async () => {
      const [model, { withSettingRows }] = await Promise.all([
        definition.load(),
        import('../views/kit/settingRows.ts'),
      ]);
      return (from) => {
        const sideBarWidth = settings.current.rowsWidth;
        const shown = withSettingRows(
          model({ ...from, sideBarWidth }),
          definition.settings.filter((setting) => settings.unfit.includes(setting)),
        );
        return { ...shown, sideBarWidth };
      };
    },
  }));
}

function definitions({
  store,
  settings,
  account,
  writes,
  links,
  viewOptions,
  queueOptions,
  proposalsOptions,
  ciOptions,
  rowLimits,
  alertNotes,
  ticketTexts,
  gitHubLogin,
}: ViewParts): readonly ViewDefinition[] {
  const site = (): string => settings.current.atlassianSite.href;
  return [
    {
      id: 'drDre.week',
      feeds: [rotationsKey.name, queueKey.name],
      written: true,
      settings: ['drDre.atlassian.site', 'drDre.atlassian.apiUrl', 'drDre.ops.team', 'drDre.ops.schedules'],
      load: async () => {
        const [{ onCallUrl, weekView }, { pendingActions }, { isNotTended }, { notTendedRow }] = await Promise.all([
          import('../views/rotation/view.ts'),
          import('../views/kit/pendingActions.ts'),
          import('./queue/lints.ts'),
          import('../views/queue/lintWords.ts'),
        ]);
        return (from) => {
          const pending = pendingActions(writes.list(rotationsKey.name));
          const page = onCallUrl(site(), settings.current.team);
          const duties = isNotTended({ settings, store }, from) ? [notTendedRow] : [];
          return weekView(store.state(rotationsKey), account.current, from, page, pending, duties);
        };
      },
    },
    {
      id: 'drDre.alerts',
      feeds: [
        alertsKey.name,
        teamKey.name,
        ofOthersKey.name,
        heartbeatsKey.name,
        closedAlertsKey.name,
        accountKey.name,
      ],
      badged: true,
      settings: ['drDre.atlassian.site', 'drDre.atlassian.apiUrl', 'drDre.ops.team'],
      written: true,
      linked: true,
      limited: true,
      load: async () => {
        // Most starts have no filter: one that is set later makes the view anew.
        const [{ alertsView }, filters, { pendingActions }] = await Promise.all([
          import('../views/alerts/view.ts'),
          viewOptions.filter === undefined ? undefined : import('../views/alerts/filters.ts'),
          import('../views/kit/pendingActions.ts'),
        ]);
        return (from) => {
          const { filter, grouping } = viewOptions;
          const active =
            filter === undefined ? undefined : filters?.activeFilter(filter, settings.current.alertFilters);
          return alertsView(store.state(alertsKey), from, site(), {
            choice: { grouping, filter: active },
            limits: rowLimits.current,
            pending: pendingActions(writes.list(alertsKey.name)),
            teams: new Map([...store.state(teamKey).records.values()].map(({ id, name }) => [id, name])),
            heartbeats: store.state(heartbeatsKey),
            closed: { state: store.state(closedAlertsKey), group: viewOptions.closed },
            ofOthers: countsOfOthers(store),
            links: links.current,
            account: account.current,
            hiddenPrefixes: settings.current.alertPrefixes,
            forgotten: {
              openAgeMs: settings.current.forgottenAfterHours * hour,
              hasNote: (alertId) => alertNotes.hasNote(alertId),
            },
          });
        };
      },
    },
    {
      id: 'drDre.queue',
      feeds: [
        queueKey.name,
        ticketTextsKey.name,
        ticketListsKey.name,
        listedTicketsKey.name,
        ticketQueryKey.name,
        accountKey.name,
      ],
      settings: ['drDre.atlassian.site', 'drDre.queue.epic'],
      written: true,
      linked: true,
      limited: true,
      load: async () => {
        const [{ queueView }, filters, { pendingActions }, { isNotTended, lintsNow }, texts] = await Promise.all([
          import('../views/queue/view.ts'),
          queueOptions.filter === undefined ? undefined : import('../views/queue/filters.ts'),
          import('../views/kit/pendingActions.ts'),
          import('./queue/lints.ts'),
          ticketTexts(),
        ]);
        const lintParts = { settings, store, links, ticketTexts: texts };
        return (from) => {
          const { filter, grouping } = queueOptions;
          return queueView(store.state(queueKey), from, site(), settings.current.epic, {
            grouping,
            filter:
              filter &&
              filters?.activeTicketFilter(filter, settings.current.ticketFilters, account.current, {
                queries: store.state(ticketQueryKey).records,
                named: settings.current.ticketQueries,
                from,
              }),
            limits: rowLimits.current,
            links: links.current,
            account: account.current,
            pending: pendingActions(writes.list(queueKey.name)),
            lintsOf: (ticket) => lintsNow(lintParts, ticket, from),
            lists: {
              queries: settings.current.ticketLists,
              read: store.state(ticketListsKey).records,
              tickets: store.state(listedTicketsKey).records,
            },
            isNotTended: isNotTended(lintParts, from),
          });
        };
      },
    },
    {
      id: 'drDre.proposals',
      feeds: [proposalsKey.name, decidedProposalsKey.name, queueKey.name, ticketTextsKey.name],
      badgedLater: true,
      settings: ['drDre.governance.host', 'drDre.governance.canister'],
      linked: true,
      limited: true,
      load: async () => {
        const [{ proposalsView }, { ticketedNow }, { proposersOf, topicsOf }, filters] = await Promise.all([
          import('../views/proposals/view.ts'),
          import('../feeds/queue/ticketed.ts'),
          import('../domain/proposals/governance.ts'),
          proposalsOptions.filter === undefined ? undefined : import('../views/proposals/filters.ts'),
        ]);
        return (from) => {
          const { filter, grouping } = proposalsOptions;
          const { proposalFilters, proposalTopics, proposers: ids } = settings.current;
          const proposers = proposersOf(ids);
          return proposalsView(store.state(proposalsKey), from, links.current, rowLimits.current, {
            decided: store.state(decidedProposalsKey),
            topics: topicsOf(proposalTopics),
            proposers,
            isTicketed: ticketedNow(store),
            grouping,
            filter: filter && filters?.activeProposalFilter(filter, proposalFilters, proposers),
          });
        };
      },
    },
    {
      id: 'drDre.runs',
      feeds: [runsKey.name, proposalsKey.name, decidedProposalsKey.name, namedProposalsKey.name],
      settings: [],
      load: async () => {
        const [{ runsView }, { knownProposal }] = await Promise.all([
          import('../views/operations/view.ts'),
          import('../feeds/proposals/known.ts'),
        ]);
        return (from) =>
          runsView(store.state(runsKey).records.values(), from, (id) => knownProposal(store, id)?.status);
      },
    },
    {
      id: 'drDre.releases',
      feeds: [
        rolloutsKey.name,
        enginesKey.name,
        fullReadKey.name,
        hostBatchesKey.name,
        timesKey.name,
        pastLengthsKey.name,
        releasesKey.name,
      ],
      settings: ['drDre.rollouts.url', 'drDre.airflow.url', 'drDre.github.apiUrl', 'drDre.github.repository'],
      badgedLater: true,
      linked: true,
      load: async () => {
        const [{ releasesView }, { withVersions }, { pagesOfVersions }, { estimatesNow }] = await Promise.all([
          import('../views/releases/view.ts'),
          import('../views/releases/versionRows.ts'),
          import('../views/releases/versionPages.ts'),
          import('../feeds/releases/estimates.ts'),
        ]);
        return (from) => {
          const airflow = settings.current.airflowUrl.href;
          const rollouts = store.state(rolloutsKey);
          const sources = {
            releases: store.state(releasesKey),
            pulls: store.state(pullRequestsKey),
            rollouts,
            proposals: store.state(proposalsKey),
            decided: store.state(decidedProposalsKey),
            githubApi: settings.current.githubApi.href,
            repository: settings.current.repository,
          };
          const model = releasesView(rollouts, from, airflow, links.current, {
            engines: enginesOf(store),
            fullReadAt: fullReadAt(store),
            times: store.state(timesKey).records,
            estimates: estimatesNow(store),
            hostBatches: store.state(hostBatchesKey).records,
            pagesOf: pagesOfVersions(sources),
          });
          return withVersions(model, sources, from);
        };
      },
    },
    {
      id: 'drDre.ci',
      feeds: [pullRequestsKey.name, workflowRunsKey.name],
      settings: ['drDre.github.apiUrl', 'drDre.github.repository'],
      badgedLater: true,
      linked: true,
      load: async () => {
        const [{ ciView }, filters] = await Promise.all([
          import('../views/ci/view.ts'),
          ciOptions.filter === undefined ? undefined : import('../views/ci/filters.ts'),
        ]);
        return (from) => {
          const { filter, grouping } = ciOptions;
          const { githubApi, repository, ciFilters } = settings.current;
          const watched = { githubApi: githubApi.href, repository };
          return ciView(store.state(pullRequestsKey), store.state(workflowRunsKey), from, watched, links.current, {
            grouping,
            filter: filter && filters?.activeCiFilter(filter, ciFilters, gitHubLogin()),
          });
        };
      },
    },
  ];
}

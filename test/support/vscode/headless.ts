import type { Failure } from '../../../src/domain/base/failure.ts';
import type { Account } from '../../../src/domain/base/account.ts';
import { Allowance } from '../../../src/engine/read/allowance.ts';
import { Meter } from '../../../src/engine/read/meter.ts';
import { alertsKey, teamKey, closedAlertsKey, heartbeatsKey } from '../../../src/feeds/alerts/keys.ts';
import { Clients } from '../../../src/feeds/clients.ts';
import { failureRules } from '../../../src/feeds/failureRules.ts';
import { Feeds, offShiftPerHour, serviceOfFeed } from '../../../src/feeds/feeds.ts';
import { countsOfOthers } from '../../../src/feeds/alerts/ofOthers.ts';
import { decidedProposalsKey } from '../../../src/feeds/proposals/decidedKey.ts';
import { proposalsKey } from '../../../src/feeds/proposals/proposals.ts';
import { pullRequestsKey } from '../../../src/feeds/ci/pullRequests.ts';
import { queueKey } from '../../../src/feeds/queue/queue.ts';
import { enginesOf, fullReadAt, releasesKey, rolloutsKey } from '../../../src/feeds/releases/keys.ts';
import { rotationsKey } from '../../../src/feeds/rotation/keys.ts';
import { workflowRunsKey } from '../../../src/feeds/ci/workflowRuns.ts';
import type { Log } from '../../../src/engine/base/log.ts';
import type { Disk } from '../../../src/engine/disk/disk.ts';
import type { Reader } from '../../../src/engine/read/definition.ts';
import { alertsView, type AlertsMore } from '../../../src/views/alerts/view.ts';
import { ciView } from '../../../src/views/ci/view.ts';
import type { PendingAction } from '../../../src/views/kit/pendingActions.ts';
import { proposalsView } from '../../../src/views/proposals/view.ts';
import { queueView } from '../../../src/views/queue/view.ts';
import { withVersions } from '../../../src/views/releases/versionRows.ts';
import { releasesView } from '../../../src/views/releases/view.ts';
import type { Row, ViewModel } from '../../../src/views/kit/row.ts';
import { weekView } from '../../../src/views/rotation/view.ts';
import type { ServiceName, Simulator } from '../../simulator/simulator.ts';
import { epicKey, teamId } from '../../simulator/world.ts';
import { clientAddresses } from '../sources/clientAddresses.ts';
import { CountingStore } from '../engine/countingStore.ts';
import { memoryLog, rethrow } from '../engine/engine.ts';
import { FakeClock } from '../engine/fakeClock.ts';

export type ViewName = 'week' | 'alerts' | 'queue' | 'proposals' | 'releases' | 'ci';

/** Where each view's records come from, most of them first. */
export const viewSources: Readonly<Record<ViewName, readonly [ServiceName, ...ServiceName[]]>> = {
  week: ['atlassianApi'],
  alerts: ['atlassianApi'],
  queue: ['atlassianSite'],
  proposals: ['governance'],
  releases: ['rollouts', 'github'],
  ci: ['github'],
};
export const viewNames = Object.keys(viewSources) as ViewName[];

export interface HeadlessOptions {
  /** How long an answer is waited for, milliseconds. */
  readonly timeoutMs?: number;
  /**
   * It is counted by the clock of the feeds: whoever moves that clock first waits for the answers that are to arrive in
   * time.
   */
  readonly waitsByClock?: boolean;
  readonly fetch?: typeof fetch;
  readonly log?: Log & { readonly lines: readonly string[] };
  /** Which window reads when several windows share the reading. */
  readonly reader?: (parts: { readonly clock: FakeClock; readonly log: Log }) => Reader;
  /** What the row of an alert says of what a person did. */
  readonly pending?: () => ReadonlyMap<string, PendingAction>;
  readonly account?: () => Account | undefined;
  /** The token that the person has for Atlassian; the good one when absent. */
  readonly atlassianToken?: () => string;
  /** The token that the person has for GitHub; the good one when absent. */
  readonly githubToken?: () => string | undefined;
  /** The epic of the queue; the team's when absent. */
  readonly epic?: string;
  /** Told of every request that ended. */
  readonly onRequest?: (service: string, operation: string, status: number) => void;
  /** Where it is kept what was asked; without it that ends with this window. */
  readonly disk?: Disk;
  /** Goes on from an earlier window; at the world's time without it. */
  readonly clock?: FakeClock | undefined;
}

/** Dr. DRE without a window: the real clients, feeds and views, in front of a simulator. */
export interface Headless {
  /** Moves the clock of the feeds; the services have their own. */
  readonly clock: FakeClock;
  readonly clients: Clients;
  readonly feeds: Feeds;
  readonly store: CountingStore<Failure>;
  readonly meter: Meter;
  readonly log: Log & { readonly lines: readonly string[] };
  /** What a person would see now. */
  view(name: ViewName, more?: Pick<AlertsMore, 'choice'>): ViewModel;
  dispose(): void;
}

/** The simulator must stand at the present time, as its services check signatures against it. */
export function headless(simulator: Simulator, options: HeadlessOptions = {}): Headless {
  const clock = options.clock ?? new FakeClock(simulator.world().now());
  const log = options.log ?? memoryLog();
  const store = new CountingStore<Failure>(rethrow);
  const meter = new Meter(clock, rethrow);
  const { disk } = options;
  const allowance = new Allowance({
    clock,
    perHour: offShiftPerHour,
    serviceOf: serviceOfFeed,
    memory: disk === undefined ? undefined : { disk: () => disk, log, keeps: () => true },
  });
  void allowance.recall();
  const { addresses, env } = simulator;
  const clients = new Clients({
    addresses: () => clientAddresses(simulator),
    credentials: () =>
      Promise.resolve({
        email: env['DR_DRE_ATLASSIAN_EMAIL'] ?? '',
        token: options.atlassianToken?.() ?? env['DR_DRE_ATLASSIAN_TOKEN'] ?? '',
      }),
    githubToken: () =>
      Promise.resolve(options.githubToken === undefined ? env['DR_DRE_GITHUB_TOKEN'] : options.githubToken()),
    fetch: options.fetch ?? fetch,
    now: () => clock.now(),
    onExchange: ({ service, operation, status }) => {
      log.debug('requests', `${service}: ${operation}, ${status}`);
      allowance.note(service);
      meter.record({ service, status });
      options.onRequest?.(service, operation, status);
    },
    log: (line) => log.warn('clients', line),
    timeoutMs: options.timeoutMs,
    after: options.waitsByClock === true ? (ms, run) => clock.after(ms, run) : undefined,
  });
  const rules = failureRules(serviceOfFeed);
  const schedules = { alerts: 'DRE Alerts', ops: 'DRE Ops Rotation' };
  const reader = options.reader?.({ clock, log });
  const { epic = epicKey } = options;
  const feeds = new Feeds(clients, () => ({ team: teamId, schedules, epic, repository: 'dfinity/dre' }), {
    store,
    clock,
    log,
    random: () => 0.5,
    rules,
    sparing: allowance,
    reader,
  });
  const site = addresses.atlassianSite;
  return {
    clock,
    clients,
    feeds,
    store,
    meter,
    log,
    view(name, more) {
      const from = { now: clock.now(), timeZone: 'UTC' };
      switch (name) {
        case 'week':
          return weekView(store.state(rotationsKey), options.account?.(), from, site);
        case 'alerts':
          return alertsView(store.state(alertsKey), from, site, {
            teams: new Map([...store.state(teamKey).records.values()].map((team) => [team.id, team.name])),
            heartbeats: store.state(heartbeatsKey),
            closed: { state: store.state(closedAlertsKey), group: { shown: true, fold: 0 } },
            ofOthers: countsOfOthers(store),
            hiddenPrefixes: ['[prod]', 'IC_'],
            ...more,
            pending: options.pending === undefined ? undefined : options.pending(),
          });
        case 'queue':
          return queueView(store.state(queueKey), from, site, epic);
        case 'proposals':
          return proposalsView(store.state(proposalsKey), from);
        case 'releases':
          return withVersions(
            releasesView(store.state(rolloutsKey), from, addresses.airflow, undefined, {
              engines: enginesOf(store),
              fullReadAt: fullReadAt(store),
            }),
            {
              releases: store.state(releasesKey),
              pulls: store.state(pullRequestsKey),
              rollouts: store.state(rolloutsKey),
              proposals: store.state(proposalsKey),
              decided: store.state(decidedProposalsKey),
              githubApi: addresses.github,
              repository: 'dfinity/dre',
            },
            from,
          );
        case 'ci':
          return ciView(store.state(pullRequestsKey), store.state(workflowRunsKey), from, {
            githubApi: addresses.github,
            repository: 'dfinity/dre',
          });
      }
    },
    dispose() {
      feeds.dispose();
      allowance.dispose();
      store.dispose();
      meter.dispose();
    },
  };
}

/** All rows of a view, those below others included. */
export function allRows(rows: readonly Row[]): readonly Row[] {
  return rows.flatMap((row) => [row, ...allRows(row.children ?? [])]);
}

/** The rows of a view that show a failure. */
export function problems(model: ViewModel): readonly Row[] {
  return allRows(model.rows).filter(tellsOfTrouble);
}

/** The row of a failure, or where there is nothing else, the row with what can be done about it. */
function tellsOfTrouble({ id }: Row): boolean {
  return id.endsWith('!problem') || id.startsWith('!way/');
}

/** Whether every view has rows and no failure. */
export function isGood(dre: Pick<Headless, 'view'>): boolean {
  return viewNames.every((name) => dre.view(name).situation === 'rows' && problems(dre.view(name)).length === 0);
}

/** The ids of the rows that stand for records, and of their groups. */
export function recordRows(model: ViewModel): readonly string[] {
  return allRows(model.rows).flatMap((row) => (tellsOfTrouble(row) ? [] : [row.id]));
}

/** The words of a view: what is above the rows, then all rows. */
export function words(model: ViewModel): string {
  return [model.message ?? '', ...allRows(model.rows).map((row) => `${row.label} ${row.description ?? ''}`)].join('\n');
}

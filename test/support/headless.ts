import type { Failure } from '../../src/domain/failure.ts';
import { Store } from '../../src/engine/store.ts';
import { alertsKey, teamKey } from '../../src/feeds/alerts.ts';
import { Clients } from '../../src/feeds/clients.ts';
import { closedAlertsKey } from '../../src/feeds/closedAlerts.ts';
import { failureRules } from '../../src/feeds/failureRules.ts';
import { Feeds, serviceOfFeed } from '../../src/feeds/feeds.ts';
import { heartbeatsKey } from '../../src/feeds/heartbeats.ts';
import { proposalsKey } from '../../src/feeds/proposals.ts';
import { queueKey } from '../../src/feeds/queue.ts';
import { rolloutsKey } from '../../src/feeds/rollouts.ts';
import { rotationsKey } from '../../src/feeds/rotations.ts';
import { alertsView, type AlertsMore } from '../../src/views/alertsView.ts';
import { proposalsView } from '../../src/views/proposalsView.ts';
import { queueView } from '../../src/views/queueView.ts';
import { releasesView } from '../../src/views/releasesView.ts';
import type { ViewModel } from '../../src/views/row.ts';
import { weekView } from '../../src/views/weekView.ts';
import type { Simulator } from '../simulator/simulator.ts';
import { teamId } from '../simulator/world.ts';
import { memoryLog, rethrow } from './engine.ts';
import { FakeClock } from './fakeClock.ts';

export type ViewName = 'week' | 'alerts' | 'queue' | 'proposals' | 'releases';

/** Dr. DRE without a window: the real clients, feeds and views, in front of a simulator. */
export interface Headless {
  readonly feeds: Feeds;
  readonly store: Store<Failure>;
  readonly log: ReturnType<typeof memoryLog>;
  /** What a person would see now. */
  view(name: ViewName, look?: Pick<AlertsMore, 'look'>): ViewModel;
  /** Moves the clock of the feeds; the services have their own. */
  readonly clock: FakeClock;
  dispose(): void;
}

/** The simulator must stand at the present time, as its services check signatures against it. */
export function headless(simulator: Simulator): Headless {
  const clock = new FakeClock(simulator.world().now());
  const log = memoryLog();
  const store = new Store<Failure>(rethrow);
  const { addresses, env } = simulator;
  const clients = new Clients({
    addresses: () => ({
      atlassianSite: new URL(addresses.atlassianSite),
      atlassianApi: new URL(addresses.atlassianApi),
      githubApi: new URL(addresses.github),
      rolloutsUrl: new URL(addresses.rollouts),
      governanceHost: new URL(addresses.governance),
      governanceCanister: 'rrkah-fqaaa-aaaaa-aaaaq-cai',
    }),
    credentials: () =>
      Promise.resolve({
        email: env['DR_DRE_ATLASSIAN_EMAIL'] ?? '',
        token: env['DR_DRE_ATLASSIAN_TOKEN'] ?? '',
      }),
    githubToken: () => Promise.resolve(env['DR_DRE_GITHUB_TOKEN']),
    fetch,
    now: () => clock.now(),
    onExchange: () => undefined,
    log: (line) => log.warn('clients', line),
  });
  const rules = failureRules(serviceOfFeed);
  const schedules = { alerts: 'DRE Alerts', ops: 'DRE Ops Rotation' };
  const feeds = new Feeds(clients, () => ({ team: teamId, schedules, epic: 'DRE-350', repository: 'dfinity/dre' }), {
    store,
    clock,
    log,
    random: () => 0.5,
    rules,
  });
  const site = addresses.atlassianSite;
  return {
    feeds,
    store,
    log,
    clock,
    view(name, look) {
      const from = { now: clock.now(), timeZone: 'UTC' };
      switch (name) {
        case 'week':
          return weekView(store.state(rotationsKey), undefined, from, site);
        case 'alerts':
          return alertsView(store.state(alertsKey), from, site, {
            teams: new Map([...store.state(teamKey).records.values()].map((team) => [team.id, team.name])),
            heartbeats: store.state(heartbeatsKey),
            closed: { state: store.state(closedAlertsKey), look: { shown: true, fold: 0 } },
            ...look,
          });
        case 'queue':
          return queueView(store.state(queueKey), from, site, 'DRE-350');
        case 'proposals':
          return proposalsView(store.state(proposalsKey), from);
        case 'releases':
          return releasesView(store.state(rolloutsKey), from, addresses.airflow);
      }
    },
    dispose() {
      feeds.dispose();
      store.dispose();
    },
  };
}

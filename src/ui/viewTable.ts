import { alertsKey } from '../feeds/alerts.ts';
import { proposalsKey } from '../feeds/proposals.ts';
import { queueKey } from '../feeds/queue.ts';
import { rolloutsKey } from '../feeds/rollouts.ts';
import { rotationsKey } from '../feeds/rotations.ts';
import { alertsView, pendingActions } from '../views/alertsView.ts';
import { proposalsView } from '../views/proposalsView.ts';
import { queueView } from '../views/queueView.ts';
import { releasesView } from '../views/releasesView.ts';
import { onCallUrl, weekView } from '../views/weekView.ts';
import type { ViewDefinition } from './views.ts';
import type { World } from './world.ts';

/** The tree views: which feeds each shows, and how. */
export function viewDefinitions({ store, settings, account, writes }: World): readonly ViewDefinition[] {
  const site = (): string => settings.current.atlassianSite.href;
  return [
    {
      id: 'drDre.week',
      feeds: [rotationsKey.name],
      model: (from) =>
        weekView(store.state(rotationsKey), account.current, from, onCallUrl(site(), settings.current.team)),
    },
    {
      id: 'drDre.alerts',
      feeds: [alertsKey.name],
      model: (from) => alertsView(store.state(alertsKey), from, site(), pendingActions(writes.list(alertsKey.name))),
    },
    {
      id: 'drDre.queue',
      feeds: [queueKey.name],
      model: (from) => queueView(store.state(queueKey), from, site(), settings.current.epic),
    },
    {
      id: 'drDre.proposals',
      feeds: [proposalsKey.name],
      model: (from) => proposalsView(store.state(proposalsKey), from),
    },
    {
      id: 'drDre.releases',
      feeds: [rolloutsKey.name],
      model: (from) => releasesView(store.state(rolloutsKey), from, settings.current.airflowUrl.href),
    },
  ];
}

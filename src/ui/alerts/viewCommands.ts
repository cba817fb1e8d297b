import type { Failure } from '../../domain/base/failure.ts';
import type { Alert } from '../../domain/alerts/alert.ts';
import type { Grouping } from '../../domain/alerts/groups.ts';
import type { Store } from '../../engine/read/store.ts';
import { alertsKey } from '../../feeds/alerts/keys.ts';
import { filterItems, queryProblemWords, textFilterWords } from '../../views/alerts/filters.ts';
import { parseAlertQuery } from '../../domain/alerts/query/parse.ts';
import type { Handlers } from '../kit/commands.ts';
import { filterCommands, type FilterChoice } from '../kit/filterCommands.ts';
import type { Host } from '../kit/host.ts';
import { askTyped } from '../kit/typedQuestion.ts';
import type { AlertsViewOptions } from './viewOptions.ts';

export interface AlertViewParts extends Pick<Host, 'drafts' | 'clock' | 'settings'> {
  readonly store: Store<Failure>;
  readonly viewOptions: AlertsViewOptions;
}

const groupingLabels: Record<Grouping, string> = {
  priority: 'Priority',
  status: 'Status',
  cluster: 'Cluster',
  source: 'Source',
  none: 'No groups',
};

/** The commands that choose groups and filter of the Alerts view. */
export function alertViewCommands(parts: AlertViewParts): Handlers {
  const { store, settings, viewOptions } = parts;
  const alerts = (): Iterable<Alert> => store.state(alertsKey).records.values();
  return {
    ...filterCommands(parts, {
      view: 'drDre.alerts',
      name: 'Alerts',
      options: viewOptions,
      groupings: groupingLabels,
      typed: (text) => textFilterWords(text, alerts()),
      saved: () => filterItems(settings.current.alertFilters, alerts()),
      more: () => [
        {
          label: 'Advanced Query…',
          icon: 'search',
          description: 'Jira Service Management syntax',
          choose: () => askQuery(parts),
        },
      ],
    }),
    'drDre.alerts.showClosed': () => viewOptions.showClosed(true),
    'drDre.alerts.hideClosed': () => viewOptions.showClosed(false),
  };
}

const queryKey = { kind: 'alerts.filterByQuery', records: [] };

async function askQuery(
  parts: Pick<AlertViewParts, 'viewOptions' | 'clock' | 'drafts'>,
): Promise<FilterChoice | undefined> {
  const { viewOptions, drafts } = parts;
  const query = await askTyped(parts, queryKey, {
    title: 'Filter Alerts by a Query',
    prompt: 'For example: priority: (P1 OR P2) AND acknowledged: false.',
    value: viewOptions.filter?.kind === 'query' ? viewOptions.filter.query : undefined,
    check: (text) => {
      const parsed = parseAlertQuery(text);
      return parsed.ok || parsed.failure.kind === 'empty' ? undefined : queryProblemWords(parsed.failure);
    },
  });
  if (query === undefined) return undefined;
  drafts.remove(queryKey.kind);
  return { filter: query.trim() === '' ? undefined : { kind: 'query', query } };
}

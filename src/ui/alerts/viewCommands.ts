import type { Failure } from '../../domain/base/failure.ts';
import type { Alert } from '../../domain/alerts/alert.ts';
import type { Grouping } from '../../domain/alerts/groups.ts';
import type { Store } from '../../engine/read/store.ts';
import { alertsKey } from '../../feeds/alerts/keys.ts';
import { filterItems, queryProblemWords, textFilterWords, type ChosenFilter } from '../../views/alerts/filters.ts';
import { parseAlertQuery } from '../../domain/alerts/query/parse.ts';
import type { Handlers } from '../kit/commands.ts';
import type { Host } from '../kit/host.ts';
import { pickOne, pickWhileTyping, type Entry, type ListOptions } from '../kit/picks.ts';
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
  const { viewOptions } = parts;
  return {
    'drDre.alerts.group': async () => {
      const entries = Object.entries(groupingLabels).map(([grouping, label]) => ({
        label,
        description: grouping === viewOptions.grouping ? 'now' : '',
        grouping: grouping as Grouping,
      }));
      const picked = await pickOne(entries, { title: 'Group Alerts', placeHolder: 'Group by' });
      if (picked !== undefined) viewOptions.group(picked.grouping);
    },
    'drDre.alerts.filter': async () => {
      const chosen = await chooseFilter(parts);
      if (chosen !== undefined) viewOptions.filterBy(chosen.filter);
    },
    'drDre.alerts.clearFilter': () => viewOptions.filterBy(undefined),
    'drDre.alerts.showClosed': () => viewOptions.showClosed(true),
    'drDre.alerts.hideClosed': () => viewOptions.showClosed(false),
  };
}

interface Choice {
  /** Undefined shows all. */
  readonly filter: ChosenFilter | undefined;
}

interface FilterEntry extends Entry {
  readonly choose: () => Promise<Choice | undefined>;
}

const filterQuestion = { kind: 'alerts.filter', records: [] };

/** Typed words filter by text; the other items are the filters of the settings, and a query. */
async function chooseFilter(parts: AlertViewParts): Promise<Choice | undefined> {
  const { store, settings, viewOptions, drafts } = parts;
  const draft = await drafts.offered(filterQuestion);
  const alerts = (): Iterable<Alert> => store.state(alertsKey).records.values();
  const saved = filterItems(settings.current.alertFilters, alerts());
  const ofWords = (words: string, before = ''): FilterEntry => ({
    label: words,
    description: `${before}${textFilterWords(words, alerts())}`,
    alwaysShow: true,
    choose: () => Promise.resolve({ filter: { kind: 'text' as const, text: words } }),
  });
  const fixed: readonly FilterEntry[] = [
    ...saved.map(({ name, description, query }) => ({
      label: name,
      description,
      detail: query,
      choose: () => Promise.resolve({ filter: { kind: 'saved' as const, name } }),
    })),
    {
      label: 'Advanced Query…',
      icon: 'search',
      description: 'Jira Service Management syntax',
      choose: () => askQuery(parts),
    },
    ...(viewOptions.filter === undefined
      ? []
      : [{ label: 'Show all', icon: 'clear-all', choose: () => Promise.resolve({ filter: undefined }) }]),
  ];
  const list: ListOptions = {
    title: 'Filter Alerts',
    placeHolder: 'Filter by text, or pick a saved filter',
    matchOnDescription: true,
    ignoreFocusOut: true,
  };
  const picked = await pickWhileTyping(list, (text, isTyped) => {
    if (isTyped) drafts.type(filterQuestion, text);
    const words = text.trim();
    // The field stays empty: VS Code would hide the entries that do not match its text.
    const kept = draft === undefined ? [] : [ofWords(draft.text.trim(), 'typed before, not applied: ')];
    return [...(words === '' ? kept : [ofWords(words)]), ...fixed];
  });
  if (picked !== undefined) drafts.forget(filterQuestion.kind);
  return picked?.choose();
}

const queryQuestion = { kind: 'alerts.filterByQuery', records: [] };

async function askQuery(parts: AlertViewParts): Promise<Choice | undefined> {
  const { viewOptions, drafts } = parts;
  const query = await askTyped(parts, queryQuestion, {
    title: 'Filter Alerts by a Query',
    prompt: 'For example: priority: (P1 OR P2) AND acknowledged: false.',
    ...(viewOptions.filter?.kind === 'query' ? { value: viewOptions.filter.query } : {}),
    check: (text) => {
      const parsed = parseAlertQuery(text);
      return parsed.ok || parsed.failure.kind === 'empty' ? undefined : queryProblemWords(parsed.failure);
    },
  });
  if (query === undefined) return undefined;
  drafts.forget(queryQuestion.kind);
  return { filter: query.trim() === '' ? undefined : { kind: 'query', query } };
}

import * as vscode from 'vscode';
import type { Alert } from '../../domain/alerts/alert.ts';
import type { Grouping } from '../../domain/alerts/groups.ts';
import { alertsKey } from '../../feeds/alerts/alerts.ts';
import { filterItems, queryProblemWords, textFilterWords, type ChosenFilter } from '../../views/alerts/filters.ts';
import { parseAlertQuery } from '../../domain/alerts/query/parse.ts';
import { groupOfMore, rowsAtOnce } from '../../views/kit/capped.ts';
import type { Handler } from '../kit/commands.ts';
import type { CommandContext } from '../commandTable.ts';
import { askTyped } from '../kit/typedQuestion.ts';

const groupingLabels: Record<Grouping, string> = {
  priority: 'Priority',
  status: 'Status',
  cluster: 'Cluster',
  source: 'Source',
  none: 'No groups',
};

/** How the Alerts view is looked at: groups, filter, more rows. */
export function alertLookCommands(context: CommandContext): Readonly<Record<string, Handler>> {
  const { look, rowLimits } = context;
  return {
    'drDre.alerts.group': async () => {
      const items = Object.entries(groupingLabels).map(([grouping, label]) => ({
        label,
        description: grouping === look.grouping ? 'now' : '',
        grouping: grouping as Grouping,
      }));
      const picked = await vscode.window.showQuickPick(items, { title: 'Group Alerts', placeHolder: 'By what?' });
      if (picked !== undefined) look.group(picked.grouping);
    },
    'drDre.alerts.filter': async () => {
      const chosen = await chooseFilter(context);
      if (chosen !== undefined) look.filterBy(chosen.filter);
    },
    'drDre.alerts.clearFilter': () => look.filterBy(undefined),
    'drDre.alerts.showClosed': () => look.showClosed(true),
    'drDre.alerts.hideClosed': () => look.showClosed(false),
    'drDre.showMore': ({ rows }) => {
      const group = rows.map(groupOfMore).find((found) => found !== undefined);
      if (group !== undefined) rowLimits.raise(group, rowsAtOnce);
    },
  };
}

interface Choice {
  /** Undefined shows all. */
  readonly filter: ChosenFilter | undefined;
}

const filterQuestion = { kind: 'alerts.filter', records: [] };

/** What is typed filters by its words; the other entries are the settings' filters and a query of one's own. */
async function chooseFilter(context: CommandContext): Promise<Choice | undefined> {
  const { store, settings, look, drafts } = context;
  const draft = await drafts.offered(filterQuestion);
  const alerts = (): Iterable<Alert> => store.state(alertsKey).records.values();
  const saved = filterItems(settings.current.alertFilters, alerts());
  const picker = vscode.window.createQuickPick<
    vscode.QuickPickItem & { readonly choose: () => Promise<Choice | undefined> }
  >();
  picker.title = 'Filter Alerts';
  picker.placeholder = 'Type words that must occur, or choose';
  picker.matchOnDescription = true;
  picker.ignoreFocusOut = true;
  const ofWords = (words: string, before = '') => ({
    ...{ label: words, description: `${before}${textFilterWords(words, alerts())}`, alwaysShow: true },
    choose: () => Promise.resolve({ filter: { kind: 'text' as const, text: words } }),
  });
  const fixed = [
    ...saved.map(({ name, description, query }) => ({
      label: name,
      description,
      detail: query,
      choose: () => Promise.resolve({ filter: { kind: 'saved' as const, name } }),
    })),
    { label: '$(search) Query…', description: 'in the syntax of the service', choose: () => askQuery(context) },
    ...(look.filter === undefined
      ? []
      : [{ label: '$(clear-all) Show all', choose: () => Promise.resolve({ filter: undefined }) }]),
  ];
  const offer = (text: string): void => {
    const words = text.trim();
    // Not put into the field: there it would hide the filters that are offered.
    const kept = draft === undefined ? [] : [ofWords(draft.text.trim(), 'typed before, not applied: ')];
    picker.items = [...(words === '' ? kept : [ofWords(words)]), ...fixed];
  };
  offer('');
  try {
    return await new Promise((resolve) => {
      picker.onDidChangeValue((text) => {
        drafts.type(filterQuestion, text);
        offer(text);
      });
      picker.onDidAccept(() => {
        const [item] = picker.selectedItems;
        if (item !== undefined) drafts.forget(filterQuestion.kind);
        resolve(item?.choose());
      });
      picker.onDidHide(() => resolve(undefined));
      picker.show();
    });
  } finally {
    picker.dispose();
  }
}

const queryQuestion = { kind: 'alerts.filterByQuery', records: [] };

async function askQuery(context: CommandContext): Promise<Choice | undefined> {
  const { look, drafts } = context;
  const query = await askTyped(context, queryQuestion, {
    title: 'Filter Alerts by a Query',
    prompt: 'For example: priority: (P1 OR P2) AND acknowledged: false.',
    ...(look.filter?.kind === 'query' ? { value: look.filter.query } : {}),
    check: (text) => {
      const parsed = parseAlertQuery(text);
      return parsed.ok || parsed.failure.kind === 'empty' ? undefined : queryProblemWords(parsed.failure);
    },
  });
  if (query === undefined) return undefined;
  drafts.forget(queryQuestion.kind);
  return { filter: query.trim() === '' ? undefined : { kind: 'query', query } };
}

import type { Alert } from '../../domain/alerts/alert.ts';
import { textMatches } from '../../domain/alerts/text.ts';
import { matches } from '../../domain/alerts/query/matches.ts';
import { parseAlertQuery } from '../../domain/alerts/query/parse.ts';
import type { QueryProblem, QueryProblemKind } from '../../domain/alerts/query/query.ts';
import { countFilters } from '../../domain/alerts/savedFilters.ts';
import type { SavedFilter } from '../../domain/base/savedFilter.ts';
import type { ActiveFilter, ChosenFilter } from '../kit/filter.ts';
import { counted, shorten } from '../kit/format.ts';
import { activeWordFilter, noSuchFilter, typedFilterWords, unusable, type FilterItem } from '../kit/wordFilters.ts';

/** Makes a chosen filter ready for use. */
export function activeFilter(chosen: ChosenFilter, saved: readonly SavedFilter[]): ActiveFilter<Alert> {
  switch (chosen.kind) {
    case 'text':
    case 'mine':
      return activeWordFilter(chosen, { matches: textMatches, saved: [], setting });
    case 'query':
      return byQuery(chosen.query, chosen.query);
    case 'saved': {
      const found = saved.find(({ name }) => name === chosen.name);
      return found === undefined ? unusable(chosen.name, noSuchFilter(setting)) : byQuery(found.name, found.query);
    }
  }
}

const setting = 'drDre.alerts.filters';

function byQuery(name: string, text: string): ActiveFilter<Alert> {
  const query = parseAlertQuery(text);
  if (!query.ok) return unusable(name, queryProblemWords(query.failure));
  return { name, shows: (alert) => matches(query.value, alert) };
}

/** The saved filters with how many alerts each finds now. */
export function filterItems(saved: readonly SavedFilter[], alerts: Iterable<Alert>): readonly FilterItem[] {
  return countFilters(saved, alerts).map(({ filter, count }) => ({
    ...filter,
    description: count.ok ? counted(count.value, 'alert') : queryProblemWords(count.failure),
  }));
}

/** What a text that is being typed would show of the alerts that are not closed. */
export function textFilterWords(text: string, alerts: Iterable<Alert>): string {
  const live = [...alerts].filter(({ status }) => status !== 'closed');
  return typedFilterWords(text, live, textMatches, 'alert');
}

const problems: Record<QueryProblemKind, string> = {
  empty: 'There is nothing in the filter',
  tooLong: 'The filter is too long',
  tooDeep: 'There are too many parentheses in each other',
  quoteOpen: 'A quotation mark has no end',
  parenthesisOpen: 'A parenthesis has no end',
  conditionExpected: 'A condition is missing',
  connectorExpected: 'AND or OR is missing',
  fieldExpected: 'NOT needs “field: value” behind it',
  unknownField: 'There is no such field',
  notJudged: 'The list of alerts does not have what this asks for',
  valueMissing: 'A value is missing',
  badValue: 'The field has no such value',
  notComparable: 'Only numbers and instants can be compared',
  wildcardPlace: 'The wildcard * can only stand at the end',
  quotesNeeded: 'The value needs quotation marks',
};

/** What is wrong with a query, with its place: one sentence. */
export function queryProblemWords({ kind, position, word, expected }: QueryProblem): string {
  const place = word === '' ? '' : ` at “${shorten(word, 30)}” (character ${position + 1})`;
  const instead = expected.length === 0 ? '' : ` Possible: ${expected.slice(0, 6).join(', ')}.`;
  return `${problems[kind]}${place}.${instead}`;
}

import type { Alert } from '../../domain/alerts/alert.ts';
import { textMatches } from '../../domain/alerts/text.ts';
import { matches } from '../../domain/alerts/query/matches.ts';
import { parseAlertQuery } from '../../domain/alerts/query/parse.ts';
import type { QueryProblem, QueryProblemKind } from '../../domain/alerts/query/query.ts';
import { countFilters, type SavedFilter } from '../../domain/alerts/savedFilters.ts';
import { counted, grouped, shorten } from '../kit/format.ts';

/** A filter that a person chose. */
export type ChosenFilter =
  /** Words that must all occur. */
  | { readonly kind: 'text'; readonly text: string }
  /** One of the settings' filters, by its name. */
  | { readonly kind: 'saved'; readonly name: string }
  /** A query that was typed, in the service's syntax. */
  | { readonly kind: 'query'; readonly query: string };

/** What the view does with a chosen filter. One that cannot be used hides nothing, and says why. */
export interface ActiveFilter {
  readonly name: string;
  readonly shows: (alert: Alert) => boolean;
  /** Why it cannot be used, as a sentence. */
  readonly problem?: string;
}

/** Makes a chosen filter ready for use. */
export function activeFilter(chosen: ChosenFilter, saved: readonly SavedFilter[]): ActiveFilter {
  switch (chosen.kind) {
    case 'text':
      return { name: chosen.text, shows: (alert) => textMatches(alert, chosen.text) };
    case 'query':
      return byQuery(chosen.query, chosen.query);
    case 'saved': {
      const found = saved.find(({ name }) => name === chosen.name);
      if (found !== undefined) return byQuery(found.name, found.query);
      return {
        name: chosen.name,
        shows: () => true,
        problem: 'There is no such filter in drDre.alerts.filters any more.',
      };
    }
  }
}

function byQuery(name: string, text: string): ActiveFilter {
  const query = parseAlertQuery(text);
  if (!query.ok) return { name, shows: () => true, problem: queryProblemWords(query.failure) };
  return { name, shows: (alert) => matches(query.value, alert) };
}

/** A saved filter as a person chooses it. */
export interface FilterItem {
  readonly name: string;
  /** "3 alerts", or what is wrong. */
  readonly description: string;
  readonly query: string;
}

/** The saved filters with how many alerts each finds now. */
export function filterItems(saved: readonly SavedFilter[], alerts: Iterable<Alert>): readonly FilterItem[] {
  return countFilters(saved, alerts).map(({ filter, count }) => ({
    ...filter,
    description: count.ok ? counted(count.value, 'alert') : queryProblemWords(count.failure),
  }));
}

/** "3 of 41 alerts have all of these words": what a text that is being typed would show of the alerts that are not closed. */
export function textFilterWords(text: string, alerts: Iterable<Alert>): string {
  const live = [...alerts].filter(({ status }) => status !== 'closed');
  const found = live.filter((alert) => textMatches(alert, text)).length;
  return `${grouped(found)} of ${counted(live.length, 'alert')} ${found === 1 ? 'has' : 'have'} all of these words`;
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
  notJudged: 'This cannot be judged from the list of alerts',
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

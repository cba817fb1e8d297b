import type { Alert } from './alert.ts';
import { matches } from './query/matches.ts';
import { parseAlertQuery } from './query/parse.ts';
import type { QueryProblem } from './query/query.ts';
import { ok, type Result } from '../base/result.ts';
import type { SavedFilter } from '../base/savedFilter.ts';

export interface FilterCount {
  readonly filter: SavedFilter;
  /** How many alerts it finds, or why it cannot be used. */
  readonly count: Result<number, QueryProblem>;
}

/** How many of these alerts each filter finds, in the order of the filters. */
export function countFilters(filters: readonly SavedFilter[], alerts: Iterable<Alert>): readonly FilterCount[] {
  const all = [...alerts];
  return filters.map((filter) => {
    const query = parseAlertQuery(filter.query);
    if (!query.ok) return { filter, count: query };
    return { filter, count: ok(all.filter((alert) => matches(query.value, alert)).length) };
  });
}

import type { SavedFilter } from '../../domain/base/savedFilter.ts';
import type { ActiveFilter, ChosenFilter } from './filter.ts';
import { counted, grouped } from './format.ts';

// Filters by words, for lists of all kinds. Loaded when there is a filter, or one is chosen.

/** How a list without a query language of its own is filtered. */
export interface WordFiltering<T> {
  /** Whether a record has all words of a text. */
  readonly matches: (record: T, text: string) => boolean;
  readonly saved: readonly SavedFilter[];
  /** The setting that has the saved filters. */
  readonly setting: string;
  /** Whether a record is whoever's who is signed in; undefined where that is not known of anybody. */
  readonly isMine?: ((record: T) => boolean) | undefined;
  /** What the filter of these is called; "Mine" when absent. */
  readonly mineName?: string;
  /** Why it is not known, as a sentence; that nobody is known who is signed in when absent. */
  readonly mineUnknown?: string;
}

/** Makes a chosen filter ready for use on a list that is filtered by words. */
export function activeWordFilter<T>(
  chosen: ChosenFilter,
  { matches, saved, setting, isMine, mineName: mine = mineName, mineUnknown = notSignedIn }: WordFiltering<T>,
): ActiveFilter<T> {
  switch (chosen.kind) {
    case 'text':
      return { name: chosen.text, shows: (record) => matches(record, chosen.text) };
    case 'query':
      return unusable(chosen.query, 'This list has no query language.');
    case 'mine':
      return isMine === undefined ? unusable(mine, mineUnknown) : { name: mine, shows: isMine };
    case 'saved': {
      const found = saved.find(({ name }) => name === chosen.name);
      if (found === undefined) return unusable(chosen.name, noSuchFilter(setting));
      if (found.query.trim() === '') return unusable(found.name, emptyFilter);
      return { name: found.name, shows: (record) => matches(record, found.query) };
    }
  }
}

export const mineName = 'Mine';
const notSignedIn = "Can't tell who is signed in. Run “Dr. DRE: Sign In…”.";
const emptyFilter = 'There is nothing in the filter.';

/** Why a filter cannot be used that was taken out of a setting. */
export function noSuchFilter(setting: string): string {
  return `There is no such filter in ${setting} any more.`;
}

/** A filter that cannot be used: it hides nothing. */
export function unusable(name: string, problem: string): ActiveFilter<unknown> & { readonly problem: string } {
  return { name, shows: () => true, problem };
}

/** A saved filter as a person chooses it. */
export interface FilterItem {
  readonly name: string;
  /** "3 alerts", or what is wrong. */
  readonly description: string;
  readonly query: string;
}

/** The saved filters of words, with how many records each finds now. `noun`: one of the records, "ticket". */
export function wordFilterItems<T>(
  { saved, matches }: Pick<WordFiltering<T>, 'saved' | 'matches'>,
  records: readonly T[],
  noun: string,
): readonly FilterItem[] {
  return saved.map(({ name, query }) => ({
    name,
    query,
    description:
      query.trim() === '' ? emptyFilter : counted(records.filter((record) => matches(record, query)).length, noun),
  }));
}

/** "3 of 41 alerts have all of these words": what a text that is being typed would show. */
export function typedFilterWords<T>(
  text: string,
  records: readonly T[],
  matches: WordFiltering<T>['matches'],
  noun: string,
): string {
  const found = records.filter((record) => matches(record, text)).length;
  return `${grouped(found)} of ${counted(records.length, noun)} ${found === 1 ? 'has' : 'have'} all of these words`;
}

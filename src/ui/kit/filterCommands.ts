import type { ChosenFilter } from '../../views/kit/filter.ts';
import {
  mineName,
  typedFilterWords,
  wordFilterItems,
  type FilterItem,
  type WordFiltering,
} from '../../views/kit/wordFilters.ts';
import { withBack } from './chain.ts';
import type { Handlers } from './commands.ts';
import type { Host } from './host.ts';
import { pickOne, pickWhileTyping, type PickEntry } from './picks.ts';
import type { ViewOptions } from './viewOptions.ts';

/** A list that a person can group and filter. */
export interface FilteredList<G extends string> {
  /** The id of the view: its commands are `<view>.group`, `<view>.filter` and `<view>.clearFilter`. */
  readonly view: string;
  /** What is listed, in the plural and as titles have it: "Alerts". */
  readonly name: string;
  readonly options: ViewOptions<G>;
  /** The groupings with their names, in the order in which they are offered. */
  readonly groupings: Readonly<Record<G, string>>;
  /** What a text that is being typed would show. */
  readonly typed: (text: string) => string;
  /** The saved filters with what each finds now. */
  readonly saved: () => readonly FilterItem[];
  /** Other filters, below the saved ones. */
  readonly more?: () => readonly FilterEntry[];
}

/** An entry of the list of filters, and what it leads to: undefined when the person leaves. */
export interface FilterEntry extends PickEntry {
  readonly choose: () => Promise<FilterChoice | undefined>;
}

export interface FilterChoice {
  /** Undefined shows all. */
  readonly filter: ChosenFilter | undefined;
}

/** The commands that choose groups and filter of a list. */
export function filterCommands<G extends string>(
  { drafts }: Pick<Host, 'drafts'>,
  { view, name, options, groupings, typed, saved, more = () => [] }: FilteredList<G>,
): Handlers {
  const question = { kind: `${view.replace('drDre.', '')}.filter`, records: [] };

  /** Typed words filter by text; the other items are the saved filters, and what the list has besides. */
  const chooseFilter = async (): Promise<FilterChoice | undefined> => {
    const draft = await drafts.offered(question);
    const ofWords = (words: string, before = ''): FilterEntry => ({
      label: words,
      description: `${before}${typed(words)}`,
      alwaysShow: true,
      choose: () => Promise.resolve({ filter: { kind: 'text', text: words } }),
    });
    const fixed: readonly FilterEntry[] = [
      ...saved().map((item) => ({
        label: item.name,
        description: item.description,
        detail: item.query,
        choose: () => Promise.resolve({ filter: { kind: 'saved' as const, name: item.name } }),
      })),
      ...more(),
      ...(options.filter === undefined
        ? []
        : [{ label: 'Show all', icon: 'clear-all', choose: () => Promise.resolve({ filter: undefined }) }]),
    ];
    const list = {
      title: `Filter ${name}`,
      placeHolder: 'Filter by text, or pick a saved filter',
      matchOnDescription: true,
      ignoreFocusOut: true,
    };
    const picked = await pickWhileTyping(list, (text, isTyped) => {
      if (isTyped) drafts.type(question, text);
      const words = text.trim();
      // The field stays empty: VS Code would hide the entries that do not match its text.
      const kept = draft === undefined ? [] : [ofWords(draft.text.trim(), 'typed before, not applied: ')];
      return [...(words === '' ? kept : [ofWords(words)]), ...fixed];
    });
    if (picked !== undefined) drafts.remove(question.kind);
    return picked?.choose();
  };

  return {
    [`${view}.group`]: async () => {
      const entries = (Object.keys(groupings) as G[]).map((grouping) => ({
        label: groupings[grouping],
        description: grouping === options.grouping ? 'now' : '',
        grouping,
      }));
      const picked = await pickOne(entries, { title: `Group ${name}`, placeHolder: 'Group by' });
      if (picked !== undefined) options.group(picked.grouping);
    },
    [`${view}.filter`]: async () => {
      const chosen = await withBack(chooseFilter);
      if (chosen !== undefined) options.filterBy(chosen.filter);
    },
    [`${view}.clearFilter`]: () => options.filterBy(undefined),
  };
}

/** What a list that is filtered by words alone offers: its saved filters, and one's own, which is called `mine`. */
export function wordFiltersOf<T>(
  noun: string,
  records: () => readonly T[],
  filtering: () => WordFiltering<T>,
  mine = mineName,
): Pick<FilteredList<never>, 'typed' | 'saved' | 'more'> {
  return {
    typed: (text) => typedFilterWords(text, records(), filtering().matches, noun),
    saved: () => wordFilterItems(filtering(), records(), noun),
    more: () => [{ label: mine, icon: 'account', choose: () => Promise.resolve({ filter: { kind: 'mine' } }) }],
  };
}

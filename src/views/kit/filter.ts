import type { Failure } from '../../domain/base/failure.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { counted, grouped, type Viewpoint } from './format.ts';
import { frame, type Frame } from './frame.ts';
import type { Row, ViewModel } from './row.ts';
import { pixelsBesideGroups, titleBeside } from './rowWidth.ts';

/** A filter that a person chose for a list. */
export type ChosenFilter =
  /** Words that must all occur. */
  | { readonly kind: 'text'; readonly text: string }
  /** One of the settings' filters, by its name. */
  | { readonly kind: 'saved'; readonly name: string }
  /** A query that was typed, in the service's syntax. */
  | { readonly kind: 'query'; readonly query: string }
  /** What is whoever's who is signed in. */
  | { readonly kind: 'mine' };

/** What a view does with a chosen filter. One that cannot be used hides nothing, and says why. */
export interface ActiveFilter<T> {
  readonly name: string;
  readonly shows: (record: T) => boolean;
  /** Why it cannot be used, as a sentence. */
  readonly problem?: string;
  /** What else there is to say of what it shows, behind how much that is: "as of 13:50". */
  readonly remark?: string;
}

/** A list of which a filter may show a part. */
export interface Filtering {
  /** The id of the view: its commands are `<view>.filter` and `<view>.clearFilter`. */
  readonly view: string;
  /** One of the records: "alert". */
  readonly noun: string;
  readonly filter: Pick<ActiveFilter<never>, 'name' | 'problem' | 'remark'> | undefined;
  readonly shown: number;
  readonly all: number;
}

/**
 * The frame of a list that can be filtered: while a filter is on, a row says so in every picture that a person may take
 * for the whole list. `below` stands under the list, also when it is empty.
 */
export function filteredFrame(
  state: FeedState<unknown, Failure>,
  from: Viewpoint,
  content: Frame,
  filtering: Filtering,
  below: (situation: ViewModel['situation']) => readonly Row[] = () => [],
): ViewModel {
  const { filter, shown, all, view, noun } = filtering;
  const short = `${grouped(shown)} of ${grouped(all)}`;
  const full = `${grouped(shown)} of ${counted(all, noun)}`;
  const filterRows = filter === undefined ? [] : [filterRow(filter, { short, full }, view, from)];
  const { rows } = content;
  const model = frame(state, from, {
    ...content,
    hidden: all - shown,
    rows: rows.length === 0 ? rows : [...filterRows, ...rows],
  });
  const { situation } = model;
  switch (situation) {
    case 'rows':
      return { ...model, rows: [...model.rows, ...below(situation)] };
    case 'empty':
    case 'failing':
    case 'loading':
      return { ...model, rows: [...filterRows, ...model.rows, ...below(situation)] };
    case 'filteredOut':
      return { ...model, rows: [...model.rows, ...filterRows, showAllRow(view, noun), ...below(situation)] };
    // Where a person has to sign in or to be let in, nothing else counts. VS Code shows no welcome text beside rows.
    case 'notSignedIn':
    case 'notPermitted':
    case 'notConfigured':
      return model;
  }
}

/** Takes the filter away. VS Code shows no welcome text beside a message, so that a row leads on. */
export function showAllRow(view: string, noun: string): Row {
  return {
    id: '!showAll',
    label: `Show all ${noun}s`,
    icon: { id: 'clear-all' },
    tokens: [],
    spoken: `Show all ${noun}s, without the filter`,
    command: `${view}.clearFilter`,
  };
}

/** Stands above the rows while a filter is on. `shows`: how much of the list, for the row and in full. */
export function filterRow(
  { name, problem, remark }: Pick<ActiveFilter<never>, 'name' | 'problem' | 'remark'>,
  { short, full }: { readonly short: string; readonly full: string },
  view: string,
  from: Viewpoint,
): Row {
  const more = remark === undefined ? '' : `, ${remark}`;
  return {
    id: '!filter',
    // How much is shown is what the row is there for: a long name gives way to it.
    label: titleBeside(`Filter: ${name}`, problem === undefined ? [short] : [], pixelsBesideGroups(from)),
    description: problem ?? `${short}${more}`,
    icon: problem === undefined ? { id: 'filter-filled' } : { id: 'warning', color: 'drDre.warning' },
    tokens: ['filter'],
    hover: [`Filter: ${name}`, problem === undefined ? `Shows ${full}${more}` : `${problem} It hides nothing.`],
    spoken: problem === undefined ? `Filter ${name} shows ${full}${more}` : `Can't use filter ${name}: ${problem}`,
    command: `${view}.filter`,
  };
}

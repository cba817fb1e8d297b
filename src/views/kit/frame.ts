import type { Failure } from '../../domain/base/failure.ts';
import { isWhole } from '../../domain/base/listed.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { ago, clockTime, counted, grouped, moment, type Viewpoint } from './format.ts';
import type { Icon, Row, Situation, ViewModel } from './row.ts';
import { explain } from './sentences.ts';
import { onRow, wayRow, waysForward, type WayForward } from './waysForward.ts';

/** What a list view says around its rows. */
export interface Frame {
  /** What is listed, in the plural and lower case: "alerts". */
  readonly noun: string;
  /** The sentence for a list that is truly empty: "No open alerts." */
  readonly empty: string;
  readonly rows: readonly Row[];
  /** How many records a filter keeps from being rows; 0 or absent when nothing is hidden. */
  readonly hidden?: number;
  /** What a person can do when nothing is listed, or not all. */
  readonly ways?: readonly WayForward[];
  readonly badge?: ViewModel['badge'] | undefined;
  /** What needs a person, for beside the name of the view; nothing when absent. */
  readonly waiting?: readonly string[];
}

/**
 * Puts a feed's rows into the picture of its state: loading, empty, not signed in, not permitted, not
 * configured, failing and stale are all different, and rows that were good stay beside the error. Each picture has a way
 * forward: the button of the manifest's welcome text where nobody is signed in, else rows that a person can click.
 */
export function frame(state: FeedState<unknown, Failure>, from: Viewpoint, content: Frame): ViewModel {
  const current = state.status === 'fresh';
  return {
    situation: situationOf(state, content),
    rows: content.rows.length === 0 ? rowsOfNone(state, from, content) : rowsOfSome(state, from, content),
    message: messageOf(state, from, content),
    asOf: state.asOf === undefined ? undefined : asOfText(state.asOf, current, from),
    isCurrent: current,
    trouble: troubleText(state, from, content.waiting ?? []),
    badge: content.badge,
  };
}

function rowsOfSome(state: FeedState<unknown, Failure>, from: Viewpoint, content: Frame): readonly Row[] {
  const { rows, ways = [] } = content;
  const problem = problemRow(state, from);
  const listed = state.status === 'fresh' ? rows : rows.map(greyed);
  const more = state.completeness.kind === 'partial' ? ways.map(wayRow) : [];
  return [...(problem === undefined ? [] : [problem]), ...skippedRows(state, content), ...listed, ...more];
}

/**
 * The sentence of the picture is the view's message, which has room for all of it; the rows below lead on. VS Code shows
 * a welcome text only where there is neither.
 */
function rowsOfNone(state: FeedState<unknown, Failure>, from: Viewpoint, content: Frame): readonly Row[] {
  if (isWelcomed(state)) return [];
  if (isTroubleAlone(state, content)) return waysForward(state.failure).map(wayRow);
  const problem = problemRow(state, from);
  if (problem !== undefined) return [problem, ...skippedRows(state, content)];
  if (state.skipped > 0) return skippedRows(state, content);
  return isFiltered(state, content) || state.asOf === undefined ? [] : (content.ways ?? []).map(wayRow);
}

/** Records that could not be read are counted where their rows would be. */
function skippedRows({ skipped }: FeedState<unknown, Failure>, { noun }: Frame): readonly Row[] {
  if (skipped === 0) return [];
  const label = `Can't read ${counted(skipped, oneOf(noun))}`;
  return [
    {
      id: '!skipped',
      label,
      description: 'the log names them',
      icon: { id: 'warning', color: 'drDre.warning' },
      tokens: ['logged'],
      hover: [label, 'The log says which ones, and why.'],
      spoken: `${label}. The log names them.`,
      command: 'drDre.showLog',
    },
  ];
}

type Troubled = FeedState<unknown, Failure> & { readonly failure: Failure };

/** The trouble is the whole picture: there is nothing else to see. */
function isTroubleAlone(state: FeedState<unknown, Failure>, content: Frame): state is Troubled {
  if (state.failure === undefined || isFiltered(state, content)) return false;
  return state.status === 'failing' || waitsForPerson(state);
}

/** Nobody has signed in yet: the welcome text has the words and the button. A token that is refused has its reason. */
function isWelcomed({ status, failure }: FeedState<unknown, Failure>): boolean {
  return status === 'notSignedIn' && (failure === undefined || failure.kind === 'notSignedIn');
}

function isFiltered(state: FeedState<unknown, Failure>, { hidden = 0 }: Frame): boolean {
  return hidden > 0 && !waitsForPerson(state);
}

function waitsForPerson({ status }: FeedState<unknown, Failure>): boolean {
  return status === 'notSignedIn' || status === 'notPermitted' || status === 'notConfigured';
}

function situationOf(state: FeedState<unknown, Failure>, content: Frame): Situation {
  if (content.rows.length > 0) return 'rows';
  if (isFiltered(state, content)) return 'filteredOut';
  switch (state.status) {
    case 'neverLoaded':
      return 'loading';
    case 'fresh':
      return isWhole(state) ? 'empty' : 'failing';
    case 'stale':
      return state.asOf === undefined ? 'loading' : isWhole(state) ? 'empty' : 'failing';
    case 'failing':
    case 'notSignedIn':
    case 'notPermitted':
    case 'notConfigured':
      return state.status;
  }
}

function asOfText(asOf: number, current: boolean, from: Viewpoint): string {
  if (current) return `as of ${clockTime(asOf, from)}`;
  const age = ago(asOf, from);
  return age === 'now' ? `as of ${moment(asOf, from)}` : `as of ${moment(asOf, from)} (${age})`;
}

function messageOf(state: FeedState<unknown, Failure>, from: Viewpoint, content: Frame): string | undefined {
  const sentences: string[] = [];
  const none = content.rows.length === 0;
  if (none) sentences.push(...emptySentences(state, from, content));
  if (state.completeness.kind === 'partial') sentences.push(`Not all ${content.noun}: ${state.completeness.reason}.`);
  if (state.completeness.remark !== undefined) sentences.push(`${state.completeness.remark}.`);
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

function emptySentences(state: FeedState<unknown, Failure>, from: Viewpoint, content: Frame): string[] {
  if (isFiltered(state, content)) {
    return [`The filter hides all ${content.noun} (${grouped(content.hidden ?? 0)}).`];
  }
  if (isTroubleAlone(state, content)) {
    if (isWelcomed(state)) return [];
    const { title, wayForward } = explain(state.failure);
    return [`${title}. ${wayForward}`, ...lastKnown(state, from, content)];
  }
  switch (state.status) {
    case 'neverLoaded':
      return [`Reading ${content.noun} for the first time…`];
    case 'fresh':
      return [emptyOrUnread(state, content)];
    case 'stale':
      return state.asOf === undefined
        ? [`Reading ${content.noun}…`]
        : [`${emptyOrUnread(state, content)} That was ${ago(state.asOf, from)}; reading again…`];
    case 'failing':
    case 'notSignedIn':
    case 'notPermitted':
    case 'notConfigured':
      return [];
  }
}

/** What one of these is called: all such names have a regular plural. */
function oneOf(noun: string): string {
  const [name = noun] = noun.split(' of ');
  return name.replace(/s$/, '');
}

/** Emptiness is said only of a list that was read in whole. */
function emptyOrUnread(state: FeedState<unknown, Failure>, { empty, noun }: Frame): string {
  if (isWhole(state)) return empty;
  const { skipped } = state;
  if (skipped === 0) return `There are no ${noun} in what was read.`;
  return `Can't read ${counted(skipped, oneOf(noun))}. The log names them.`;
}

/** That there was nothing the last time may still be of use; it comes last, and with its age. */
function lastKnown(state: FeedState<unknown, Failure>, from: Viewpoint, content: Frame): string[] {
  return state.asOf === undefined ? [] : [`Last known, ${ago(state.asOf, from)}: ${emptyOrUnread(state, content)}`];
}

/**
 * What needs a person, how much could not be read, and as of when that is known where it cannot be read now: a collapsed
 * view is not taken for one in which nothing needs a person.
 */
export function troubleText(
  state: FeedState<unknown, Failure>,
  from: Viewpoint,
  waiting: readonly string[],
): string | undefined {
  const asOf = state.asOf === undefined ? 'not read' : asOfText(state.asOf, false, from);
  const parts = [
    ...waiting,
    ...(state.skipped === 0 ? [] : [`${grouped(state.skipped)} not read`]),
    ...(problemRow(state, from) === undefined ? [] : [asOf]),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** The row that stands above the last good rows while the feed is in trouble. */
export function problemRow(state: FeedState<unknown, Failure>, from: Viewpoint): Row | undefined {
  if (state.failure === undefined || state.status === 'fresh' || state.status === 'neverLoaded') return undefined;
  const { title, wayForward } = explain(state.failure);
  const since =
    state.asOf === undefined ? 'Nothing was read yet.' : `The rows below are from ${moment(state.asOf, from)}.`;
  return {
    id: '!problem',
    label: title,
    description: wayForward,
    icon: { id: 'warning', color: 'drDre.warning' },
    ...onRow(waysForward(state.failure)),
    hover: [title, wayForward, since],
    spoken: `Problem: ${title}. ${wayForward} ${since}`,
  };
}

/** The color of an icon that says of the past. */
export const greyColor = 'descriptionForeground';

/** A row of the last good values, not known to be true now: its icon loses its colour. */
export function greyed(row: Row): Row {
  const { icon, children } = row;
  if (children !== undefined) return { ...inGrey(row, icon), children: children.map(greyed) };
  let grey = greyRows.get(row);
  if (grey === undefined) greyRows.set(row, (grey = inGrey(row, icon)));
  return grey;
}

/** Rows that were made before (`RowMemory`) are the same in grey too. */
const greyRows = new WeakMap<Row, Row>();

function inGrey(row: Row, icon: Icon | undefined): Row {
  return icon === undefined ? row : { ...row, icon: { id: icon.id, color: greyColor } };
}

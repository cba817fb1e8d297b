import type { Failure } from '../domain/failure.ts';
import type { FeedState } from '../engine/store.ts';
import { ago, clockTime, counted, grouped, moment, type Viewpoint } from './format.ts';
import type { Icon, Row, Situation, ViewModel } from './row.ts';
import { explain } from './sentences.ts';

/** What a list view says around its rows. */
export interface Frame {
  /** What is listed, in the plural and lower case: "alerts". */
  readonly noun: string;
  /** The sentence for a list that is truly empty: "No open alerts." */
  readonly empty: string;
  readonly rows: readonly Row[];
  /** How many records a filter keeps from being rows; 0 or absent when nothing is hidden. */
  readonly hidden?: number;
  readonly badge?: ViewModel['badge'];
}

/**
 * Puts a feed's rows into the picture that its state asks for: loading, empty, not signed in, not permitted, not
 * configured, failing and stale are all different, and rows that were good stay beside the error.
 */
export function frame(state: FeedState<unknown, Failure>, from: Viewpoint, content: Frame): ViewModel {
  const current = state.status === 'fresh';
  const rows = current ? content.rows : content.rows.map(greyed);
  const problem = problemRow(state, from);
  const all = problem === undefined ? rows : [problem, ...rows];
  const message = messageOf(state, from, content);
  return {
    situation: situationOf(state, content),
    // Without rows the manifest's welcome text has the button; a row above it would hide that text.
    rows: content.rows.length === 0 && hasWelcome(state) ? [] : all,
    ...(message === undefined ? {} : { message }),
    ...(state.asOf === undefined ? {} : { asOf: asOfText(state.asOf, current, from) }),
    ...(content.badge === undefined ? {} : { badge: content.badge }),
  };
}

function hasWelcome(state: FeedState<unknown, Failure>): boolean {
  return state.status === 'notSignedIn' || state.status === 'notPermitted' || state.status === 'notConfigured';
}

function situationOf(state: FeedState<unknown, Failure>, { rows, hidden = 0 }: Frame): Situation {
  if (rows.length > 0) return 'rows';
  if (hidden > 0 && !hasWelcome(state)) return 'filteredOut';
  switch (state.status) {
    case 'neverLoaded':
      return 'loading';
    case 'fresh':
      return 'empty';
    case 'stale':
      return state.asOf === undefined ? 'loading' : 'empty';
    case 'failing':
    case 'notSignedIn':
    case 'notPermitted':
    case 'notConfigured':
      return state.status;
  }
}

function asOfText(asOf: number, current: boolean, from: Viewpoint): string {
  return current ? `as of ${clockTime(asOf, from)}` : `as of ${moment(asOf, from)} (${ago(asOf, from)})`;
}

function messageOf(state: FeedState<unknown, Failure>, from: Viewpoint, content: Frame): string | undefined {
  const sentences: string[] = [];
  const none = content.rows.length === 0;
  if (none) sentences.push(...emptySentences(state, from, content));
  if (state.completeness.kind === 'partial') sentences.push(`Not all ${content.noun}: ${state.completeness.reason}.`);
  if (state.skipped > 0) sentences.push(`${counted(state.skipped, 'record')} could not be read; the log names them.`);
  return sentences.length === 0 ? undefined : sentences.join(' ');
}

function emptySentences(state: FeedState<unknown, Failure>, from: Viewpoint, content: Frame): string[] {
  const { hidden = 0 } = content;
  if (hidden > 0 && !hasWelcome(state)) {
    return [`The filter hides all ${content.noun} (${grouped(hidden)}).`];
  }
  switch (state.status) {
    case 'neverLoaded':
      return [`Reading ${content.noun} for the first time…`];
    case 'fresh':
      return [content.empty];
    case 'stale':
      return state.asOf === undefined
        ? [`Reading ${content.noun}…`]
        : [`${content.empty} That was ${ago(state.asOf, from)}; reading again…`];
    case 'failing':
      return [];
    case 'notSignedIn':
    case 'notPermitted':
    case 'notConfigured': {
      if (state.failure === undefined) return [];
      const { title, wayForward } = explain(state.failure);
      return state.status === 'notSignedIn' ? [] : [`${title}. ${wayForward}`];
    }
  }
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
    icon: { id: 'warning', color: 'problemsWarningIcon.foreground' },
    tokens: ['retryable'],
    hover: [title, wayForward, since],
    spoken: `Problem: ${title}. ${wayForward} ${since}`,
  };
}

/** A row of the last good values, not known to be true now: its icon loses its colour. */
function greyed(row: Row): Row {
  const { icon, children } = row;
  if (children !== undefined) return { ...inGrey(row, icon), children: children.map(greyed) };
  let grey = greyRows.get(row);
  if (grey === undefined) greyRows.set(row, (grey = inGrey(row, icon)));
  return grey;
}

/** Rows that were made before (`RowMemory`) are the same in grey too. */
const greyRows = new WeakMap<Row, Row>();

function inGrey(row: Row, icon: Icon | undefined): Row {
  return icon === undefined ? row : { ...row, icon: { id: icon.id, color: 'disabledForeground' } };
}

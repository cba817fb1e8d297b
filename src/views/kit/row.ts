/** A codicon and, where it carries meaning, a theme colour. */
export interface Icon {
  readonly id: string;
  readonly color?: string;
}

/**
 * What can be done with a row: the manifest's menus match these words in `viewItem`, written `;word;word;`.
 * A closed set, and a test compares it with the manifest.
 */
export const tokens = [
  'alert',
  'ackable',
  'acked',
  'live',
  'tagged',
  'forgotten',
  'heartbeat',
  'filter',
  'ticket',
  'notMine',
  'labelled',
  'flagged',
  'unflagged',
  'linted',
  'proposal',
  'rollout',
  'alerted',
  'ofRollout',
  'stuck',
  'airflow',
  'place',
  'commit',
  'copiesCommit',
  'proposed',
  'forum',
  'notes',
  'votable',
  'operable',
  'rotation',
  'takeable',
  'handable',
  'override',
  'pullRequest',
  'workflowRun',
  'linked',
  'identified',
  'named',
  'retryable',
  'signIn',
  'signInGitHub',
  'configurable',
  'logged',
  'troubled',
  'unconfirmed',
  'undoable',
  'run',
  'submittable',
] as const;
export type RowToken = (typeof tokens)[number];

/** The kinds of records that rows stand for. */
export const recordKinds = [
  'alert',
  'ticket',
  'proposal',
  'rollout',
  'rotation',
  'shift',
  'override',
  'pullRequest',
  'workflowRun',
  'run',
  'setting',
] as const;

/** The record behind a row, for commands: its kind and its key in the feed; of a setting its id. */
export interface RecordRef {
  readonly kind: (typeof recordKinds)[number];
  readonly key: string;
}

/** One row of a tree, as plain data. */
export interface Row {
  /** Unique in its view and the same for the same record, whatever its text says. */
  readonly id: string;
  readonly label: string;
  /** The dim text behind the label. */
  readonly description?: string | undefined;
  readonly icon?: Icon | undefined;
  readonly tokens: readonly RowToken[];
  readonly record?: RecordRef | undefined;
  /** Lines for the hover, first one as title. Text from outside is allowed: it is shown as text. */
  readonly hover?: readonly string[] | undefined;
  /** What a screen reader says. */
  readonly spoken?: string;
  /** Of a row of a rollout that is about one of its batches: the batch's id (`rowId`). */
  readonly batch?: string;
  /** The command that a click runs. It gets the row. */
  readonly command?: string | undefined;
  /** The id that *Copy ID* puts on the clipboard. */
  readonly copied?: string | undefined;
  /** What *Copy Name* puts on the clipboard. */
  readonly name?: string;
  /** Page to open in the browser or to copy; https only. */
  readonly link?: string | undefined;
  /** The public page of the subnet or node. */
  readonly placePage?: string | undefined;
  /** The whole commit of dfinity/ic that is rolled out. */
  readonly commit?: string | undefined;
  /** The id of the proposal about its election or upgrade, where the row is none of a proposal itself. */
  readonly proposal?: string | undefined;
  /** The thread of the forum about the election or the upgrade. */
  readonly forumPage?: string | undefined;
  /** The page of the release notes of the version. */
  readonly notesPage?: string | undefined;
  /** Present for rows that unfold, also when empty. */
  readonly children?: readonly Row[] | undefined;
  readonly expanded?: boolean;
  /** Present where the row stands for one that could not be made: why, in one line for the log. */
  readonly fault?: string;
}

/** Which of the pictures a view shows. The manifest's welcome text for `notSignedIn` is keyed on it. */
export type Situation =
  'loading' | 'rows' | 'empty' | 'filteredOut' | 'failing' | 'notSignedIn' | 'notPermitted' | 'notConfigured';

/** All that a tree view shows. */
export interface ViewModel {
  readonly situation: Situation;
  readonly rows: readonly Row[];
  /** Sentence above the rows. */
  readonly message?: string | undefined;
  /** What needs a person, in few words: it stands beside the view's name, which is seen while the view is collapsed, too. */
  readonly trouble?: string | undefined;
  /** Dim text beside the view's title: as of when. VS Code hides it while the view is collapsed. */
  readonly asOf?: string | undefined;
  /** What is shown is of now: where the name of the view takes the room, `asOf` is left out rather than cut. */
  readonly isCurrent?: boolean | undefined;
  /** The width of the side bar for which the rows are written, in pixels. VS Code's at its first start when absent. */
  readonly sideBarWidth?: number | undefined;
  readonly badge?: { readonly value: number; readonly tooltip: string } | undefined;
}

/** The tokens of a row as the manifest matches them. */
export function contextValue(row: Row): string {
  return row.tokens.length === 0 ? '' : `;${row.tokens.join(';')};`;
}

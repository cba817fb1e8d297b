import { isFields, type Fields } from '../base/fields.ts';
import { isRunId } from '../base/ids.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { Effect } from './run.ts';

// The messages between the extension host and the Operations page. The host has the grammar and the records, the page
// only what it is sent: it posts what a person typed, and the host says what is wrong with it and which command it makes.

/** What was typed, by the names of fields. */
export type FieldValues = Readonly<Record<string, string>>;

/** An operation in the list. Plain text. */
export interface ListedOperation {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly group: string;
  readonly effect: Effect;
  /** What it does to the outside, in words. */
  readonly does: string;
  /** What it needs, in words; undefined for nothing. */
  readonly needs?: string | undefined;
  readonly duration: string;
  /** Its last run: how it ended, when, and by whom; undefined where none is kept. */
  readonly last?: string | undefined;
  readonly isFavorite: boolean;
}

/** A value that can be taken over. */
export interface OfferedValue {
  readonly value: string;
  /** What it is called, or what is known of it. Text from outside. */
  readonly label: string;
}

/** How a field is entered. `list`: several words in one line; `lines`: one on each line. */
export type FieldControl = 'text' | 'list' | 'lines' | 'flag' | 'choice' | 'choices';

export interface FormField {
  readonly name: string;
  readonly label: string;
  /** The option of dre; undefined for a positional. */
  readonly option?: string | undefined;
  readonly help: string;
  readonly control: FieldControl;
  readonly isRequired: boolean;
  readonly placeholder: string;
  readonly choices: readonly string[];
  /** What it may be about: the kinds of known values of its form that can be taken over. */
  readonly known: readonly string[];
  /** It stands among the further options. */
  readonly isFurther: boolean;
}

/** An earlier run, whose arguments can be taken over. */
export interface PastRun {
  readonly id: string;
  /** How it ended, when, and by whom. */
  readonly words: string;
  readonly command: string;
  readonly values: FieldValues;
}

/** The form of an operation. */
export interface OperationForm {
  readonly id: string;
  readonly fields: readonly FormField[];
  /** The values that can be taken over, by kind. */
  readonly known: Readonly<Partial<Record<string, readonly OfferedValue[]>>>;
  /** As of when the registry is known, in words; undefined where the form offers nothing of it. */
  readonly registry?: { readonly words: string; readonly isRead: boolean } | undefined;
  /** What is never offered, with the reason. */
  readonly leftOut: readonly { readonly option: string; readonly reason: string }[];
  readonly past: readonly PastRun[];
  /** The operation with all options of the same command; undefined where it is that. */
  readonly full?: string | undefined;
}

/** All that the page shows besides what is typed. */
export interface OperationsView {
  readonly type: 'view';
  readonly operations: readonly ListedOperation[];
  readonly form?: OperationForm | undefined;
  /** The page is to show the form, whatever it shows now. */
  readonly isOpened?: boolean | undefined;
  /** Values that the form is to have instead of those that it has; they take effect once. */
  readonly values?: FieldValues | undefined;
}

/** What keeps a form from being run. */
export interface FieldFault {
  readonly field: string;
  readonly sentence: string;
  /** Nothing is entered there. */
  readonly isMissing: boolean;
}

/** What is said of the values of a form. */
export interface CheckedForm {
  readonly type: 'checked';
  readonly id: string;
  /** The number of the edit that it answers. */
  readonly request: number;
  /** The exact command as a line for a shell. */
  readonly command: string;
  readonly faults: readonly FieldFault[];
  /** The dry run with the same arguments that ended well last, in words; undefined where there is none. */
  readonly simulated?: string | undefined;
}

/** Host to page. */
export type HostMessage = OperationsView | CheckedForm;

/** How a form is run. */
export type PageMode = 'dryRun' | 'real';

/** Page to host. */
export type PageMessage =
  /** The page shows this form, if any. */
  | { readonly type: 'ready'; readonly open?: string | undefined }
  /** `from`: take the values over from this operation of the same command. */
  | { readonly type: 'open'; readonly id?: string | undefined; readonly from?: FieldValues | undefined }
  | { readonly type: 'edit'; readonly id: string; readonly request: number; readonly values: FieldValues }
  | { readonly type: 'copy'; readonly id: string; readonly values: FieldValues }
  | { readonly type: 'run'; readonly id: string; readonly values: FieldValues; readonly mode: PageMode }
  | { readonly type: 'favorite'; readonly id: string; readonly isOn: boolean }
  | { readonly type: 'openRun'; readonly run: string };

const longestText = 100_000;

/** The message, or in a few words why it is not one. No field may be missing or added. */
export function parsePageMessage(message: unknown): Result<PageMessage, string> {
  if (!isFields(message)) return fail('not an object');
  const { type, id, request, values, mode, isOn, run, open, from } = message;
  switch (type) {
    case 'ready':
      if (!hasOnly(message, ['open']) || !(open === undefined || isText(open))) return fail('ready has a wrong form');
      return ok({ type, open });
    case 'open':
      if (!hasOnly(message, ['id', 'from']) || !(id === undefined || isText(id))) return fail('open names no form');
      if (from !== undefined && !isValues(from)) return fail('open has wrong values');
      return ok({ type, id, from });
    case 'edit':
      if (!hasOnly(message, ['id', 'request', 'values']) || !isText(id) || !isValues(values)) {
        return fail('edit has wrong values');
      }
      return Number.isSafeInteger(request) ? ok({ type, id, request: request as number, values }) : fail('no request');
    case 'copy':
      if (!hasOnly(message, ['id', 'values']) || !isText(id) || !isValues(values)) return fail('copy has wrong values');
      return ok({ type, id, values });
    case 'run':
      if (!hasOnly(message, ['id', 'values', 'mode']) || !isText(id) || !isValues(values)) {
        return fail('run has wrong values');
      }
      return mode === 'dryRun' || mode === 'real' ? ok({ type, id, values, mode }) : fail('run has no mode');
    case 'favorite':
      if (!hasOnly(message, ['id', 'isOn']) || !isText(id) || typeof isOn !== 'boolean') {
        return fail('favorite has a wrong form');
      }
      return ok({ type, id, isOn });
    case 'openRun':
      if (!hasOnly(message, ['run']) || !isRunId(run)) return fail('openRun names no run');
      return ok({ type, run });
    default:
      return fail('not a known type');
  }
}

function hasOnly(fields: Fields, names: readonly string[]): boolean {
  return Object.keys(fields).every((name) => name === 'type' || names.includes(name));
}

/** An id is looked up, never used as it is: only kind and length are checked. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= 200;
}

function isValues(value: unknown): value is FieldValues {
  return (
    isFields(value) &&
    Object.keys(value).length <= 200 &&
    Object.values(value).every((text) => typeof text === 'string' && text.length <= longestText)
  );
}

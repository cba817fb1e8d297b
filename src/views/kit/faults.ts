import { describeCause } from '../../engine/base/log.ts';
import { counted } from './format.ts';
import type { Row, ViewModel } from './row.ts';

// A row, or a whole view, that cannot be made because of an error of ours. It says so, and the rest is shown all the same.

/**
 * Makes a row for each record. Where that throws, the record has a row that says so, with the id that `idOf` gives.
 * Every view makes the rows of its records with it.
 */
export function eachRow<R>(records: Iterable<R>, idOf: (record: R) => string, toRow: (record: R) => Row): Row[] {
  const rows: Row[] = [];
  for (const record of records) {
    try {
      rows.push(toRow(record));
    } catch (cause) {
      rows.push(faultRow(idOf(record), cause));
    }
  }
  return rows;
}

/** The row in place of one that cannot be shown. */
export function faultRow(id: string, cause: unknown): Row {
  return { ...errorRow(id, "Can't show this row", [id]), description: id, fault: describeCause(cause) };
}

function errorRow(id: string, label: string, details: readonly string[]): Row {
  return {
    id,
    label,
    icon: { id: 'error', color: 'problemsErrorIcon.foreground' },
    tokens: ['logged'],
    hover: [label, 'The reason is an error in Dr. DRE itself. The log has the details.', ...details],
    spoken: [label, ...details].join('. '),
    command: 'drDre.showLog',
  };
}

/** The rows of a tree that cannot be shown. */
export function faultsIn(rows: readonly Row[]): readonly Row[] {
  return rows.flatMap((row) => [
    ...(row.fault === undefined ? [] : [row]),
    ...(row.children === undefined ? [] : faultsIn(row.children)),
  ]);
}

/** The sentence above the rows when some cannot be shown. */
export function withFaultSentence(message: string | undefined, count: number): string | undefined {
  if (count === 0) return message;
  const sentence = `Can't show ${counted(count, 'row')} because of an error in Dr. DRE itself; the log has the details.`;
  return message === undefined || message === '' ? sentence : `${message} ${sentence}`;
}

/**
 * What a view shows when its model cannot be made: the rows of before if there are some, below one that says that they
 * are not those of now.
 */
export function brokenView(before: ViewModel | undefined): ViewModel {
  const label = "Can't update this view";
  const row = errorRow('!fault', label, before === undefined ? [] : ['The rows below may be old.']);
  const rows = (before?.rows ?? []).filter(({ id }) => id !== row.id);
  const model: ViewModel = {
    situation: 'rows',
    rows: [row, ...rows],
    message: `${label} because of an error in Dr. DRE itself; the log has the details.`,
  };
  return { ...model, asOf: before?.asOf, badge: before?.badge };
}

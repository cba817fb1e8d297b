import { isAlertId, isIssueKey, isProposalId } from '../../domain/base/ids.ts';
import { actedKinds, type ActedKind } from '../../views/kit/hoverActions.ts';
import type { RecordRef, Row } from '../../views/kit/row.ts';

// Links in hovers that run a command of ours for a record. A link carries the record's kind and key and nothing else; both
// are checked when it is made and again when VS Code hands them back.

const keyChecks: Readonly<Record<ActedKind, (key: unknown) => key is string>> = {
  alert: isAlertId,
  ticket: isIssueKey,
  proposal: isProposalId,
};

/** The address that runs a command for a record; undefined where the record is none of these or its key has another shape. */
export function commandLink(command: string, record: RecordRef | undefined): string | undefined {
  const checked = checkedRecord(record);
  if (checked === undefined) return undefined;
  return `command:${command}?${encodeURIComponent(JSON.stringify([{ record: checked }]))}`;
}

/** The row that a link stands for: a row of this record alone, whatever is selected. Throws where it is not of ours. */
export function rowOfLink([first]: readonly unknown[]): Row | undefined {
  if (typeof first !== 'object' || first === null || !('record' in first)) return undefined;
  const record = checkedRecord(first.record);
  if (record === undefined) throw new Error('a link names a record that is none');
  return { id: `link/${record.kind}/${record.key}`, label: record.key, tokens: [], record };
}

function checkedRecord(record: unknown): RecordRef | undefined {
  if (typeof record !== 'object' || record === null || !('kind' in record) || !('key' in record)) return undefined;
  const kind = actedKinds.find((each) => each === record.kind);
  return kind !== undefined && keyChecks[kind](record.key) ? { kind, key: record.key } : undefined;
}

import { linkedRecord } from '../../domain/documents/commandLink.ts';
import type { Row } from '../../views/kit/row.ts';

/**
 * The row that a link in a hover stands for: a row of its record alone, whatever is selected. Throws where the record is
 * none of ours.
 */
export function rowOfLink([first]: readonly unknown[]): Row | undefined {
  if (typeof first !== 'object' || first === null || !('record' in first)) return undefined;
  const record = linkedRecord(first.record);
  if (record === undefined) throw new Error('a link names a record that is none');
  const { kind, key, batch, place } = record;
  const row = { id: `link/${kind}/${key}`, label: key, tokens: [], record: { kind, key } };
  return batch === undefined ? row : { ...row, batch, copied: place };
}

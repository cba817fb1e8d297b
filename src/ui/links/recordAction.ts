import type { RecordActionAddress } from '../../domain/links/recordActionAddress.ts';
import type { Commands } from '../kit/commands.ts';
import { documentUri, type Documents } from '../kit/documents.ts';
import { argumentsFor } from '../kit/rowTree.ts';

export interface RecordActionParts {
  readonly documents: Pick<Documents, 'rowOf'>;
  readonly commands: Pick<Commands, 'run'>;
}

const nouns: Readonly<Record<RecordActionAddress['kind'], string>> = { proposal: 'queue', run: 'operations' };

/**
 * Begins an action on a proposal or a run as its row does: each of them shows something or asks first, as an address may
 * come from anywhere. Returns whether the record is known.
 */
export async function beginRecordAction(
  { kind, key, action }: RecordActionAddress,
  { documents, commands }: RecordActionParts,
): Promise<boolean> {
  const row = await documents.rowOf(documentUri(kind, key));
  if (row === undefined) return false;
  await commands.run(`drDre.${nouns[kind]}.${action}`, argumentsFor([row]));
  return true;
}

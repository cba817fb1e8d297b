import type * as vscode from 'vscode';
import type { Host } from '../kit/host.ts';
import { warn } from '../kit/messages.ts';
import type { OperationsPage } from '../operations/page.ts';
import type { OpenParts } from './openRecord.ts';

export interface AddressParts extends OpenParts, Pick<Host, 'log'> {
  readonly operationsPage: Pick<OperationsPage, 'open'>;
}

/**
 * Opens `vscode://dfinity.dr-dre/<kind>/<id>`. The address comes from anywhere: its id is checked before it is used, and it
 * fills in and runs nothing.
 */
export async function openAddress(uri: vscode.Uri, parts: AddressParts): Promise<void> {
  try {
    const [{ parseRecordAddress }, { parseOperationAddress }, { openRecord }] = await Promise.all([
      import('../../domain/links/recordAddress.ts'),
      import('../../domain/links/operationAddress.ts'),
      import('./openRecord.ts'),
    ]);
    const operation = parseOperationAddress(uri.path);
    if (operation !== undefined && (await openForm(operation, parts))) return;
    const address = parseRecordAddress(uri.path);
    if (address === undefined) {
      warn('This link leads to nothing that Dr. DRE knows.');
    } else if (!(await openRecord(address, parts))) {
      warn('What this link leads to is not among the things that Dr. DRE knows now.');
    }
  } catch (cause) {
    parts.log.error('links', 'an address could not be opened', cause);
    warn('The link could not be opened because of an error in Dr. DRE itself. The log has the details.');
  }
}

async function openForm(id: string, { operationsPage }: AddressParts): Promise<boolean> {
  const { pageOperations } = await import('../../views/operations/page.ts');
  if (!pageOperations.some((each) => each.id === id)) return false;
  await operationsPage.open({ id, values: undefined, origin: {} });
  return true;
}

import * as vscode from 'vscode';
import type { Host } from '../kit/host.ts';
import { warn } from '../kit/messages.ts';
import type { OperationsPage } from '../operations/page.ts';
import type { OpenParts } from './openRecord.ts';
import type { RecordActionParts } from './recordAction.ts';

export interface AddressParts extends OpenParts, Pick<RecordActionParts, 'store' | 'commands'>, Pick<Host, 'log'> {
  readonly documents: OpenParts['documents'] & RecordActionParts['documents'];
  readonly operationsPage: Pick<OperationsPage, 'open'>;
}

/**
 * Opens `vscode://dfinity.dr-dre/<kind>/<id>`, or begins an action on a record with its questions. The address comes from
 * anywhere: its id is checked before it is used, and it fills in, changes and sends nothing.
 */
export async function openAddress(uri: vscode.Uri, parts: AddressParts): Promise<void> {
  try {
    const { parseOperationAddress } = await import('../../domain/links/operationAddress.ts');
    const operation = parseOperationAddress(uri.path);
    if (operation !== undefined && (await openForm(operation, parts))) return;
    const isKnown = await follow(uri, parts);
    if (isKnown === undefined) warn('This link leads to nothing that Dr. DRE can open.');
    else if (!isKnown) warn("Can't find what this link leads to.");
  } catch (cause) {
    parts.log.error('links', 'an address could not be opened', cause);
    warn("Can't open the link because of an error in Dr. DRE itself. The log has the details.");
  }
}

async function openForm(id: string, { operationsPage }: Pick<AddressParts, 'operationsPage'>): Promise<boolean> {
  const { pageOperations } = await import('../../views/operations/page.ts');
  if (!pageOperations.some((each) => each.id === id)) return false;
  await operationsPage.open({ id, values: undefined, origin: {} });
  return true;
}

/** Whether there is what an address leads to; undefined where it is no address of ours. */
async function follow(
  { path, query }: Pick<vscode.Uri, 'path' | 'query'>,
  parts: Pick<AddressParts, 'store' | 'documents' | 'timeline' | 'commands'>,
): Promise<boolean | undefined> {
  const [{ parseRecordAddress }, { parseRecordActionAddress }, { parseSettingAddress }] = await Promise.all([
    import('../../domain/links/recordAddress.ts'),
    import('../../domain/links/recordActionAddress.ts'),
    import('../../domain/links/settingAddress.ts'),
  ]);
  const setting = parseSettingAddress(path);
  if (setting !== undefined) return openSetting(setting);
  const action = parseRecordActionAddress(path);
  if (action !== undefined) return (await import('./recordAction.ts')).beginRecordAction(action, parts);
  const address = parseRecordAddress(path, query);
  return address === undefined ? undefined : (await import('./openRecord.ts')).openRecord(address, parts);
}

async function openSetting(id: string): Promise<boolean> {
  await vscode.commands.executeCommand('drDre.openSettings', id);
  return true;
}

import type * as vscode from 'vscode';
import type { Host } from '../kit/host.ts';
import { warn } from '../kit/messages.ts';
import type { OpenParts } from './openRecord.ts';

/** Opens `vscode://dfinity.dr-dre/<kind>/<id>`. The address comes from anywhere: its id is checked before it is used. */
export async function openAddress(uri: vscode.Uri, parts: OpenParts & Pick<Host, 'log'>): Promise<void> {
  try {
    const [{ parseRecordAddress }, { openRecord }] = await Promise.all([
      import('../../domain/links/recordAddress.ts'),
      import('./openRecord.ts'),
    ]);
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

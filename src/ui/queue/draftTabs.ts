import * as vscode from 'vscode';
import { draftScheme } from '../kit/draftFiles.ts';
import { draftAt, draftId, draftUri, type DraftAddress } from './ticketDrafts.ts';

// The editor tabs in which something for a ticket is written.

/** Opens the editor for a text. */
export async function openEditor(address: DraftAddress): Promise<void> {
  const document = await vscode.workspace.openTextDocument(draftUri(address));
  await vscode.window.showTextDocument(document, { preview: false });
}

/** Closes the tabs of a text, and those that compare it. */
export async function closeTabs(address: DraftAddress): Promise<void> {
  const tabs = tabsOf(address);
  if (tabs.length > 0) await vscode.window.tabGroups.close(tabs);
}

/** Whether a text has a tab. */
export function isOpen(address: DraftAddress): boolean {
  return tabsOf(address).length > 0;
}

function tabsOf(address: DraftAddress): vscode.Tab[] {
  const isIt = (uri: vscode.Uri): boolean => {
    const draft = uri.scheme === draftScheme ? draftAt(uri) : undefined;
    return draft?.what === address.what && draftId(draft) === draftId(address);
  };
  const isOf = ({ input }: vscode.Tab): boolean =>
    (input instanceof vscode.TabInputText && isIt(input.uri)) ||
    (input instanceof vscode.TabInputTextDiff && isIt(input.modified));
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(isOf);
}

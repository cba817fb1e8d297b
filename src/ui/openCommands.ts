import * as vscode from 'vscode';
import { isAlertId, isIssueKey, isProposalId } from '../domain/ids.ts';
import type { RecordRef, Row } from '../views/row.ts';
import type { Commands } from './commands.ts';
import type { Documents } from './documents.ts';

/** Something that can be opened, for the pick of the palette. */
export interface Openable {
  readonly key: string;
  readonly label: string;
  readonly description: string;
  readonly link: string;
}

/** A kind of record that opens as a document and as a page. */
export interface OpenableKind {
  readonly kind: RecordRef['kind'];
  readonly noun: string;
  readonly openCommand: string;
  readonly pageCommand: string;
  readonly isKey: (key: string) => boolean;
  readonly list: () => readonly Openable[];
}

/** Checks of the keys that documents are opened by. */
export const keyShapes = { alert: isAlertId, ticket: isIssueKey, proposal: isProposalId };

/** Registers, for each kind, the command that opens a document and the one that opens its page in the browser. */
export function registerOpenCommands(commands: Commands, documents: Documents, kinds: readonly OpenableKind[]): void {
  for (const each of kinds) {
    commands.register(each.openCommand, async ({ rows }) => {
      const key = await chosenKey(rows, each);
      if (key !== undefined && each.isKey(key)) await documents.open(each.kind, key);
    });
    commands.register(each.pageCommand, async ({ rows }) => {
      const key = await chosenKey(rows, each);
      const link = each.list().find((item) => item.key === key)?.link ?? rows[0]?.link;
      if (key !== undefined && link !== undefined) await openPage(link);
    });
  }
  commands.register('drDre.copyLink', async ({ rows }) => {
    const links = rows.flatMap((row) => (row.link === undefined ? [] : [row.link]));
    if (links.length > 0) await vscode.env.clipboard.writeText(links.join('\n'));
  });
}

/** Opens an address of ours in the browser; nothing but https (and this machine's own http) is opened. */
export async function openPage(link: string): Promise<void> {
  const uri = vscode.Uri.parse(link, true);
  const local = uri.scheme === 'http' && /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(uri.authority);
  if (uri.scheme === 'https' || local) await vscode.env.openExternal(uri);
}

async function chosenKey(rows: readonly Row[], kind: OpenableKind): Promise<string | undefined> {
  const record = rows[0]?.record;
  if (record?.kind === kind.kind) return record.key;
  const items = kind.list().map((item) => ({ label: item.label, description: item.description, key: item.key }));
  if (items.length === 0) {
    void vscode.window.showInformationMessage(`No ${kind.noun} is known now.`);
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: `Which ${kind.noun}?`,
    matchOnDescription: true,
  });
  return picked?.key;
}

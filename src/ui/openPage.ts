import * as vscode from 'vscode';
import { isLoopback } from '../domain/ids.ts';

/** Opens an address of ours in the browser; nothing but https (and this machine's own http) is opened. */
export async function openPage(link: string): Promise<void> {
  const uri = vscode.Uri.parse(link, true);
  const local = uri.scheme === 'http' && isLoopback(uri.authority.replace(/:\d+$/, ''));
  if (uri.scheme === 'https' || local) await vscode.env.openExternal(uri);
}

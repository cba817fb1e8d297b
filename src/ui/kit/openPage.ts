import * as vscode from 'vscode';
import { isAllowedAddress } from '../../domain/base/ids.ts';

/** Opens an address of ours in the browser; nothing but https (and this machine's own http) is opened. */
export async function openPage(link: string): Promise<void> {
  const uri = vscode.Uri.parse(link, true);
  const address = { protocol: `${uri.scheme}:`, hostname: uri.authority.replace(/:\d+$/, '') };
  if (isAllowedAddress(address)) await vscode.env.openExternal(uri);
}

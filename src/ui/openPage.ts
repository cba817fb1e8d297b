import * as vscode from 'vscode';

/** Opens an address of ours in the browser; nothing but https (and this machine's own http) is opened. */
export async function openPage(link: string): Promise<void> {
  const uri = vscode.Uri.parse(link, true);
  const local = uri.scheme === 'http' && /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(uri.authority);
  if (uri.scheme === 'https' || local) await vscode.env.openExternal(uri);
}

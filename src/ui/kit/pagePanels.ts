import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { pageHtml } from './pageHtml.ts';

/** A page of the extension. */
export interface PageOfPanel {
  /** That of its script and its styles in `dist`, and of its root element. */
  readonly name: string;
  readonly title: string;
}

/** Shows a page in a panel, which can read nothing of the disk but what is built. */
export function fillPanel(panel: vscode.WebviewPanel, extensionUri: vscode.Uri, { name, title }: PageOfPanel): void {
  const { webview } = panel;
  const built = vscode.Uri.joinPath(extensionUri, 'dist');
  const uriOf = (file: string): string => webview.asWebviewUri(vscode.Uri.joinPath(built, file)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [built] };
  panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icon.png');
  webview.html = pageHtml({
    title,
    root: name,
    nonce: randomBytes(16).toString('base64'),
    cspSource: webview.cspSource,
    scriptUri: uriOf(`${name}.js`),
    styleUri: uriOf(`${name}.css`),
  });
}

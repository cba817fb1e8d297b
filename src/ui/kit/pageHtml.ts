/** What a panel's page is made of. Addresses come from `asWebviewUri`, the nonce is fresh. */
export interface PageHtmlParts {
  /** Random for each page, base64: lets this one script run. */
  readonly nonce: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
  readonly title: string;
  /** The id of the element that the script fills. */
  readonly root: string;
}

/** The policy of a page: its one script, its one style sheet, and nothing else from anywhere. */
export function pagePolicy({ nonce, cspSource }: Pick<PageHtmlParts, 'nonce' | 'cspSource'>): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    "img-src 'none'",
    "font-src 'none'",
  ].join('; ');
}

/** A page, empty: the script fills it from the host's messages. */
export function pageHtml(parts: PageHtmlParts): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(pagePolicy(parts))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(parts.title)}</title>
<link rel="stylesheet" href="${escaped(parts.styleUri)}">
</head>
<body>
<main id="${escaped(parts.root)}"></main>
<script type="module" nonce="${escaped(parts.nonce)}" src="${escaped(parts.scriptUri)}"></script>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

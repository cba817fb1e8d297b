/** What the panel's page is made of. All four come from the host: addresses from `asWebviewUri`, a fresh nonce. */
export interface TimelineHtmlParts {
  /** Random for each page, base64: lets this one script run. */
  readonly nonce: string;
  /** `webview.cspSource`. */
  readonly cspSource: string;
  readonly scriptUri: string;
  readonly styleUri: string;
}

/** The policy of the page: its one script, its one style sheet, and nothing else from anywhere. */
export function timelinePolicy({ nonce, cspSource }: Pick<TimelineHtmlParts, 'nonce' | 'cspSource'>): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    "img-src 'none'",
    "font-src 'none'",
  ].join('; ');
}

/** The page of the timeline, empty: the script fills it from the host's messages. */
export function timelineHtml(parts: TimelineHtmlParts): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(timelinePolicy(parts))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Release Timeline</title>
<link rel="stylesheet" href="${escaped(parts.styleUri)}">
</head>
<body>
<main id="timeline"></main>
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

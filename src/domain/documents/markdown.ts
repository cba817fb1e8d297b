// Text from outside inside of Markdown documents.

/** Text so that Markdown shows it as it is: no markup, no HTML, no link, no autolink comes of it. */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+\-.!|~^$=]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/@/g, '&#64;')
    .replace(/:(?=\/\/)/g, '&#58;');
}

/** A fenced block that the text cannot close. The language is dropped unless it is a plain word. */
export function codeBlock(text: string, language = ''): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(Math.max(3, longest + 1));
  return `${fence}${/^[A-Za-z0-9+#-]{1,20}$/.test(language) ? language : ''}\n${text}\n${fence}`;
}

/** Code within a line that the text cannot close. */
export function codeSpan(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence} ${line} ${fence}`;
}

/** An address that a document may link to: http, https or mailto, nothing that a program would run. */
export function safeLink(address: string): string | undefined {
  const known = /^(https?:\/\/[^\s/?#]+|mailto:[^\s?]+@)[^\s]*$/i.test(address);
  return known ? address.replace(/[<>()\\`]/g, encodeURIComponent) : undefined;
}

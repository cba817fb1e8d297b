/** A header's value, in whatever text it stands. */
const authorization = /\b(Basic|Bearer|token)\s+[A-Za-z0-9+/=._~-]{8,}/gi;

/** Tokens that are known by their form: Atlassian's, GitHub's and Slack's. */
const tokens =
  /\bAT[A-Z]{3}3x[A-Za-z0-9_=-]{8,}|\bATATT[A-Za-z0-9_=-]{8,}|\bgh[pousr]_[A-Za-z0-9]{16,}|\bgithub_pat_[A-Za-z0-9_]{16,}|\bxox[a-z](?:\.[a-z]+)?-[A-Za-z0-9-]{8,}|\bxapp-[A-Za-z0-9-]{8,}/g;

/**
 * Text without what must not be written down: these secrets (in all forms that they may stand in), tokens by their form,
 * authorization headers, e-mail addresses. Takes time in proportion to the length of the text.
 */
export function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) {
    if (secret !== '') clean = clean.replaceAll(secret, '‹secret›');
  }
  return withoutEmails(clean.replace(authorization, '$1 ‹secret›').replace(tokens, '‹secret›'));
}

/**
 * The start of a long text, redacted: what is beyond `length` is not read. The last word goes with it, as it may be
 * the first half of a secret.
 */
export function redactStart(text: string, secrets: readonly string[], length: number): string {
  if (text.length <= length) return redact(text, secrets);
  const start = text.slice(0, length - 1);
  return `${redact(start.slice(0, start.length - lastWord(start)), secrets)}…`;
}

/** A word is no longer: a text without a space loses no more than this. */
const longestWord = 1_000;

function lastWord(text: string): number {
  let length = 0;
  while (length < text.length && length < longestWord && !/\s/.test(text[text.length - 1 - length] ?? ' ')) length++;
  return length;
}

const domain = /[^\s@<>"')]+/y;
const local = /[^\s@<>"'(]/;

/** Goes from one at sign to the next: no part of the text is read twice. */
function withoutEmails(text: string): string {
  let clean = '';
  let from = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > from && local.test(text[start - 1] ?? '')) start--;
    domain.lastIndex = at + 1;
    const [run = ''] = domain.exec(text) ?? [];
    const ends = [...run.matchAll(/\.[A-Za-z]{2,}/g)].map((found) => found.index + found[0].length);
    const end = ends.at(-1);
    // A dot at once after the sign is no domain.
    if (start === at || end === undefined || run.startsWith('.')) continue;
    clean += `${text.slice(from, start)}‹e-mail›`;
    from = at + 1 + end;
  }
  return clean + text.slice(from);
}

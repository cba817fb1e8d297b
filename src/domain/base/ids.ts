// Shapes of ids and names. What does not fit is refused before it gets into a path, an argument list or a link.

/** A Jira issue key: DRE-351. */
export function isIssueKey(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Z][A-Z0-9_]{0,31}-[1-9][0-9]{0,9}$/.test(value);
}

/** An alert's id: `uuid` or `uuid-epochMillis` (atlassian.md 2.2). */
export function isAlertId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-\d{10,16})?$/i.test(value);
}

/** The text form of a principal: groups of five of the base-32 alphabet, the last may be shorter. Not its checksum. */
export function isPrincipal(value: unknown): value is string {
  return typeof value === 'string' && /^[a-z2-7]{5}(-[a-z2-7]{5}){0,11}-[a-z2-7]{1,5}$/.test(value);
}

/** The first group of a principal, which people call a subnet, node or provider by. Of another id the part before its first hyphen. */
export function firstGroup(id: string): string {
  return id.split('-', 1)[0] ?? id;
}

/** `owner/name` of a GitHub repository. */
export function isRepository(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9-]{0,38}\/(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}$/.test(value);
}

/** A commit in full. */
export function isCommit(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{40}$/.test(value);
}

/** A commit by its first seven digits, as git shortens it. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 7);
}

/** A text with its whole commits by their first seven digits. */
export function withShortCommits(text: string): string {
  return text.replaceAll(/(?<![\w-])[0-9a-f]{40}(?![\w-])/g, shortCommit);
}

/** A text with its principals by their first group, and its commits by their first seven digits. */
export function withShortIds(text: string): string {
  return withShortCommits(
    text.replaceAll(/(?<![\w-])([a-z2-7]{5})(?:-[a-z2-7]{5}){3,9}-[a-z2-7]{3,5}(?![\w-])/g, '$1'),
  );
}

/** A proposal's id in decimal. */
export function isProposalId(value: unknown): value is string {
  return typeof value === 'string' && /^[1-9][0-9]{0,18}$/.test(value);
}

/** The id of a run of dre, which is ours. */
export function isRunId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-z][0-9a-z-]{0,63}$/.test(value);
}

/** Whether an address may be requested or opened: `https`, or `http` to this machine itself. Both parts as a URL has them. */
export function isAllowedAddress(address: { readonly protocol: string; readonly hostname: string }): boolean {
  if (address.protocol === 'https:') return true;
  return address.protocol === 'http:' && isLoopback(address.hostname);
}

/** Whether a host name, as a URL has it, means this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

import type { PhrasingContent } from 'mdast';
import type { AdfJson, AdfParent } from './json.ts';
import { link } from '../tree.ts';

/**
 * What Markdown cannot hold of a document: whole nodes, marks of a text, or a block without what it contains. In the
 * Markdown a link to `kept:` and its number stands for it.
 */
export type KeptPart =
  | { readonly kind: 'blocks'; readonly nodes: readonly AdfJson[]; readonly parent: AdfParent }
  | { readonly kind: 'inlines'; readonly nodes: readonly AdfJson[] }
  | { readonly kind: 'marks'; readonly marks: readonly AdfJson[] }
  | { readonly kind: 'container'; readonly node: AdfJson };

/** The link that stands for what is kept as this number. */
export function keptLink(number: number, ...words: readonly (string | PhrasingContent)[]): PhrasingContent {
  return link(`kept:${number}`, words);
}

/** The number of what is kept that a link stands for; undefined for another link. */
export function keptNumber(url: string): number | undefined {
  const [, digits] = /^kept:(\d{1,6})$/.exec(url) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

const mention = /^mention:([\w:-]{1,128})$/;

/** The address of a link that mentions a person; undefined where the id of the account has another form. */
export function mentionAddress(accountId: string): string | undefined {
  const address = `mention:${accountId}`;
  return mention.test(address) ? address : undefined;
}

/** The account that a link mentions; undefined for another link. */
export function mentionedAccount(url: string): string | undefined {
  return mention.exec(url)?.[1];
}

/** A person as they are mentioned in Markdown: `[@Dana](mention:5b10)`. Undefined as for `mentionAddress`. */
export function mentionMarkdown(accountId: string, name: string): string | undefined {
  const address = mentionAddress(accountId);
  return address === undefined ? undefined : `[@${name.replaceAll(/[[\]\\<>`*_\n]/g, ' ').trim()}](${address})`;
}

import type { PhrasingContent } from 'mdast';
import { visibleLine } from '../../domain/base/harmless.ts';
import { httpsAddress } from '../../domain/base/httpsAddress.ts';
import { commandLink } from '../../domain/documents/commandLink.ts';
import { documentOf, link, paragraph, strong, type Document } from '../../domain/documents/tree.ts';

/** A command of ours that a hover offers. */
export interface HoverAction {
  readonly command: string;
  readonly label: string;
}

/** A hover: the first line strong, all of them as text, and below them the links, in one line. */
export function hoverTree(lines: readonly string[], links: readonly PhrasingContent[]): Document {
  const [first, ...rest] = lines.map(visibleLine).filter((line) => line !== '');
  if (first === undefined) return documentOf();
  return documentOf(
    paragraph(strong(first)),
    rest.map((line) => paragraph(line)),
    links.length === 0 ? undefined : paragraph(links.flatMap((each, index) => (index === 0 ? [each] : [' · ', each]))),
  );
}

/** A hover with commands that need no record. */
export function plainHoverTree(lines: readonly string[], actions: readonly HoverAction[]): Document {
  return hoverTree(
    lines,
    actions.map(({ command, label }) => commandLink(command, label)),
  );
}

/** The page of a record as a link, where its address is one of https. */
export function pageLinks(page: string | undefined, label = 'Open in Browser'): readonly PhrasingContent[] {
  const address = page === undefined ? undefined : httpsAddress(page);
  return address === undefined ? [] : [link(address, label)];
}

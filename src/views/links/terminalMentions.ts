import { findMentions } from '../../domain/links/find.ts';
import type { Knowledge } from '../../domain/links/knowledge.ts';
import type { Mention } from '../../domain/links/mention.ts';
import { subjectPage } from '../../domain/links/pages.ts';
import { subjectText } from './words.ts';

/** A link in a line of a terminal. */
export interface TerminalMention extends Mention {
  /** What following it does. */
  readonly tooltip: string;
}

/** The links of a terminal's line. Web addresses are left to VS Code, which links them as a whole. */
export function terminalMentions(line: string, known: Knowledge): readonly TerminalMention[] {
  return findMentions(line, known)
    .filter((mention) => !isInAddress(line, mention.start) && leadsSomewhere(mention))
    .map((mention) => ({ ...mention, tooltip: `Open ${subjectText(mention)}` }));
}

function isInAddress(line: string, start: number): boolean {
  const word = line.slice(0, start).lastIndexOf('://');
  return word >= 0 && !/\s/.test(line.slice(word, start));
}

function leadsSomewhere(mention: Mention): boolean {
  return mention.kind === 'ticket' || mention.kind === 'alert' || subjectPage(mention) !== undefined;
}

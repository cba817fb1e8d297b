import * as vscode from 'vscode';
import type { TerminalMention } from '../../views/links/terminalMentions.ts';
import { inform } from '../kit/messages.ts';
import type { LiveLinks } from './liveLinks.ts';
import type { OpenParts } from './openRecord.ts';

class MentionLink extends vscode.TerminalLink {
  readonly mention: TerminalMention;

  constructor(mention: TerminalMention) {
    super(mention.start, mention.end - mention.start, mention.tooltip);
    this.mention = mention;
  }
}

/** Links subnets, nodes, proposals, tickets and the like in terminals. The finder is loaded with the first line. */
export function registerTerminalLinks(links: LiveLinks, parts: OpenParts): vscode.Disposable {
  return vscode.window.registerTerminalLinkProvider({
    async provideTerminalLinks({ line }) {
      const [{ terminalMentions }, builder] = await Promise.all([
        import('../../views/links/terminalMentions.ts'),
        links.builder(),
      ]);
      return terminalMentions(line, builder.subjects.known).map((mention) => new MentionLink(mention));
    },
    async handleTerminalLink(link) {
      if (!(link instanceof MentionLink)) return;
      const { openSubject } = await import('./openRecord.ts');
      if (!(await openSubject(link.mention, parts))) {
        inform('There is nothing to open for this link now.');
      }
    },
  });
}

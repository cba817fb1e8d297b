// What VS Code draws of a text besides its letters: it reads links in messages, prompts, validation messages and
// progress titles, and icons in those, in lists, terminals' names and the status bar (VS Code 1.139, `linkedText.ts` and
// `iconLabels.ts`).

const link = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+(?: (["']).+?\1)?\)/i;
const icon = /\$\([A-Za-z0-9~-]+\)/;
const turnsOrHides = /[\u200b-\u200f\u202a-\u202e\u2060-\u206f\u061c\ufeff]/u;

/** Why a text that came from outside must not reach one of those places as it is; undefined when it may. */
export function drawnFault(text: string): string | undefined {
  if (link.test(text)) return 'a link';
  if (icon.test(text)) return 'an icon';
  return invisibleFault(text);
}

/** The same for a place where VS Code shows letters alone: what is left are characters that hide or turn others. */
export function invisibleFault(text: string): string | undefined {
  return turnsOrHides.test(text) ? 'an invisible character' : undefined;
}

/** Text from outside that does harm wherever it is not made harmless. */
export const hostile =
  'x [Open](command:workbench.action.terminal.new) [Page](https://evil.example "t") $(check) \u202egnp\u202c ]\u200b(command:x)';

/** The kinds of panels of the format. */
const panelTypes = ['info', 'note', 'tip', 'warning', 'error', 'success', 'custom'] as const;
type PanelType = (typeof panelTypes)[number];

export function isPanelType(value: unknown): value is PanelType {
  return panelTypes.some((type) => type === value);
}

/** The first words of a quote that is a panel, as GitHub has them: `[!WARNING]`. */
export function panelMark(type: PanelType): string {
  return `[!${type.toUpperCase()}]`;
}

/** Kinds that GitHub has, and Jira does not. */
const alike: Readonly<Record<string, PanelType>> = { important: 'info', caution: 'error' };

/** The kind of a panel, and what is left of the text that begins with its mark; undefined for another text. */
export function panelIn(text: string): { readonly type: PanelType; readonly rest: string } | undefined {
  const [mark, word] = /^\[!([a-z]+)\][ \t]*(?:\n|$)/i.exec(text) ?? [];
  if (mark === undefined || word === undefined) return undefined;
  const name = word.toLowerCase();
  const type = alike[name] ?? panelTypes.find((each) => each === name);
  return type === undefined ? undefined : { type, rest: text.slice(mark.length) };
}

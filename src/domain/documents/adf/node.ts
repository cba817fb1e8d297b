/** A node of the Atlassian Document Format (atlassian.md 3.5), read leniently. */
export interface AdfNode {
  readonly type: string;
  readonly text: string;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly content: readonly AdfNode[];
  readonly marks: readonly AdfNode[];
}

/** Deeper than any document that a person wrote; what lies below is left out. */
const deepest = 40;

/** A node with all that it holds; undefined when it is none. */
export function readAdf(value: unknown, depth = 0): AdfNode | undefined {
  if (typeof value !== 'object' || value === null || depth > deepest) return undefined;
  const { type, text, attrs, content, marks } = value as Partial<Record<keyof AdfNode, unknown>>;
  const list = (each: unknown): readonly AdfNode[] =>
    Array.isArray(each) ? each.map((item) => readAdf(item, depth + 1)).filter((node) => node !== undefined) : [];
  return {
    type: textOf(type),
    text: textOf(text),
    attrs: typeof attrs === 'object' && attrs !== null ? (attrs as Record<string, unknown>) : {},
    content: list(content),
    marks: list(marks),
  };
}

/** A value as text; empty when it is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

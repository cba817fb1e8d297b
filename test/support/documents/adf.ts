// Makes documents in the Atlassian Document Format.

export interface Adf {
  readonly type: string;
  readonly text?: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly marks?: readonly Adf[];
  readonly content?: readonly Adf[];
  readonly version?: number;
}

export function node(type: string, content: readonly Adf[] = [], attrs: Adf['attrs'] = {}): Adf {
  return { type, attrs, content };
}

/** A text with marks, by their names or whole. */
export function text(value: string, ...marks: readonly (string | Adf)[]): Adf {
  return { type: 'text', text: value, marks: marks.map((mark) => (typeof mark === 'string' ? { type: mark } : mark)) };
}

export function link(href: string): Adf {
  return { type: 'link', attrs: { href } };
}

export function paragraph(...content: readonly (Adf | string)[]): Adf {
  return node(
    'paragraph',
    content.map((each) => (typeof each === 'string' ? text(each) : each)),
  );
}

/** A whole document. */
export function doc(...content: readonly Adf[]): Adf {
  return { ...node('doc', content), version: 1 };
}

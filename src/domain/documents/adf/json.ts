/** A node of the Atlassian Document Format (atlassian.md 3.5) as it is sent: nothing of it is left out. */
export interface AdfJson {
  readonly type: string;
  readonly version?: number | undefined;
  readonly text?: string | undefined;
  readonly attrs?: Readonly<Record<string, unknown>> | undefined;
  readonly marks?: readonly AdfJson[] | undefined;
  readonly content?: readonly AdfJson[] | undefined;
}

/** A document that says nothing, as where there is none. */
export const emptyDocument: AdfJson = { type: 'doc', version: 1, content: [] };

/** Deeper than any document that a person wrote. */
const deepest = 40;

/** A whole document; undefined for what is none, or nests deeper than any document that a person wrote. */
export function adfDocument(value: unknown): AdfJson | undefined {
  return isAdf(value, 0) && value.type === 'doc' ? value : undefined;
}

function isAdf(value: unknown, depth: number): value is AdfJson {
  if (typeof value !== 'object' || value === null || depth > deepest) return false;
  const { type, text, attrs, marks, content } = value as Partial<Record<keyof AdfJson, unknown>>;
  const areNodes = (list: unknown): boolean =>
    list === undefined || (Array.isArray(list) && list.every((each) => isAdf(each, depth + 1)));
  return (
    typeof type === 'string' &&
    (text === undefined || typeof text === 'string') &&
    (attrs === undefined || (typeof attrs === 'object' && attrs !== null)) &&
    areNodes(marks) &&
    areNodes(content)
  );
}

/** What a block stands in. */
export type AdfParent = 'doc' | 'item' | 'quote' | 'panel' | 'cell' | 'expand' | 'nestedExpand';

const lists = ['bulletList', 'orderedList'];
const everywhere = ['paragraph', ...lists, 'codeBlock', 'mediaSingle', 'extension'];
const nested = [...everywhere, 'heading', 'taskList', 'decisionList', 'rule', 'mediaGroup', 'panel', 'blockquote'];
const inCell = [...nested, 'blockCard', 'embedCard', 'nestedExpand'];

/** The blocks that Jira takes in each of them (schema of the format, version 57 of `@atlaskit/adf-schema`). */
const allowed: Readonly<Record<AdfParent, ReadonlySet<string>>> = {
  doc: new Set([
    ...[...inCell.filter((type) => type !== 'nestedExpand'), 'table', 'expand', 'bodiedExtension'],
    ...['layoutSection', 'syncBlock', 'bodiedSyncBlock'],
  ]),
  item: new Set([...everywhere, 'taskList']),
  quote: new Set([...everywhere, 'mediaGroup']),
  panel: new Set([...everywhere, ...['heading', 'taskList', 'decisionList', 'rule', 'mediaGroup', 'blockCard']]),
  cell: new Set(inCell),
  expand: new Set([...inCell, 'table']),
  nestedExpand: new Set(nested),
};

/** Whether Jira takes a block of a type in this parent. */
export function fits(type: string, parent: AdfParent): boolean {
  return allowed[parent].has(type);
}

/** The marks of whole blocks that Jira takes in some parents alone, by type of block (the same schema). */
const parentsOfMarks: Readonly<Record<string, Readonly<Record<string, readonly AdfParent[]>>>> = {
  paragraph: {
    alignment: ['doc', 'cell'],
    indentation: ['doc'],
    fontSize: ['doc', 'cell', 'item', 'panel', 'expand', 'nestedExpand'],
  },
  heading: { alignment: ['doc', 'cell'], indentation: ['doc', 'cell'] },
  codeBlock: { breakout: ['doc'] },
  expand: { breakout: ['doc'] },
};

/** A block without those of its marks that Jira does not take in this parent; itself where it has none. */
export function withFittingMarks(node: AdfJson, parent: AdfParent): AdfJson {
  const { marks, ...plainNode } = node;
  const parents = parentsOfMarks[node.type];
  if (marks === undefined || parents === undefined) return node;
  const fitting = marks.filter(({ type }) => parents[type]?.includes(parent) ?? true);
  if (fitting.length === marks.length) return node;
  return fitting.length === 0 ? plainNode : { ...plainNode, marks: fitting };
}

/** Whether two documents are the same, whatever ids Jira has given to their nodes (atlassian.md 3.5). None is an empty one. */
export function sameDocument(one: unknown, other: unknown): boolean {
  return sameJson(plain(one ?? emptyDocument), plain(other ?? emptyDocument));
}

/** A document without what makes no difference: the ids of its nodes, and parts that are empty. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value ?? undefined;
  const parts = Object.entries(value as Readonly<Record<string, unknown>>).flatMap(([name, part]) => {
    const kept = name === 'localId' ? undefined : plain(part);
    const isEmpty = typeof kept === 'object' && kept !== null && Object.keys(kept).length === 0;
    return kept === undefined || isEmpty ? [] : [[name, kept] as const];
  });
  return Object.fromEntries(parts);
}

/** Whether two parts of documents are the same, as JSON. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [first, second] = [one as Record<string, unknown>, other as Record<string, unknown>];
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = new Set([...Object.keys(first), ...Object.keys(second)]);
  return [...names].every((name) => sameJson(first[name], second[name]));
}

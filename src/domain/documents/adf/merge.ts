import { sameJson, type AdfJson } from './json.ts';

// Puts back what Markdown could not hold, by comparing three documents: the original, what the Markdown of it says (the
// normal one), and what the edited Markdown says. What is the same in the latter two is taken from the original.

/** One or several nodes of the original, and what of them is left in Markdown. */
export interface MergeGroup {
  readonly originals: readonly AdfJson[];
  readonly normals: readonly AdfJson[];
}

/** The nodes of the original: one that is put back whole is not merged with another one. */
type OwnNodes = ReadonlySet<AdfJson>;

/** The nodes of a list as they are after editing. */
export function mergeNodes(groups: readonly MergeGroup[], edited: readonly AdfJson[], own: OwnNodes): AdfJson[] {
  const found: AdfJson[] = [];
  let [fromGroup, fromEdited] = [0, 0];
  const upTo = (group: number, node: number): void => {
    found.push(...mergeChanged(groups.slice(fromGroup, group), edited.slice(fromEdited, node), own));
  };
  for (const { group, node } of unchanged(groups, edited)) {
    upTo(group, node);
    const same = groups[group];
    found.push(...(same?.originals ?? []));
    [fromGroup, fromEdited] = [group + 1, node + (same?.normals.length ?? 0)];
  }
  upTo(groups.length, edited.length);
  return found;
}

/** More comparisons than these are not made: what lies between the same beginning and end is taken as edited. */
const mostCompared = 250_000;

/** The groups that are in the edited list as they were, in both orders. */
function unchanged(
  groups: readonly MergeGroup[],
  edited: readonly AdfJson[],
): readonly { readonly group: number; readonly node: number }[] {
  const isAt = ({ normals }: MergeGroup, at: number): boolean =>
    at >= 0 &&
    at + normals.length <= edited.length &&
    normals.every((each, index) => sameJson(each, edited[at + index]));
  const head: { group: number; node: number }[] = [];
  let [first, start] = [0, 0];
  for (let group = groups[first]; group !== undefined && isAt(group, start); group = groups[first]) {
    head.push({ group: first, node: start });
    [first, start] = [first + 1, start + group.normals.length];
  }
  const tail: { group: number; node: number }[] = [];
  let [last, end] = [groups.length, edited.length];
  for (let group = groups[last - 1]; group !== undefined && last > first; group = groups[last - 1]) {
    const at = end - group.normals.length;
    if (at < start || !isAt(group, at)) break;
    tail.unshift({ group: last - 1, node: at });
    [last, end] = [last - 1, at];
  }
  const middle = longestCommon(groups.slice(first, last), end - start, (group, node) => isAt(group, start + node));
  return [...head, ...middle.map(({ group, node }) => ({ group: first + group, node: start + node })), ...tail];
}

function longestCommon(
  groups: readonly MergeGroup[],
  nodes: number,
  isAt: (group: MergeGroup, node: number) => boolean,
): readonly { readonly group: number; readonly node: number }[] {
  if (groups.length * nodes > mostCompared) return [];
  // best[g][n]: how many groups from g on are found from node n on.
  const best = Array.from({ length: groups.length + 1 }, () => new Array<number>(nodes + 1).fill(0));
  const at = (group: number, node: number): number => best[group]?.[node] ?? 0;
  const taking = (index: number, node: number): number => {
    const group = groups[index];
    return group !== undefined && isAt(group, node) ? 1 + at(index + 1, node + group.normals.length) : 0;
  };
  for (let index = groups.length - 1; index >= 0; index--) {
    const row = best[index];
    if (row === undefined) continue;
    for (let node = nodes - 1; node >= 0; node--) {
      row[node] = Math.max(at(index + 1, node), at(index, node + 1), taking(index, node));
    }
  }
  const found: { group: number; node: number }[] = [];
  for (let [index, node] = [0, 0]; index < groups.length && node < nodes;) {
    if (taking(index, node) === at(index, node) && at(index, node) > 0) {
      found.push({ group: index, node });
      node += groups[index]?.normals.length ?? 1;
      index += 1;
    } else if (at(index + 1, node) === at(index, node)) index += 1;
    else node += 1;
  }
  return found;
}

/** Between nodes that are as they were: each edited one keeps what it can have of the original that it was made of. */
function mergeChanged(groups: readonly MergeGroup[], edited: readonly AdfJson[], own: OwnNodes): AdfJson[] {
  const single = groups.flatMap(({ originals, normals }): Pair[] => {
    const [normal, another] = normals;
    const isIt = (original: AdfJson): boolean => !isUnseen(original) && isLike(original, normal);
    const at = another === undefined ? originals.findIndex(isIt) : -1;
    const original = originals[at];
    if (normal === undefined || original === undefined) return [];
    return [{ before: originals.slice(0, at), original, after: originals.slice(at + 1), normal }];
  });
  const isInOrder = single.length === edited.length;
  const used = new Set<number>();
  return edited.flatMap((node, index) => {
    const like = isInOrder ? single[index] : mostAlike(node, single, used);
    if (like === undefined || like.normal.type !== node.type || own.has(node)) return node;
    used.add(single.indexOf(like));
    return [...like.before, mergeNode(like.original, like.normal, node, own), ...like.after];
  });
}

interface Pair {
  /** What stands around it and is not to be seen in Markdown. */
  readonly before: readonly AdfJson[];
  readonly after: readonly AdfJson[];
  readonly original: AdfJson;
  readonly normal: AdfJson;
}

/** The node of the same type with the most words in common; undefined where there is none with any. */
function mostAlike(node: AdfJson, pairs: readonly Pair[], used: ReadonlySet<number>): Pair | undefined {
  const words = wordsIn(node);
  let best: Pair | undefined;
  let most = 0;
  for (const [index, pair] of pairs.entries()) {
    if (used.has(index) || pair.normal.type !== node.type) continue;
    const common = [...wordsIn(pair.normal)].filter((word) => words.has(word)).length;
    if (common > most) [best, most] = [pair, common];
  }
  return best;
}

function wordsIn(node: AdfJson): ReadonlySet<string> {
  return new Set(JSON.stringify(node).match(/[\p{L}\p{N}]+/gu) ?? []);
}

/** One node after editing: each part of it that was not edited is as in the original. */
export function mergeNode(original: AdfJson, normal: AdfJson, edited: AdfJson, own: OwnNodes): AdfJson {
  if (sameJson(normal, edited)) return original;
  const parts: { -readonly [K in keyof AdfJson]: AdfJson[K] } = {
    type: edited.type === normal.type ? original.type : edited.type,
    version: original.version,
    text: edited.text === normal.text ? original.text : edited.text,
    attrs: mergeAttributes(original.attrs, normal.attrs, edited.attrs),
    marks: sameJson(edited.marks, normal.marks) ? original.marks : edited.marks,
    content: sameJson(edited.content, normal.content) ? original.content : mergeContent(original, normal, edited, own),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as unknown as AdfJson;
}

type Attributes = AdfJson['attrs'];

function mergeAttributes(original: Attributes, normal: Attributes, edited: Attributes): Attributes {
  if (sameJson(normal, edited)) return original;
  const names = new Set([...Object.keys(original ?? {}), ...Object.keys(edited ?? {})]);
  const merged = [...names].flatMap((name): [string, unknown][] => {
    const isSame = sameJson(normal?.[name], edited?.[name]);
    const from = isSame ? original : edited;
    return from !== undefined && name in from ? [[name, from[name]]] : [];
  });
  return Object.fromEntries(merged);
}

function mergeContent(original: AdfJson, normal: AdfJson, edited: AdfJson, own: OwnNodes): readonly AdfJson[] {
  const content = edited.content ?? [];
  const groups = pairs(original.content ?? [], normal.content ?? []);
  return groups === undefined ? content : mergeNodes(groups, content, own);
}

/** Which nodes of an original became which in Markdown; undefined where that is not certain. */
function pairs(originals: readonly AdfJson[], normals: readonly AdfJson[]): readonly MergeGroup[] | undefined {
  const alike = inPairs(originals, normals);
  if (alike !== undefined) return alike;
  const joined = withoutEmpty(
    originals.map((original) => ({ originals: [original], normals: isUnseen(original) ? [] : [original] })),
  );
  const seen = joined.flatMap(({ normals: own }) => own);
  if (inPairs(seen, normals) === undefined) return undefined;
  return joined.map(({ originals: own }, index) => ({ originals: own, normals: normals.slice(index, index + 1) }));
}

/** Each with the one at its place; undefined where one has become something else. */
function inPairs(originals: readonly AdfJson[], normals: readonly AdfJson[]): readonly MergeGroup[] | undefined {
  if (originals.length !== normals.length) return undefined;
  const areAlike = originals.every((original, index) => isLike(original, normals[index]));
  if (!areAlike) return undefined;
  return normals.map((normal, index) => ({ originals: originals.slice(index, index + 1), normals: [normal] }));
}

/** Markdown has cells of a head in the first row alone. */
const cells: ReadonlySet<string> = new Set(['tableCell', 'tableHeader']);

function isLike(original: AdfJson, normal: AdfJson | undefined): boolean {
  if (normal === undefined) return false;
  return original.type === normal.type || (cells.has(original.type) && cells.has(normal.type));
}

/** Nothing of it is to be seen in Markdown. */
function isUnseen({ type, content = [] }: AdfJson): boolean {
  return type === 'paragraph' && content.length === 0;
}

/** Groups of which each is to be seen: the others belong to the one before, or at the beginning to the one after. */
export function withoutEmpty(groups: readonly MergeGroup[]): readonly MergeGroup[] {
  const found: MergeGroup[] = [];
  let before: readonly AdfJson[] = [];
  for (const { originals, normals } of groups) {
    const last = found.at(-1);
    if (normals.length > 0) {
      found.push({ originals: [...before, ...originals], normals });
      before = [];
    } else if (last === undefined) before = [...before, ...originals];
    else found[found.length - 1] = { originals: [...last.originals, ...originals], normals: last.normals };
  }
  return found;
}

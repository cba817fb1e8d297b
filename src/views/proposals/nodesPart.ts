import { firstGroup } from '../../domain/base/ids.ts';
import { link, remark, table, type Block, type Inline } from '../../domain/documents/tree.ts';
import { operationAddress } from '../../domain/links/operationAddress.ts';
import { subjectPage } from '../../domain/links/pages.ts';
import type { Subject } from '../../domain/links/mention.ts';
import type { RegistryNode } from '../../domain/links/registry.ts';
import type { Instant } from '../../domain/base/time.ts';
import type { NodeChange } from '../../domain/proposals/payload.ts';
import { ago, counted, fullMoment, type Viewpoint } from '../kit/format.ts';

/** The nodes of the registry as it was read last. */
export interface RegistryRecords {
  readonly nodes: ReadonlyMap<string, RegistryNode>;
  readonly readAt: Instant;
}

/** So many nodes of one proposal are listed. */
const mostNodes = 200;

/** The nodes that a proposal moves, with what the registry has of them, as of when; undefined where it moves none. */
export function nodesPart(
  { added, removed }: NodeChange,
  registry: RegistryRecords | undefined,
  from: Viewpoint,
): readonly Block[] | undefined {
  const moved = [...added.map((id) => ({ id, word: 'adds' })), ...removed.map((id) => ({ id, word: 'removes' }))];
  if (moved.length === 0) return undefined;
  const left = moved.length - mostNodes;
  const shown = moved.slice(0, mostNodes).map(({ id, word }) => ({ id, word, node: registry?.nodes.get(id) }));
  const columns = registryColumns.filter(({ cell }) => shown.some(({ node }) => cell(node) !== undefined));
  return [
    table([
      [['Change'], ['Node'], ...columns.map(({ title }) => [title])],
      ...shown.map(({ id, word, node }) => [
        [word],
        [inShort({ kind: 'node', id })],
        ...columns.map(({ cell }) => [cell(node) ?? 'not known']),
      ]),
    ]),
    ...(left > 0 ? [remark(`And ${counted(left, 'more node')}: the payload below names them.`)] : []),
    remark(...asOf(moved.filter(({ id }) => registry?.nodes.has(id) !== true).length, registry, from)),
  ];
}

interface Column {
  readonly title: string;
  /** Undefined where it is not known of the node. */
  readonly cell: (node: RegistryNode | undefined) => Inline | undefined;
}

/** What the registry has of nodes. A column of which nothing is known is left out. */
const registryColumns: readonly Column[] = [
  { title: 'In subnet', cell: (node) => place('subnet', node?.subnet) },
  { title: 'Data center', cell: (node) => place('dataCenter', node?.dataCenter) },
  { title: 'Provider', cell: (node) => place('nodeProvider', node?.provider) },
  { title: 'Health', cell: (node) => node?.health },
];

function place(kind: 'subnet' | 'dataCenter' | 'nodeProvider', id: string | null | undefined): Inline | undefined {
  return id === null ? 'none' : id === undefined ? undefined : inShort({ kind, id });
}

/** Its first group, which leads to its page; what has no page in full. */
function inShort(subject: Subject): Inline {
  const page = subjectPage(subject);
  return page === undefined ? subject.id : link(page, firstGroup(subject.id));
}

/** As of when all this is known, and the way to read it anew. */
function asOf(missing: number, registry: RegistryRecords | undefined, from: Viewpoint): readonly Inline[] {
  const address = operationAddress('registry.read');
  if (registry === undefined) {
    const text = "Can't show where the nodes are, who runs them or their health: the registry was not read. ";
    return [text, link(address, 'Read Registry')];
  }
  const { readAt } = registry;
  const unlisted = missing === 0 ? '' : ` ${counted(missing, 'node')} ${missing === 1 ? 'is' : 'are'} not in it.`;
  const text = `From the registry read ${ago(readAt, from)} (${fullMoment(readAt, from)}).${unlisted} `;
  return [text, link(address, 'Read Registry Again')];
}

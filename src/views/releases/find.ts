import { firstGroup, shortCommit } from '../../domain/base/ids.ts';
import { batchKey } from '../../domain/releases/batchKey.ts';
import type { HostBatch, HostBatchRead } from '../../domain/releases/hostBatch.ts';
import { isActive, rolloutKey, type Batch, type Rollout, type Target } from '../../domain/releases/rollout.ts';
import { rowId } from '../../domain/releases/timeline/rowId.ts';
import { inSentence, shortKind } from '../../domain/releases/words.ts';
import { batchLabel } from './context.ts';
import { nodeWord } from './hostNodeRows.ts';
import { targetWord } from './words.ts';

/** A subnet or node, and where it is in the newest rollout that reaches it. */
export interface FoundTarget {
  /** Its first group, which people call it by. */
  readonly label: string;
  /** "GuestOS rc--2026-08-20_03-30, batch 12: error" */
  readonly description: string;
  /** The version that it runs as far as the rollouts show, and its full id. */
  readonly detail: string;
  /** `rolloutKey`. */
  readonly rollout: string;
  /** `rowId`. */
  readonly batch: string;
}

/**
 * All subnets and API boundary nodes that the rollouts name, and the nodes of the HostOS batches that were read (by
 * `batchKey`), by id. One is there once, and a node that also gets another GuestOS twice.
 */
export function findable(
  rollouts: Iterable<Rollout>,
  hostBatches: ReadonlyMap<string, HostBatchRead> = new Map(),
): readonly FoundTarget[] {
  const newestFirst = [...rollouts].sort(
    (a, b) => Number(isActive(b)) - Number(isActive(a)) || b.dispatchedAt - a.dispatchedAt,
  );
  const found = new Map<string, FoundTarget>();
  for (const rollout of newestFirst) {
    for (const batch of rollout.batches) {
      for (const target of batch.targets) {
        if (!found.has(target.id)) found.set(target.id, toFound(rollout, batch, target, newestFirst));
      }
    }
  }
  const all = [...found, ...foundNodes(newestFirst, hostBatches)];
  return all.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, target]) => target);
}

function toFound(rollout: Rollout, batch: Batch, target: Target, rollouts: readonly Rollout[]): FoundTarget {
  return foundAt(rollout, batch, target.id, targetWord(target), versionOf(target, rollout, rollouts));
}

function foundAt(rollout: Rollout, batch: Batch, id: string, word: string, version: string | undefined): FoundTarget {
  return {
    label: firstGroup(id),
    description: `${shortKind(rollout)} ${rollout.name}, ${inSentence(batchLabel(batch))}: ${word}`,
    detail: `${version === undefined ? 'Version not known' : `Version ${shortCommit(version)}`} · ${id}`,
    rollout: rolloutKey(rollout),
    batch: rowId(batch),
  };
}

/** The version of the newest rollout that is done there; undefined where none is listed, and for nodes in some rollouts. */
function versionOf({ id }: Target, { kind }: Rollout, rollouts: readonly Rollout[]): string | undefined {
  const done = rollouts
    .filter((each) => each.kind === kind && !each.simulated)
    .toSorted((a, b) => b.dispatchedAt - a.dispatchedAt)
    .flatMap((each) =>
      each.batches.flatMap(({ targets }) =>
        targets
          .filter((target) => target.id === id && target.state === 'complete')
          .map(({ revision }) => revision ?? each.revision),
      ),
    );
  return done[0];
}

/** A node as a HostOS rollout has it. */
interface NodeInBatch {
  readonly rollout: Rollout;
  readonly batch: Batch;
  readonly id: string;
  readonly word: string;
  /** A batch that has chosen the node goes before one that plans to, and that before one that has left it out. */
  readonly rank: number;
  readonly isUpgraded: boolean;
}

/** The nodes of HostOS by id, each as in the newest rollout that has it. */
function foundNodes(
  newestFirst: readonly Rollout[],
  hostBatches: ReadonlyMap<string, HostBatchRead>,
): readonly (readonly [string, FoundTarget])[] {
  const byNode = new Map<string, [NodeInBatch, ...NodeInBatch[]]>();
  for (const rollout of newestFirst) {
    for (const batch of rollout.batches) {
      for (const node of nodesIn(rollout, batch, hostBatches.get(batchKey(rollout, batch))?.batch)) {
        const known = byNode.get(node.id);
        if (known === undefined) byNode.set(node.id, [node]);
        else known.push(node);
      }
    }
  }
  return [...byNode].map(([id, nodes]) => {
    const [newest] = nodes;
    const { rollout, batch, word } = nodes
      .filter((node) => node.rollout === newest.rollout)
      .reduce((best, node) => (node.rank > best.rank ? node : best));
    const upgraded = nodes
      .filter((node) => node.isUpgraded && !node.rollout.simulated)
      .toSorted((a, b) => b.rollout.dispatchedAt - a.rollout.dispatchedAt);
    return [id, foundAt(rollout, batch, id, word, upgraded[0]?.rollout.revision)] as const;
  });
}

function nodesIn(rollout: Rollout, batch: Batch, read: HostBatch | undefined): readonly NodeInBatch[] {
  const { nodes, plannedNodes = [] } = read ?? {};
  const nodeAs = (id: string, word: string, rank: number, isUpgraded = false): NodeInBatch => ({
    rollout,
    batch,
    id,
    word,
    rank,
    isUpgraded,
  });
  const chosen = new Set((nodes ?? []).map(({ id }) => id));
  const others = plannedNodes.filter(({ id }) => !chosen.has(id));
  return [
    ...(nodes ?? []).map((node) => nodeAs(node.id, nodeWord(node), 2, node.adoption === 'upgraded')),
    ...others.map(({ id }) => (nodes === undefined ? nodeAs(id, 'planned', 1) : nodeAs(id, 'left out', 0))),
  ];
}

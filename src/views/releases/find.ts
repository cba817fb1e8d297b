import { isActive, rolloutKey, type Batch, type Rollout, type Target } from '../../domain/releases/rollout.ts';
import { rowId } from '../../domain/releases/timeline/rowId.ts';
import { inSentence, shortKind } from '../../domain/releases/words.ts';
import { batchLabel } from './context.ts';
import { targetWord } from './words.ts';

/** A subnet or API boundary node, and its place in the newest rollout that reaches it. */
export interface FoundTarget {
  /** Its first group, which people call it by. */
  readonly label: string;
  /** "GuestOS rc--2026-08-20_03-30, batch 12: error" */
  readonly description: string;
  /** The version that it runs as far as the rollouts tell, and its full id. */
  readonly detail: string;
  /** `rolloutKey`. */
  readonly rollout: string;
  /** `rowId`. */
  readonly batch: string;
}

/** All subnets and nodes that the rollouts name one by one, each once, by id. Of HostOS only numbers are told. */
export function findable(rollouts: Iterable<Rollout>): readonly FoundTarget[] {
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
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, target]) => target);
}

function toFound(rollout: Rollout, batch: Batch, target: Target, rollouts: readonly Rollout[]): FoundTarget {
  const version = versionOf(target, rollout, rollouts);
  return {
    label: target.id.split('-', 1)[0] ?? target.id,
    description: `${shortKind(rollout)} ${rollout.name}, ${inSentence(batchLabel(batch))}: ${targetWord(target)}`,
    detail: `${version === undefined ? 'Version not known' : `Version ${version.slice(0, 8)}`} · ${target.id}`,
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

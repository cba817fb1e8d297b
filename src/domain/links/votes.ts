import type { RolloutKind } from '../releases/rollout.ts';

/** What a proposal of a rollout does, and for which rollouts. */
export interface Vote {
  readonly kind: 'elects' | 'deploys';
  readonly rollouts: readonly RolloutKind[];
}

const onSubnets: RolloutKind = 'rollout_ic_os_to_mainnet_subnets';
const onBoundary: RolloutKind = 'rollout_ic_os_to_mainnet_api_boundary_nodes';
const onNodes: RolloutKind = 'rollout_ic_os_to_mainnet_nodes';

/** What the proposals of rollouts do, by NNS function (dre.md 8.3). */
export const votes: ReadonlyMap<number, Vote> = new Map<number, Vote>([
  [38, { kind: 'elects', rollouts: [onSubnets, onBoundary] }],
  [50, { kind: 'elects', rollouts: [onNodes] }],
  [11, { kind: 'deploys', rollouts: [onSubnets] }],
  [48, { kind: 'deploys', rollouts: [onSubnets] }],
  [47, { kind: 'deploys', rollouts: [onBoundary] }],
  [51, { kind: 'deploys', rollouts: [onNodes] }],
]);

/** What a proposal with this NNS function does, if it is this. */
export function voteOf(nnsFunction: number, kind: Vote['kind']): Vote | undefined {
  const vote = votes.get(nnsFunction);
  return vote?.kind === kind ? vote : undefined;
}

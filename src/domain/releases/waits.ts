import { isActive, type Rollout } from './rollout.ts';

/**
 * What a rollout waits for before its first batch (rollout-dashboard.md 2.2). The dashboard does not say which of the two
 * it is: an earlier rollout of its kind that goes on, else that its version is elected.
 */
export type Wait = { readonly kind: 'rollout'; readonly name: string } | { readonly kind: 'election' };

/** What a rollout that waits to start waits for; undefined for one that does not. `all` are the rollouts of the dashboard. */
export function waitOf(rollout: Rollout, all: Iterable<Rollout>): Wait | undefined {
  if (rollout.state !== 'waiting' || rollout.unlistedSince !== undefined) return undefined;
  for (const other of all) {
    const isEarlier = other.kind === rollout.kind && other.dispatchedAt < rollout.dispatchedAt;
    if (isEarlier && isActive(other)) return { kind: 'rollout', name: other.name };
  }
  return { kind: 'election' };
}

import { firstGroup } from '../../domain/base/ids.ts';
import type { Alert } from '../../domain/alerts/alert.ts';
import { isCheckedPrincipal } from '../../domain/base/principal.ts';
import type { Links } from '../../domain/links/join.ts';
import type { Subject } from '../../domain/links/mention.ts';
import { countNodes, isUnhealthy, type NodeCount, type RegistryNode } from '../../domain/links/registry.ts';
import { targetKind, type Rollout, type Target } from '../../domain/releases/rollout.ts';
import { counted } from '../kit/format.ts';
import { alertCount } from './words.ts';

/** A subnet or node to choose. */
export interface PlaceItem {
  /** The full id. */
  readonly id: string;
  /** Its first group, which people call it by. */
  readonly label: string;
  /** What is known of it: "2 alerts, subnet tdb26, bo1, dead"; empty where nothing is. */
  readonly description: string;
}

/** The subnet or node that a rollout upgrades. */
export function placeOf(rollout: Rollout, { id }: Target): Subject {
  return { kind: targetKind(rollout), id };
}

interface PlaceRecords {
  readonly alerts: Iterable<Alert>;
  readonly rollouts: Iterable<Rollout>;
  /** The nodes of the registry as it was read last. */
  readonly registry: Iterable<RegistryNode>;
  readonly links: Links | undefined;
}

/**
 * The subnets or nodes that alerts and rollouts are about, and those of the registry: those with most alerts first, then
 * those that are or have unhealthy nodes, then by id.
 */
export function offeredPlaces(
  kind: 'subnet' | 'node',
  { alerts, rollouts, registry, links }: PlaceRecords,
): readonly PlaceItem[] {
  const registered = kind === 'node' ? nodeFacts(registry) : subnetFacts(registry);
  const ids = new Set<string>();
  for (const alert of alerts) {
    for (const place of links?.placesOf(alert) ?? []) if (place.kind === kind) ids.add(place.id);
  }
  for (const rollout of rollouts) {
    if (targetKind(rollout) !== kind) continue;
    for (const { targets } of rollout.batches) for (const { id } of targets) ids.add(id);
  }
  return [...new Set([...[...ids].filter(isCheckedPrincipal), ...registered.keys()])]
    .map((id) => {
      const place = { kind, id };
      const count = links?.alertsAt(place).length ?? 0;
      const { words = [], unhealthy = 0 } = registered.get(id) ?? {};
      const counted = count === 0 || links === undefined ? undefined : alertCount(place, links)?.text;
      const description = [...(counted === undefined ? [] : [counted]), ...words].join(', ');
      return { count, unhealthy, item: { id, label: firstGroup(id), description } };
    })
    .sort(
      (one, other) =>
        other.count - one.count || other.unhealthy - one.unhealthy || (one.item.id < other.item.id ? -1 : 1),
    )
    .map(({ item }) => item);
}

interface RegistryFacts {
  readonly words: readonly string[];
  readonly unhealthy: number;
}

function nodeFacts(nodes: Iterable<RegistryNode>): ReadonlyMap<string, RegistryFacts> {
  const facts = new Map<string, RegistryFacts>();
  for (const node of nodes) {
    const { id, subnet, dataCenter, health } = node;
    const place = subnet === null ? ['no subnet'] : subnet === undefined ? [] : [`subnet ${firstGroup(subnet)}`];
    const words = [...place, ...[dataCenter, health].filter((word) => word !== null && word !== undefined)];
    facts.set(id, { words, unhealthy: isUnhealthy(node) ? 1 : 0 });
  }
  return facts;
}

function subnetFacts(nodes: Iterable<RegistryNode>): ReadonlyMap<string, RegistryFacts> {
  const counts = [...countNodes(nodes, 'subnet')].filter(([id]) => isCheckedPrincipal(id));
  return new Map(counts.map(([id, count]) => [id, { words: countWords(count), unhealthy: count.unhealthy }]));
}

/** The data centers or providers that have nodes in the registry as it was read last, by id. */
export function offeredGroups(
  kind: 'dataCenter' | 'provider',
  registry: Iterable<RegistryNode>,
): readonly (readonly [id: string, words: string])[] {
  const noun = kind === 'dataCenter' ? 'Data center' : 'Provider';
  return [...countNodes(registry, kind)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, count]) => [id, `${noun} ${firstGroup(id)}, ${countWords(count).join(', ')}`]);
}

function countWords({ nodes, unhealthy }: NodeCount): readonly string[] {
  return [counted(nodes, 'node'), ...(unhealthy === 0 ? [] : [`${unhealthy} not healthy`])];
}

import type { Alert } from '../../domain/alerts/alert.ts';
import { isCheckedPrincipal } from '../../domain/base/principal.ts';
import type { Links } from '../../domain/links/join.ts';
import type { Subject } from '../../domain/links/mention.ts';
import { targetKind, type Rollout, type Target } from '../../domain/releases/rollout.ts';
import { alertCount } from './words.ts';

/** A subnet or node to choose. */
export interface PlaceItem {
  /** The full id. */
  readonly id: string;
  /** Its first group, which people call it by. */
  readonly label: string;
  /** Its alerts that are not closed: "2 alerts"; empty where none is known. */
  readonly description: string;
}

/** The subnet or node that a rollout upgrades. */
export function placeOf(rollout: Rollout, { id }: Target): Subject {
  return { kind: targetKind(rollout), id };
}

interface PlaceRecords {
  readonly alerts: Iterable<Alert>;
  readonly rollouts: Iterable<Rollout>;
  readonly links: Links | undefined;
}

/** The subnets or nodes that alerts and rollouts are about: those with most alerts first, then by id. */
export function knownPlaces(kind: 'subnet' | 'node', { alerts, rollouts, links }: PlaceRecords): readonly PlaceItem[] {
  const ids = new Set<string>();
  for (const alert of alerts) {
    for (const place of links?.placesOf(alert) ?? []) if (place.kind === kind) ids.add(place.id);
  }
  for (const rollout of rollouts) {
    if (targetKind(rollout) !== kind) continue;
    for (const { targets } of rollout.batches) for (const { id } of targets) ids.add(id);
  }
  return [...ids]
    .filter(isCheckedPrincipal)
    .map((id) => {
      const place = { kind, id };
      const count = links?.alertsAt(place).length ?? 0;
      const description = links === undefined ? '' : (alertCount(place, links)?.text ?? '');
      return { count, item: { id, label: id.split('-')[0] ?? id, description } };
    })
    .sort((one, other) => other.count - one.count || (one.item.id < other.item.id ? -1 : 1))
    .map(({ item }) => item);
}

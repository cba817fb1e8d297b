import type { Alert } from '../domain/alert.ts';
import type { Failure } from '../domain/failure.ts';
import { minute, second } from '../domain/time.ts';
import type { FeedDefinition } from '../engine/feed.ts';
import type { FeedKey } from '../engine/store.ts';
import type { Ops } from '../sources/atlassian/ops/client.ts';

/** The team's alerts that are not closed, by id. */
export const alertsKey: FeedKey<Alert> = { name: 'alerts', keyOf: (alert) => alert.id };

/** Everything that is not closed; snoozed and acknowledged alerts are open to the service too (atlassian.md 2.2). */
const openAlerts = 'status: open';

/** Reads the team's alerts. */
export function alertsFeed(ops: () => Promise<Ops>): FeedDefinition<Alert, Failure> {
  return {
    key: alertsKey,
    pace: { activeMs: 45 * second, idleMs: 3 * minute, quietMs: 60 * minute },
    staleAfterMs: 5 * minute,
    async fetch(signal) {
      const read = await (await ops()).listAlerts({ query: openAlerts, signal });
      if (!read.ok) return { kind: 'failed', failure: read.failure };
      const { alerts, skipped, completeness, access } = read.value;
      if (alerts.length === 0 && access === 'noTeams') {
        // An account without Operations access gets empty lists, not errors (atlassian.md 0.1 fact 3).
        return {
          kind: 'failed',
          failure: { kind: 'forbidden', service: 'ops', operation: 'list alerts', detail: 'this account sees no team' },
        };
      }
      return { kind: 'records', records: alerts, skipped, completeness };
    },
  };
}

/** Whether a record from disk has the form of an alert. */
export function isStoredAlert(record: unknown): record is Alert {
  return (
    typeof record === 'object' && record !== null && 'id' in record && 'priority' in record && 'createdAt' in record
  );
}

import type { Alert } from '../domain/alert.ts';
import type { Failure } from '../domain/failure.ts';
import type { Account } from '../domain/rotation.ts';
import { minute, second, type Instant } from '../domain/time.ts';
import type { FeedDefinition } from '../engine/feed.ts';
import type { FeedKey } from '../engine/store.ts';
import type { Write } from '../engine/writes.ts';
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

/** Acknowledging as a write that the service has to confirm. */
export function acknowledge(
  ops: () => Promise<Ops>,
  alert: Alert,
  account: Account | undefined,
  now: () => Instant,
  readAgain: () => void,
): Write<Alert, Failure> {
  return {
    feed: alertsKey,
    record: alert.id,
    title: 'acknowledge',
    apply: (record) => ({
      ...record,
      status: record.status === 'closed' ? 'closed' : 'acknowledged',
      acknowledgedAt: record.acknowledgedAt ?? now(),
      owner: account?.name ?? record.owner,
    }),
    shown: (record) => record.status === 'acknowledged' || record.status === 'closed',
    async send() {
      const sent = await (await ops()).acknowledge(alert.id);
      if (sent.ok) return { kind: 'accepted', receipt: sent.value.requestId };
      return { kind: mayHaveArrived(sent.failure) ? 'unknown' : 'refused', failure: sent.failure };
    },
    async confirm(receipt) {
      const status = await (await ops()).requestStatus(receipt);
      if (!status.ok) return { kind: 'unknown', failure: status.failure };
      if (status.value === 'pending') return { kind: 'pending' };
      if (status.value.applied) return { kind: 'applied' };
      return {
        kind: 'refused',
        failure: { kind: 'rejected', service: 'ops', operation: 'acknowledge', detail: status.value.reason },
      };
    },
    readAgain,
  };
}

/** Whether a failed request may have been carried out all the same: then only the service can tell. */
function mayHaveArrived(failure: Failure): boolean {
  return (
    failure.kind === 'timeout' ||
    failure.kind === 'malformed' ||
    failure.kind === 'server' ||
    failure.kind === 'unreachable'
  );
}

/** Whether a record from disk has the form of an alert. */
export function isStoredAlert(record: unknown): record is Alert {
  return (
    typeof record === 'object' && record !== null && 'id' in record && 'priority' in record && 'createdAt' in record
  );
}

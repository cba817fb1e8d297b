import type { Alert } from '../../domain/alerts/alert.ts';
import type { Failure } from '../../domain/base/failure.ts';
import { day, minute } from '../../domain/base/time.ts';
import type { FeedContext, FeedDefinition } from '../../engine/read/definition.ts';
import type { Ops } from '../../sources/atlassian/ops/client.ts';
import { closedAlertsKey } from './keys.ts';
import { noteOfOthers } from './ofOthers.ts';

/** How far back closed alerts are read, by when they came. */
export const cameWithinDays = 3;

/**
 * Reads the closed alerts. The service has no query by when an alert was closed (atlassian.md 2.3), only by when it
 * came: those that came, or came again, in the last days are read, and of them the ones closed in the last day are kept.
 */
export function closedAlertsFeed(
  ops: () => Promise<Ops>,
  team: () => string,
  context: Pick<FeedContext<Failure>, 'store' | 'clock' | 'log'>,
): FeedDefinition<Alert, Failure> {
  return {
    key: closedAlertsKey,
    pace: { activeMs: 15 * minute, idleMs: 30 * minute, quietMs: 12 * 60 * minute },
    staleAfterMs: 60 * minute,
    async fetch(signal) {
      const now = context.clock.now();
      const since = now - cameWithinDays * day;
      const query = `status: closed AND (createdAt >= ${since} OR lastOccurredAt >= ${since})`;
      // That the team is seen is proved by the list of open alerts.
      const read = await (await ops()).listAlerts({ query, team: team(), isProved: true, signal });
      if (!read.ok) return { kind: 'failed', failure: read.failure };
      const { alerts, ofOthers, skipped, pages, completeness } = read.value;
      const isWanted = (alert: Alert): boolean => alert.status === 'closed' && now - closedAt(alert) < day;
      const closed = alerts.filter(isWanted);
      closed.sort((a, b) => closedAt(b) - closedAt(a));
      noteOfOthers(context, 'closed', ofOthers.filter(isWanted).length);
      return { kind: 'records', records: closed, skipped, pages, completeness };
    },
  };
}

/** When an alert was closed; an answer may lack it (atlassian.md 2.2), then its last change stands for it. */
function closedAt(alert: Alert): number {
  return alert.closedAt ?? alert.updatedAt;
}

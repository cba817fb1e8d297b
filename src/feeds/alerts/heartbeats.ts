import type { Failure } from '../../domain/base/failure.ts';
import type { Heartbeat } from '../../domain/alerts/heartbeat.ts';
import { day, hour, minute, type Instant } from '../../domain/base/time.ts';
import type { Clock } from '../../engine/base/clock.ts';
import type { FeedDefinition } from '../../engine/read/definition.ts';
import type { Ops } from '../../sources/atlassian/ops/client.ts';
import { heartbeatsKey } from './keys.ts';

/**
 * Reads the team's heartbeats. It never pings one: the watchdog would take that for a sign of life of what it watches.
 */
export function heartbeatsFeed(
  ops: () => Promise<Ops>,
  team: () => string,
  clock: Pick<Clock, 'now'>,
): FeedDefinition<Heartbeat, Failure> {
  /** The plan of the site has none: no use to read them again on the same day. */
  let refused: { readonly ops: Ops; readonly failure: Failure; readonly at: Instant } | undefined;
  return {
    key: heartbeatsKey,
    // An expired one raises an alert, which comes quickly: this list only says which watchdogs there are.
    pace: { activeMs: 20 * minute, idleMs: 30 * minute, quietMs: 12 * hour },
    staleAfterMs: 75 * minute,
    async fetch(signal) {
      const client = await ops();
      if (refused?.ops === client && clock.now() - refused.at < day) {
        return { kind: 'failed', failure: refused.failure };
      }
      refused = undefined;
      const read = await client.listHeartbeats(team(), signal);
      if (!read.ok) {
        const { failure } = read;
        if (failure.kind === 'paymentRequired') refused = { ops: client, failure, at: clock.now() };
        return { kind: 'failed', failure };
      }
      const { records, skipped, completeness } = read.value;
      return { kind: 'records', records, skipped, completeness };
    },
  };
}

import type { Alert } from '../../domain/alerts/alert.ts';
import type { Failure } from '../../domain/base/failure.ts';
import { minute, second } from '../../domain/base/time.ts';
import type { FeedContext, FeedDefinition } from '../../engine/read/definition.ts';
import type { Ops } from '../../sources/atlassian/ops/client.ts';
import { alertsKey, teamKey } from './keys.ts';
import { EmptyProof } from '../kit/emptyProof.ts';
import { noteOfOthers } from './ofOthers.ts';
import { UrgentReads } from './urgentReads.ts';

/** Everything that is not closed; snoozed and acknowledged alerts are open to the service too (atlassian.md 2.2). */
export const openAlerts = 'status: open';

/**
 * Reads the team's alerts, without those of other teams. An empty list counts only when the service shows the team to this
 * account.
 */
export function alertsFeed(
  ops: () => Promise<Ops>,
  team: () => string,
  context: Pick<FeedContext<Failure>, 'store' | 'clock' | 'log'>,
): FeedDefinition<Alert, Failure> {
  const { store, clock } = context;
  const proof = new EmptyProof(clock);
  const urgent = new UrgentReads(context);
  return {
    key: alertsKey,
    // With rotations, heartbeats, closed alerts and the proof of emptiness this keeps to the budget of the service, also when
    // the list has many pages.
    pace: { activeMs: 60 * second, idleMs: 3 * minute, quietMs: 90 * minute },
    // The list, and the proof that it is truly empty.
    requests: 2,
    staleAfterMs: 5 * minute,
    async fetch(signal, sparing, isPlanned) {
      const client = await ops();
      const wanted = team();
      const now = clock.now();
      const part = sparing || !isPlanned ? undefined : await urgent.read(client, wanted, signal);
      if (part !== undefined) return part;
      const provedAt = proof.take([client, wanted]);
      const request = { query: openAlerts, team: wanted, isProved: provedAt !== undefined, signal };
      const read = await client.listAlerts(request);
      if (!read.ok) return { kind: 'failed', failure: read.failure };
      const { alerts, ofOthers, skipped, pages, completeness, access, team: seen } = read.value;
      if (access !== 'seen') return { kind: 'failed', failure: notSeen(access, wanted) };
      if (alerts.length + skipped === 0) proof.hold([client, wanted], provedAt ?? now);
      if (seen !== undefined) store.update(teamKey, { status: 'fresh', asOf: now, records: [seen] });
      noteOfOthers(context, 'open', ofOthers.length);
      const records = { records: alerts, skipped, completeness };
      urgent.swept({ client, team: wanted, asOf: now, pages, ...records });
      // A long list does not slow what is urgent: it is read in parts at the same pace.
      return { kind: 'records', ...records, pages: sparing ? pages : 1 };
    },
  };
}

/** An account without access gets empty lists, not errors (atlassian.md 0.1 fact 3). */
function notSeen(access: 'noTeams' | 'teamNotSeen', team: string): Failure {
  const seen = access === 'noTeams' ? 'this account sees no team at all, so not' : 'this account does not see';
  const detail = `${seen} the team ${team}`;
  return { kind: 'forbidden', service: 'ops', operation: 'list alerts', detail, setting: 'drDre.ops.team' };
}

import type { Failure } from '../../../domain/base/failure.ts';
import type { Heartbeat } from '../../../domain/alerts/heartbeat.ts';
import type { Listed } from '../../../domain/base/listed.ts';
import type { Result } from '../../../domain/base/result.ts';
import { day, hour, minute } from '../../../domain/base/time.ts';
import type { Atlassian } from '../connection.ts';
import { namedBy } from '../../about.ts';
import { flag, number, readFields, recordOf, text, type Report } from '../../records.ts';
import { bareTeamId } from './teams.ts';
import { isServiceId, readList, refused } from './wire.ts';

/** Heartbeats of a team (atlassian.md 2.7). There is deliberately no call to ping one. */
export interface Heartbeats {
  /** All of them; `paymentRequired` when the plan of the site has none. */
  listHeartbeats(team: string, signal?: AbortSignal): Promise<Result<Listed<Heartbeat>, Failure>>;
}

const units: Readonly<Record<string, number>> = { minutes: minute, hours: hour, days: day };
const statuses = ['responsive', 'unresponsive', 'off', 'pending'] as const;

const heartbeatFields = {
  description: text,
  interval: number,
  intervalUnit: text,
  enabled: flag,
  status: text,
  alertMessage: text,
  ownerTeamId: text,
};

export function createHeartbeats(connection: Atlassian): Heartbeats {
  return {
    async listHeartbeats(team, signal) {
      const operation = 'list heartbeats';
      const id = bareTeamId(team);
      if (!isServiceId(id)) return refused(operation, 'not the id of a team');
      const path = `/v1/teams/${encodeURIComponent(id)}/heartbeats`;
      const map = (raw: unknown): Heartbeat | undefined => toHeartbeat(raw, connection.report);
      return namedBy(
        'drDre.ops.team',
        await readList(connection, { operation, path, size: 100, pages: 'offset', most: 10_000, map, signal }),
      );
    },
  };
}

/** The heartbeat, whatever its lesser fields are; undefined for a record without a name. */
function toHeartbeat(raw: unknown, report: Report): Heartbeat | undefined {
  const record = recordOf(raw) ?? {};
  const { name } = record;
  if (typeof name !== 'string' || name === '') {
    report.skipped('heartbeat', name, 'name');
    return undefined;
  }
  const unclear = (field: string): void => report.unclear('heartbeat', name, field);
  const found = readFields(record, heartbeatFields, unclear);
  // Capitalised in answers, small in requests (atlassian.md 2.7).
  const unit = units[(found.intervalUnit ?? '').toLowerCase()];
  if (unit === undefined) unclear('intervalUnit');
  const intervalMs = unit === undefined || found.interval === undefined ? undefined : found.interval * unit;
  const word = found.status ?? '';
  const known = statuses.find((each) => each === word.toLowerCase());
  if (known === undefined) report.newWord('heartbeat', name, 'status', word);
  const status = found.enabled === false ? 'off' : (known ?? 'unknown');
  return {
    name,
    description: found.description ?? '',
    // One that is never due, or due in ten thousand years, is not known to be due.
    intervalMs: intervalMs !== undefined && intervalMs > 0 && intervalMs <= longestInterval ? intervalMs : undefined,
    status,
    unknownStatus: status === 'unknown' ? word : undefined,
    alertMessage: found.alertMessage ?? '',
    ownerTeam: bareTeamId(found.ownerTeamId ?? ''),
  };
}

const longestInterval = 3_650_000 * day;

import * as z from 'zod/mini';
import type { Failure } from '../../../domain/base/failure.ts';
import type { Heartbeat } from '../../../domain/alerts/heartbeat.ts';
import type { Listed } from '../../../domain/base/listed.ts';
import type { Result } from '../../../domain/base/result.ts';
import { day, hour, minute } from '../../../domain/base/time.ts';
import type { Atlassian } from '../connection.ts';
import { bareTeamId } from './teams.ts';
import { isServiceId, readList, refused } from './wire.ts';

/** Heartbeats of a team (atlassian.md 2.7). There is deliberately no call to ping one. */
export interface Heartbeats {
  /** All of them; `paymentRequired` when the plan of the site has none. */
  listHeartbeats(team: string, signal?: AbortSignal): Promise<Result<Listed<Heartbeat>, Failure>>;
}

const units: Readonly<Record<string, number>> = { minutes: minute, hours: hour, days: day };
const statuses = ['responsive', 'unresponsive', 'off', 'pending'] as const;

const heartbeatSchema = z.object({
  name: z.string(),
  description: z.optional(z.nullable(z.string())),
  interval: z.number(),
  intervalUnit: z.string(),
  enabled: z.optional(z.nullable(z.boolean())),
  status: z.string(),
  alertMessage: z.optional(z.nullable(z.string())),
  ownerTeamId: z.optional(z.nullable(z.string())),
});

export function createHeartbeats(connection: Atlassian): Heartbeats {
  return {
    async listHeartbeats(team, signal) {
      const operation = 'list heartbeats';
      const id = bareTeamId(team);
      if (!isServiceId(id)) return refused(operation, 'not the id of a team');
      const path = `/v1/teams/${encodeURIComponent(id)}/heartbeats`;
      const map = toHeartbeat;
      return readList(connection, { operation, path, size: 100, pages: 'offset', most: 10_000, map, signal });
    },
  };
}

function toHeartbeat(raw: unknown): Heartbeat | undefined {
  const parsed = heartbeatSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  const { name, description, interval, intervalUnit, enabled, alertMessage, ownerTeamId } = parsed.data;
  // Capitalised in answers, small in requests (atlassian.md 2.7).
  const unit = units[intervalUnit.toLowerCase()];
  const status = statuses.find((each) => each === parsed.data.status.toLowerCase());
  if (unit === undefined || status === undefined) return undefined;
  return {
    name,
    description: description ?? '',
    intervalMs: interval * unit,
    status: enabled === false ? 'off' : status,
    alertMessage: alertMessage ?? '',
    ownerTeam: bareTeamId(ownerTeamId ?? ''),
  };
}

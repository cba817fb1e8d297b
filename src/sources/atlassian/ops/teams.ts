import * as z from 'zod/mini';
import type { Escalation, Team } from '../../../domain/alerts/alert.ts';
import type { Failure } from '../../../domain/base/failure.ts';
import type { Listed } from '../../../domain/base/listed.ts';
import { ok, type Result } from '../../../domain/base/result.ts';
import { recordOf, type Report } from '../../records.ts';
import type { Atlassian } from '../connection.ts';
import { isServiceId, malformed, readList, refused } from './wire.ts';

/**
 * What the account may see. An account without access gets empty lists, not errors (atlassian.md 0.1 fact 3).
 * `noTeams`: no team at all. `teamNotSeen`: teams, but not the one in question.
 */
export type TeamAccess = 'seen' | 'noTeams' | 'teamNotSeen';

/** Whether a team is seen; `team` is absent unless it is, and one was in question. */
export interface SeenTeam {
  readonly access: TeamAccess;
  readonly team?: Team;
}

export interface Teams {
  /** The teams that are visible to the account. */
  listTeams(signal?: AbortSignal): Promise<Result<readonly Team[], Failure>>;
  /** Whether any team is visible to the account and, if given, this one; which is returned by its name. */
  teamAccess(team: string | undefined, signal?: AbortSignal): Promise<Result<SeenTeam, Failure>>;
  /** To what an alert of the team can be escalated. */
  listEscalations(team: string, signal?: AbortSignal): Promise<Result<Listed<Escalation>, Failure>>;
}

const teamsSchema = z.object({ platformTeams: z.array(z.unknown()) });
const escalationSchema = z.object({ id: z.string(), name: z.string() });

/** A team's id as the API has it: addresses of pages put `og-` before it (atlassian.md 2.7). */
export function bareTeamId(team: string): string {
  return team.trim().toLowerCase().replace(/^og-/, '');
}

export function createTeams(connection: Atlassian): Teams {
  async function listTeams(signal?: AbortSignal): Promise<Result<readonly Team[], Failure>> {
    const operation = 'list teams';
    const read = await connection.ops({ operation, path: '/v1/teams', signal });
    if (!read.ok) return read;
    const parsed = teamsSchema.safeParse(read.value);
    if (!parsed.success) return malformed(operation, parsed.error);
    return ok(parsed.data.platformTeams.flatMap((raw) => toTeam(raw, connection.report)));
  }

  return {
    listTeams,
    async teamAccess(team, signal) {
      const read = await listTeams(signal);
      if (!read.ok) return read;
      if (read.value.length === 0) return ok({ access: 'noTeams' });
      if (team === undefined) return ok({ access: 'seen' });
      const wanted = bareTeamId(team);
      const found = read.value.find(({ id }) => id === wanted);
      return ok(found === undefined ? { access: 'teamNotSeen' } : { access: 'seen', team: found });
    },
    listEscalations(team, signal) {
      const operation = 'list escalations';
      const id = bareTeamId(team);
      if (!isServiceId(id)) return Promise.resolve(refused(operation, 'not the id of a team'));
      return readList(connection, {
        operation,
        path: `/v1/teams/${encodeURIComponent(id)}/escalations`,
        size: 100,
        pages: 'offset',
        most: 1_000,
        map: (raw) => {
          const parsed = escalationSchema.safeParse(raw);
          return parsed.success ? { id: parsed.data.id, name: parsed.data.name } : undefined;
        },
        signal,
      });
    },
  };
}

function toTeam(raw: unknown, report: Report): Team[] {
  const { teamId, teamName } = recordOf(raw) ?? {};
  if (typeof teamId !== 'string') {
    report.skipped('team', teamId, 'teamId');
    return [];
  }
  return [{ id: bareTeamId(teamId), name: typeof teamName === 'string' ? teamName : '' }];
}

import type { Alert, Team } from '../../../domain/alerts/alert.ts';
import type { Failure } from '../../../domain/base/failure.ts';
import { isAlertId } from '../../../domain/base/ids.ts';
import { completenessOf, type Completeness } from '../../../domain/base/listed.ts';
import { ok, type Result } from '../../../domain/base/result.ts';
import { parseInstant, type Instant } from '../../../domain/base/time.ts';
import { namedBy } from '../../about.ts';
import { cutReason, mapInSlices, recordOf, type Report } from '../../records.ts';
import type { Atlassian } from '../connection.ts';
import { type SweepPage, pageSize, type SweptRow, sweep, type Sweep } from './alertSweep.ts';
import { toAlert } from './mapping.ts';
import { isOfAnotherTeam } from './otherTeams.ts';
import type { TeamAccess, Teams } from './teams.ts';
import { malformed, nextLink, pageOf, refused } from './wire.ts';

export interface AlertList {
  /** Newest first, each once. */
  readonly alerts: readonly Alert[];
  /** Those that were left out because they are certainly another team's. */
  readonly ofOthers: readonly Alert[];
  /** How many records could not be read. */
  readonly skipped: number;
  /** How many pages were requested. */
  readonly pages: number;
  readonly completeness: Completeness;
  /** What an empty list means as far as access goes. */
  readonly access: TeamAccess;
  /** The team that an empty list was checked against, if it is seen. */
  readonly team?: Team;
}

export interface AlertReads {
  /**
   * The alerts that a query finds (atlassian.md 2.3), every page up to the service's limit of 20,000. None is left out
   * or doubled because others come and go meanwhile. `team`: what is certainly another team's is left out, and a list
   * that is empty then is checked against it, unless the caller did so a moment ago (`isProved`).
   */
  listAlerts(request: {
    readonly query: string;
    readonly team?: string;
    readonly isProved?: boolean;
    /** Only the newest are needed: one request, and the list is partial where there are more. */
    readonly onlyNewest?: boolean;
    readonly signal?: AbortSignal;
  }): Promise<Result<AlertList, Failure>>;
  /** One alert in full: the list may lack the description and the properties (atlassian.md 6 #5). */
  getAlert(alertId: string, signal?: AbortSignal): Promise<Result<Alert, Failure>>;
}

const path = '/v1/alerts';

export function createAlertReads(connection: Atlassian, teams: Teams): AlertReads {
  async function readPage(
    query: string,
    bound: Instant | undefined,
    offset: number,
    signal: AbortSignal | undefined,
  ): Promise<Result<SweepPage, Failure>> {
    const operation = 'list alerts';
    const search = { query: within(query, bound), size: pageSize, offset, sort: 'createdAt', order: 'desc' };
    const read = await connection.ops({ operation, path, query: search, signal });
    if (!read.ok) return read;
    const page = pageOf(read.value);
    if (page === undefined) return malformed(operation);
    const rows = await mapInSlices(page.rows, (raw) => toRow(raw, connection.report));
    const { count } = page;
    // The link says whether there is more. The count is read too, so that a link left out cannot cut the list short.
    const isShort = rows.length === pageSize && (count ?? 0) > offset + rows.length;
    return ok({ rows, more: nextLink(read.value) !== undefined || isShort, cut: cutReason(page.cut), count });
  }

  async function listAlerts(request: {
    query: string;
    team?: string;
    isProved?: boolean;
    onlyNewest?: boolean;
    signal?: AbortSignal;
  }): Promise<Result<AlertList, Failure>> {
    const { query, team, isProved = false, onlyNewest = false, signal } = request;
    const swept = onlyNewest
      ? newestOf(await readPage(query, undefined, 0, signal))
      : await sweep((bound, offset) => readPage(query, bound, offset, signal), connection.log);
    if (!swept.ok) return namedBy('drDre.ops.team', swept);
    const { rows, pages, reason } = swept.value;
    const all = rows.flatMap(({ alert }) => (alert === undefined ? [] : [alert]));
    const ofOthers = team === undefined ? [] : all.filter((alert) => isOfAnotherTeam(alert, team));
    const leftOut = new Set(ofOthers);
    const alerts = all.filter((alert) => !leftOut.has(alert));
    alerts.sort((one, other) => other.createdAt - one.createdAt);
    const skipped = rows.length - all.length;
    if (skipped > 0) connection.log(`${skipped} alerts could not be read`);
    // Without that answer an empty list proves nothing, so its failure is returned for the list.
    const isEmpty = alerts.length + skipped === 0;
    const seen = !isEmpty || isProved ? ok({ access: 'seen' as const }) : await teams.teamAccess(team, signal);
    if (!seen.ok) return seen;
    return ok({ alerts, ofOthers, skipped, pages, completeness: completenessOf(reason), ...seen.value });
  }

  return {
    listAlerts,
    async getAlert(alertId, signal) {
      const operation = 'read alert';
      if (!isAlertId(alertId)) return refused(operation, 'not the id of an alert');
      const read = await connection.ops({ operation, path: `${path}/${encodeURIComponent(alertId)}`, signal });
      if (!read.ok) return read;
      const alert = toAlert(read.value, connection.report);
      return alert === undefined ? malformed(operation) : ok(alert);
    },
  };
}

/** The first page as the whole of a list, or as the newest of it. */
function newestOf(read: Result<SweepPage, Failure>): Result<Sweep, Failure> {
  if (!read.ok) return read;
  const { rows, more, cut } = read.value;
  return ok({ rows, pages: 1, reason: cut ?? (more ? `only the newest ${rows.length} were read` : undefined) });
}

function within(query: string, bound: Instant | undefined): string {
  if (bound === undefined) return query;
  const limit = `createdAt <= ${bound}`;
  return query.trim() === '' ? limit : `(${query}) AND ${limit}`;
}

function toRow(raw: unknown, report: Report): SweptRow {
  const { id, createdAt } = recordOf(raw) ?? {};
  return {
    key: typeof id === 'string' ? id : JSON.stringify(raw),
    createdAt: typeof createdAt === 'string' ? parseInstant(createdAt) : undefined,
    alert: toAlert(raw, report),
  };
}

import type { Failure } from '../../../domain/base/failure.ts';
import type { Listed } from '../../../domain/base/listed.ts';
import { ok, type Result } from '../../../domain/base/result.ts';
import type { Override } from '../../../domain/rotation/rotation.ts';
import type { Instant } from '../../../domain/base/time.ts';
import type { Atlassian } from '../connection.ts';
import type { People } from './people.ts';
import { toOverride } from './rotation.ts';
import { isServiceId, malformed, readList, refused } from './wire.ts';

/** What to put in place of the rotation. */
export interface NewOverride {
  /** Who takes it; undefined for nobody. */
  readonly accountId: string | undefined;
  readonly start: Instant;
  /** After `start` and in the future. */
  readonly end: Instant;
  /** Empty or absent: all rotations of the schedule. */
  readonly rotationIds?: readonly string[];
}

/** Overrides of a schedule (atlassian.md 2.6). A change is made when its call answers. */
export interface Overrides {
  /** Those that run now or come, earliest first. Past ones the service does not list. */
  listOverrides(scheduleId: string, signal?: AbortSignal): Promise<Result<Listed<Override>, Failure>>;
  /**
   * Not to be sent twice: there would be two. The service accepts overlapping ones, and the one made later
   * counts: the caller has to check first.
   */
  createOverride(scheduleId: string, override: NewOverride): Promise<Result<Override, Failure>>;
  /** Deletes it. Needs the right to delete; `notFound` when it is already gone. */
  cancelOverride(scheduleId: string, alias: string): Promise<Result<undefined, Failure>>;
}

export function createOverrides(connection: Atlassian, people: People, now: () => Instant): Overrides {
  async function named(overrides: readonly Override[], signal?: AbortSignal): Promise<readonly Override[]> {
    const ids = overrides.flatMap(({ person }) =>
      person === undefined || person.group !== undefined ? [] : [person.accountId],
    );
    const known = new Map((await people.named(ids, signal)).map((person) => [person.accountId, person]));
    return overrides.map((each) => ({
      ...each,
      person: each.person === undefined ? undefined : (known.get(each.person.accountId) ?? each.person),
    }));
  }

  return {
    async listOverrides(scheduleId, signal) {
      const operation = 'list overrides';
      if (!isServiceId(scheduleId)) return refused(operation, 'not the id of a schedule');
      const path = pathOf(scheduleId);
      const map = (raw: unknown): Override | undefined => toOverride(raw, connection.report);
      const read = await readList(connection, { operation, path, size: 50, pages: 'offset', most: 1_000, map, signal });
      if (!read.ok) return read;
      const records = await named(read.value.records, signal);
      return ok({ ...read.value, records: records.toSorted((one, other) => one.start - other.start) });
    },
    async createOverride(scheduleId, { accountId, start, end, rotationIds = [] }) {
      const operation = 'create override';
      if (!isServiceId(scheduleId)) return refused(operation, 'not the id of a schedule');
      if (accountId !== undefined && !isServiceId(accountId)) return refused(operation, 'not the id of an account');
      if (!(end > start)) return refused(operation, 'the override ends before it begins');
      if (end <= now()) return refused(operation, 'the override ends in the past');
      const body = {
        responder: accountId === undefined ? { type: 'noone' } : { type: 'user', id: accountId },
        startDate: new Date(start).toISOString(),
        endDate: new Date(end).toISOString(),
        rotationIds: rotationIds.length === 0 ? undefined : rotationIds,
      };
      const read = await connection.ops({ operation, method: 'POST', path: pathOf(scheduleId), body });
      if (!read.ok) return read;
      const made = toOverride(read.value, connection.report);
      const [override] = made === undefined ? [] : await named([made]);
      return override === undefined ? malformed(operation) : ok(override);
    },
    async cancelOverride(scheduleId, alias) {
      const operation = 'cancel override';
      if (!isServiceId(scheduleId) || !isServiceId(alias)) return refused(operation, 'not the id of an override');
      const path = `${pathOf(scheduleId)}/${encodeURIComponent(alias)}`;
      const read = await connection.ops({ operation, method: 'DELETE', path });
      return read.ok ? ok(undefined) : read;
    },
  };
}

function pathOf(scheduleId: string): string {
  return `/v1/schedules/${encodeURIComponent(scheduleId)}/overrides`;
}

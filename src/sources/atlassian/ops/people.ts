import * as z from 'zod/mini';
import { visibleLine } from '../../../domain/base/harmless.ts';
import type { Person } from '../../../domain/rotation/rotation.ts';
import { readFields, recordOf, rowsOf, text } from '../../records.ts';
import type { Atlassian } from '../connection.ts';

/** Names of people by their account ids, each read once. */
export interface People {
  /** Each with its name; undefined where Jira does not return it. Never fails: ids are shown in place of names. */
  named(accountIds: readonly string[], signal?: AbortSignal): Promise<readonly Person[]>;
}

/** As many as one call takes; its own standard is 10 (atlassian.md 0.1 fact 8). */
const pageSize = 50;

const usersSchema = z.object({ values: z.unknown() });
const userFields = { accountId: text, displayName: text };

export function createPeople(connection: Atlassian): People {
  /** Undefined for those whom Jira did not return: they are not read again. */
  const names = new Map<string, string | undefined>();

  async function learn(accountIds: readonly string[], signal: AbortSignal | undefined): Promise<void> {
    const search = new URLSearchParams({ maxResults: `${pageSize}` });
    for (const accountId of accountIds) search.append('accountId', accountId);
    const read = await connection.jira({ operation: 'read names', path: '/rest/api/3/user/bulk', search, signal });
    const parsed = usersSchema.safeParse(read.ok ? read.value : undefined);
    const rows = parsed.success ? rowsOf(parsed.data.values)?.rows : undefined;
    if (rows === undefined) {
      connection.log('the names of people could not be read: their ids are shown');
      return;
    }
    for (const accountId of accountIds) names.set(accountId, undefined);
    for (const raw of rows) {
      const { accountId, displayName } = readFields(recordOf(raw) ?? {}, userFields, () => undefined);
      if (accountId === undefined || displayName === undefined || visibleLine(displayName) === '') continue;
      names.set(accountId, displayName);
    }
  }

  return {
    async named(accountIds, signal) {
      const missing = [...new Set(accountIds)].filter((each) => !names.has(each));
      for (let start = 0; start < missing.length; start += pageSize) {
        await learn(missing.slice(start, start + pageSize), signal);
      }
      return accountIds.map((accountId) => ({ accountId, name: names.get(accountId) }));
    },
  };
}

import { createHash } from 'node:crypto';
import type { Clock } from './clock.ts';
import { type Call, type Fields, ok, type Reply, type Routes } from './http.ts';
import { jiraError, listIn } from './jiraHttp.ts';
import type { SimIssue } from './jiraModel.ts';
import type { JiraStore } from './jiraStore.ts';
import { nameOf } from './jiraFieldDetails.ts';
import { asksForFields, issueBody, type IssueParts, type View } from './jiraViews.ts';
import { parseJql } from './jql.ts';
import { JqlError } from './jqlTokens.ts';
import type { Switches } from './switches.ts';

// The search for issues: atlassian.md 3.2.

interface Asked extends IssueParts {
  readonly jql: string;
  readonly maxResults: number;
  readonly nextPageToken: string | undefined;
  readonly reconcile: readonly string[];
}

/** The rest of a search, kept for its next page. */
interface Cursor {
  readonly query: string;
  readonly keys: readonly string[];
  readonly madeAt: number;
}

const bodyKeys = [
  'jql',
  'nextPageToken',
  'maxResults',
  'fields',
  'expand',
  'properties',
  'fieldsByKeys',
  'reconcileIssues',
];
const removed =
  'The requested API has been removed. Please migrate to the /rest/api/3/search/jql API. A full migration guideline is available at https://developer.atlassian.com/changelog/#CHANGE-2046';
const week = 7 * 24 * 3_600_000;
/** More than the number of searches that are paged through at a time. */
const maxCursors = 1_000;

export function createSearch(jira: JiraStore, clock: Clock, switches: Switches, view: (call: Call) => View): Routes {
  const cursors = new Map<string, Cursor>();

  function search(call: Call, asked: Asked): Reply {
    if (asked.reconcile.length > 50) throw jiraError(400, ['At most 50 issues can be reconciled.']);
    const found = asked.nextPageToken === undefined ? find(call, asked) : rest(asked);
    const most = asksForFields(asked.fields) ? 100 : 5_000;
    const size = Math.min(asked.maxResults, most);
    const issues = found.slice(0, size);
    const after = found.slice(size);
    const token = after.length === 0 ? undefined : keep(asked, after);
    return ok({
      issues: issues.map((issue) => issueBody(view(call), issue, asked)),
      names: asked.expand.includes('names') ? namesOf(asked.fields) : undefined,
      nextPageToken: token,
      isLast: switches.omitIsLast ? undefined : token === undefined,
      warnings: switches.searchWarnings
        ? [
            {
              type: 'CLAUSE_LIMIT_EXCEEDED',
              message: 'The clause was truncated.',
              details: { clause: 'issueHistory()', arguments: '…', limit: 50, actual: 73 },
            },
          ]
        : undefined,
    });
  }

  function find(call: Call, asked: Pick<Asked, 'jql' | 'reconcile'>): SimIssue[] {
    const person = call.caller?.person;
    if (person === undefined) return []; // who is not signed in sees nothing (1.1)
    try {
      const { test, compare } = parseJql(asked.jql, { now: clock.now(), person, issue: (id) => jira.find(id) });
      const fresh = new Set(asked.reconcile.flatMap((id) => jira.find(id)?.key ?? []));
      return jira.index.known(jira.state.issues, fresh).filter(test).sort(compare);
    } catch (error) {
      if (error instanceof JqlError) throw jiraError(400, [error.message]);
      throw error;
    }
  }

  function keep(asked: Asked, after: readonly SimIssue[]): string {
    const keys = after.map(({ key }) => key);
    const token = createHash('sha256')
      .update(`${queryOf(asked)} ${keys.join()} ${clock.now()}`)
      .digest('base64url');
    cursors.set(token, { query: queryOf(asked), keys, madeAt: clock.now() });
    for (const old of cursors.keys()) {
      if (cursors.size <= maxCursors) break;
      cursors.delete(old);
    }
    return token;
  }

  /** Bound to the query; good for a week. What is gone since is left out. */
  function rest(asked: Asked): SimIssue[] {
    const cursor = cursors.get(asked.nextPageToken ?? '');
    if (cursor === undefined || cursor.query !== queryOf(asked) || clock.now() - cursor.madeAt > week) {
      throw jiraError(400, ['The nextPageToken is invalid or has expired.']);
    }
    const known = new Map(
      jira.index.known(jira.state.issues, new Set(asked.reconcile)).map((each) => [each.key, each]),
    );
    return cursor.keys.flatMap((key) => known.get(key) ?? []);
  }

  return {
    'GET /search': () => ({ status: 410, body: { errorMessages: [removed], errors: {} } }),
    'POST /search': () => ({ status: 410, body: { errorMessages: [removed], errors: {} } }),
    'GET /search/jql': (call) => search(call, askedIn(call)),
    'POST /search/jql': (call) => search(call, askedBy(call.body())),
    'POST /search/approximate-count': (call) =>
      ok({ count: find(call, { jql: textOf(call.body(), 'jql') ?? '', reconcile: [] }).length }),
  };
}

function askedIn(call: Call): Asked {
  const { query } = call;
  const fields = listIn(call, 'fields');
  return {
    jql: query.get('jql') ?? '',
    maxResults: limit(query.get('maxResults') === null ? undefined : Number(query.get('maxResults'))),
    nextPageToken: query.get('nextPageToken') ?? undefined,
    reconcile: listIn(call, 'reconcileIssues'),
    fields: fields.length === 0 ? ['id'] : fields,
    expand: listIn(call, 'expand'),
    properties: listIn(call, 'properties'),
  };
}

function askedBy(body: Fields): Asked {
  const unknown = Object.keys(body).find((key) => !bodyKeys.includes(key));
  if (unknown !== undefined) {
    throw jiraError(400, ['Invalid request payload. Refer to the REST API documentation and try again.']);
  }
  const list = (name: string): string[] => {
    const value = body[name] ?? [];
    if (!Array.isArray(value)) throw jiraError(400, [`${name} must be a list.`]);
    return value.map(String);
  };
  const fields = list('fields');
  return {
    jql: textOf(body, 'jql') ?? '',
    maxResults: limit(body['maxResults']),
    nextPageToken: textOf(body, 'nextPageToken'),
    reconcile: list('reconcileIssues'),
    fields: fields.length === 0 ? ['id'] : fields,
    expand: (textOf(body, 'expand') ?? '').split(',').filter((part) => part !== ''),
    properties: list('properties'),
  };
}

function textOf(body: Fields, name: string): string | undefined {
  const value = body[name] ?? undefined;
  if (value !== undefined && typeof value !== 'string') throw jiraError(400, [`${name} must be a text.`]);
  return value;
}

function limit(value: unknown): number {
  if (value === undefined) return 50;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > 5_000) {
    throw jiraError(400, ['maxResults must be between 1 and 5000.']);
  }
  return value;
}

function queryOf({ jql, fields }: Asked): string {
  return JSON.stringify([jql, fields]);
}

function namesOf(fields: readonly string[]): Fields {
  return Object.fromEntries(fields.filter((name) => !/^[*-]/.test(name)).map((name) => [name, nameOf(name)]));
}

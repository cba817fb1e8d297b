import {
  createIssue,
  getCreateIssueMetaIssueTypeId,
  getCreateIssueMetaIssueTypes,
  searchAndReconsileIssuesUsingJqlPost,
} from 'jira.js/cloud';
import { isIssueKey } from '../../../domain/base/ids.ts';
import type { Failure } from '../../../domain/base/failure.ts';
import { fail, ok, type Result } from '../../../domain/base/result.ts';
import type { CreationForm } from '../../../domain/queue/screen.ts';
import { recordOf } from '../../records.ts';
import type { Atlassian } from '../connection.ts';
import { epicLinkIn, toScreenFields } from './screens.ts';
import { transport, unwrap } from './transport.ts';

export interface TicketRequest {
  readonly epic: string;
  readonly form: CreationForm;
  readonly summary: string;
  /** A document of Jira; undefined for none. */
  readonly description: unknown;
  readonly labels: readonly string[];
  /** Further values by the ids of their fields, as Jira takes them. */
  readonly values: Readonly<Record<string, unknown>>;
  /** By which it is found again when no answer came. */
  readonly requestId: string;
}

/** What makes tickets (atlassian.md 3.3). */
export interface TicketCreation {
  /** What the project of an epic requires of a new ticket; undefined where the account may make none. */
  creationForm(epic: string): Promise<Result<CreationForm | undefined, Failure>>;
  /** Makes a ticket, once: Jira would make another one. The answer is its key. */
  createTicket(request: TicketRequest): Promise<Result<string, Failure>>;
  /**
   * The key of the ticket that was made for a request; null where the search does not list one. One that was made a
   * moment ago may not be listed yet.
   */
  findCreated(epic: string, requestId: string): Promise<Result<string | null, Failure>>;
}

/** The property of an issue that holds by which request it was made. */
const property = 'dr-dre.request';
/** Among so many of the newest children of the epic it is searched for. */
const mostSearched = 50;
const mostFields = 200;
const always: ReadonlySet<string> = new Set(['summary', 'project', 'issuetype', 'parent', 'description', 'labels']);

export function ticketCreation(connection: Atlassian): TicketCreation {
  const client = (operation: string): ReturnType<typeof transport> => transport(connection, operation, undefined);
  const malformed = (operation: string): Result<never, Failure> =>
    fail({ kind: 'malformed', service: 'jira', operation });

  return {
    async creationForm(epic) {
      const operation = 'read what a new ticket needs';
      const [project = ''] = epic.split('-');
      if (!isIssueKey(epic)) return fail({ kind: 'rejected', service: 'jira', operation, detail: 'not an epic' });
      const types = await unwrap(operation, () =>
        getCreateIssueMetaIssueTypes(client(operation), { projectIdOrKey: project, maxResults: mostFields }),
      );
      if (!types.ok) return types;
      const listed = recordOf(types.value)?.['issueTypes'];
      if (!Array.isArray(listed)) return malformed(operation);
      const typeId = taskType(listed);
      if (typeId === undefined) return ok(undefined);
      const read = await unwrap(operation, () =>
        getCreateIssueMetaIssueTypeId(client(operation), {
          projectIdOrKey: project,
          issueTypeId: typeId,
          maxResults: mostFields,
        }),
      );
      if (!read.ok) return read;
      const rows = recordOf(read.value)?.['fields'];
      if (!Array.isArray(rows)) return malformed(operation);
      return ok(formOf(typeId, rows));
    },
    async createTicket({ epic, form, summary, description, labels, values, requestId }) {
      const operation = 'create ticket';
      const [project = ''] = epic.split('-');
      const fields: Record<string, unknown> = {
        ...values,
        project: { key: project },
        issuetype: { id: form.typeId },
        summary,
        [form.epicField]: form.epicField === 'parent' ? { key: epic } : epic,
      };
      if (description !== undefined) fields['description'] = description;
      if (labels.length > 0) fields['labels'] = [...labels];
      const properties = [{ key: property, value: { id: requestId } }];
      const sent = await unwrap(operation, () => createIssue(client(operation), { fields, properties }));
      if (!sent.ok) return sent;
      const key = recordOf(sent.value)?.['key'];
      return isIssueKey(key) ? ok(key) : malformed(operation);
    },
    async findCreated(epic, requestId) {
      const operation = 'look for the ticket';
      if (!isIssueKey(epic)) return fail({ kind: 'rejected', service: 'jira', operation, detail: 'not an epic' });
      const read = await unwrap(operation, () =>
        searchAndReconsileIssuesUsingJqlPost(client(operation), {
          jql: `parent = ${epic} ORDER BY created DESC`,
          fields: ['summary'],
          properties: [property],
          maxResults: mostSearched,
        }),
      );
      if (!read.ok) return read;
      const issues = recordOf(read.value)?.['issues'];
      if (!Array.isArray(issues)) return malformed(operation);
      const made = issues.map(recordOf).find((issue) => {
        const value = recordOf(recordOf(issue?.['properties'])?.[property]);
        return value?.['id'] === requestId;
      });
      const key = made?.['key'];
      return ok(isIssueKey(key) ? key : null);
    },
  };
}

function taskType(listed: readonly unknown[]): string | undefined {
  const types = listed.flatMap((each) => {
    const { id, name, subtask, hierarchyLevel } = recordOf(each) ?? {};
    const isBelowEpics = subtask !== true && (hierarchyLevel === undefined || hierarchyLevel === 0);
    return typeof id === 'string' && isBelowEpics ? [{ id, name }] : [];
  });
  return (types.find(({ name }) => name === 'Task') ?? types.find(({ name }) => name !== 'Epic'))?.id;
}

function formOf(typeId: string, rows: readonly unknown[]): CreationForm {
  const byId: Record<string, unknown> = {};
  for (const row of rows) {
    const field = recordOf(row) ?? {};
    const { fieldId } = field;
    if (typeof fieldId !== 'string') continue;
    byId[fieldId] = field;
  }
  const epicField = 'parent' in byId ? 'parent' : (epicLinkIn(byId) ?? 'parent');
  const fields = toScreenFields(byId).filter(({ id }) => !always.has(id) && id !== epicField);
  return { typeId, fields, epicField };
}

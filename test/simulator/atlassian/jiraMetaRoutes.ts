import type { Call, Fields, Routes } from './http.ts';
import { ok } from './http.ts';
import { jiraError, page, required } from './jiraHttp.ts';
import { fieldDetails } from './jiraFieldDetails.ts';
import * as jira from './jiraModel.ts';
import type { JiraStore } from './jiraStore.ts';
import {
  flagOption,
  jiraTime,
  linkTypeBody,
  priorityBody,
  projectBody,
  self,
  statusBody,
  teamOption,
  typeBody,
  type View,
} from './jiraViews.ts';
import { siteFields } from './jiraSiteFields.ts';
import type { Switches } from './switches.ts';

// What an issue may be made of: fields, types, statuses, priorities, labels (atlassian.md 3.3, 3.4, 3.8).

interface FieldMeta {
  readonly fieldId: string;
  readonly required: boolean;
  readonly hasDefaultValue: boolean;
  readonly operations: readonly string[];
  readonly allowedValues?: readonly unknown[] | undefined;
}

/** What of an issue may be edited by whom a call is from, and the routes; these to stand before `/issue/{key}`: `createmeta` is no key. */
export function issueMeta(
  store: JiraStore,
  switches: Switches,
  view: (call: Call) => View,
): { readonly routes: Routes; readonly editMeta: (call: Call) => Fields } {
  function fieldsOf(call: Call): FieldMeta[] {
    const of = view(call);
    const plain = (fieldId: string, more: Partial<FieldMeta> = {}): FieldMeta => ({
      fieldId,
      required: false,
      hasDefaultValue: false,
      operations: ['set'],
      ...more,
    });
    return [
      plain('summary', { required: true }),
      plain('issuetype', {
        required: true,
        operations: [],
        allowedValues: jira.issueTypes.map((type) => typeBody(of, type)),
      }),
      plain('project', { required: true, allowedValues: [projectBody(of)] }),
      plain(switches.epicLink ? jira.epicLinkField : 'parent'),
      plain('description'),
      plain('labels', { operations: ['add', 'set', 'remove'] }),
      plain('priority', {
        hasDefaultValue: true,
        allowedValues: jira.issuePriorities.map(({ id }) => priorityBody(of, id)),
      }),
      plain('assignee'),
      plain('duedate'),
      ...(switches.teamRequired
        ? [plain(jira.teamField, { required: true, allowedValues: jira.teams.map(({ id }) => teamOption(of, id)) })]
        : []),
      ...(switches.siteFieldsRequired
        ? siteFields.map(({ id, allowedValues }) => plain(id, { required: true, allowedValues }))
        : []),
      ...(switches.flagOnScreen
        ? [plain(jira.flagField, { operations: ['add', 'set', 'remove'], allowedValues: [flagOption(of)] })]
        : []),
    ];
  }

  function metaBody({ fieldId, ...rest }: FieldMeta): Fields {
    const detail = fieldDetails.find(({ id }) => id === fieldId);
    const schema = detail?.schema ?? { type: 'issuelink', system: fieldId };
    return { ...rest, schema, name: detail?.name ?? fieldId, key: fieldId };
  }

  function knownProject(call: Call): void {
    required(call, switches);
    const key = call.param('project');
    if (key.toUpperCase() !== jira.project.key && key !== jira.project.id) {
      throw jiraError(404, [`No project could be found with key '${key}'.`]);
    }
  }

  function paged(call: Call, name: string, all: readonly unknown[]): Fields {
    const { startAt, maxResults } = page(call, 50, 200);
    return { startAt, maxResults, total: all.length, [name]: all.slice(startAt, startAt + maxResults) };
  }

  function editMeta(call: Call): Fields {
    if (switches.readOnly) return { fields: {} };
    const editable = fieldsOf(call).filter(({ fieldId }) => fieldId !== 'project');
    return { fields: Object.fromEntries(editable.map((field) => [field.fieldId, metaBody(field)])) };
  }

  const routes: Routes = {
    'GET /issue/createmeta/{project}/issuetypes': (call) => {
      knownProject(call);
      return ok(
        paged(
          call,
          'issueTypes',
          jira.issueTypes.map((type) => typeBody(view(call), type)),
        ),
      );
    },
    'GET /issue/createmeta/{project}/issuetypes/{type}': (call) => {
      knownProject(call);
      if (!jira.issueTypes.some(({ id }) => id === call.param('type'))) {
        throw jiraError(400, ['The issue type does not exist in this project.']);
      }
      const fields = fieldsOf(call).map((field) => ({ ...metaBody(field), fieldId: field.fieldId }));
      return ok(paged(call, 'fields', fields));
    },
    'GET /issue/{key}/editmeta': (call) => {
      required(call, switches);
      store.issue(call.param('key'));
      return ok(editMeta(call));
    },
    // May be read by anybody (1.1).
    'GET /field': () => ok(fieldDetails),
    'GET /status': (call) => {
      required(call, switches);
      return ok(jira.statuses.map((status) => statusBody(view(call), status)));
    },
    'GET /statuscategory': (call) => {
      required(call, switches);
      return ok(
        Object.values(jira.categories).map((each) => ({
          self: self(view(call), `statuscategory/${each.id}`),
          ...each,
        })),
      );
    },
    'GET /priority': (call) => {
      required(call, switches);
      return ok(jira.issuePriorities.map(({ id }) => priorityBody(view(call), id)));
    },
    'GET /label': (call) => {
      required(call, switches);
      const labels = [...new Set([...store.state.issues.values()].flatMap((issue) => issue.labels))].sort();
      const { startAt, maxResults } = page(call, 1_000, 1_000);
      const isLast = startAt + maxResults >= labels.length;
      return ok({
        startAt,
        maxResults,
        total: labels.length,
        isLast,
        values: labels.slice(startAt, startAt + maxResults),
      });
    },
    'GET /project/{project}': (call) => {
      knownProject(call);
      return ok({ ...projectBody(view(call)), issueTypes: jira.issueTypes.map((type) => typeBody(view(call), type)) });
    },
    'GET /project/{project}/statuses': (call) => {
      knownProject(call);
      return ok(
        jira.issueTypes.map((type) => ({
          self: self(view(call), `issuetype/${type.id}`),
          id: type.id,
          name: type.name,
          subtask: type.subtask,
          statuses: jira.statuses.map((status) => statusBody(view(call), status)),
        })),
      );
    },
    'GET /issueLinkType': (call) => {
      required(call, switches);
      if (!switches.linkingEnabled) throw jiraError(404, ['Issue linking is currently disabled.']);
      return ok({ issueLinkTypes: jira.linkTypes.map(({ id }) => linkTypeBody(view(call), id)) });
    },
    'GET /serverInfo': (call) =>
      ok({
        baseUrl: call.base,
        version: '1001.0.0-SNAPSHOT',
        versionNumbers: [1001, 0, 0],
        deploymentType: 'Cloud',
        buildNumber: 100_300,
        buildDate: '2026-08-20T10:00:00.000+0000',
        serverTime: jiraTime(Date.now()),
        serverTitle: 'Jira',
      }),
  };
  return { routes, editMeta };
}

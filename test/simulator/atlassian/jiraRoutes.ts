import { people, type SimPerson, type World } from '../world.ts';
import type { Clock } from './clock.ts';
import { type Call, type Fields, isFields, noContent, ok, type Refusal, type Reply, type Routes } from './http.ts';
import { document, hidden, jiraError, listIn, page, required } from './jiraHttp.ts';
import { issueMeta } from './jiraMetaRoutes.ts';
import type { SimIssue } from './jiraModel.ts';
import { createSearch } from './jiraSearch.ts';
import { createJira } from './jiraStore.ts';
import {
  changelogBody,
  commentBody,
  issueBody,
  type IssueParts,
  self,
  transitionBody,
  userBody,
  type View,
} from './jiraViews.ts';
import type { Switches } from './switches.ts';

// Issues over HTTP: atlassian.md 3.

const permissions: Readonly<Record<string, { readonly id: string; readonly name: string; readonly writes: boolean }>> =
  {
    BROWSE_PROJECTS: { id: '10', name: 'Browse Projects', writes: false },
    CREATE_ISSUES: { id: '11', name: 'Create Issues', writes: true },
    EDIT_ISSUES: { id: '12', name: 'Edit Issues', writes: true },
    ASSIGN_ISSUES: { id: '13', name: 'Assign Issues', writes: true },
    ADD_COMMENTS: { id: '15', name: 'Add Comments', writes: true },
    LINK_ISSUES: { id: '21', name: 'Link Issues', writes: true },
    TRANSITION_ISSUES: { id: '46', name: 'Transition Issues', writes: true },
    SCHEDULE_ISSUES: { id: '28', name: 'Schedule Issues', writes: true },
  };

export function jiraRoutes(world: World, clock: Clock, switches: Switches): Routes {
  const jira = createJira(world, clock, switches);
  const view = (call: Call): View => ({ base: call.base, state: jira.state, switches });
  const meta = issueMeta(jira, switches, view);
  const search = createSearch(jira, clock, switches, view);

  /** Who is not signed in sees no issue (1.1). */
  function visible(call: Call): SimIssue {
    if (call.caller === undefined) throw jiraError(404, [hidden]);
    return jira.issue(call.param('key'));
  }

  function writer(call: Call, refusal: (person: SimPerson) => Refusal = forbidden): NonNullable<Call['caller']> {
    const caller = required(call, switches);
    if (switches.readOnly) throw refusal(caller.person);
    return caller;
  }

  function getIssue(call: Call, issue: SimIssue): Reply {
    const fields = listIn(call, 'fields');
    const parts: IssueParts = {
      fields: fields.length === 0 ? ['*all'] : fields,
      expand: listIn(call, 'expand'),
      properties: listIn(call, 'properties'),
    };
    const body = issueBody(view(call), issue, parts);
    // Asked for by itself, an issue comes with its id and key whatever the fields.
    const whole = { id: issue.id, key: issue.key, self: self(view(call), `issue/${issue.id}`), ...body };
    return ok({
      ...whole,
      transitions: parts.expand.includes('transitions') ? transitionList(call, issue) : undefined,
      editmeta: parts.expand.includes('editmeta') ? meta.editMeta(call) : undefined,
    });
  }

  function transitionList(call: Call, issue: SimIssue): Fields[] {
    const withFields = listIn(call, 'expand').includes('transitions.fields');
    return jira.transitionsOf(issue).map((each) => transitionBody(view(call), each, withFields));
  }

  function comments(call: Call): Reply {
    const issue = visible(call);
    const { startAt, maxResults } = page(call, 100, 100);
    const newest = call.query.get('orderBy') === '-created';
    const all = newest ? issue.comments.toReversed() : issue.comments;
    const shown = all.slice(startAt, startAt + maxResults).map((each) => commentBody(view(call), issue, each));
    return ok({ startAt, maxResults, total: all.length, comments: shown });
  }

  function commentOf(call: Call, issue: SimIssue): SimIssue['comments'][number] {
    const found = issue.comments.find(({ id }) => id === call.param('id'));
    if (found === undefined) throw jiraError(404, [`Can not find a comment for the id: ${call.param('id')}.`]);
    return found;
  }

  function bulkFetch(call: Call): Reply {
    required(call, switches);
    const body = call.body();
    const ids = body['issueIdsOrKeys'];
    if (!Array.isArray(ids) || ids.length > 100) throw jiraError(400, ['At most 100 issues can be fetched.']);
    const texts = (name: string): string[] => (Array.isArray(body[name]) ? (body[name] as unknown[]).map(String) : []);
    const fields = texts('fields');
    const parts = {
      fields: fields.length === 0 ? ['*navigable'] : fields,
      expand: texts('expand'),
      properties: texts('properties'),
    };
    const found = new Set(ids.map((id) => jira.find(String(id))).filter((issue) => issue !== undefined));
    return ok({
      issues: [...found]
        .sort((one, other) => Number(one.id) - Number(other.id))
        .map((issue) => issueBody(view(call), issue, parts)),
      issueErrors: ids
        .filter((id) => jira.find(String(id)) === undefined)
        .map((id) => ({ id: String(id), errorMessage: hidden })),
    });
  }

  function myPermissions(call: Call): Reply {
    const asked = call.query.get('permissions');
    if (asked === null) throw jiraError(400, ["The 'permissions' query parameter is required."]);
    const keys = asked.split(',');
    const unknown = keys.find((key) => permissions[key] === undefined);
    if (unknown !== undefined) throw jiraError(400, [`Unrecognized permission: ${unknown}`]);
    const body = keys.map((key) => {
      const { id = '', name = '', writes = true } = permissions[key] ?? {};
      const havePermission = call.caller !== undefined && !(writes && switches.readOnly);
      return [key, { id, key, name, type: 'PROJECT', description: `Ability to: ${name}.`, havePermission }];
    });
    return ok({ permissions: Object.fromEntries(body) });
  }

  function usersBulk(call: Call): Reply {
    required(call, switches);
    const ids = call.query.getAll('accountId');
    if (ids.length === 0) throw jiraError(400, ["The 'accountId' query parameter is required."]);
    const { startAt, maxResults } = page(call, 10, 200);
    const known = ids.flatMap((id) => userBody(view(call), id) ?? []);
    return ok({
      startAt,
      maxResults,
      total: known.length,
      isLast: startAt + maxResults >= known.length,
      values: known.slice(startAt, startAt + maxResults),
    });
  }

  function assignable(call: Call): Reply {
    required(call, switches);
    const query = (call.query.get('query') ?? '').toLowerCase();
    const found = people.filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(query));
    const { startAt, maxResults } = page(call, 50, 1_000);
    return ok(found.slice(startAt, startAt + maxResults).map(({ accountId }) => userBody(view(call), accountId)));
  }

  return {
    ...search,
    'POST /issue': (call) => {
      const caller = writer(call);
      const body = call.body();
      const made = jira.create(isFields(body['fields']) ? body['fields'] : {}, body['properties'], caller);
      return ok({ id: made.id, key: made.key, self: self(view(call), `issue/${made.id}`) }, 201);
    },
    'POST /issue/bulkfetch': bulkFetch,
    ...meta.routes,
    'GET /issue/{key}': (call) => getIssue(call, visible(call)),
    'PUT /issue/{key}': (call) => {
      const caller = writer(call);
      const issue = visible(call);
      jira.edit(issue, call.body(), caller);
      return call.query.get('returnIssue') === 'true' ? getIssue(call, issue) : noContent;
    },
    'PUT /issue/{key}/assignee': (call) => {
      const caller = writer(call);
      jira.assign(visible(call), call.body()['accountId'] ?? null, caller);
      return noContent;
    },
    'GET /issue/{key}/transitions': (call) =>
      ok({ expand: 'transitions', transitions: transitionList(call, visible(call)) }),
    'POST /issue/{key}/transitions': (call) => {
      const caller = required(call, switches);
      jira.transition(visible(call), call.body(), caller);
      return noContent;
    },
    'GET /issue/{key}/comment': comments,
    'POST /issue/{key}/comment': (call) => {
      const caller = writer(call, mayNotComment);
      const issue = visible(call);
      const made = jira.comment(issue, call.body()['body'], caller);
      return ok(commentBody(view(call), issue, made), 201);
    },
    'GET /issue/{key}/comment/{id}': (call) => {
      const issue = visible(call);
      return ok(commentBody(view(call), issue, commentOf(call, issue)));
    },
    'PUT /issue/{key}/comment/{id}': (call) => {
      const caller = writer(call, mayNotComment);
      const issue = visible(call);
      const comment = commentOf(call, issue);
      const body = document(call.body()['body'], 'comment');
      jira.write(issue, () => {
        comment.body = body;
        comment.updated = clock.now();
        comment.updateAuthor = caller.person.accountId;
      });
      return ok(commentBody(view(call), issue, comment));
    },
    'DELETE /issue/{key}/comment/{id}': (call) => {
      writer(call, mayNotComment);
      const issue = visible(call);
      const comment = commentOf(call, issue);
      jira.write(issue, () => (issue.comments = issue.comments.filter((each) => each !== comment)));
      return noContent;
    },
    'GET /issue/{key}/changelog': (call) => {
      const issue = visible(call);
      const { startAt, maxResults } = page(call, 100, 100);
      const all = changelogBody(view(call), issue);
      return ok({
        self: self(view(call), `issue/${issue.key}/changelog?maxResults=${maxResults}&startAt=${startAt}`),
        maxResults,
        startAt,
        total: all.length,
        isLast: startAt + maxResults >= all.length,
        values: all.slice(startAt, startAt + maxResults),
      });
    },
    'GET /issue/{key}/properties': (call) => {
      const issue = visible(call);
      const keys = Object.keys(issue.properties);
      return ok({ keys: keys.map((key) => ({ self: self(view(call), `issue/${issue.id}/properties/${key}`), key })) });
    },
    'GET /issue/{key}/properties/{name}': (call) =>
      ok({ key: call.param('name'), value: property(call, visible(call)) }),
    'PUT /issue/{key}/properties/{name}': (call) => {
      writer(call);
      const issue = visible(call);
      const name = call.param('name');
      const value = call.json();
      const text = JSON.stringify(value ?? null);
      if (value === undefined || text.length > 32_768 || name.length > 255) throw jiraError(400, ['Invalid property.']);
      const status = name in issue.properties ? 200 : 201;
      jira.write(issue, () => (issue.properties[name] = value));
      return { status };
    },
    'DELETE /issue/{key}/properties/{name}': (call) => {
      writer(call);
      const issue = visible(call);
      property(call, issue);
      const rest = Object.entries(issue.properties).filter(([name]) => name !== call.param('name'));
      jira.write(issue, () => (issue.properties = Object.fromEntries(rest)));
      return noContent;
    },
    // 201 with nothing in it: the id of the link is found by reading the issue again (atlassian.md 3.6).
    'POST /issueLink': (call) => {
      writer(call);
      jira.link(call.body());
      return { status: 201 };
    },
    'DELETE /issueLink/{id}': (call) => {
      writer(call);
      jira.unlink(call.param('id'));
      return noContent;
    },
    'GET /myself': (call) => {
      const { person } = required(call, switches);
      return ok({
        ...userBody({ ...view(call), switches: { ...switches, emailsHidden: false } }, person.accountId),
        locale: 'en_US',
        groups: { size: 3, items: [] },
        applicationRoles: { size: 1, items: [] },
        expand: 'groups,applicationRoles',
      });
    },
    'GET /mypermissions': myPermissions,
    'GET /user/bulk': usersBulk,
    'GET /user/assignable/search': assignable,
  };
}

function property(call: Call, issue: SimIssue): unknown {
  const value = issue.properties[call.param('name')];
  if (value === undefined) throw jiraError(404, [`The property ${call.param('name')} does not exist.`]);
  return value;
}

function forbidden(): Refusal {
  return jiraError(403, ['You do not have permission to edit issues in this project.']);
}

/** 400, not 403 (atlassian.md 3.1). */
function mayNotComment(person: SimPerson): Refusal {
  return jiraError(400, [`${person.name}, you do not have the permission to comment on this issue.`]);
}

import { people, type World } from '../world.ts';
import { type AdfNode } from './adf.ts';
import { type Clock, Lag } from './clock.ts';
import type { Caller, Fields } from './http.ts';
import { isFields, Refusal } from './http.ts';
import { document, hidden, jiraError } from './jiraHttp.ts';
import { editItems } from './jiraHistory.ts';
import { siteFields } from './jiraSiteFields.ts';
import { fieldSetters, notOnScreen, setAssignee } from './jiraSetters.ts';
import * as jira from './jiraModel.ts';
import type { SimComment, SimIssue } from './jiraModel.ts';
import { idOf, type JiraState, makeIssues } from './jiraWorld.ts';
import type { Switches } from './switches.ts';

// Changes of issues. Everything is applied at once; only the search shows it later (atlassian.md 3.2).

export interface JiraStore {
  readonly state: JiraState;
  readonly index: Lag<SimIssue>;
  find(keyOrId: string): SimIssue | undefined;
  /** 404 when there is none. */
  issue(keyOrId: string): SimIssue;
  create(fields: Fields, properties: unknown, by: Caller): SimIssue;
  /** `{fields, update}` of an edit or of the screen of a transition. */
  edit(issue: SimIssue, body: Fields, by: Caller): void;
  assign(issue: SimIssue, accountId: unknown, by: Caller): void;
  transition(issue: SimIssue, body: Fields, by: Caller): void;
  transitionsOf(issue: SimIssue): readonly jira.SimTransition[];
  comment(issue: SimIssue, body: unknown, by: Caller): SimComment;
  link(body: Fields): void;
  unlink(id: string): void;
  /** To be called around any other write. */
  write(issue: SimIssue, change: () => void): void;
}

export function createJira(world: World, clock: Clock, switches: Switches): JiraStore {
  const state = makeIssues(world);
  const index = new Lag<SimIssue>(clock, () => switches.searchLagMs);
  const keyById = new Map([...state.issues.values()].map(({ id, key }) => [id, key]));
  const recentWrites = new Map<string, number[]>();
  let lastNumber = Math.max(...[...state.issues.keys()].map((key) => Number(key.split('-')[1])));
  let lastId = 70_000;

  const find = (keyOrId: string): SimIssue | undefined =>
    state.issues.get(keyById.get(keyOrId) ?? keyOrId.toUpperCase());

  function issue(keyOrId: string): SimIssue {
    const found = find(keyOrId);
    if (found === undefined) throw jiraError(404, [hidden]);
    return found;
  }

  function write(of: SimIssue, change: () => void): void {
    limit(of.key);
    index.wrote(of.key, switches.searchLagMs > 0 ? structuredClone(of) : undefined);
    change();
    of.updated = clock.now();
  }

  /** 20 writes in 2 s, 100 in 30 s (atlassian.md 3.9). Real time: this guards the wire. */
  function limit(key: string): void {
    if (!switches.issueWriteLimit) return;
    const now = Date.now();
    const recent = (recentWrites.get(key) ?? []).filter((at) => now - at < 30_000);
    const burst = recent.filter((at) => now - at < 2_000).length;
    if (burst >= 20 || recent.length >= 100) throw tooManyWrites(burst >= 20 ? 2 : 30);
    recentWrites.set(key, [...recent, now]);
  }

  function change(
    of: SimIssue,
    by: Caller,
    field: string,
    from: readonly [string | null, string | null],
    to: typeof from,
  ): void {
    lastId += 1;
    of.changes.push({
      id: `${lastId}`,
      author: by.person.accountId,
      created: clock.now(),
      items: [{ field, fieldId: field, from: from[0], fromString: from[1], to: to[0], toString: to[1] }],
    });
  }

  function moveTo(of: SimIssue, to: jira.SimStatus, resolution: string | undefined, by: Caller): void {
    change(of, by, 'status', [of.status.id, of.status.name], [to.id, to.name]);
    of.status = to;
    of.statusChanged = clock.now();
    of.resolution = to.category === 'done' ? resolution : undefined;
    of.resolved = to.category === 'done' ? clock.now() : undefined;
  }

  const setters = fieldSetters(find, switches);

  function set(of: SimIssue, fields: Fields): void {
    for (const [name, value] of Object.entries(fields)) {
      const setter = setters[name];
      if (setter === undefined) throw notOnScreen(name);
      setter(of, value);
    }
  }

  function update(of: SimIssue, operations: Fields, by: Caller): void {
    for (const [name, list] of Object.entries(operations)) {
      for (const operation of Array.isArray(list) ? (list as unknown[]) : []) {
        if (isFields(operation)) operate(of, name, operation, by);
      }
    }
  }

  function operate(of: SimIssue, name: string, operation: Fields, by: Caller): void {
    if (name === 'comment' && isFields(operation['add'])) {
      addComment(of, operation['add']['body'], by);
      return;
    }
    if ('set' in operation) return set(of, { [name]: operation['set'] });
    if (name === 'labels' && typeof operation['add'] === 'string') {
      return set(of, { labels: [...of.labels, operation['add']] });
    }
    if (name === 'labels' && typeof operation['remove'] === 'string') {
      return set(of, { labels: of.labels.filter((label) => label !== operation['remove']) });
    }
    if (name === jira.flagField && 'add' in operation) return set(of, { [name]: [operation['add']] });
    if (name === jira.flagField && 'remove' in operation) return set(of, { [name]: [] });
    throw notOnScreen(name);
  }

  function note(of: SimIssue, now: SimIssue, by: Caller): void {
    const items = editItems(of, now);
    lastId += 1;
    if (items.length > 0) {
      of.changes.push({ id: `${lastId}`, author: by.person.accountId, created: clock.now(), items });
    }
  }

  /** All of it or nothing: tried on a copy first. */
  function apply(of: SimIssue, body: Fields, by: Caller): void {
    const fields = isFields(body['fields']) ? body['fields'] : {};
    const operations = isFields(body['update']) ? body['update'] : {};
    const twice = Object.keys(fields).find((name) => name in operations);
    if (twice !== undefined) {
      throw jiraError(400, [], { [twice]: `Field '${twice}' cannot appear in both 'fields' and 'update'` });
    }
    const copy = structuredClone(of);
    set(copy, fields);
    update(copy, operations, by);
    note(of, copy, by);
    Object.assign(of, copy, { status: of.status, type: of.type, changes: of.changes });
  }

  function addComment(of: SimIssue, body: unknown, by: Caller): SimComment {
    const valid: AdfNode = document(body, 'comment');
    lastId += 1;
    const made: SimComment = {
      id: `${lastId}`,
      author: by.person.accountId,
      updateAuthor: by.person.accountId,
      body: valid,
      created: clock.now(),
      updated: clock.now(),
    };
    of.comments.push(made);
    return made;
  }

  function create(fields: Fields, properties: unknown, by: Caller): SimIssue {
    const { project, issuetype, ...rest } = fields;
    const { key, id } = isFields(project) ? project : {};
    if (key !== jira.project.key && id !== jira.project.id) {
      throw jiraError(400, [], { project: 'valid project is required' });
    }
    const wanted = isFields(issuetype) ? issuetype : {};
    const type = jira.issueTypes.find((each) => each.id === wanted['id'] || each.name === wanted['name']);
    if (type === undefined) throw jiraError(400, [], { issuetype: 'The issue type selected is invalid.' });
    lastNumber += 1;
    const now = clock.now();
    const newKey = `${jira.project.key}-${lastNumber}`;
    const made: SimIssue = {
      id: idOf(newKey),
      key: newKey,
      summary: '',
      description: null,
      type,
      status: jira.toDo,
      assignee: undefined,
      reporter: by.person.accountId,
      priority: '3',
      labels: [],
      parent: undefined,
      created: now,
      updated: now,
      statusChanged: now,
      resolution: undefined,
      resolved: undefined,
      due: undefined,
      flagged: false,
      comments: [],
      changes: [],
      properties: {},
      rank: `0|i${Number(idOf(newKey)).toString(36).padStart(6, '0')}:`,
    };
    try {
      set(made, { summary: rest['summary'], ...rest });
      if (switches.teamRequired && made.team === undefined) {
        throw jiraError(400, [], { [jira.teamField]: 'Owning team is required.' });
      }
      const missing = switches.siteFieldsRequired ? siteFields.filter(({ id }) => made.site?.[id] === undefined) : [];
      if (missing.length > 0) {
        throw jiraError(400, [], Object.fromEntries(missing.map(({ id, name }) => [id, `${name} is required.`])));
      }
    } catch (error) {
      lastNumber -= 1; // a refused issue takes no key
      throw error;
    }
    for (const each of Array.isArray(properties) ? (properties as unknown[]) : []) {
      if (isFields(each) && typeof each['key'] === 'string') made.properties[each['key']] = each['value'];
    }
    index.wrote(made.key, undefined);
    state.issues.set(made.key, made);
    keyById.set(made.id, made.key);
    return made;
  }

  function transitionsOf(of: SimIssue): jira.SimTransition[] {
    if (switches.readOnly) return [];
    return jira.transitions.filter(
      ({ to, from }) => to !== of.status && (from === undefined || from.includes(of.status)),
    );
  }

  function transition(of: SimIssue, body: Fields, by: Caller): void {
    const wanted = isFields(body['transition']) ? body['transition']['id'] : undefined;
    const found = transitionsOf(of).find(({ id }) => id === String(wanted));
    if (found === undefined) {
      const name = jira.transitions.find(({ id }) => id === String(wanted))?.name ?? String(wanted);
      throw jiraError(400, [
        switches.shortErrors
          ? 'Transition id is not valid for this issue.'
          : `It seems that you have tried to perform a workflow operation (${name}) that is not valid for the current state of this issue (${of.key}). The likely cause is that somebody has changed the issue recently, please look at the issue history for details.`,
      ]);
    }
    const { resolution, ...fields } = isFields(body['fields']) ? body['fields'] : {};
    const update = isFields(body['update']) ? body['update'] : {};
    const { id, name } = isFields(resolution) ? resolution : {};
    const resolved = jira.resolutions.find((each) => each.id === id || each.name === name);
    if (found.requires.includes('resolution') && resolved === undefined) {
      throw jiraError(400, [], { resolution: 'Resolution is required.' });
    }
    if (found.requires.includes('comment') && !Array.isArray(update['comment'])) {
      throw jiraError(400, ['A comment is required.']);
    }
    write(of, () => {
      apply(of, { fields, update }, by);
      moveTo(of, found.to, resolved?.id, by);
    });
  }

  function link(body: Fields): void {
    const end = (name: string): SimIssue => {
      const value = body[name];
      const { key, id } = isFields(value) ? value : {};
      const found = find(String(key ?? id));
      if (found === undefined) throw jiraError(404, [hidden]);
      return found;
    };
    const wanted = isFields(body['type']) ? body['type'] : {};
    const type = jira.linkTypes.find((each) => each.name === wanted['name'] || each.id === wanted['id']);
    if (type === undefined) throw jiraError(404, [`No issue link type with name '${String(wanted['name'])}' found.`]);
    const [source, target] = [end('inwardIssue'), end('outwardIssue')];
    if (source === target) throw jiraError(400, ['You cannot link an issue to itself.']);
    // In the request the inward issue is the blocker (atlassian.md 3.6). A link that is there already is accepted too.
    const there = state.links.some(
      (each) => each.typeId === type.id && each.source === source.key && each.target === target.key,
    );
    write(source, () => undefined);
    write(target, () => undefined);
    if (there) return;
    lastId += 1;
    state.links.push({ id: `${lastId}`, typeId: type.id, source: source.key, target: target.key });
  }

  return {
    state,
    index,
    find,
    issue,
    create,
    edit: (of, body, by) => write(of, () => apply(of, body, by)),
    assign: (of, accountId, by) =>
      write(of, () => {
        const before = of.assignee ?? null;
        setAssignee(of, accountId);
        change(of, by, 'assignee', [before, nameOf(before)], [of.assignee ?? null, nameOf(of.assignee ?? null)]);
      }),
    transition,
    transitionsOf,
    comment: (of, body, by) => {
      document(body, 'comment');
      let made: SimComment | undefined;
      write(of, () => (made = addComment(of, body, by)));
      if (made === undefined) throw new Error('unreachable');
      return made;
    },
    link,
    unlink: (id) => {
      if (!state.links.some((each) => each.id === id)) throw jiraError(404, ['No issue link with id exists.']);
      state.links = state.links.filter((each) => each.id !== id);
    },
    write,
  };
}

function nameOf(accountId: string | null): string | null {
  return people.find((each) => each.accountId === accountId)?.name ?? null;
}

function tooManyWrites(seconds: number): Refusal {
  return new Refusal({
    status: 429,
    body: { errorMessages: ['Rate limit exceeded.'], errors: {} },
    headers: {
      'retry-after': `${seconds}`,
      'ratelimit-reason': 'jira-per-issue-on-write',
      'x-ratelimit-reset': new Date(Date.now() + seconds * 1000).toISOString(),
    },
  });
}

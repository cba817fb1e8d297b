import { people } from '../world.ts';
import { withLocalIds } from './adf.ts';
import type { Fields } from './http.ts';
import { nameOf } from './jiraFieldDetails.ts';
import * as jira from './jiraModel.ts';
import type { SimComment, SimIssue, SimStatus, SimTransition } from './jiraModel.ts';
import { siteFields } from './jiraSiteFields.ts';
import type { JiraState } from './jiraWorld.ts';
import type { Switches } from './switches.ts';

// How Jira writes things down (atlassian.md 3). `base` is what addresses in answers begin with: the site or the gateway.

export interface View {
  readonly base: string;
  readonly state: JiraState;
  readonly switches: Switches;
}

/** `2026-01-05T09:12:19.866+0000` */
export function jiraTime(at: number): string {
  return new Date(at).toISOString().replace('Z', '+0000');
}

export function self(view: View, path: string): string {
  return `${view.base}/rest/api/3/${path}`;
}

export function userBody(view: View, accountId: string): Fields | null {
  const person = people.find((each) => each.accountId === accountId);
  if (person === undefined) return null;
  return {
    self: self(view, `user?accountId=${accountId}`),
    accountId,
    accountType: 'atlassian',
    emailAddress: view.switches.emailsHidden ? undefined : person.email,
    avatarUrls: Object.fromEntries(
      ['48x48', '24x24', '16x16', '32x32'].map((size) => [size, `https://avatar.example.com/${size}`]),
    ),
    displayName: person.name,
    active: true,
    timeZone: person.timeZone,
  };
}

export function statusBody(view: View, status: SimStatus): Fields {
  const category = jira.categories[status.category];
  return {
    self: self(view, `status/${status.id}`),
    description: '',
    iconUrl: `${view.base}/images/icons/statuses/generic.png`,
    name: status.name,
    id: status.id,
    statusCategory: { self: self(view, `statuscategory/${category.id}`), ...category },
  };
}

export function typeBody(view: View, type: jira.IssueType): Fields {
  return {
    self: self(view, `issuetype/${type.id}`),
    id: type.id,
    description: '',
    iconUrl: `${view.base}/images/icons/issuetypes/${type.name.toLowerCase()}.svg`,
    name: type.name,
    subtask: type.subtask,
    hierarchyLevel: type.hierarchyLevel,
  };
}

export function priorityBody(view: View, id: string): Fields {
  const name = jira.issuePriorities.find((each) => each.id === id)?.name ?? '';
  return {
    self: self(view, `priority/${id}`),
    iconUrl: `${view.base}/images/icons/priorities/${name.toLowerCase()}.svg`,
    name,
    id,
  };
}

function resolutionBody(view: View, id: string | undefined): Fields | null {
  const found = jira.resolutions.find((each) => each.id === id);
  return found === undefined ? null : { self: self(view, `resolution/${found.id}`), description: '', ...found };
}

export function projectBody(view: View): Fields {
  return {
    self: self(view, `project/${jira.project.id}`),
    ...jira.project,
    projectTypeKey: 'software',
    simplified: false,
    avatarUrls: { '48x48': 'https://avatar.example.com/project' },
  };
}

export function linkTypeBody(view: View, id: string): Fields {
  return { ...jira.linkTypes.find((each) => each.id === id), self: self(view, `issueLinkType/${id}`) };
}

export function flagOption(view: View): Fields {
  return { self: self(view, 'customFieldOption/10019'), value: view.switches.flagOption, id: '10019' };
}

export function teamOption(view: View, id: string): Fields {
  return { self: self(view, `customFieldOption/${id}`), ...jira.teams.find((each) => each.id === id) };
}

/** An issue as another one shows it: linked, or as the parent. */
function nestedIssue(view: View, issue: SimIssue, withPriority: boolean): Fields {
  return {
    id: issue.id,
    key: issue.key,
    self: self(view, `issue/${issue.id}`),
    fields: {
      summary: issue.summary,
      status: statusBody(view, issue.status),
      priority: withPriority ? priorityBody(view, issue.priority) : undefined,
      issuetype: typeBody(view, issue.type),
    },
  };
}

/** The links of an issue: the blocked one has its blocker as `inwardIssue` (atlassian.md 3.6). */
function issueLinks(view: View, issue: SimIssue): Fields[] {
  return view.state.links.flatMap((link) => {
    const outward = link.source === issue.key;
    if (!outward && link.target !== issue.key) return [];
    const other = view.state.issues.get(outward ? link.target : link.source);
    if (other === undefined) return [];
    return [
      {
        id: link.id,
        self: self(view, `issueLink/${link.id}`),
        type: linkTypeBody(view, link.typeId),
        [outward ? 'outwardIssue' : 'inwardIssue']: nestedIssue(view, other, true),
      },
    ];
  });
}

export function commentBody(view: View, issue: SimIssue, comment: SimComment): Fields {
  return {
    self: self(view, `issue/${issue.id}/comment/${comment.id}`),
    id: comment.id,
    author: userBody(view, comment.author),
    body: shown(view, comment.body, Number(comment.id)),
    updateAuthor: userBody(view, comment.updateAuthor),
    created: jiraTime(comment.created),
    updated: jiraTime(comment.updated),
    jsdPublic: true,
  };
}

/** A ticket has its files as field `attachment`; what is in them is not served. */
function attachmentBodies(view: View, { attachments = [], reporter, created }: SimIssue): Fields[] {
  return attachments.map(({ id, name, type, size }) => ({
    self: self(view, `attachment/${id}`),
    id,
    filename: name,
    author: userBody(view, reporter),
    created: jiraTime(created),
    size,
    mimeType: type,
    content: self(view, `attachment/content/${id}`),
  }));
}

function shown(view: View, document: unknown, seed: number): unknown {
  return view.switches.addsLocalIds ? withLocalIds(document, seed) : document;
}

export function changelogBody(view: View, issue: SimIssue): Fields[] {
  return issue.changes.map((change) => ({
    id: change.id,
    author: userBody(view, change.author),
    created: jiraTime(change.created),
    items: change.items.map((item) => ({
      // The description of the service knows no null here.
      ...Object.fromEntries(Object.entries(item).filter(([, value]) => value !== null)),
      fieldtype: item.fieldId.startsWith('customfield') ? 'custom' : 'jira',
    })),
  }));
}

export function transitionBody(view: View, transition: SimTransition, withFields: boolean): Fields {
  return {
    id: transition.id,
    name: transition.name,
    to: statusBody(view, transition.to),
    hasScreen: transition.requires.length > 0,
    isGlobal: transition.from === undefined,
    isInitial: false,
    isAvailable: true,
    isConditional: false,
    looped: false,
    fields: withFields
      ? Object.fromEntries(transition.requires.map((name) => [name, requiredField(view, name)]))
      : undefined,
  };
}

function requiredField(view: View, name: 'resolution' | 'comment'): Fields {
  if (name === 'comment') {
    return {
      required: true,
      schema: { type: 'comments-page', system: 'comment' },
      name: 'Comment',
      key: 'comment',
      hasDefaultValue: false,
      operations: ['add', 'edit', 'remove'],
    };
  }
  return {
    required: true,
    schema: { type: 'resolution', system: 'resolution' },
    name: 'Resolution',
    key: 'resolution',
    hasDefaultValue: false,
    operations: ['set'],
    allowedValues: jira.resolutions.map((each) => resolutionBody(view, each.id)),
  };
}

/** Every field of an issue by id, made when asked for. */
const readers: Readonly<Record<string, (view: View, issue: SimIssue) => unknown>> = {
  summary: (_, issue) => issue.summary,
  description: (view, issue) => (issue.description === null ? null : shown(view, issue.description, Number(issue.id))),
  issuetype: (view, issue) => typeBody(view, issue.type),
  status: (view, issue) => statusBody(view, issue.status),
  project: (view) => projectBody(view),
  assignee: (view, issue) => (issue.assignee === undefined ? null : userBody(view, issue.assignee)),
  reporter: (view, issue) => userBody(view, issue.reporter),
  creator: (view, issue) => userBody(view, issue.reporter),
  priority: (view, issue) => priorityBody(view, issue.priority),
  labels: (_, issue) => issue.labels,
  parent: (view, issue) => {
    const parent = issue.parent === undefined ? undefined : view.state.issues.get(issue.parent);
    return parent === undefined ? undefined : nestedIssue(view, parent, true);
  },
  created: (_, issue) => jiraTime(issue.created),
  updated: (_, issue) => jiraTime(issue.updated),
  statuscategorychangedate: (_, issue) => jiraTime(issue.statusChanged),
  resolution: (view, issue) => resolutionBody(view, issue.resolution),
  resolutiondate: (_, issue) => (issue.resolved === undefined ? null : jiraTime(issue.resolved)),
  duedate: (_, issue) => issue.due ?? null,
  issuelinks: issueLinks,
  subtasks: () => [],
  [jira.flagField]: (view, issue) => (issue.flagged ? [flagOption(view)] : null),
  [jira.teamField]: (view, { team }) => (team === undefined ? undefined : teamOption(view, team)),
  ...Object.fromEntries(siteFields.map(({ id }) => [id, (_: View, { site }: SimIssue): unknown => site?.[id] ?? null])),
  [jira.rankField]: (_, issue) => issue.rank,
  attachment: attachmentBodies,
  comment: (view, issue) => ({
    comments: issue.comments.map((comment) => commentBody(view, issue, comment)),
    self: self(view, `issue/${issue.id}/comment`),
    maxResults: issue.comments.length,
    total: issue.comments.length,
    startAt: 0,
  }),
};

const fieldNames = Object.keys(readers);
/** Whether the answer has more than ids and keys in it (atlassian.md 3.2: such pages are short). */
export function asksForFields(fields: readonly string[]): boolean {
  return fields.some((name) => name !== 'id' && name !== 'key');
}

export interface IssueParts {
  /** As asked for; unknown names are ignored. */
  readonly fields: readonly string[];
  readonly expand: readonly string[];
  readonly properties: readonly string[];
}

export function issueBody(view: View, issue: SimIssue, parts: IssueParts): Fields {
  if (parts.fields.length === 1 && parts.fields[0] === 'id') return { id: issue.id };
  const wanted = fieldsWanted(parts.fields);
  const fields = Object.fromEntries(
    wanted.map((name) => [name, readers[name]?.(view, issue)]).filter(([, value]) => value !== undefined),
  );
  const all = parts.properties.includes('*all') ? Object.keys(issue.properties) : parts.properties;
  return {
    expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations',
    id: issue.id,
    self: self(view, `issue/${issue.id}`),
    key: issue.key,
    fields: asksForFields(parts.fields) ? fields : undefined,
    names: parts.expand.includes('names') ? Object.fromEntries(wanted.map((name) => [name, nameOf(name)])) : undefined,
    changelog: parts.expand.includes('changelog')
      ? {
          startAt: 0,
          maxResults: issue.changes.length,
          total: issue.changes.length,
          // Newest first here, oldest first at its own address (atlassian.md 3.8).
          histories: changelogBody(view, issue).toReversed(),
        }
      : undefined,
    properties:
      all.length === 0
        ? undefined
        : Object.fromEntries(all.map((key) => [key, issue.properties[key]]).filter(([, value]) => value !== undefined)),
  };
}

function fieldsWanted(asked: readonly string[]): string[] {
  const wanted = new Set<string>();
  for (const name of asked) {
    if (name === '*all') for (const each of fieldNames) wanted.add(each);
    else if (name === '*navigable') for (const each of fieldNames.filter((one) => one !== 'comment')) wanted.add(each);
    else if (name.startsWith('-')) wanted.delete(name.slice(1));
    else if (fieldNames.includes(name)) wanted.add(name);
  }
  return [...wanted];
}

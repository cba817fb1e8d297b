import type { Fields } from './http.ts';
import * as jira from './jiraModel.ts';
import { siteFields } from './jiraSiteFields.ts';

// The fields of issues, as Jira lists them.

export function nameOf(field: string): string {
  return fieldDetails.find(({ id }) => id === field)?.name ?? field;
}

interface FieldDetail {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly untranslatedName?: string;
  readonly custom: boolean;
  readonly orderable: boolean;
  readonly navigable: boolean;
  readonly searchable: boolean;
  readonly clauseNames: readonly string[];
  readonly schema?: Fields;
}

const system = (id: string, name: string, schema: Fields, clauseNames = [id]): FieldDetail => ({
  id,
  key: id,
  name,
  custom: false,
  orderable: true,
  navigable: id !== 'comment',
  searchable: true,
  clauseNames,
  schema: { system: id, ...schema },
});

/** `GET /field`, as far as the project has fields. */
export const fieldDetails: readonly FieldDetail[] = [
  system('summary', 'Summary', { type: 'string' }),
  system('description', 'Description', { type: 'string' }),
  system('issuetype', 'Issue Type', { type: 'issuetype' }, ['issuetype', 'type']),
  system('status', 'Status', { type: 'status' }),
  system('project', 'Project', { type: 'project' }),
  system('assignee', 'Assignee', { type: 'user' }),
  system('reporter', 'Reporter', { type: 'user' }),
  system('creator', 'Creator', { type: 'user' }),
  system('priority', 'Priority', { type: 'priority' }),
  system('labels', 'Labels', { type: 'array', items: 'string' }),
  system('created', 'Created', { type: 'datetime' }, ['created', 'createdDate']),
  system('updated', 'Updated', { type: 'datetime' }, ['updated', 'updatedDate']),
  system('resolution', 'Resolution', { type: 'resolution' }),
  system('resolutiondate', 'Resolved', { type: 'datetime' }, ['resolutiondate', 'resolved']),
  system('duedate', 'Due date', { type: 'date' }, ['due', 'duedate']),
  system('issuelinks', 'Linked Issues', { type: 'array', items: 'issuelinks' }, []),
  system('subtasks', 'Sub-tasks', { type: 'array', items: 'issuelinks' }, ['subtasks']),
  system('comment', 'Comment', { type: 'comments-page' }),
  system('attachment', 'Attachment', { type: 'array', items: 'attachment' }, ['attachments']),
  system('statuscategorychangedate', 'Status Category Changed', { type: 'datetime' }, ['statusCategoryChangedDate']),
  {
    id: 'parent',
    key: 'parent',
    name: 'Parent',
    custom: false,
    orderable: false,
    navigable: true,
    searchable: false,
    clauseNames: ['parent'],
  },
  {
    id: jira.rankField,
    key: jira.rankField,
    name: 'Rank',
    untranslatedName: 'Rank',
    custom: true,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: ['cf[10019]', 'Rank'],
    schema: { type: 'any', custom: 'com.pyxis.greenhopper.jira:gh-lexo-rank', customId: 10019 },
  },
  {
    id: jira.flagField,
    key: jira.flagField,
    name: 'Flagged',
    untranslatedName: 'Flagged',
    custom: true,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: ['cf[10021]', 'Flagged', 'Flagged[Checkboxes]'],
    schema: {
      type: 'array',
      items: 'option',
      custom: 'com.atlassian.jira.plugin.system.customfieldtypes:multicheckboxes',
      customId: 10021,
    },
  },
  {
    id: jira.epicLinkField,
    key: jira.epicLinkField,
    name: 'Epic Link',
    untranslatedName: 'Epic Link',
    custom: true,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: ['cf[10014]', 'Epic Link'],
    schema: { type: 'any', custom: 'com.pyxis.greenhopper.jira:gh-epic-link', customId: 10014 },
  },
  {
    id: jira.teamField,
    key: jira.teamField,
    name: 'Owning team',
    untranslatedName: 'Owning team',
    custom: true,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: ['cf[10050]', 'Owning team', 'Owning team[Dropdown]'],
    schema: {
      type: 'option',
      custom: 'com.atlassian.jira.plugin.system.customfieldtypes:select',
      customId: 10050,
    },
  },
  ...siteFields.map(({ id, name, schema }) => ({
    id,
    key: id,
    name,
    untranslatedName: name,
    custom: true,
    orderable: true,
    navigable: true,
    searchable: true,
    clauseNames: [`cf[${id.slice('customfield_'.length)}]`, name],
    schema,
  })),
];

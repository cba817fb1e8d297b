import { isFields, type Fields } from './http.ts';

// Fields of the site, one of each form, that a project may want of each new issue (atlassian.md 3.3).

export interface SiteField {
  readonly id: string;
  readonly name: string;
  readonly schema: Fields;
  readonly allowedValues?: readonly Fields[];
  /** Why Jira refuses a value; undefined where it takes it. */
  readonly refuses: (value: unknown) => string | undefined;
}

const types = 'com.atlassian.jira.plugin.system.customfieldtypes';
const sites = [
  { id: '10201', value: 'Boston' },
  { id: '10202', value: 'Zurich' },
];

export const siteFields: readonly SiteField[] = [
  {
    id: 'customfield_10061',
    name: 'Change reason',
    schema: { type: 'string', custom: `${types}:textfield`, customId: 10061 },
    refuses: (value) => (typeof value === 'string' ? undefined : 'Operation value must be a string'),
  },
  {
    id: 'customfield_10062',
    name: 'Rollback plan',
    schema: { type: 'string', custom: `${types}:textarea`, customId: 10062 },
    refuses: (value) =>
      isFields(value) && value['type'] === 'doc'
        ? undefined
        : 'Operation value must be an Atlassian Document (see the Atlassian Document Format)',
  },
  {
    id: 'customfield_10063',
    name: 'Nodes affected',
    schema: { type: 'number', custom: `${types}:float`, customId: 10063 },
    refuses: (value) =>
      typeof value !== 'number' ? 'Operation value must be a number' : value > 100 ? 'At most 100 nodes.' : undefined,
  },
  {
    id: 'customfield_10064',
    name: 'Planned day',
    schema: { type: 'date', custom: `${types}:datepicker`, customId: 10064 },
    refuses: (value) =>
      typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)
        ? undefined
        : 'Operation value must be a string in the format yyyy-MM-dd',
  },
  {
    id: 'customfield_10065',
    name: 'Sites',
    schema: { type: 'array', items: 'option', custom: `${types}:multiselect`, customId: 10065 },
    allowedValues: sites,
    refuses: (value) =>
      Array.isArray(value) && value.every((each) => isFields(each) && sites.some(({ id }) => id === each['id']))
        ? undefined
        : 'Specify a valid option',
  },
];

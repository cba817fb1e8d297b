import * as jira from './jiraModel.ts';
import type { SimIssue } from './jiraModel.ts';
import { instantIn, type JqlContext } from './jqlDates.ts';
import { JqlError } from './jqlTokens.ts';

// The fields that a query may name: what an issue has there, and what each operator says of it.

export type Test = (issue: SimIssue) => boolean;
export type Operator = '=' | '!=' | '<' | '>' | '<=' | '>=' | '~' | '!~' | 'IN' | 'NOT IN' | 'IS' | 'IS NOT';

interface Field {
  /** What the issue has there; nothing when it is empty. */
  read(issue: SimIssue): readonly (string | number)[];
  test(operator: Operator, value: string): Test;
}

export function canonical(name: string): string {
  const lower = name.toLowerCase();
  switch (lower) {
    case 'issuekey':
    case 'issue':
    case 'id':
      return 'key';
    case 'type':
      return 'issuetype';
    case 'createddate':
      return 'created';
    case 'updateddate':
      return 'updated';
    case 'resolutiondate':
      return 'resolved';
    case 'duedate':
      return 'due';
    case 'flagged':
    case 'flagged[checkboxes]':
    case 'cf[10021]':
    case jira.flagField:
      return 'flagged';
    default:
      return lower;
  }
}

export const sortKeys: Readonly<Record<string, (issue: SimIssue) => string | number>> = {
  rank: ({ rank }) => rank,
  key: ({ key }) => Number(key.split('-')[1]),
  created: ({ created }) => created,
  updated: ({ updated }) => updated,
  resolved: ({ resolved }) => resolved ?? 0,
  due: ({ due }) => due ?? '9999',
  // The most urgent is the highest, though its id is the lowest.
  priority: ({ priority }) => -Number(priority),
  status: ({ status }) => jira.statuses.findIndex(({ id }) => id === status.id),
  summary: ({ summary }) => summary.toLowerCase(),
  assignee: ({ assignee }) => assignee ?? '',
  issuetype: ({ type }) => type.name,
};

export function fieldOf(name: string, context: JqlContext): Field | undefined {
  const field = canonical(name);
  switch (field) {
    case 'parent':
    case 'key':
      return issueField(field, context);
    case 'project':
      return named(
        'project',
        [jira.project.key, jira.project.name, jira.project.id],
        () => [jira.project.key],
        (value) =>
          [jira.project.key, jira.project.name, jira.project.id].some((each) => same(each, value))
            ? jira.project.key
            : '',
      );
    case 'status':
      return listed('status', jira.statuses, (issue) => [issue.status.id]);
    case 'statuscategory':
      return listed(
        'statusCategory',
        Object.values(jira.categories).map(({ id, key, name: shown }) => ({
          id: key,
          name: shown,
          other: [key, `${id}`],
        })),
        (issue) => [issue.status.category],
      );
    case 'issuetype':
      return listed('issuetype', jira.issueTypes, (issue) => [issue.type.id]);
    case 'priority':
      return listed('priority', jira.issuePriorities, (issue) => [issue.priority]);
    case 'resolution':
      return listed('resolution', [...jira.resolutions, { id: '', name: 'Unresolved' }], (issue) =>
        issue.resolution === undefined ? [] : [issue.resolution],
      );
    case 'assignee':
      return equal((issue) => (issue.assignee === undefined ? [] : [issue.assignee]));
    case 'reporter':
    case 'creator':
      return equal((issue) => [issue.reporter]);
    case 'labels':
      return equal((issue) => issue.labels);
    case 'flagged':
      return equal((issue) => (issue.flagged ? ['Impediment'] : []));
    case 'summary':
      return worded((issue) => issue.summary);
    case 'description':
      return worded((issue) => JSON.stringify(issue.description ?? ''));
    case 'text':
      return worded((issue) => `${issue.summary} ${JSON.stringify(issue.description ?? '')}`);
    case 'created':
      return dated((issue) => issue.created, context);
    case 'updated':
      return dated((issue) => issue.updated, context);
    case 'resolved':
      return dated((issue) => issue.resolved, context);
    case 'statuscategorychangeddate':
      return dated((issue) => issue.statusChanged, context);
    case 'due':
      return dated((issue) => (issue.due === undefined ? undefined : Date.parse(issue.due)), context);
    default:
      return undefined;
  }
}

function equal(read: (issue: SimIssue) => readonly string[]): Field {
  return {
    read,
    test: (operator, value) => {
      if (operator === '=') return (issue) => read(issue).some((each) => same(each, value));
      if (operator === '!=') return (issue) => read(issue).length > 0 && !read(issue).some((each) => same(each, value));
      throw new JqlError(`The operator '${operator}' is not supported by this field.`);
    },
  };
}

function named(
  name: string,
  known: readonly string[],
  read: (issue: SimIssue) => readonly string[],
  toId: (value: string) => string,
): Field {
  const inner = equal(read);
  return {
    read,
    test: (operator, value) => {
      if (!known.some((each) => same(each, value))) {
        throw new JqlError(`The value '${value}' does not exist for the field '${name}'.`);
      }
      return inner.test(operator, toId(value));
    },
  };
}

function listed(
  name: string,
  all: readonly { readonly id: string; readonly name: string; readonly other?: readonly string[] }[],
  read: (issue: SimIssue) => readonly string[],
): Field {
  const find = (value: string): string | undefined =>
    all.find((each) => [each.id, each.name, ...(each.other ?? [])].some((known) => same(known, value)))?.id;
  const inner = named(
    name,
    all.flatMap((each) => [each.id, each.name, ...(each.other ?? [])]),
    read,
    (value) => find(value) ?? '',
  );
  // `resolution = Unresolved` is the empty one.
  return {
    read,
    test: (operator, value) =>
      find(value) === '' ? (issue) => (read(issue).length === 0) === (operator === '=') : inner.test(operator, value),
  };
}

function issueField(name: 'parent' | 'key', context: JqlContext): Field {
  const read = (issue: SimIssue): readonly string[] => {
    const key = name === 'key' ? issue.key : issue.parent;
    return key === undefined ? [] : [key];
  };
  return {
    read,
    test: (operator, value) => {
      const found = context.issue(value);
      if (found === undefined) throw new JqlError(`An issue with key '${value}' does not exist for field '${name}'.`);
      if (operator === '=' || operator === '!=') return equal(read).test(operator, found.key);
      const number = Number(found.key.split('-')[1]);
      return (issue) => read(issue).some((key) => compareBy(operator, Number(key.split('-')[1]), number));
    },
  };
}

function worded(read: (issue: SimIssue) => string): Field {
  return {
    read: (issue) => [read(issue)],
    test: (operator, value) => {
      if (operator !== '~' && operator !== '!~') {
        throw new JqlError(`The operator '${operator}' is not supported by this field.`);
      }
      const wanted = value
        .toLowerCase()
        .split(/\s+/)
        .map((word) => word.replace(/\*$/, ''));
      return (issue) => {
        const text = read(issue).toLowerCase();
        return wanted.every((word) => text.includes(word)) === (operator === '~');
      };
    },
  };
}

function dated(read: (issue: SimIssue) => number | undefined, context: JqlContext): Field {
  return {
    read: (issue) => {
      const at = read(issue);
      return at === undefined ? [] : [at];
    },
    test: (operator, value) => {
      const instant = instantIn(value, context);
      return (issue) => {
        const at = read(issue);
        return at !== undefined && compareBy(operator, at, instant);
      };
    },
  };
}

function compareBy(operator: Operator, actual: number, wanted: number): boolean {
  switch (operator) {
    case '<':
      return actual < wanted;
    case '<=':
      return actual <= wanted;
    case '>':
      return actual > wanted;
    case '>=':
      return actual >= wanted;
    case '=':
      return actual === wanted;
    case '!=':
      return actual !== wanted;
    default:
      throw new JqlError(`The operator '${operator}' is not supported by this field.`);
  }
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

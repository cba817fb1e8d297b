import { type SimPerson } from '../world.ts';
import * as jira from './jiraModel.ts';
import type { SimIssue } from './jiraModel.ts';
import { instantOf, wallClock } from './zone.ts';

// As much of JQL as a queue needs, with the errors of atlassian.md 3.1.

export interface JqlContext {
  readonly now: number;
  readonly person: SimPerson;
  /** The issue of a key or an id, in any case. */
  issue(keyOrId: string): SimIssue | undefined;
}

export interface Query {
  readonly test: (issue: SimIssue) => boolean;
  readonly compare: (one: SimIssue, other: SimIssue) => number;
}

/** What Jira answers 400 with. */
export class JqlError extends Error {}

type Test = (issue: SimIssue) => boolean;
interface Token {
  readonly kind: 'word' | 'text' | 'op' | '(' | ')' | ',';
  readonly text: string;
  readonly at: number;
}

type Operator = '=' | '!=' | '<' | '>' | '<=' | '>=' | '~' | '!~' | 'IN' | 'NOT IN' | 'IS' | 'IS NOT';
const day = 86_400_000;

/** Reads a query. */
export function parseJql(jql: string, context: JqlContext): Query {
  const tokens = tokenize(jql);
  let at = 0;
  const peek = (ahead = 0): Token | undefined => tokens[at + ahead];
  const isWord = (word: string, ahead = 0): boolean =>
    peek(ahead)?.kind === 'word' && peek(ahead)?.text.toUpperCase() === word;
  const taken = (word: string): boolean => {
    if (!isWord(word)) return false;
    at += 1;
    return true;
  };

  function either(): Test {
    const options = [both()];
    while (taken('OR')) options.push(both());
    return (issue) => options.some((test) => test(issue));
  }

  function both(): Test {
    const all = [condition()];
    while (taken('AND')) all.push(condition());
    return (issue) => all.every((test) => test(issue));
  }

  function condition(): Test {
    if (taken('NOT')) {
      const negated = condition();
      return (issue) => !negated(issue);
    }
    if (peek()?.kind === '(') {
      at += 1;
      const inner = either();
      close();
      return inner;
    }
    return clause();
  }

  function close(): void {
    if (peek()?.kind !== ')') throw syntax("Expecting ')'", peek(), jql);
    at += 1;
  }

  function fieldName(): string {
    const token = peek();
    if (token?.kind !== 'word' && token?.kind !== 'text') throw syntax('Expecting a field name', token, jql);
    at += 1;
    return token.text;
  }

  function clause(): Test {
    const name = fieldName();
    const operator = readOperator();
    const field = fieldOf(name, context);
    if (field === undefined) {
      throw new JqlError(`Field '${name}' does not exist or you do not have permission to view it.`);
    }
    switch (operator) {
      case 'IS':
      case 'IS NOT': {
        if (!taken('EMPTY') && !taken('NULL')) throw syntax('Expecting EMPTY or NULL', peek(), jql);
        return (issue) => (field.read(issue).length === 0) === (operator === 'IS');
      }
      case 'IN':
      case 'NOT IN': {
        const tests = values().map((value) => field.test('=', value));
        return (issue) =>
          operator === 'IN'
            ? tests.some((test) => test(issue))
            : field.read(issue).length > 0 && !tests.some((test) => test(issue));
      }
      default:
        return field.test(operator, value());
    }
  }

  function readOperator(): Operator {
    const token = peek();
    at += 1;
    if (token?.kind === 'op') return token.text as Operator;
    const word = token?.kind === 'word' ? token.text.toUpperCase() : '';
    if (word === 'IN') return 'IN';
    if (word === 'NOT' && taken('IN')) return 'NOT IN';
    if (word === 'IS') return taken('NOT') ? 'IS NOT' : 'IS';
    const valid =
      "The valid operators are '=', '!=', '<', '>', '<=', '>=', '~', '!~', 'IN', 'NOT IN', 'IS' and 'IS NOT'.";
    throw syntax(`Expecting operator but got '${token?.text ?? ''}'. ${valid}`, token, jql, true);
  }

  function values(): string[] {
    if (peek()?.kind !== '(') throw syntax("Expecting '('", peek(), jql);
    at += 1;
    const all = [value()];
    while (peek()?.kind === ',') {
      at += 1;
      all.push(value());
    }
    close();
    return all;
  }

  function value(): string {
    const token = peek();
    if (token?.kind !== 'word' && token?.kind !== 'text') throw syntax('Expecting a value', token, jql);
    at += 1;
    if (token.kind === 'text' || peek()?.kind !== '(' || peek(1)?.kind !== ')') return token.text;
    at += 2;
    return call(token.text, context);
  }

  const bounded = tokens.length > 0 && !isWord('ORDER');
  const test = bounded ? either() : undefined;
  const compare = order();
  if (at < tokens.length) throw syntax(`Expecting either 'OR' or 'AND' but got '${peek()?.text}'.`, peek(), jql, true);
  if (test === undefined) {
    throw new JqlError('Unbounded JQL queries are not allowed here. Please add a search restriction to your query.');
  }
  return { test, compare };

  function order(): Query['compare'] {
    if (!taken('ORDER')) return (one, other) => Number(other.id) - Number(one.id);
    if (!taken('BY')) throw syntax('Expecting BY', peek(), jql);
    const keys: { read: (issue: SimIssue) => string | number; sign: number }[] = [];
    do {
      const name = fieldName();
      const read = sortKeys[canonical(name)];
      if (read === undefined) {
        throw new JqlError(`Field '${name}' does not exist or you do not have permission to view it.`);
      }
      const sign = taken('DESC') ? -1 : 1;
      taken('ASC');
      keys.push({ read, sign });
    } while (peek()?.kind === ',' && (at += 1) > 0);
    if (keys.length > 7) throw new JqlError('JQL can be ordered by at most 7 fields.');
    return (one, other) => {
      for (const { read, sign } of keys) {
        const [left, right] = [read(one), read(other)];
        if (left !== right) return (left < right ? -1 : 1) * sign;
      }
      return 0;
    };
  }
}

function tokenize(jql: string): Token[] {
  const tokens: Token[] = [];
  const pattern =
    /\s*(?:([(),])|"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(!=|<=|>=|!~|[=<>~])|([\p{L}\p{N}_.+:@/-]+(?:\[[^\]]*\])?))/guy;
  let end = 0;
  for (const found of jql.matchAll(pattern)) {
    const [whole, mark, double, single, operator, word = ''] = found;
    end = found.index + whole.length;
    const at = end - whole.trimStart().length;
    const quoted = double ?? single;
    if (mark !== undefined) tokens.push({ kind: mark as '(', text: mark, at });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted.replaceAll(/\\(.)/g, '$1'), at });
    else if (operator !== undefined) tokens.push({ kind: 'op', text: operator, at });
    else tokens.push({ kind: 'word', text: word, at });
  }
  const rest = jql.slice(end).trim();
  if (rest !== '') throw syntax(`The character '${rest.charAt(0)}' is a reserved JQL character.`, undefined, jql, true);
  return tokens;
}

function syntax(problem: string, token: Token | undefined, jql: string, whole = false): JqlError {
  const got = whole ? problem : `${problem} but got '${token?.text ?? 'the end of the query'}'.`;
  return new JqlError(`Error in the JQL Query: ${got} (line 1, character ${(token?.at ?? jql.length) + 1})`);
}

interface Field {
  /** What the issue has there; nothing when it is empty. */
  read(issue: SimIssue): readonly (string | number)[];
  test(operator: Operator, value: string): Test;
}

function canonical(name: string): string {
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

const sortKeys: Readonly<Record<string, (issue: SimIssue) => string | number>> = {
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

function fieldOf(name: string, context: JqlContext): Field | undefined {
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

/** Dates in the person's time zone, to the minute; `-5m`, `-2d`; what functions gave. */
function instantIn(value: string, { now, person }: JqlContext): number {
  const relative = /^([+-]?)(\d+)([mhdw])$/.exec(value);
  if (relative !== null) {
    const unit = { m: 60_000, h: 3_600_000, d: day, w: 7 * day }[relative[3] ?? 'm'] ?? 60_000;
    const minute = Math.floor(now / 60_000) * 60_000;
    return minute + (relative[1] === '-' ? -1 : 1) * Number(relative[2]) * unit;
  }
  if (/^\d{10,}$/.test(value)) return Number(value);
  const date = /^(\d{4})[-/](\d\d?)[-/](\d\d?)(?: (\d\d?):(\d\d))?$/.exec(value);
  if (date === null) {
    throw new JqlError(
      `Date value '${value}' for field is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.`,
    );
  }
  const [, year, month, dayOfMonth, hours = 0, minutes = 0] = date.map(Number);
  return instantOf(Date.UTC(year ?? 0, (month ?? 1) - 1, dayOfMonth, hours || 0, minutes || 0), person.timeZone);
}

function call(name: string, { now, person }: JqlContext): string {
  const midnight = Math.floor(wallClock(now, person.timeZone) / day) * day;
  const weekday = new Date(midnight).getUTCDay();
  const local = (wall: number): string => `${instantOf(wall, person.timeZone)}`;
  switch (name.toLowerCase()) {
    case 'currentuser':
      return person.accountId;
    case 'now':
      return `${now}`;
    case 'startofday':
      return local(midnight);
    case 'endofday':
      return local(midnight + day);
    case 'startofweek':
      return local(midnight - weekday * day);
    case 'endofweek':
      return local(midnight + (7 - weekday) * day);
    default:
      throw new JqlError(`Unable to find JQL function '${name}()'.`);
  }
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

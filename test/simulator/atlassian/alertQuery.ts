import { priorities, type SimAlert } from './alertModel.ts';

// The query language of alerts (atlassian.md 2.3): `field: value`, comparisons, AND, OR, NOT before a field, parentheses
// around conditions and inside values, quotes, `*` at the end of a value, bare words for text.

/** What a query cannot know from an alert alone. */
export interface QueryNames {
  /** Every text by which a responder of this id may be named: name, e-mail, id. */
  responder(id: string): readonly string[];
  /** Every text by which a person may be named as owner. */
  person(accountId: string): readonly string[];
  readonly statusQuery: 'openClosed' | 'all';
  readonly createdAtQuery: 'exact' | 'seconds' | 'ignored' | 'refused';
}

export class QueryError extends Error {}

export type AlertTest = (alert: SimAlert) => boolean;

type Token =
  { readonly kind: '(' | ')' | 'AND' | 'OR' | 'NOT' } | Word | { readonly kind: 'op'; readonly text: string };
interface Word {
  readonly kind: 'word';
  readonly text: string;
  readonly quoted: boolean;
}
type ValueTest = (value: Word, comparison: string) => AlertTest;

/** Reads a query; throws `QueryError` for what the service refuses. */
export function parseAlertQuery(query: string, names: QueryNames): AlertTest {
  const tokens = tokenize(query);
  if (tokens.length === 0) return () => true;
  const fields = fieldTests(names);
  let at = 0;
  const peek = (): Token | undefined => tokens[at];
  const next = (): Token | undefined => tokens[at++];

  /** `one (OR one)*` of `one (AND one)*`; used for conditions and for the inside of values. */
  function either(one: () => AlertTest): AlertTest {
    const options = [both(one)];
    while (peek()?.kind === 'OR') {
      at += 1;
      options.push(both(one));
    }
    return options.length === 1 ? (options[0] ?? never) : (alert) => options.some((test) => test(alert));
  }

  function both(one: () => AlertTest): AlertTest {
    const all = [one()];
    while (peek()?.kind === 'AND') {
      at += 1;
      all.push(one());
    }
    return all.length === 1 ? (all[0] ?? never) : (alert) => all.every((test) => test(alert));
  }

  function inParentheses(one: () => AlertTest): AlertTest {
    at += 1;
    const inner = either(one);
    if (next()?.kind !== ')') throw new QueryError('A closing parenthesis is missing');
    return inner;
  }

  function condition(): AlertTest {
    const token = peek();
    if (token?.kind === '(') return inParentheses(condition);
    if (token?.kind === 'NOT') {
      at += 1;
      const negated = clause();
      return (alert) => !negated(alert);
    }
    if (token?.kind === 'word' && tokens[at + 1]?.kind !== 'op') {
      at += 1;
      return textTest(token, (alert) => [alert.message, alert.description, alert.entity, alert.alias, alert.source]);
    }
    return clause();
  }

  function clause(): AlertTest {
    const name = next();
    const operator = next();
    if (name?.kind !== 'word' || operator?.kind !== 'op') throw new QueryError('A field and a value are expected');
    const field = fields[name.text];
    if (field === undefined || name.quoted) throw new QueryError(`Unknown field [${name.text}]`);
    const one = (): AlertTest => {
      const value = peek();
      if (value?.kind === '(') return inParentheses(one);
      at += 1;
      if (value?.kind !== 'word') throw new QueryError(`Field [${name.text}] has no value`);
      return field(value, operator.text);
    };
    return one();
  }

  const test = either(condition);
  if (at < tokens.length) throw new QueryError('AND or OR is expected');
  return test;
}

const never: AlertTest = () => false;

function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s*(?:([()])|"((?:[^"\\]|\\.)*)"|(<=|>=|[:=<>])|([^\s()":=<>]+))/gy;
  let end = 0;
  for (const found of query.matchAll(pattern)) {
    const [whole, parenthesis, quoted, operator, word = ''] = found;
    end = found.index + whole.length;
    // A value such as `subnet:tdb26` keeps its colon only in quotes; an instant or an id needs none.
    if (parenthesis !== undefined) tokens.push({ kind: parenthesis as '(' | ')' });
    else if (quoted !== undefined) tokens.push({ kind: 'word', text: quoted.replaceAll(/\\(.)/g, '$1'), quoted: true });
    else if (operator !== undefined) tokens.push({ kind: 'op', text: operator });
    else if (word === 'AND' || word === 'OR' || word === 'NOT') tokens.push({ kind: word });
    else tokens.push({ kind: 'word', text: word, quoted: false });
  }
  if (query.slice(end).trim() !== '') throw new QueryError(`Cannot read [${query.slice(end).trim()}]`);
  return tokens;
}

function fieldTests(names: QueryNames): Readonly<Record<string, ValueTest>> {
  const person =
    (of: (alert: SimAlert) => string | undefined): ValueTest =>
    (value) =>
    (alert) => {
      const id = of(alert);
      return id !== undefined && names.person(id).some((name) => sameText(name, value));
    };
  const responders: ValueTest = (value) => (alert) =>
    alert.responders.some(({ id }) => names.responder(id).some((name) => sameText(name, value)));
  return {
    alertId: exact((alert) => [alert.id]),
    tinyId: exact((alert) => [alert.tinyId]),
    // 2.3: an alias names the open alert only.
    alias: exact((alert) => (alert.closedAt === undefined ? [alert.alias] : [])),
    message: text((alert) => [alert.message]),
    description: text((alert) => [alert.description]),
    source: text((alert) => [alert.source]),
    entity: text((alert) => [alert.entity]),
    status: status(names),
    acknowledged: flag((alert) => alert.acknowledged),
    snoozed: flag((alert) => alert.snoozedUntil !== undefined),
    isSeen: flag((alert) => alert.seen),
    priority: (value, comparison) => {
      if (!priorities.includes(value.text)) throw new QueryError(`No priority [${value.text}]`);
      return ordered(comparison, (alert) => priorities.indexOf(alert.priority), priorities.indexOf(value.text));
    },
    tag: exact((alert) => alert.tags),
    owner: person((alert) => alert.owner),
    acknowledgedBy: person((alert) => alert.acknowledgedBy),
    closedBy: person((alert) => alert.closedBy),
    responders,
    recipients: responders,
    teams: (value) => (alert) =>
      alert.responders.some(
        ({ id, type }) => type === 'team' && names.responder(id).some((name) => sameText(name, value)),
      ),
    'integration.name': exact((alert) => [alert.integrationName]),
    'integration.type': exact((alert) => [alert.integrationType]),
    action: exact((alert) => alert.actions),
    'details.key': exact((alert) => Object.keys(alert.extraProperties)),
    'details.value': exact((alert) => Object.values(alert.extraProperties).map(String)),
    count: number((alert) => alert.count),
    createdAt: createdAt(names),
    lastOccurredAt: number((alert) => alert.lastOccurredAt),
    snoozedUntil: number((alert) => alert.snoozedUntil),
  };
}

function status(names: QueryNames): ValueTest {
  return ({ text: wanted }) => {
    switch (wanted) {
      case 'open':
        return (alert) => alert.closedAt === undefined;
      case 'closed':
        return (alert) => alert.closedAt !== undefined;
      case 'snoozed':
      case 'acked':
      case 'acknowledged':
        if (names.statusQuery === 'openClosed') return never;
        return wanted === 'snoozed'
          ? (alert) => alert.snoozedUntil !== undefined
          : (alert) => alert.closedAt === undefined && alert.snoozedUntil === undefined && alert.acknowledged;
      default:
        throw new QueryError(`No status [${wanted}]`);
    }
  };
}

function createdAt({ createdAtQuery }: QueryNames): ValueTest {
  const test = number((alert) => alert.createdAt);
  return (value, comparison) => {
    if (createdAtQuery === 'refused') throw new QueryError('Field [createdAt] cannot be compared');
    if (createdAtQuery === 'ignored') return () => true;
    if (createdAtQuery === 'exact') return test(value, comparison);
    return test({ ...value, text: `${Math.floor(Number(value.text) / 1000) * 1000}` }, comparison);
  };
}

function exact(of: (alert: SimAlert) => readonly string[]): ValueTest {
  return (value, comparison) => {
    onlyEquals(comparison);
    return (alert) => of(alert).some((each) => sameText(each, value));
  };
}

function text(of: (alert: SimAlert) => readonly string[]): ValueTest {
  return (value, comparison) => {
    onlyEquals(comparison);
    return textTest(value, of);
  };
}

function flag(of: (alert: SimAlert) => boolean): ValueTest {
  return ({ text: wanted }, comparison) => {
    onlyEquals(comparison);
    if (wanted !== 'true' && wanted !== 'false') throw new QueryError(`Neither true nor false [${wanted}]`);
    return (alert) => of(alert) === (wanted === 'true');
  };
}

function number(of: (alert: SimAlert) => number | undefined): ValueTest {
  return ({ text: wanted }, comparison) => {
    const value = Number(wanted);
    if (wanted.trim() === '' || !Number.isFinite(value)) throw new QueryError(`Not a number [${wanted}]`);
    return ordered(comparison, of, value);
  };
}

function ordered(comparison: string, of: (alert: SimAlert) => number | undefined, value: number): AlertTest {
  const holds = (actual: number): boolean => {
    switch (comparison) {
      case '<':
        return actual < value;
      case '<=':
        return actual <= value;
      case '>':
        return actual > value;
      case '>=':
        return actual >= value;
      default:
        return actual === value;
    }
  };
  return (alert) => {
    const actual = of(alert);
    return actual !== undefined && holds(actual);
  };
}

function onlyEquals(comparison: string): void {
  if (comparison !== ':' && comparison !== '=') throw new QueryError(`Cannot compare with [${comparison}]`);
}

function sameText(actual: string, value: Word): boolean {
  const have = actual.toLowerCase();
  const want = value.text.toLowerCase();
  return want.endsWith('*') ? have.startsWith(want.slice(0, -1)) : have === want;
}

/** The whole text, or its words one after the other; with `*` the last one may go on. */
function textTest(value: Word, of: (alert: SimAlert) => readonly string[]): AlertTest {
  const open = value.text.endsWith('*');
  const want = words(value.text);
  return (alert) =>
    of(alert).some((each) => {
      if (sameText(each, value)) return true;
      if (want.length === 0) return open;
      const have = words(each);
      return have.some((_, start) =>
        want.every((word, index) => {
          const actual = have[start + index];
          return open && index === want.length - 1 ? actual?.startsWith(word) === true : actual === word;
        }),
      );
    });
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

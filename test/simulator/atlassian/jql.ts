import type { SimIssue } from './jiraModel.ts';
import { call, type JqlContext } from './jqlDates.ts';
import { JqlError, syntax, type Token, tokenize } from './jqlTokens.ts';
import { canonical, fieldOf, type Operator, sortKeys, type Test } from './jqlFields.ts';

// As much of JQL as a queue needs, with the errors of atlassian.md 3.1.

export interface Query {
  readonly test: (issue: SimIssue) => boolean;
  readonly compare: (one: SimIssue, other: SimIssue) => number;
}

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

import { fail, ok, type Result } from '../../base/result.ts';
import { fieldNamed, similarFields, type QueryField } from './fields.ts';
import type { AlertQuery, Comparison, QueryProblem, QueryProblemKind } from './query.ts';
import { tokenize, type QueryToken, type QueryWord } from './tokens.ts';
import { patternOf, testOf } from './values.ts';

const longest = 4_000;
const deepest = 50;

type Parsed = Result<AlertQuery, QueryProblem>;

/**
 * Reads a filter in the service's query language (atlassian.md 2.3). A problem is returned with its position; a
 * filter that cannot be judged on our alerts is a problem too, never one that matches nothing.
 *
 * Not in the reference, and chosen here: AND binds stronger than OR; AND, OR and NOT are upper case; a wildcard works
 * in quotes too. What could be misread without anybody noticing (an order of priorities, other words for a status) is
 * refused.
 */
export function parseAlertQuery(text: string): Parsed {
  if (text.trim() === '') return fail({ kind: 'empty', position: 0, word: '', expected: [] });
  if (text.length > longest) return fail({ kind: 'tooLong', position: longest, word: '', expected: [] });
  const tokens = tokenize(text);
  return tokens.ok ? new Parser(tokens.value).whole() : tokens;
}

class Parser {
  readonly #tokens: readonly QueryToken[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly QueryToken[]) {
    this.#tokens = tokens;
  }

  whole(): Parsed {
    const query = this.#alternatives(() => this.#condition());
    return !query.ok || this.#peek().kind === 'end' ? query : this.#unjoined();
  }

  /** `one (AND one)*`, joined by OR: conditions, and what stands in parentheses as a value. */
  #alternatives(one: () => Parsed): Parsed {
    return this.#joined('OR', () => this.#joined('AND', one));
  }

  #joined(connector: 'AND' | 'OR', one: () => Parsed): Parsed {
    const first = one();
    if (!first.ok || this.#peek().kind !== connector) return first;
    const parts = [first.value];
    while (this.#peek().kind === connector) {
      this.#at += 1;
      const part = one();
      if (!part.ok) return part;
      parts.push(part.value);
    }
    return ok({ kind: connector === 'AND' ? 'and' : 'or', parts });
  }

  #inParentheses(one: () => Parsed): Parsed {
    const opening = this.#next();
    this.#depth += 1;
    if (this.#depth > deepest) return problem('tooDeep', opening);
    const inner = this.#alternatives(one);
    if (!inner.ok) return inner;
    if (this.#peek().kind === 'end') return problem('parenthesisOpen', opening);
    if (this.#peek().kind !== ')') return this.#unjoined();
    this.#at += 1;
    this.#depth -= 1;
    return inner;
  }

  #condition(): Parsed {
    const token = this.#peek();
    if (token.kind === '(') return this.#inParentheses(() => this.#condition());
    if (token.kind === 'NOT') return this.#negation();
    if (token.kind !== 'word') return problem('conditionExpected', token);
    this.#at += 1;
    const after = this.#peek();
    return after.kind === 'comparison' ? this.#clause(token, after.comparison) : bareWord(token);
  }

  /** 2.3: NOT stands before a field; the service refuses it before a bare word. */
  #negation(): Parsed {
    this.#at += 1;
    const name = this.#next();
    const after = this.#peek();
    if (name.kind !== 'word' || after.kind !== 'comparison') return problem('fieldExpected', name);
    const negated = this.#clause(name, after.comparison);
    return negated.ok ? ok({ kind: 'not', part: negated.value }) : negated;
  }

  #clause(name: QueryWord, comparison: Comparison): Parsed {
    this.#at += 1;
    const field = name.quoted ? undefined : fieldNamed(name.text);
    if (field === undefined) return problem('unknownField', name, similarFields(name.text));
    if (field.kind === 'notJudged') return problem('notJudged', name);
    if (comparison !== '=' && field.kind !== 'number') return problem('notComparable', name);
    return this.#value(field, comparison);
  }

  #value(field: QueryField, comparison: Comparison): Parsed {
    const token = this.#peek();
    if (token.kind === '(') return this.#inParentheses(() => this.#value(field, comparison));
    if (token.kind !== 'word') return problem('valueMissing', token);
    this.#at += 1;
    if (this.#peek().kind === 'comparison') return problem('quotesNeeded', token);
    const test = testOf(field, comparison, token);
    return test.ok ? test : problem(test.failure.kind, token, test.failure.expected);
  }

  /** What stands here follows on a condition without AND or OR. */
  #unjoined(): Parsed {
    return problem('connectorExpected', this.#peek(), ['AND', 'OR']);
  }

  #peek(): QueryToken {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', position: 0 };
  }

  #next(): QueryToken {
    const token = this.#peek();
    this.#at += 1;
    return token;
  }
}

function bareWord(word: QueryWord): Parsed {
  // `acknowledged` alone is far more likely a missing value than a word to search for; in quotes it is one.
  if (!word.quoted && fieldNamed(word.text)?.kind === 'flag') {
    return problem('valueMissing', word, [`${word.text}: true`, `${word.text}: false`]);
  }
  const value = patternOf(word);
  return value.ok ? ok({ kind: 'text', field: 'any', value: value.value }) : problem(value.failure.kind, word);
}

function problem(kind: QueryProblemKind, at: QueryToken, expected: readonly string[] = []): Parsed {
  return fail({ kind, position: at.position, word: at.text, expected });
}

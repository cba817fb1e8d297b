import { fail, ok, type Result } from '../../base/result.ts';
import type { Comparison, QueryProblem } from './query.ts';

/** A piece of a query, and where it begins. */
export type QueryToken =
  | { readonly kind: '(' | ')' | 'AND' | 'OR' | 'NOT'; readonly text: string; readonly position: number }
  | {
      readonly kind: 'comparison';
      readonly comparison: Comparison;
      readonly text: string;
      readonly position: number;
    }
  | QueryWord
  | { readonly kind: 'end'; readonly text: ''; readonly position: number };

export interface QueryWord {
  readonly kind: 'word';
  /** Without its quotes. */
  readonly text: string;
  readonly quoted: boolean;
  readonly position: number;
}

/** The pieces of a query, `end` the last. In one pass: what a person pastes may be long. */
export function tokenize(query: string): Result<readonly QueryToken[], QueryProblem> {
  const tokens: QueryToken[] = [];
  // How a quote is written inside of quotes is not documented: with a backslash before it, as in most languages.
  const piece = /\s+|[()]|"(?:[^"\\]|\\.)*"|<=|>=|[:=<>]|[^\s()":=<>]+/suy;
  while (piece.lastIndex < query.length) {
    const position = piece.lastIndex;
    const text = piece.exec(query)?.[0];
    if (text === undefined) return fail({ kind: 'quoteOpen', position, word: query.slice(position), expected: [] });
    if (text.trim() !== '') tokens.push(tokenOf(text, position));
  }
  tokens.push({ kind: 'end', text: '', position: query.length });
  return ok(tokens);
}

function tokenOf(text: string, position: number): QueryToken {
  switch (text) {
    case '(':
    case ')':
    case 'AND':
    case 'OR':
    case 'NOT':
      return { kind: text, text, position };
    case ':':
    case '=':
      return { kind: 'comparison', comparison: '=', text, position };
    case '<':
    case '<=':
    case '>':
    case '>=':
      return { kind: 'comparison', comparison: text, text, position };
    default:
      return text.startsWith('"')
        ? { kind: 'word', text: text.slice(1, -1).replaceAll(/\\(.)/gsu, '$1'), quoted: true, position }
        : { kind: 'word', text, quoted: false, position };
  }
}

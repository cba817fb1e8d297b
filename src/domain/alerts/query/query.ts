import type { Priority } from '../alert.ts';
import type { ExactField, FlagField, NumberField, TextField } from './fields.ts';
import type { TextPattern } from './text.ts';

/** A filter in the service's query language (atlassian.md 2.3), read and checked. */
export type AlertQuery =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly AlertQuery[] }
  | { readonly kind: 'not'; readonly part: AlertQuery }
  | AlertTest;

/** One condition on one alert. */
export type AlertTest =
  | { readonly kind: 'text'; readonly field: TextField | 'any'; readonly value: TextPattern }
  | { readonly kind: 'exact'; readonly field: ExactField; readonly value: TextPattern }
  | { readonly kind: 'flag'; readonly field: FlagField; readonly value: boolean }
  | { readonly kind: 'status'; readonly value: 'open' | 'closed' }
  | { readonly kind: 'priority'; readonly value: Priority }
  | {
      readonly kind: 'number';
      readonly field: NumberField;
      readonly comparison: Comparison;
      readonly value: number;
    };

export type Comparison = '=' | '<' | '<=' | '>' | '>=';

/**
 * What is wrong with a filter:
 * - `empty`: there is nothing in it
 * - `tooLong`, `tooDeep`: longer, or with more parentheses in each other, than a person writes
 * - `quoteOpen`, `parenthesisOpen`: what begins there does not end
 * - `conditionExpected`: a condition should stand there
 * - `connectorExpected`: AND or OR should stand there
 * - `fieldExpected`: NOT stands before `field: value` only
 * - `unknownField`: the language has no such field
 * - `notJudged`: the language has the field or the form of value, but the alerts here do not have what it compares
 * - `valueMissing`: nothing to compare with
 * - `badValue`: not one of the values that the field has
 * - `notComparable`: `<`, `<=`, `>` and `>=` are for numbers and instants
 * - `wildcardPlace`: `*` can only be the last character
 * - `quotesNeeded`: the value holds `:`, `=`, `<` or `>`
 */
export type QueryProblemKind =
  | 'empty'
  | 'tooLong'
  | 'tooDeep'
  | 'quoteOpen'
  | 'parenthesisOpen'
  | 'conditionExpected'
  | 'connectorExpected'
  | 'fieldExpected'
  | 'unknownField'
  | 'notJudged'
  | 'valueMissing'
  | 'badValue'
  | 'notComparable'
  | 'wildcardPlace'
  | 'quotesNeeded';

/** Why a filter cannot be used, and where. Views make a sentence of it. */
export interface QueryProblem {
  readonly kind: QueryProblemKind;
  /** Offset in the text, from 0. */
  readonly position: number;
  /** What stands there; empty at the end of the text. */
  readonly word: string;
  /** What could stand there instead; empty where that is not known. */
  readonly expected: readonly string[];
}

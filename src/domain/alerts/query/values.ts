import { priorities } from '../alert.ts';
import { fail, ok, type Result } from '../../base/result.ts';
import type { QueryField } from './fields.ts';
import type { AlertTest, Comparison, QueryProblem } from './query.ts';
import { textPattern, type TextPattern } from './text.ts';
import type { QueryWord } from './tokens.ts';

type ValueProblem = Pick<QueryProblem, 'kind' | 'expected'>;

/** The test that a field and its value make, or what is wrong with the value. */
export function testOf(field: QueryField, comparison: Comparison, word: QueryWord): Result<AlertTest, ValueProblem> {
  switch (field.kind) {
    case 'text': {
      const value = patternOf(word);
      return value.ok ? ok({ ...field, value: value.value }) : value;
    }
    case 'exact': {
      if (field.field === 'owner' && isAccount(word.text)) return fault('notJudged');
      const value = patternOf(word);
      return value.ok ? ok({ ...field, value: value.value }) : value;
    }
    case 'flag': {
      const value = oneOf(['true', 'false'], word);
      return value.ok ? ok({ ...field, value: value.value === 'true' }) : value;
    }
    case 'number':
      return /^\d{1,15}$/.test(word.text)
        ? ok({ ...field, comparison, value: Number(word.text) })
        : fault('badValue', [field.field === 'count' ? '3' : '1767571200000']);
    case 'status': {
      const better = statusWords.get(word.text.toLowerCase());
      if (better !== undefined) return fault('badValue', [better]);
      const value = oneOf(['open', 'closed'], word);
      return value.ok ? ok({ kind: 'status', value: value.value }) : value;
    }
    case 'priority': {
      const value = oneOf(priorities, word);
      return value.ok ? ok({ kind: 'priority', value: value.value }) : value;
    }
    case 'notJudged':
      return fault('notJudged');
  }
}

/** Whether these find anything at the service is not known (2.3); the flags do. */
const statusWords: ReadonlyMap<string, string> = new Map([
  ['acknowledged', 'acknowledged: true'],
  ['acked', 'acknowledged: true'],
  ['snoozed', 'snoozed: true'],
]);

/** The text to compare with: without a `*` at its end. In quotes, `*` elsewhere is a character like others. */
export function patternOf(word: QueryWord): Result<TextPattern, ValueProblem> {
  if (word.text === '') return fault('valueMissing');
  const prefix = word.text.endsWith('*');
  const text = prefix ? word.text.slice(0, -1) : word.text;
  if (!word.quoted && text.includes('*')) return fault('wildcardPlace');
  return ok(textPattern(text, prefix));
}

/** An alert says its owner's display name (2.2); an account id or e-mail address, which queries may have, is not in it. */
function isAccount(text: string): boolean {
  return text.includes('@') || text.includes(':') || /^[0-9a-f]{24}\*?$/i.test(text);
}

/** What the reference says of case is about field names; a value in another case is refused with the right one. */
function oneOf<T extends string>(values: readonly T[], word: QueryWord): Result<T, ValueProblem> {
  const value = values.find((each) => each === word.text);
  if (value !== undefined) return ok(value);
  const similar = values.filter((each) => each.toLowerCase() === word.text.toLowerCase());
  return fault('badValue', similar.length > 0 ? similar : values);
}

function fault(kind: ValueProblem['kind'], expected: readonly string[] = []): Result<never, ValueProblem> {
  return fail({ kind, expected });
}

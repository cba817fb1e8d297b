import type { Alert } from '../alert.ts';
import { exactFields, flagFields, numberFields, textFields, type TextField } from './fields.ts';
import type { AlertQuery, AlertTest, Comparison } from './query.ts';
import { isInText, isText, lowered, type TextPattern } from './text.ts';

/** Whether the filter finds this alert. */
export function matches(query: AlertQuery, alert: Alert): boolean {
  switch (query.kind) {
    case 'and':
      return query.parts.every((part) => matches(part, alert));
    case 'or':
      return query.parts.some((part) => matches(part, alert));
    case 'not':
      return !matches(query.part, alert);
    default:
      return passes(query, alert);
  }
}

function passes(test: AlertTest, alert: Alert): boolean {
  switch (test.kind) {
    case 'text':
      return test.field === 'any' ? isAnywhere(test.value, alert) : isInText(test.value, textOf(alert, test.field));
    case 'exact':
      return exactFields[test.field](alert).some((text) => isText(test.value, lowered(text)));
    case 'flag':
      return flagFields[test.field](alert) === test.value;
    case 'status':
      return (alert.status === 'closed') === (test.value === 'closed');
    case 'priority':
      return alert.unknownPriority === undefined && alert.priority === test.value;
    case 'number':
      return holds(numberFields[test.field](alert), test.comparison, test.value);
  }
}

/**
 * Which texts a bare word searches is not documented. Here it is all text fields and the alias, as finding more is
 * safer.
 */
function isAnywhere(value: TextPattern, alert: Alert): boolean {
  return searched.some((field) => isInText(value, textOf(alert, field)));
}

const searched = ['message', 'description', 'source', 'entity', 'alias'] as const;

function holds(actual: number | undefined, comparison: Comparison, value: number): boolean {
  if (actual === undefined) return false;
  switch (comparison) {
    case '=':
      return actual === value;
    case '<':
      return actual < value;
    case '<=':
      return actual <= value;
    case '>':
      return actual > value;
    case '>=':
      return actual >= value;
  }
}

function textOf(alert: Alert, field: TextField | 'alias'): string {
  return lowered(field === 'alias' ? alert.alias : textFields[field](alert));
}

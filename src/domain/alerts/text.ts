import { wordFilter } from '../base/wordFilter.ts';
import type { Alert } from './alert.ts';

/**
 * The simple text filter: whether every word of a text occurs somewhere in what a person knows an alert by (message,
 * tags, entity, source, alias, owner, values of properties, small number).
 */
export const textMatches = wordFilter<Alert>((alert) => {
  const { message, entity, source, alias, owner = '', tinyId } = alert;
  let text = `${message}\n${entity}\n${source}\n${alias}\n${owner}\n${tinyId}`;
  for (const tag of alert.tags) text += `\n${tag}`;
  for (const name in alert.properties) text += `\n${alert.properties[name] ?? ''}`;
  return text;
});

import { httpsAddress } from '../base/httpsAddress.ts';
import type { Alert } from './alert.ts';

/** Properties that name a runbook, whatever their case. */
const properties = ['runbook', 'runbook_url', 'runbookurl'];

/** Which alerts have which runbook: a pattern and an https address, as a person wrote them. */
export interface RunbookRule {
  readonly pattern: string;
  readonly url: string;
}

/**
 * The https address of an alert's runbook: of the property that names one, else of the rule with the longest pattern
 * that fits. Undefined when there is none, or none that is an https address.
 */
export function runbookOf(alert: Alert, rules: readonly RunbookRule[]): string | undefined {
  for (const [name, value] of Object.entries(alert.properties)) {
    const address = properties.includes(name.toLowerCase()) ? httpsAddress(value) : undefined;
    if (address !== undefined) return address;
  }
  const fitting = rules.filter(({ pattern }) => fits(alert, pattern));
  fitting.sort((one, other) => other.pattern.length - one.pattern.length);
  return fitting.map(({ url }) => httpsAddress(url)).find((address) => address !== undefined);
}

/** The alerting rule that a message begins with, after words in brackets: "[prod] IC_Replica_Behind: 2 nodes". */
export function ruleName(message: string): string {
  return /^(?:\[[^\]]{0,40}\]\s*)*([^\s:]*)/.exec(message)?.[1] ?? '';
}

/** Whether a pattern is the message's rule name or the beginning of the alias. `*` stands for anything. */
function fits(alert: Alert, pattern: string): boolean {
  if (pattern === '') return false;
  return matches(ruleName(alert.message), pattern) || matches(alert.alias, `${pattern}*`);
}

/** In one pass over the text, whatever the pattern. */
function matches(text: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const lower = text.toLowerCase();
  if (rest.length === 0) return lower === first;
  if (!lower.startsWith(first)) return false;
  const last = rest.pop() ?? '';
  let at = first.length;
  for (const part of rest) {
    const found = lower.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return lower.length - last.length >= at && lower.endsWith(last);
}

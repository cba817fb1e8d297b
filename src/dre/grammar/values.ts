import { isCheckedPrincipal } from '../../domain/base/principal.ts';
import type { Argument, ValueKind } from './shape.ts';

const ranges = {
  u32: [0n, 2n ** 32n - 1n],
  u64: [0n, 2n ** 64n - 1n],
  i32: [-(2n ** 31n), 2n ** 31n - 1n],
  i64: [-(2n ** 63n), 2n ** 63n - 1n],
} as const;

function numberFault(text: string, [least, most]: readonly [bigint, bigint]): string | undefined {
  const isNumber = /^[+-]?\d{1,40}$/.test(text);
  const value = isNumber ? BigInt(text.replace(/^\+/, '')) : undefined;
  if (value === undefined) return `"${text}" is not a whole number.`;
  return value < least || value > most ? `${text} is not between ${least} and ${most}.` : undefined;
}

function hexFault(text: string, most: bigint): string | undefined {
  const isNumber = /^(?:0x[0-9a-fA-F]{1,40}|\d{1,40})$/.test(text);
  if (!isNumber) return `"${text}" is not a whole number, decimal or with 0x before it.`;
  return BigInt(text) > most ? `${text} is more than ${most}.` : undefined;
}

/** As dre takes durations: numbers, each with a unit (dre.md 1.3). */
const durationUnits =
  'nanos|nsec|ns|usec|us|µs|millis|msec|ms|seconds|second|secs|sec|s|minutes|minute|min|mins|m|hours|hour|hrs|hr|h|' +
  'days|day|d|weeks|week|wks|wk|w|months|month|M|years|year|yrs|yr|y';
const duration = new RegExp(`^(?:0+|\\s*(?:\\d[\\d\\s]*(?:${durationUnits})\\s*)+)$`);

const filterOperators = new Set(
  '= == eq != ne > gt < lt >= ge <= le re regex matches =~ contains startswith endswith'.split(' '),
);

/** Symbol operators take no spaces, and what follows them begins with a letter, digit or underscore (dre.md 1.3). */
function filterFault(text: string): string | undefined {
  const operator = /^\s*\w+\s*\b(.+?)\b\s*.*$/.exec(text)?.[1];
  return operator !== undefined && filterOperators.has(operator)
    ? undefined
    : `"${text}" is not a filter such as "dc_id eq bo1": a key, an operator in letters, a value, with spaces between.`;
}

function principalFault(text: string): string | undefined {
  return isCheckedPrincipal(text)
    ? undefined
    : `"${text}" is not the full id of a node or subnet (its checksum fails).`;
}

function scopeFault(text: string): string | undefined {
  const [, head = '', id] = /^([a-z_]+)(?:\((.*)\))?$/i.exec(text) ?? [];
  const place = head.toLowerCase();
  if (place === 'subnet' || place === 'node') {
    return id === undefined ? `dre crashes without an ID: write ${place}(ID).` : principalFault(id);
  }
  const isKnown = id === undefined && ['global', 'replica_nodes', 'api_boundary_nodes'].includes(place);
  return isKnown ? undefined : 'Enter global, replica_nodes, api_boundary_nodes, subnet(ID) or node(ID).';
}

function wordFault(text: string, words: readonly string[]): string | undefined {
  return words.includes(text) ? undefined : `"${text}" is not one of ${words.join(', ')}.`;
}

function faultOf(kind: ValueKind, text: string, choices: readonly string[]): string | undefined {
  switch (kind) {
    case 'flag':
    case 'text':
    case 'month':
    case 'countOrPercent':
      // The last two are read when the command runs.
      return undefined;
    case 'path':
      return text === '' ? 'Enter a path.' : undefined;
    case 'principal':
      return principalFault(text);
    case 'forumLink':
      return ['ask', 'omit', 'discourse'].includes(text) || URL.canParse(text)
        ? undefined
        : 'Enter an address, or one of the words ask, omit, discourse.';
    case 'url':
      return URL.canParse(text) ? undefined : `"${text}" is not an address.`;
    case 'u32':
    case 'u64':
    case 'i32':
    case 'i64':
      return numberFault(text, ranges[kind]);
    case 'u64OrHex':
      return hexFault(text, ranges.u64[1]);
    case 'u8OrHex':
      return hexFault(text, 255n);
    case 'boolean':
      return wordFault(text, ['true', 'false']);
    case 'word':
      return wordFault(text, choices);
    case 'duration':
      return duration.test(text) ? undefined : `"${text}" is not a time such as 60s, 2m or 1h 30m.`;
    case 'registryFilter':
      return filterFault(text);
    case 'firewallScope':
      return scopeFault(text);
  }
}

/** A sentence that says why dre refuses a value when it parses it; undefined when it takes it. */
export function valueFault({ kind, choices = [] }: Argument, text: string): string | undefined {
  return faultOf(kind, text, choices);
}

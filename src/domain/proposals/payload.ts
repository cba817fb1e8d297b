import { isCommit } from '../base/ids.ts';
import type { Os } from '../base/os.ts';

/** A payload as plain data: numbers, ids, truth values and bytes (in hexadecimal) are texts. */
export type PayloadValue = string | readonly PayloadValue[] | { readonly [field: string]: PayloadValue };

/**
 * What a proposal passes to its NNS function. `notDecoded`: the function's Candid interface is not known here
 * (`unknownInterface`), or the payload is not of the one that is known (`otherInterface`). `size` in bytes.
 */
export type Payload =
  | { readonly kind: 'decoded'; readonly value: PayloadValue }
  | {
      readonly kind: 'notDecoded';
      readonly reason: 'unknownInterface' | 'otherInterface';
      readonly size: number;
    };

/** What an election elects and retires: commits. */
export interface Election {
  readonly os: Os;
  /** Undefined where it only retires versions. */
  readonly elects: string | undefined;
  readonly retires: readonly string[];
}

/** The nodes that a proposal moves, and the subnet that it does so in, where it names one. */
export interface NodeChange {
  readonly subnet: string | undefined;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** What an election is about; undefined for any other function, and where the payload does not say. */
export function electionOf(nnsFunction: number | undefined, payload: Payload | undefined): Election | undefined {
  const fields = fieldsOf(payload);
  if (fields === undefined) return undefined;
  if (nnsFunction === 38) {
    const [elects] = commitsIn(fields['replica_version_to_elect']);
    return { os: 'GuestOS', elects, retires: commitsIn(fields['replica_versions_to_unelect']) };
  }
  if (nnsFunction === 40 || nnsFunction === 50) {
    const [elects] = commitsIn(fields['hostos_version_to_elect']);
    return { os: 'HostOS', elects, retires: commitsIn(fields['hostos_versions_to_unelect']) };
  }
  return undefined;
}

/** The nodes that come to a subnet, the API boundary or none, and those that go; undefined for any other function. */
export function nodeChangeOf(nnsFunction: number | undefined, payload: Payload | undefined): NodeChange | undefined {
  const fields = fieldsOf(payload);
  if (fields === undefined) return undefined;
  const [subnet] = textsIn(fields['subnet_id']);
  const nodes = textsIn(fields['node_ids']);
  switch (nnsFunction) {
    case 31:
      return { subnet, added: textsIn(fields['node_ids_add']), removed: textsIn(fields['node_ids_remove']) };
    case 2:
    case 43:
      return { subnet, added: nodes, removed: [] };
    case 13:
    case 18:
    case 44:
      return { subnet, added: [], removed: nodes };
    default:
      return undefined;
  }
}

function fieldsOf(payload: Payload | undefined): Readonly<Record<string, PayloadValue>> | undefined {
  if (payload?.kind !== 'decoded' || typeof payload.value === 'string' || isList(payload.value)) return undefined;
  return payload.value;
}

function textsIn(value: PayloadValue | undefined): readonly string[] {
  if (value === undefined) return [];
  const all = isList(value) ? value : [value];
  return all.filter((each) => typeof each === 'string');
}

function commitsIn(value: PayloadValue | undefined): readonly string[] {
  return textsIn(value).filter(isCommit);
}

function isList(value: PayloadValue): value is readonly PayloadValue[] {
  return Array.isArray(value);
}

/** A payload as text: a field a line, lists and records indented below their names. It keeps every character of a text. */
export function payloadText(value: PayloadValue): string {
  return lines(value).join('\n');
}

function lines(value: PayloadValue): readonly string[] {
  if (typeof value === 'string') return [scalar(value)];
  if (isList(value)) return value.length === 0 ? ['(none)'] : value.flatMap((each) => hanging('- ', lines(each)));
  const fields = Object.entries(value);
  if (fields.length === 0) return ['(empty)'];
  return fields.flatMap(([name, each]) => {
    const inner = lines(each);
    const isShort = typeof each === 'string' || inner.length === 1;
    return isShort
      ? [`${name}: ${inner.join('').replace(/^- /, '')}`]
      : [`${name}:`, ...inner.map((line) => `  ${line}`)];
  });
}

function hanging(mark: string, [first = '', ...rest]: readonly string[]): readonly string[] {
  return [`${mark}${first}`, ...rest.map((line) => `  ${line}`)];
}

/** A text of one line as it is; any other in quotes, so that a line is a line of ours. */
function scalar(text: string): string {
  return /^[^\p{Cc}\u2028\u2029]+$/u.test(text) ? text : JSON.stringify(text);
}

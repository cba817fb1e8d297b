import type { Parent, PhrasingContent, Text } from 'mdast';
import { isBatchId, isRolloutKey } from '../links/recordAddress.ts';
import { isAlertId, isIssueKey, isProposalId, isRunId } from '../base/ids.ts';

// Links that run a command of ours. Hovers alone have them: in a document one is no more than its label. A link carries
// the kind and key of a record at the most; both are checked when it is made and again when VS Code passes them back.

const keyChecks = {
  alert: isAlertId,
  ticket: isIssueKey,
  proposal: isProposalId,
  rollout: isRolloutKey,
  pullRequest: isCount,
  workflowRun: isCount,
  run: isRunId,
} satisfies Readonly<Record<string, (key: string) => boolean>>;

/** The number of a pull request or of a workflow run. */
function isCount(text: string): boolean {
  return /^[1-9]\d{0,15}$/.test(text);
}

/** The id of a subnet or node, or its first group where no more is known. */
function isPlace(text: string): boolean {
  return /^[a-z0-9]{1,5}(?:-[a-z0-9]{1,5}){0,12}$/.test(text);
}

/** The kinds of records that a command link can name. */
export type LinkedKind = keyof typeof keyChecks;

/** A record that a command link can name. Its key has the shape of its kind. */
export interface LinkedRecord {
  readonly kind: LinkedKind;
  readonly key: string;
  /** Of a rollout: the batch that it is about (`rowId`). */
  readonly batch?: string | undefined;
  /** Of a batch: the id of the subnet or node that it is about. */
  readonly place?: string | undefined;
}

/** A link that runs a command of ours, on a record where it names one. */
export interface CommandLink extends Parent {
  type: 'commandLink';
  readonly command: string;
  readonly record: LinkedRecord | undefined;
  children: Text[];
}

declare module 'mdast' {
  interface PhrasingContentMap {
    commandLink: CommandLink;
  }
  interface RootContentMap {
    commandLink: CommandLink;
  }
}

/** A link that runs a command without a record. Throws where the command is none of ours. */
export function commandLink(command: string, label: string): PhrasingContent {
  return madeLink(command, label, undefined);
}

/** A link that runs a command on a record; undefined for records of other kinds or with a key that has another shape. */
export function recordLink(command: string, label: string, record: unknown): PhrasingContent | undefined {
  const checked = linkedRecord(record);
  return checked === undefined ? undefined : madeLink(command, label, checked);
}

function madeLink(command: string, label: string, record: LinkedRecord | undefined): CommandLink {
  if (!/^drDre(?:\.[A-Za-z]+){1,2}$/.test(command)) throw new Error(`${command} is no command of Dr. DRE`);
  return { type: 'commandLink', command, record, children: [{ type: 'text', value: label }] };
}

/** The address that has VS Code run the command. */
export function commandAddress({ command, record }: CommandLink): string {
  const query = record === undefined ? '' : `?${encodeURIComponent(JSON.stringify([{ record }]))}`;
  return `command:${command}${query}`;
}

/** What a link passes back, if it is a record that a link can name. */
export function linkedRecord(record: unknown): LinkedRecord | undefined {
  if (typeof record !== 'object' || record === null || !('kind' in record) || !('key' in record)) return undefined;
  const { kind, key } = record;
  if (!isLinkedKind(kind) || typeof key !== 'string' || !keyChecks[kind](key)) return undefined;
  const batch = 'batch' in record ? record.batch : undefined;
  const place = 'place' in record ? record.place : undefined;
  if (batch === undefined) return place === undefined ? { kind, key } : undefined;
  if (kind !== 'rollout' || typeof batch !== 'string' || !isBatchId(batch)) return undefined;
  if (place === undefined) return { kind, key, batch };
  return typeof place === 'string' && isPlace(place) ? { kind, key, batch, place } : undefined;
}

function isLinkedKind(kind: unknown): kind is LinkedKind {
  return typeof kind === 'string' && Object.hasOwn(keyChecks, kind);
}

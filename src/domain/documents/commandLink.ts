import type { Parent, PhrasingContent, Text } from 'mdast';
import { isAlertId, isIssueKey, isProposalId, isRunId } from '../base/ids.ts';

// Links that run a command of ours. Hovers alone have them: in a document one is no more than its label. A link carries
// the kind and key of a record at the most; both are checked when it is made and again when VS Code passes them back.

const keyChecks = {
  alert: isAlertId,
  ticket: isIssueKey,
  proposal: isProposalId,
  run: isRunId,
};

/** The kinds of records that a command link can name. */
export type LinkedKind = keyof typeof keyChecks;

/** A record that a command link can name. Its key has the shape of its kind. */
export interface LinkedRecord {
  readonly kind: LinkedKind;
  readonly key: string;
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
  return isLinkedKind(kind) && keyChecks[kind](key) ? { kind, key } : undefined;
}

function isLinkedKind(kind: unknown): kind is LinkedKind {
  return typeof kind === 'string' && Object.hasOwn(keyChecks, kind);
}

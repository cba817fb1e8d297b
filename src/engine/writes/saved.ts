import { objectFromJson } from '../disk/json.ts';
import type { WriteIdentity } from './kind.ts';

/** Raised when the form of the files changes. */
const version = 1;

/** A write as it is on disk. */
export interface SavedWrite extends WriteIdentity {
  /** JSON data; not checked yet when it comes from the disk. */
  readonly payload: unknown;
  readonly receipt: string | undefined;
  /** Where the settings led when it was requested (`WritesContext`). */
  readonly scope: string;
  /** What was seen before it was sent (`WriteKind.readBefore`). */
  readonly seenBefore?: unknown;
  /** Why it did not go through, as `FailureCodec` keeps it. */
  readonly failure?: unknown;
  /** The record as it was, for undoing. Not kept on disk. */
  readonly before?: unknown;
}

/** The identity of a write, without what else is known of it. */
export function identityOf({ id, kind, feed, record, subject, title, at }: WriteIdentity): WriteIdentity {
  return { id, kind, feed, record, subject, title, at };
}

/** How far a write has come. The last three are ends that wait for a person. */
export const stages = ['queued', 'sent', 'failed', 'unconfirmed', 'notSent'] as const;
export type Stage = (typeof stages)[number];

/** The text of a write's file. */
export function encodeWrite({ before: _, ...saved }: SavedWrite): string {
  return JSON.stringify({ version, ...saved });
}

/** The write in a file, or undefined when it is damaged or of another version. */
export function decodeWrite(text: string): SavedWrite | undefined {
  return objectFromJson(text, (fields) => {
    const { id, kind, feed, record, subject, title, payload, at, receipt, scope } = fields;
    if (fields['version'] !== version || typeof at !== 'number') return undefined;
    if (typeof id !== 'string' || typeof kind !== 'string' || typeof feed !== 'string') return undefined;
    if (typeof scope !== 'string') return undefined;
    if (typeof record !== 'string' || typeof subject !== 'string' || typeof title !== 'string') return undefined;
    if (receipt !== undefined && typeof receipt !== 'string') return undefined;
    const { seenBefore, failure } = fields;
    return { id, kind, feed, record, subject, title, payload, at, receipt, scope, seenBefore, failure };
  });
}

/** What the name of a write's file says: which write, whose it is, how far it has come. */
export interface FileName {
  readonly id: string;
  readonly session: string;
  readonly stage: Stage;
}

export function fileName({ id, session, stage }: FileName): string {
  return `${id}.${session}.${stage}.json`;
}

export function readFileName(name: string): FileName | undefined {
  const [, id, session, word] = /^([\w-]{1,64})\.([\w-]{1,64})\.([A-Za-z]+)\.json$/.exec(name) ?? [];
  const stage = stages.find((each) => each === word);
  return id === undefined || session === undefined || stage === undefined ? undefined : { id, session, stage };
}

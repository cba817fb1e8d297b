import { isAlertId, isIssueKey, isProposalId } from '../base/ids.ts';
import { isPullRequestId } from './addresses.ts';
import { shortKindWords } from '../releases/words.ts';

/** What has an address of its own. */
export const addressKinds = ['alert', 'ticket', 'proposal', 'rollout', 'pullRequest'] as const;
export type AddressKind = (typeof addressKinds)[number];

/** A record that an address leads to. Its key has the shape of its kind; whether there is such a record is not known. */
export interface RecordAddress {
  readonly kind: AddressKind;
  /** Alert id, issue key, proposal id, `rolloutKey`, or `owner/name#12`. */
  readonly key: string;
  /** Of a rollout: the batch whose details are shown (`rowId`). */
  readonly batch?: string;
}

/**
 * The address that opens a record: `vscode://dfinity.dr-dre/<kind>/<id>`, of a rollout also with `?batch=<id>`. Every VS Code
 * reads the scheme as its own.
 */
export function recordAddress({ kind, key, batch }: RecordAddress): string {
  const record = `vscode://dfinity.dr-dre/${kind}/${key.split('/').map(encodeURIComponent).join('/')}`;
  return batch === undefined ? record : `${record}?batch=${batch}`;
}

/** The `rowId` of a batch. */
export function isBatchId(text: string): boolean {
  return /^[a-z0-9_-]{1,60}$/.test(text);
}

/** Reads path and query of such an address, percent-decoded as VS Code passes them; undefined when it is none of ours. */
export function parseRecordAddress(path: string, query = ''): RecordAddress | undefined {
  const [, noun, key = ''] = /^\/([A-Za-z]{1,20})\/(.{1,400})$/.exec(path) ?? [];
  const kind = addressKinds.find((each) => each === noun);
  if (kind === undefined || !shapes[kind](key)) return undefined;
  const [, batch] = kind === 'rollout' ? (/^batch=(.*)$/.exec(query) ?? []) : [];
  return batch === undefined || !isBatchId(batch) ? { kind, key } : { kind, key, batch };
}

const shapes: Readonly<Record<AddressKind, (key: string) => boolean>> = {
  alert: isAlertId,
  ticket: isIssueKey,
  proposal: isProposalId,
  rollout: isRolloutKey,
  pullRequest: isPullRequestId,
};

/** `kind/name`: the kinds are a closed set, the name is free text of one line. */
export function isRolloutKey(key: string): boolean {
  const slash = key.indexOf('/');
  return (
    Object.hasOwn(shortKindWords, key.slice(0, slash)) && /^[^\p{C}\p{Zl}\p{Zp}]{1,250}$/u.test(key.slice(slash + 1))
  );
}

import { isIssueKey, isProposalId, isRunId } from '../base/ids.ts';

/** What an address can begin with a record, by its kind, each by the last part of the id of its command. */
export const recordActions = {
  ticket: ['comment', 'transition', 'assign', 'block', 'unblock', 'setDueDate', 'linkProposal'],
  proposal: ['createTicketFrom', 'linkTicket'],
  run: ['showTerminal', 'runAgain'],
} as const;

type ActedKind = keyof typeof recordActions;
export type ActionOn<K extends ActedKind> = (typeof recordActions)[K][number];

/** An action on a record. The key has the shape of its kind; whether there is such a record is not known. */
export type RecordActionAddress = {
  readonly [K in ActedKind]: { readonly kind: K; readonly key: string; readonly action: ActionOn<K> };
}[ActedKind];

const shapes: Readonly<Record<ActedKind, (key: string) => boolean>> = {
  ticket: isIssueKey,
  proposal: isProposalId,
  run: isRunId,
};

/** The address that begins an action: `vscode://dfinity.dr-dre/<kind>/<key>/<action>`. Nothing is sent or run by it. */
export function recordActionAddress({ kind, key, action }: RecordActionAddress): string {
  return `vscode://dfinity.dr-dre/${kind}/${encodeURIComponent(key)}/${action}`;
}

/** Reads the path of such an address, percent-decoded as VS Code passes it; undefined when it is none. */
export function parseRecordActionAddress(path: string): RecordActionAddress | undefined {
  const [, kind = '', key = '', action = ''] = /^\/([a-z]{1,20})\/([^/]{1,80})\/([A-Za-z]{1,20})$/.exec(path) ?? [];
  const address = { kind, key, action };
  return isRecordAction(address) ? address : undefined;
}

type Parts = Readonly<Record<keyof RecordActionAddress, string>>;

function isRecordAction(address: Parts): address is RecordActionAddress {
  const { kind, key, action } = address;
  if (!isActedKind(kind)) return false;
  const actions: readonly string[] = recordActions[kind];
  return shapes[kind](key) && actions.includes(action);
}

function isActedKind(kind: string): kind is ActedKind {
  return Object.hasOwn(recordActions, kind);
}

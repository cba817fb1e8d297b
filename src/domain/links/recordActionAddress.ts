import { isProposalId } from '../base/ids.ts';
import { isRunId } from '../operations/run.ts';

/** What an address can begin with a proposal or a run, each by the last part of the id of its command. */
export const recordActions = {
  proposal: ['createTicketFrom', 'linkTicket'],
  run: ['showTerminal', 'runAgain'],
} as const;

type ActedKind = keyof typeof recordActions;

/** An action on a record. The key has the shape of its kind; whether there is such a record is not known. */
export type RecordActionAddress = {
  readonly [K in ActedKind]: {
    readonly kind: K;
    readonly key: string;
    readonly action: (typeof recordActions)[K][number];
  };
}[ActedKind];

/** The address that begins an action: `vscode://dfinity.dr-dre/<kind>/<id>/<action>`. Nothing is sent or run by it. */
export function recordActionAddress({ kind, key, action }: RecordActionAddress): string {
  return `vscode://dfinity.dr-dre/${kind}/${encodeURIComponent(key)}/${action}`;
}

/** Reads the path of such an address, percent-decoded as VS Code passes it; undefined when it is none. */
export function parseRecordActionAddress(path: string): RecordActionAddress | undefined {
  const [, kind, key = '', noun] = /^\/([a-z]{1,20})\/([^/]{1,80})\/([A-Za-z]{1,20})$/.exec(path) ?? [];
  if (kind === 'proposal' && isProposalId(key)) {
    const action = recordActions.proposal.find((each) => each === noun);
    return action === undefined ? undefined : { kind, key, action };
  }
  if (kind === 'run' && isRunId(key)) {
    const action = recordActions.run.find((each) => each === noun);
    return action === undefined ? undefined : { kind, key, action };
  }
  return undefined;
}

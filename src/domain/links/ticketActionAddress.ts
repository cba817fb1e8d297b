import { isIssueKey } from '../base/ids.ts';

/** What an address can begin with a ticket, each by the last part of the id of its command. */
export const ticketActions = [
  'comment',
  'transition',
  'assign',
  'block',
  'unblock',
  'setDueDate',
  'linkProposal',
] as const;
export type TicketAction = (typeof ticketActions)[number];

/** An action on a ticket. The key has the shape of an issue key; whether there is such a ticket is not known. */
export interface TicketActionAddress {
  readonly key: string;
  readonly action: TicketAction;
}

/** The address that begins an action on a ticket: `vscode://dfinity.dr-dre/ticket/<key>/<action>`. Nothing is sent by it. */
export function ticketActionAddress({ key, action }: TicketActionAddress): string {
  return `vscode://dfinity.dr-dre/ticket/${encodeURIComponent(key)}/${action}`;
}

/** Reads the path of such an address, percent-decoded as VS Code passes it; undefined when it is none. */
export function parseTicketActionAddress(path: string): TicketActionAddress | undefined {
  const [, key, noun] = /^\/ticket\/([^/]{1,50})\/([A-Za-z]{1,20})$/.exec(path) ?? [];
  const action = ticketActions.find((each) => each === noun);
  return isIssueKey(key) && action !== undefined ? { key, action } : undefined;
}

import { capitalized } from '../../domain/base/capitalized.ts';
import { parseInstant } from '../../domain/base/time.ts';
import { weekdayOf } from '../../domain/base/weekday.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import { dayName, shorten } from '../kit/format.ts';
import { changedWords } from '../kit/pendingActions.ts';

/** What is said of a ticket that was in the list and is not there any more. */
export const goneWords = 'This ticket is not in the queue any more.';

/** What is said of a ticket that has another key now. */
export function movedWords(before: string, now: string): string {
  return `${before} is ${now} now: somebody has moved it to another project. Nothing was sent.`;
}

/** Both versions of what somebody else has changed, ticket by ticket. */
export function changedDetail(
  changes: readonly { readonly key: string; readonly before: string; readonly now: string }[],
): string {
  return changes.map(({ key, before, now }) => changedWords(key, before, now)).join('\n');
}

/** Why what was typed is no day. */
export const noDay = 'Not a day. For example: 2026-09-01, tomorrow, mon, 3d. Empty for none.';

/** What is said of a description that is in a form which cannot be edited here. */
export function uneditableWords(key: string): string {
  return `Can't edit the description of ${key} here: it has parts that only Jira can edit. Edit it in Jira.`;
}

/** What is said when somebody else has changed a description while it was edited. */
export function contestedWords(key: string): string {
  return `Not sent: somebody else has changed the description of ${key}. Both versions are side by side. Take over what you want to keep of theirs, and send yours again.`;
}

/** From this number on, a person confirms that so many are selected. */
export const manyTickets = 5;
/** How many tickets a dialog names. */
const named = 5;

/** The tickets that are about to be changed, line by line. */
export function namesDetail(tickets: readonly Ticket[]): string {
  const lines = tickets.slice(0, named).map(({ key, summary }) => `${key} ${shorten(summary, 80)}`);
  return [...lines, ...(tickets.length > named ? [`and ${tickets.length - named} more`] : [])].join('\n');
}

/** What a row says of a due date that is near or has passed. */
export const dueNearWords = { overdue: 'overdue', today: 'due today', tomorrow: 'due tomorrow' } as const;

/** The same in fewer letters, where the title needs the room: of tomorrow the weekday. */
export function dueNearShort(near: keyof typeof dueNearWords, due: string): string {
  const at = near === 'tomorrow' ? parseInstant(due) : undefined;
  return at === undefined ? dueNearWords[near] : `due ${capitalized(weekdayOf(at)).slice(0, 3)}`;
}

/** A due date as short as a row needs it: "due 1 Sep". */
export function dueShort(due: string): string {
  const at = parseInstant(due);
  if (at === undefined) return `due ${due}`;
  const [, date = '', month = ''] = /, (\d+) (\w{3})/.exec(dueText(due)) ?? [];
  return `due ${date} ${month}`;
}

/** A due date has no time zone: it is the same day everywhere. */
export function dueText(due: string): string {
  const at = parseInstant(due);
  return at === undefined ? due : dayName(at, { now: at, timeZone: 'UTC' });
}

/** That a text is not gone with what was sent of it. */
export function typedSinceWords(key: string): string {
  return `What was typed since the text of ${key} was sent stays in its editor.`;
}

import type { ScreenField, Transition } from '../../../domain/queue/screen.ts';
import type { Ticket, TicketComment } from '../../../domain/queue/ticket.ts';
import { recordOf, type Report } from '../../records.ts';
import { toComment, toTicket, type FlaggedField } from './mapping.ts';
import { toScreenFields, toTransitions } from './screens.ts';

/** What can be read with a ticket: its comments, the steps of its workflow, the fields that may be changed. */
export type TicketPart = 'comments' | 'steps' | 'editable';

/** A ticket as it was when it was read, and the part that was requested. What is absent is not known. */
export interface TicketWithPart {
  readonly ticket: Ticket;
  /** All of them. */
  readonly comments?: readonly TicketComment[] | undefined;
  readonly steps?: readonly Transition[] | undefined;
  readonly editable?: readonly ScreenField[] | undefined;
}

/** What is requested of an issue besides its fields so that it comes with a part. */
export function expansionOf(part: TicketPart | undefined): readonly string[] {
  switch (part) {
    // That the fields of the screens come with an issue is only inferred: they do with its list of transitions (atlassian.md 3.4).
    case 'steps':
      return ['transitions', 'transitions.fields'];
    case 'editable':
      return ['editmeta'];
    case 'comments':
    case undefined:
      return [];
  }
}

/** The ticket and its part; undefined for what is no ticket. */
export function toTicketWithPart(
  raw: unknown,
  part: TicketPart | undefined,
  flag: FlaggedField,
  report: Report,
): TicketWithPart | undefined {
  const ticket = toTicket(raw, flag, report);
  if (ticket === undefined) return undefined;
  switch (part) {
    case 'comments':
      return { ticket, comments: allComments(raw, report) };
    case 'steps':
      return { ticket, steps: wholeSteps(raw, ticket.key, report) };
    case 'editable': {
      const fields = recordOf(recordOf(recordOf(raw)?.['editmeta'])?.['fields']);
      return { ticket, editable: fields && toScreenFields(fields) };
    }
    case undefined:
      return { ticket };
  }
}

/** The comments that come with an issue, where they are all there are. */
function allComments(raw: unknown, report: Report): readonly TicketComment[] | undefined {
  const { comments, total } = recordOf(recordOf(recordOf(raw)?.['fields'])?.['comment']) ?? {};
  if (!Array.isArray(comments) || typeof total !== 'number' || comments.length < total) return undefined;
  return comments.flatMap((each: unknown) => toComment(each, report));
}

/** The steps, where it is known of each what its screen requires. */
function wholeSteps(raw: unknown, key: string, report: Report): readonly Transition[] | undefined {
  const list = recordOf(raw)?.['transitions'];
  const isWhole = (each: unknown): boolean => {
    const { fields, hasScreen } = recordOf(each) ?? {};
    return recordOf(fields) !== undefined || hasScreen === false;
  };
  return Array.isArray(list) && list.every(isWhole) ? toTransitions(raw, key, report) : undefined;
}

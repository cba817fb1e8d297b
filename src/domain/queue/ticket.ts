import type { Instant } from '../base/time.ts';

/** Jira's status category by its stable key: `new` = to do, `indeterminate` = in progress, `done`. */
export type StatusCategory = 'new' | 'indeterminate' | 'done' | 'undefined';

export interface TicketStatus {
  readonly id: string;
  readonly name: string;
  readonly category: StatusCategory;
}

/** Another issue that this one is linked to. */
export interface TicketLink {
  /** The direction in words, as Jira says it: "is blocked by", "blocks", "relates to". */
  readonly relation: string;
  readonly key: string;
  readonly summary: string;
  readonly status: TicketStatus;
}

/** A child ticket of the epic, as it is in the list. Keyed by `key`. */
export interface Ticket {
  readonly id: string;
  /** For example DRE-351. */
  readonly key: string;
  readonly summary: string;
  readonly type: string;
  readonly status: TicketStatus;
  readonly priority: string | undefined;
  readonly assignee: { readonly accountId: string; readonly name: string } | undefined;
  readonly labels: readonly string[];
  /** The field "Flagged" (Impediment) is set; undefined where that is not known. */
  readonly flagged: boolean | undefined;
  /** Open issues that block this one. */
  readonly blockedBy: readonly TicketLink[];
  readonly links: readonly TicketLink[];
  /** The day by which it is due, as Jira has it: `2026-09-01`, of no time zone. */
  readonly due: string | undefined;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** A block of an Atlassian document (ADF) as it came: rendered by views, which check it. */
export type RichText = unknown;

export interface TicketComment {
  readonly id: string;
  readonly author: string;
  readonly createdAt: Instant;
  readonly body: RichText;
}

/** A file that is attached to a ticket. */
export interface TicketAttachment {
  /** Digits. */
  readonly id: string;
  readonly name: string;
  /** Bytes; undefined where Jira does not say. */
  readonly size: number | undefined;
}

/** A change of status or assignee. */
export interface TicketEvent {
  readonly at: Instant;
  readonly author: string;
  readonly field: 'status' | 'assignee';
  /** Undefined for none. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** All of one ticket, for the document. */
export interface TicketDetails extends Ticket {
  readonly description: RichText;
  readonly reporter: string | undefined;
  /** Oldest first. */
  readonly comments: readonly TicketComment[];
  /** How many comments there are in all, more than `comments.length` when only some were read; undefined where not known. */
  readonly commentCount: number | undefined;
  readonly attachments: readonly TicketAttachment[];
}

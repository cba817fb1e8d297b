import type { TicketStatus } from './ticket.ts';

/** One of the values that a field may have. */
export interface FieldChoice {
  readonly id: string;
  readonly name: string;
}

/** How a field is filled: with one or several of its choices, with typed text, or in Jira alone. */
export type FieldForm = 'choice' | 'choices' | 'text' | 'richText' | 'number' | 'day' | 'comment' | 'other';

/** A field of a ticket as one of Jira's screens has it. */
export interface ScreenField {
  /** Its id in Jira: "resolution", "customfield_10021". */
  readonly id: string;
  readonly name: string;
  /** It must be filled, and nothing fills it by itself. */
  readonly required: boolean;
  readonly form: FieldForm;
  /** Empty where any value of its form may be given. */
  readonly choices: readonly FieldChoice[];
}

/** A step of the workflow that the account may take now. */
export interface Transition {
  readonly id: string;
  readonly name: string;
  readonly to: TicketStatus;
  /** The fields of its screen. */
  readonly fields: readonly ScreenField[];
}

/** A type of link of the site, with its words in both directions. */
export interface LinkType {
  readonly name: string;
  /** "blocks". */
  readonly outward: string;
  /** "is blocked by". */
  readonly inward: string;
}

/** What a project requires of a new ticket. */
export interface CreationForm {
  /** Id of the type "Task", or of the first one that stands below epics. */
  readonly typeId: string;
  /** Its fields, without those that are always filled. */
  readonly fields: readonly ScreenField[];
  /** Id of the field that holds the epic: `parent`, or that of older projects. */
  readonly epicField: string;
}

import { adfDocument, type AdfJson } from '../../domain/documents/adf/json.ts';
import { isIssueKey, isProposalId } from '../../domain/base/ids.ts';
import type { StatusCategory, TicketStatus } from '../../domain/queue/ticket.ts';

/** Who is to have a ticket; null: nobody. The name is for rows. */
export interface NewAssignee {
  readonly accountId: string | null;
  readonly name: string | null;
}

export interface Labelling {
  /** At least one, none of them blank or with spaces. */
  readonly labels: readonly string[];
}

/** A priority by its name in Jira. */
export interface NewTicketPriority {
  readonly name: string;
}

export interface NewDueDate {
  /** A day as `2026-09-01`; null: none. */
  readonly due: string | null;
}

export interface NewSummary {
  readonly summary: string;
}

/** A step of the workflow with what its screen requires. */
export interface WorkflowStep {
  readonly transitionId: string;
  readonly to: TicketStatus;
  /** Values by the ids of their fields, as Jira takes them. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly comment: string | null;
}

/** Why a ticket is blocked, and the id of the option of the field "Flagged" that says that it is. */
export interface Blocking {
  readonly reason: string;
  readonly option: string;
}

export interface NewLink {
  readonly type: string;
  /** The words of the direction: "blocks". */
  readonly relation: string;
  /** The other ticket. */
  readonly key: string;
  /** The ticket stands before the outward words of the type, and the other one after them. */
  readonly isOutward: boolean;
}

/** What a person wrote in an editor, and the document of Jira that it stands for. */
export interface Written {
  readonly markdown: string;
  readonly body: AdfJson;
}

export interface NewDescription extends Written {
  /** The one that it replaces, a document of Jira; null for none. */
  readonly before: AdfJson | null;
}

/** A proposal by its id in decimal; the title is null where it is not known. */
export interface TicketProposal {
  readonly id: string;
  readonly title: string | null;
}

/** The epic of a ticket by its key; null: none. */
export interface NewEpic {
  readonly parent: string | null;
}

/**
 * What a person can be asked for before a verb of tickets is sent, and what the answer is: JSON data, which the write
 * carries.
 */
export interface TicketAnswers {
  readonly nothing: null;
  /** Whoever is signed in: no question is shown while that is known. */
  readonly me: NewAssignee;
  readonly assignee: NewAssignee;
  readonly priority: NewTicketPriority;
  /** Labels that are typed. */
  readonly newLabels: Labelling;
  /** Some of the labels that the tickets have. */
  readonly ownLabels: Labelling;
  readonly dueDate: NewDueDate;
  readonly summary: NewSummary;
  readonly step: WorkflowStep;
  readonly reason: Blocking;
  readonly link: NewLink;
  readonly proposal: TicketProposal;
  readonly comment: Written;
  readonly description: NewDescription;
  readonly epic: NewEpic;
}
export type TicketAnswerName = keyof TicketAnswers;

/** Reads answers that were saved to disk; undefined for anything else. */
export const readAnswer: { readonly [Q in TicketAnswerName]: (value: unknown) => TicketAnswers[Q] | undefined } = {
  nothing: (value) => (value === null ? null : undefined),
  me: readAssignee,
  assignee: readAssignee,
  priority: (value) => {
    const { name } = fieldsOf(value);
    return isText(name) ? { name } : undefined;
  },
  newLabels: readLabels,
  ownLabels: readLabels,
  dueDate: (value) => {
    const { due } = fieldsOf(value);
    return due === null || isText(due) ? { due } : undefined;
  },
  summary: (value) => {
    const { summary } = fieldsOf(value);
    return isText(summary) ? { summary } : undefined;
  },
  step: (value) => {
    const { transitionId, to, fields, comment } = fieldsOf(value);
    const status = readStatus(to);
    if (!isText(transitionId) || status === undefined) return undefined;
    if (comment !== null && typeof comment !== 'string') return undefined;
    return { transitionId, to: status, fields: fieldsOf(fields), comment };
  },
  reason: (value) => {
    const { reason, option } = fieldsOf(value);
    return isText(reason) && isText(option) ? { reason, option } : undefined;
  },
  link: (value) => {
    const { type, relation, key, isOutward } = fieldsOf(value);
    if (!isText(type) || !isText(relation) || !isIssueKey(key) || typeof isOutward !== 'boolean') return undefined;
    return { type, relation, key, isOutward };
  },
  proposal: (value) => {
    const { id, title } = fieldsOf(value);
    return isProposalId(id) && (title === null || isText(title)) ? { id, title } : undefined;
  },
  comment: readWritten,
  description: (value) => {
    const { before } = fieldsOf(value);
    const written = readWritten(value);
    const was = before === null ? null : adfDocument(before);
    return written === undefined || was === undefined ? undefined : { ...written, before: was };
  },
  epic: (value) => {
    const { parent } = fieldsOf(value);
    return parent === null || isIssueKey(parent) ? { parent } : undefined;
  },
};

/** The labels in a text: separated by commas or spaces, as Jira's labels have none. Each once. */
export function labelsIn(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/))].filter((label) => label !== '');
}

function readWritten(value: unknown): Written | undefined {
  const { markdown, body } = fieldsOf(value);
  const document = adfDocument(body);
  return typeof markdown === 'string' && document !== undefined ? { markdown, body: document } : undefined;
}

function readAssignee(value: unknown): NewAssignee | undefined {
  const { accountId, name } = fieldsOf(value);
  if (accountId === null && name === null) return { accountId, name };
  return isText(accountId) && isText(name) ? { accountId, name } : undefined;
}

function readLabels(value: unknown): Labelling | undefined {
  const { labels } = fieldsOf(value);
  return Array.isArray(labels) && labels.length > 0 && labels.every(isText) ? { labels } : undefined;
}

const categories = ['new', 'indeterminate', 'done', 'undefined'] as const satisfies readonly StatusCategory[];

/** Reads a status that was saved to disk. */
export function readStatus(value: unknown): TicketStatus | undefined {
  const { id, name, category } = fieldsOf(value);
  const known = categories.find((each) => each === category);
  return isText(id) && isText(name) && known !== undefined ? { id, name, category: known } : undefined;
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}

import * as z from 'zod/mini';
import type { Fields } from '../../../domain/base/fields.ts';
import { visibleLine } from '../../../domain/base/harmless.ts';
import { isIssueKey } from '../../../domain/base/ids.ts';
import type {
  StatusCategory,
  Ticket,
  TicketAttachment,
  TicketComment,
  TicketDetails,
  TicketLink,
  TicketStatus,
} from '../../../domain/queue/ticket.ts';
import {
  anything,
  count,
  each,
  instant,
  object,
  readFields,
  recordOf,
  text,
  texts,
  type Report,
} from '../../records.ts';

const ticketFields = {
  summary: text,
  status: object,
  issuetype: object,
  priority: object,
  assignee: object,
  reporter: object,
  labels: texts,
  issuelinks: each(z.unknown()),
  created: instant,
  updated: instant,
  description: anything,
  duedate: anything,
  comment: object,
  attachment: each(z.unknown()),
};

/** The id of the site's field "Flagged"; null where the site has none; undefined where that is not known. */
export type FlaggedField = string | null | undefined;

/** The ticket, whatever its lesser fields are; undefined for a record without a key or any instant. */
export function toTicket(raw: unknown, flaggedField: FlaggedField, report: Report): Ticket | undefined {
  return read(raw, flaggedField, report)?.ticket;
}

/** The ticket in full; undefined for a record without a key or any instant. */
export function toTicketDetails(raw: unknown, flaggedField: FlaggedField, report: Report): TicketDetails | undefined {
  const found = read(raw, flaggedField, report);
  if (found === undefined) return undefined;
  const { ticket, description, reporter, comment, attachments } = found;
  const { comments: rows, total } = readFields(comment ?? {}, { comments: each(z.unknown()), total: count }, (field) =>
    report.unclear('ticket', ticket.key, field),
  );
  const comments = (rows ?? []).flatMap((row) => toComment(row, report)).sort((a, b) => a.createdAt - b.createdAt);
  return {
    ...ticket,
    description,
    reporter: reporter === undefined ? undefined : nameIn(reporter),
    comments,
    commentCount: rows === undefined && total === undefined ? undefined : Math.max(rows?.length ?? 0, total ?? 0),
    attachments: attachments.flatMap((each) => toAttachment(each, report)),
  };
}

interface ReadTicket {
  readonly ticket: Ticket;
  readonly description: unknown;
  readonly reporter: Fields | undefined;
  readonly comment: Fields | undefined;
  readonly attachments: readonly unknown[];
}

function read(raw: unknown, flaggedField: FlaggedField, report: Report): ReadTicket | undefined {
  const record = recordOf(raw) ?? {};
  const { key } = record;
  if (!isIssueKey(key)) {
    report.skipped('ticket', key, 'key');
    return undefined;
  }
  const fields = recordOf(record['fields']) ?? {};
  const unclear = (field: string): void => report.unclear('ticket', key, field);
  const found = readFields(fields, ticketFields, unclear);
  const createdAt = found.created ?? found.updated;
  if (createdAt === undefined) {
    report.skipped('ticket', key, 'created');
    return undefined;
  }
  const links = (found.issuelinks ?? []).flatMap((link) => toLink(link, key, report));
  const ticket: Ticket = {
    id: typeof record['id'] === 'string' ? record['id'] : key,
    key,
    summary: found.summary ?? '',
    type: nameOf(found.issuetype) ?? 'Issue',
    status: toStatus(found.status, key, report),
    priority: nameOf(found.priority),
    assignee: isNone(fields['assignee']) ? undefined : personOf(found.assignee ?? {}),
    labels: found.labels ?? [],
    flagged: isFlagged(fields, flaggedField),
    blockedBy: links.filter((link) => link.blocks && link.link.status.category !== 'done').map((link) => link.link),
    links: links.map((link) => link.link),
    due: dayOf(found.duedate),
    createdAt,
    updatedAt: found.updated ?? createdAt,
  };
  const { description, reporter, comment, attachment = [] } = found;
  return { ticket, description, reporter, comment, attachments: attachment };
}

function isFlagged(fields: Fields, flaggedField: FlaggedField): boolean | undefined {
  if (typeof flaggedField !== 'string') return flaggedField === null ? false : undefined;
  const flag = fields[flaggedField];
  return Array.isArray(flag) && flag.length > 0;
}

/** A day; undefined for none, and for what is no date. */
function dayOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && instant(value).isClear ? value : undefined;
}

function isNone(value: unknown): boolean {
  return value === undefined || value === null;
}

function nameOf(named: Fields | undefined): string | undefined {
  const name = named?.['name'];
  return typeof name === 'string' && visibleLine(name) !== '' ? name : undefined;
}

/** It has an assignee, even when that one cannot be read. */
function personOf(user: Fields): { readonly accountId: string; readonly name: string } {
  const accountId = typeof user['accountId'] === 'string' ? user['accountId'] : '';
  return { accountId, name: nameIn(user) };
}

export function nameIn({ displayName, accountId }: Fields): string {
  if (typeof displayName === 'string' && visibleLine(displayName) !== '') return displayName;
  return typeof accountId === 'string' && accountId !== '' ? accountId : 'somebody';
}

const categories = ['new', 'indeterminate', 'done', 'undefined'] as const satisfies readonly StatusCategory[];

export function toStatus(raw: Fields | undefined, key: string, report: Report): TicketStatus {
  const name = nameOf(raw) ?? 'Status not known';
  const word = recordOf(raw?.['statusCategory'])?.['key'];
  const category = categories.find((category) => category === word);
  if (category === undefined && typeof word === 'string') report.newWord('ticket', key, 'statusCategory', word);
  return { id: typeof raw?.['id'] === 'string' ? raw['id'] : name, name, category: category ?? 'undefined' };
}

/** A link holds one of both sides; the inward side of "Blocks" is what blocks this issue (atlassian.md 3.6). */
function toLink(raw: unknown, of: string, report: Report): { readonly link: TicketLink; readonly blocks: boolean }[] {
  const { type: kind, inwardIssue, outwardIssue } = recordOf(raw) ?? {};
  const inward = recordOf(inwardIssue);
  const other = inward ?? recordOf(outwardIssue);
  const key = other?.['key'];
  if (other === undefined || !isIssueKey(key)) {
    report.unclear('ticket', of, 'issuelinks');
    return [];
  }
  const type = recordOf(kind);
  const relation = type?.[inward === undefined ? 'outward' : 'inward'];
  const fields = recordOf(other['fields']);
  const link: TicketLink = {
    relation: typeof relation === 'string' ? relation : 'is linked to',
    key,
    summary: typeof fields?.['summary'] === 'string' ? fields['summary'] : '',
    status: isNone(fields?.['status'])
      ? { id: '', name: '', category: 'undefined' }
      : toStatus(recordOf(fields?.['status']), key, report),
  };
  return [{ link, blocks: inward !== undefined && nameOf(type) === 'Blocks' }];
}

function toAttachment(raw: unknown, report: Report): TicketAttachment[] {
  const { id, filename, size } = recordOf(raw) ?? {};
  // It becomes a part of an address.
  if (typeof id !== 'string' || !/^\d{1,20}$/.test(id)) {
    report.skipped('attachment', id, 'id');
    return [];
  }
  const name = typeof filename === 'string' && visibleLine(filename) !== '' ? filename : `Attachment ${id}`;
  return [{ id, name, size: typeof size === 'number' && size >= 0 ? size : undefined }];
}

/** The ids of the links of an issue in these words to another one; undefined where its links cannot be read. */
export function linkIds(
  raw: unknown,
  of: string,
  { relation, other }: { readonly relation: string; readonly other: string },
  report: Report,
): readonly string[] | undefined {
  const links = recordOf(recordOf(raw)?.['fields'])?.['issuelinks'];
  if (!Array.isArray(links)) return undefined;
  return links.flatMap((each: unknown): readonly string[] => {
    const id = recordOf(each)?.['id'];
    const isMeant = toLink(each, of, report).some(({ link }) => link.key === other && link.relation === relation);
    // It becomes a part of a path.
    return isMeant && typeof id === 'string' && /^\d{1,20}$/.test(id) ? [id] : [];
  });
}

export function toComment(raw: unknown, report: Report): TicketComment[] {
  const record = recordOf(raw) ?? {};
  const { id, created, author, body } = record;
  // jira.js makes dates of some instants.
  const createdAt = created instanceof Date ? created.getTime() : instant(created).value;
  if (typeof id !== 'string' || createdAt === undefined) {
    report.skipped('comment', id, typeof id === 'string' ? 'created' : 'id');
    return [];
  }
  const writer = recordOf(author);
  return [{ id, author: writer === undefined ? 'somebody' : nameIn(writer), createdAt, body }];
}

/** The id of the site's field "Flagged" among its fields (atlassian.md 3.7); undefined when it has none. */
export function flaggedFieldOf(fields: unknown): string | undefined {
  if (!Array.isArray(fields)) return undefined;
  const schema = z.object({
    id: z.string(),
    name: z.optional(z.string()),
    untranslatedName: z.optional(z.string()),
    schema: z.optional(z.object({ custom: z.optional(z.string()) })),
  });
  for (const raw of fields) {
    const parsed = schema.safeParse(raw);
    if (!parsed.success) continue;
    const { id, name, untranslatedName, schema: form } = parsed.data;
    if ((untranslatedName ?? name) === 'Flagged' && form?.custom?.endsWith(':multicheckboxes') === true) return id;
  }
  return undefined;
}

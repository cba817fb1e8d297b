import * as z from 'zod/mini';
import { isIssueKey } from '../../../domain/base/ids.ts';
import type {
  StatusCategory,
  Ticket,
  TicketComment,
  TicketDetails,
  TicketLink,
  TicketStatus,
} from '../../../domain/queue/ticket.ts';
import { parseInstant } from '../../../domain/base/time.ts';

const key = z.string().check(z.refine(isIssueKey));
const statusSchema = z.object({
  id: z.optional(z.string()),
  name: z.string(),
  statusCategory: z.optional(z.nullable(z.object({ key: z.optional(z.string()) }))),
});
const userSchema = z.object({ accountId: z.string(), displayName: z.optional(z.string()) });
const linkedSchema = z.object({
  key,
  fields: z.optional(z.nullable(z.object({ summary: z.optional(z.string()), status: z.optional(statusSchema) }))),
});
const linkSchema = z.object({
  type: z.object({ name: z.string(), inward: z.string(), outward: z.string() }),
  inwardIssue: z.optional(linkedSchema),
  outwardIssue: z.optional(linkedSchema),
});
const named = z.optional(z.nullable(z.object({ name: z.optional(z.string()) })));
const issueSchema = z.object({
  id: z.string(),
  key,
  fields: z.looseObject({
    summary: z.string(),
    status: statusSchema,
    issuetype: named,
    priority: named,
    assignee: z.optional(z.nullable(userSchema)),
    reporter: z.optional(z.nullable(userSchema)),
    labels: z.optional(z.nullable(z.array(z.string()))),
    issuelinks: z.optional(z.nullable(z.array(z.unknown()))),
    created: z.string(),
    updated: z.string(),
    description: z.optional(z.unknown()),
    duedate: z.optional(z.unknown()),
    comment: z.optional(
      z.nullable(z.object({ comments: z.optional(z.array(z.unknown())), total: z.optional(z.number()) })),
    ),
  }),
});
const commentSchema = z.object({
  id: z.string(),
  created: z.union([z.string(), z.date()]),
  author: z.optional(z.nullable(userSchema)),
  body: z.optional(z.unknown()),
});

type Issue = z.infer<typeof issueSchema>;

/** The ticket, or undefined when the record cannot be read. `flaggedField`: id of the site's field "Flagged", if known. */
export function toTicket(raw: unknown, flaggedField: string | undefined): Ticket | undefined {
  const parsed = issueSchema.safeParse(raw);
  return parsed.success ? ticketOf(parsed.data, flaggedField) : undefined;
}

/** The ticket in full, or undefined when the record cannot be read. */
export function toTicketDetails(raw: unknown, flaggedField: string | undefined): TicketDetails | undefined {
  const parsed = issueSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  const ticket = ticketOf(parsed.data, flaggedField);
  if (ticket === undefined) return undefined;
  const { description, reporter, duedate, comment } = parsed.data.fields;
  const comments = (comment?.comments ?? []).flatMap(toComment).sort((a, b) => a.createdAt - b.createdAt);
  return {
    ...ticket,
    description,
    reporter: reporter?.displayName,
    due: typeof duedate === 'string' && parseInstant(duedate) !== undefined ? duedate : undefined,
    comments,
    commentCount: Math.max(comments.length, comment?.total ?? 0),
  };
}

function ticketOf({ id, key: issueKey, fields }: Issue, flaggedField: string | undefined): Ticket | undefined {
  const [createdAt, updatedAt] = [parseInstant(fields.created), parseInstant(fields.updated)];
  if (createdAt === undefined || updatedAt === undefined) return undefined;
  const flag = flaggedField === undefined ? undefined : fields[flaggedField];
  const links = (fields.issuelinks ?? []).flatMap(toLink);
  return {
    id,
    key: issueKey,
    summary: fields.summary,
    type: fields.issuetype?.name ?? 'Issue',
    status: toStatus(fields.status),
    priority: fields.priority?.name,
    assignee:
      fields.assignee === null || fields.assignee === undefined
        ? undefined
        : { accountId: fields.assignee.accountId, name: fields.assignee.displayName ?? fields.assignee.accountId },
    labels: fields.labels ?? [],
    flagged: Array.isArray(flag) && flag.length > 0,
    blockedBy: links.filter((link) => link.blocks && link.link.status.category !== 'done').map((link) => link.link),
    links: links.map((link) => link.link),
    createdAt,
    updatedAt,
  };
}

function toStatus(raw: z.infer<typeof statusSchema>): TicketStatus {
  const category = raw.statusCategory?.key;
  const known = (['new', 'indeterminate', 'done'] as const).find((each) => each === category);
  return { id: raw.id ?? raw.name, name: raw.name, category: known ?? ('undefined' satisfies StatusCategory) };
}

/** A link holds one of both sides; the inward side of "Blocks" is what blocks this issue (atlassian.md 3.6). */
function toLink(raw: unknown): { readonly link: TicketLink; readonly blocks: boolean }[] {
  const parsed = linkSchema.safeParse(raw);
  if (!parsed.success) return [];
  const { type, inwardIssue, outwardIssue } = parsed.data;
  const other = inwardIssue ?? outwardIssue;
  if (other === undefined) return [];
  const inward = inwardIssue !== undefined;
  const link: TicketLink = {
    relation: inward ? type.inward : type.outward,
    key: other.key,
    summary: other.fields?.summary ?? '',
    status:
      other.fields?.status === undefined ? { id: '', name: '', category: 'undefined' } : toStatus(other.fields.status),
  };
  return [{ link, blocks: inward && type.name === 'Blocks' }];
}

function toComment(raw: unknown): TicketComment[] {
  const parsed = commentSchema.safeParse(raw);
  if (!parsed.success) return [];
  const { id, created, author, body } = parsed.data;
  const createdAt = typeof created === 'string' ? parseInstant(created) : created.getTime();
  return createdAt === undefined ? [] : [{ id, author: author?.displayName ?? 'somebody', createdAt, body }];
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

import * as z from 'zod/mini';
import { grouped } from '../../../domain/base/counted.ts';
import type { Failure } from '../../../domain/base/failure.ts';
import { completenessOf, type Listed } from '../../../domain/base/listed.ts';
import { fail, ok, type Result } from '../../../domain/base/result.ts';
import { cutReason, mapInSlices, rowsOf } from '../../records.ts';
import type { Atlassian } from '../connection.ts';

// What all calls to the alert operations API have in common: failures, shapes of ids, lists in pages (atlassian.md
// 2.1).

type Failed = { readonly ok: false; readonly failure: Failure };

/** An answer that is not as the service is documented. */
export function malformed(operation: string, cause?: unknown): Failed {
  return fail({ kind: 'malformed', service: 'ops', operation, detail: 'unexpected form', cause });
}

/** A request that is not sent, because it is certainly wrong. */
export function refused(operation: string, detail: string): Failed {
  return fail({ kind: 'rejected', service: 'ops', operation, detail });
}

/** Whether a text can be an id of the service: a uuid, an account id. Never one that changes a path. */
export function isServiceId(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9_:-]{0,127}$/.test(value);
}

const listSchema = z.object({ values: z.unknown(), count: z.optional(z.unknown()) });
const linksSchema = z.object({
  links: z.optional(z.nullable(z.object({ next: z.optional(z.nullable(z.string())) }))),
});

/** A page of a list as it came. */
export interface WirePage {
  readonly rows: readonly unknown[];
  /** How many rows were left out because there are far too many. */
  readonly cut: number;
  /** How many records there are in all, where the service says so. */
  readonly count: number | undefined;
}

/** The `values` of a list; undefined when the answer is no list. */
export function pageOf(body: unknown): WirePage | undefined {
  const parsed = listSchema.safeParse(body);
  const found = parsed.success ? rowsOf(parsed.data.values) : undefined;
  if (!parsed.success || found === undefined) return undefined;
  const { count } = parsed.data;
  return { ...found, count: typeof count === 'number' && Number.isFinite(count) ? count : undefined };
}

/** The `values` of a list; undefined when the answer is no list. */
export function listOf(body: unknown): readonly unknown[] | undefined {
  return pageOf(body)?.rows;
}

/** The link to the next page, as it came; undefined on the last page, where it is absent, null or empty. */
export function nextLink(body: unknown): string | undefined {
  const parsed = linksSchema.safeParse(body);
  const next = parsed.success ? parsed.data.links?.next : undefined;
  return next === null || next === '' ? undefined : next;
}

/**
 * Where the next page begins. The form of the link is not certain, so that only a parameter of it is taken, and it is
 * never followed (atlassian.md 2.1).
 */
function parameterOf(link: string, name: string): string | undefined {
  return new URLSearchParams(link.slice(link.indexOf('?') + 1)).get(name) ?? undefined;
}

/** How to read a list. */
export interface ListRequest<T> {
  readonly operation: string;
  readonly path: string;
  readonly size: number;
  readonly query?: Readonly<Record<string, string>>;
  /** `offset` for most lists, `after` for those with a cursor. */
  readonly pages: 'offset' | 'after';
  readonly most: number;
  /** Undefined for a record that cannot be read: it is counted and left out. */
  readonly map: (raw: unknown) => T | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** After so many pages without a new record nothing more is to be expected. */
const mostIdlePages = 2;

/**
 * Reads a list page by page, up to `most` records, each once. What makes progress is a new record, not another link: a
 * list may name a next page without end.
 */
export async function readList<T>(connection: Atlassian, request: ListRequest<T>): Promise<Result<Listed<T>, Failure>> {
  const { operation, path, size, pages, most, map, signal } = request;
  const records: T[] = [];
  const seen = new Set<string>();
  const visited = new Set<string>();
  let position: string | undefined;
  let idle = 0;
  for (;;) {
    const query = { ...request.query, size, [pages]: position };
    const read = await connection.ops({ operation, path, query, signal });
    if (!read.ok) return read;
    const page = pageOf(read.value);
    if (page === undefined) return malformed(operation);
    const fresh = page.rows.filter((raw) => isNew(seen, raw));
    for (const record of await mapInSlices(fresh, map)) if (record !== undefined) records.push(record);
    const link = nextLink(read.value);
    if (page.cut > 0) return listing(cutReason(page.cut));
    if (link === undefined || (page.count !== undefined && page.count <= seen.size)) return listing(undefined);
    idle = fresh.length > 0 ? 0 : idle + 1;
    // An empty page is how lists without a count end.
    if (idle >= mostIdlePages) return listing(page.rows.length === 0 ? undefined : only(seen.size));
    position = parameterOf(link, pages) ?? '';
    if (position === '') return listing('the service does not say where the next page begins');
    if (visited.has(position)) return listing(only(seen.size));
    visited.add(position);
    if (seen.size >= most) return listing(`only the first ${grouped(most)} were read`);
  }

  function listing(reason: string | undefined): Result<Listed<T>, Failure> {
    const skipped = seen.size - records.length;
    if (skipped > 0) connection.log(`${operation}: ${skipped} records could not be read`);
    return ok({ records, skipped, completeness: completenessOf(reason) });
  }
}

function only(count: number): string {
  return `the service says that there are more, but gives only ${grouped(count)}`;
}

/** Whether a row was not seen before; then it is from now on. */
function isNew(seen: Set<string>, raw: unknown): boolean {
  const key = JSON.stringify(raw);
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}

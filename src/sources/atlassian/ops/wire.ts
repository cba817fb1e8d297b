import * as z from 'zod/mini';
import type { Failure } from '../../../domain/base/failure.ts';
import { completenessOf, type Listed } from '../../../domain/base/listed.ts';
import { fail, ok, type Result } from '../../../domain/base/result.ts';
import type { Atlassian } from '../connection.ts';

// What all calls to the alert operations API have in common: failures, shapes of ids, lists in pages (atlassian.md 2.1).

type Failed = { readonly ok: false; readonly failure: Failure };

/** An answer that is not what the service promises. */
export function malformed(operation: string, cause?: unknown): Failed {
  return fail({ kind: 'malformed', service: 'ops', operation, detail: 'unexpected form', cause });
}

/** A wish that is not sent, because it cannot be right. */
export function refused(operation: string, detail: string): Failed {
  return fail({ kind: 'rejected', service: 'ops', operation, detail });
}

/** Whether a text can be an id of the service: a uuid, an account id. Never something that leads elsewhere in a path. */
export function isServiceId(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9_:-]{0,127}$/.test(value);
}

const listSchema = z.object({ values: z.array(z.unknown()) });
const linksSchema = z.object({
  links: z.optional(z.nullable(z.object({ next: z.optional(z.nullable(z.string())) }))),
});

/** The `values` of a list; undefined when the answer is no list. */
export function listOf(body: unknown): readonly unknown[] | undefined {
  const parsed = listSchema.safeParse(body);
  return parsed.success ? parsed.data.values : undefined;
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

/** Reads a list page by page, up to `most` records. */
export async function readList<T>(
  connection: Atlassian,
  request: ListRequest<T>,
): Promise<Result<Listed<T>, Failure>> {
  const { operation, path, size, pages, most, map, signal } = request;
  const records: T[] = [];
  const visited = new Set<string>();
  let skipped = 0;
  let position: string | undefined;
  for (;;) {
    const query = { ...request.query, size, [pages]: position };
    const read = await connection.ops({ operation, path, query, signal });
    if (!read.ok) return read;
    const values = listOf(read.value);
    if (values === undefined) return malformed(operation);
    for (const raw of values) {
      const record = map(raw);
      if (record === undefined) skipped++;
      else records.push(record);
    }
    const link = nextLink(read.value);
    if (link === undefined || values.length === 0) return listing(undefined);
    position = parameterOf(link, pages) ?? '';
    if (position === '' || visited.has(position)) return listing('the service does not say where the next page begins');
    visited.add(position);
    if (records.length + skipped >= most) return listing(`only the first ${most.toLocaleString('en-US')} were read`);
  }

  function listing(reason: string | undefined): Result<Listed<T>, Failure> {
    if (skipped > 0) connection.log(`${operation}: ${skipped} records could not be read`);
    return ok({ records, skipped, completeness: completenessOf(reason) });
  }
}

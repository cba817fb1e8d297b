import type { Alert } from '../../../domain/alerts/alert.ts';
import { grouped } from '../../../domain/base/counted.ts';
import type { Failure } from '../../../domain/base/failure.ts';
import { ok, type Result } from '../../../domain/base/result.ts';
import { second, type Instant } from '../../../domain/base/time.ts';

/** As many records as a page holds. */
export const pageSize = 100;
/** No more can be listed, and `offset + size` must stay below it (atlassian.md 2.2). */
const furthest = 20_000;
/** Twice what the furthest list takes when nothing moves. */
const maxRequests = 400;

/** More than a list that shrinks while it is read has reason for, less than a link that never ends would cost. */
const maxIdlePages = 6;

/** A record of a page, read or not. */
export interface SweptRow {
  /** The id; the whole record where it has none. */
  readonly key: string;
  readonly createdAt: Instant | undefined;
  /** Undefined: it cannot be read. */
  readonly alert: Alert | undefined;
}

export interface SweepPage {
  /** By instant of creation, the newest first. */
  readonly rows: readonly SweptRow[];
  readonly more: boolean;
  /** Why rows of this page were left out. */
  readonly cut?: string | undefined;
  /** How many records there are in all that are not younger than the bound, where the service says so. */
  readonly count?: number | undefined;
}

export interface Sweep {
  /** Each record once. */
  readonly rows: readonly SweptRow[];
  /** How many requests it took. */
  readonly pages: number;
  /** Why it is not all; undefined when it is. */
  readonly reason: string | undefined;
}

/** Reads a page of the records that are not younger than `bound`, if given, from the one at `offset` on. */
export type ReadPage = (bound: Instant | undefined, offset: number) => Promise<Result<SweepPage, Failure>>;

/**
 * Reads a list to its end, even when records come and go meanwhile: none is missing, none is there twice.
 *
 * An alert's instant of creation never changes, so that the next page is requested as "not younger than the last one
 * seen", and what comes or goes elsewhere cannot move it. Only where one instant fills a whole page, or where the
 * service does not do such a query, it is requested by offset. Either way a page must begin with a record that is known
 * already: else the record went away, others before it went away, or the service compares less exactly than by the
 * millisecond, and the page is requested again from further up.
 */
export async function sweep(readPage: ReadPage, log: (line: string) => void): Promise<Result<Sweep, Failure>> {
  const cursor = new Cursor();
  for (let pages = 1; pages <= maxRequests; pages++) {
    const read = await readPage(cursor.bound, cursor.offset);
    if (cursor.bound !== undefined && doesNotBound(read, cursor.bound)) {
      log('alerts cannot be listed by their instant of creation: they are listed by offset');
      cursor.goByOffset();
      continue;
    }
    if (!read.ok) return read;
    const end = cursor.take(read.value);
    if (end !== undefined) return ok({ rows: [...cursor.rows.values()], pages, reason: end.reason });
  }
  const reason = 'alerts came and went too fast to read them all';
  return ok({ rows: [...cursor.rows.values()], pages: maxRequests, reason });
}

/**
 * The comparison is documented, but was not seen at work beside another query (atlassian.md 2.3): its answer is
 * checked.
 */
function doesNotBound(read: Result<SweepPage, Failure>, bound: Instant): boolean {
  if (!read.ok) return read.failure.kind === 'rejected';
  return read.value.rows.some(({ createdAt }) => createdAt !== undefined && createdAt > bound);
}

/** What is known, and which page comes next. */
class Cursor {
  readonly rows = new Map<string, SweptRow>();
  bound: Instant | undefined;
  offset = 0;
  #byInstant = true;
  /** Whether `bound` was moved up already because its page began with nothing known. */
  #widened = false;
  /** How many pages in a row brought nothing new: links may go on for ever, new records do not. */
  #idlePages = 0;

  goByOffset(): void {
    this.#byInstant = false;
    this.bound = undefined;
    this.offset = 0;
  }

  /** Takes a page in. Undefined: there is another one to read. */
  take(page: SweepPage): { readonly reason: string | undefined } | undefined {
    const { rows, more } = page;
    if (page.cut !== undefined) {
      for (const row of rows) this.rows.set(row.key, row);
      return { reason: page.cut };
    }
    this.#idlePages = rows.every((row) => this.#has(row)) ? this.#idlePages + 1 : 0;
    if (more && this.#idlePages > maxIdlePages) return this.#unfinished(page);
    if (this.offset > 0 && !this.#has(rows[0])) {
      this.#stepBack();
      return undefined;
    }
    // Those of one instant may be in another order each time, so any of them counts.
    const fits = this.offset > 0 || rows.some((row) => this.#has(row));
    if (!fits && this.bound !== undefined && !this.#widened) {
      this.bound += second;
      this.#widened = true;
      return undefined;
    }
    for (const row of rows) this.rows.set(row.key, row);
    // A link may be there for ever: a last page is not full, and the count agrees with what is known.
    const isLast = !more || rows.length === 0 || (rows.length < pageSize && this.#isCounted(page));
    if (isLast) return { reason: undefined };
    this.#stepOn(rows);
    if (this.rows.size < furthest && this.offset + pageSize < furthest) return undefined;
    return { reason: `the service lists at most ${grouped(furthest)}` };
  }

  #has(row: SweptRow | undefined): boolean {
    return row !== undefined && this.rows.has(row.key);
  }

  #stepOn(rows: readonly SweptRow[]): void {
    const oldest = this.#byInstant ? oldestOf(rows) : undefined;
    // A bound that was moved up is left for one below where it was only: else it would be moved up again, for ever.
    const limit = this.bound === undefined ? Infinity : this.bound - (this.#widened ? second : 0);
    if (oldest !== undefined && oldest < limit) {
      this.bound = oldest;
      this.offset = 0;
      this.#widened = false;
    } else this.offset += Math.max(1, rows.length - 1);
  }

  #stepBack(): void {
    this.offset = Math.max(0, this.offset - pageSize + 1);
  }

  /** Where the count agrees, all is there, whatever the link says. */
  #unfinished(page: SweepPage): { readonly reason: string | undefined } {
    if (this.#isCounted(page)) return { reason: undefined };
    const count = grouped(this.rows.size);
    return { reason: `the service says that there are more, but gives only ${count}` };
  }

  #isCounted({ count }: SweepPage): boolean {
    if (count === undefined) return false;
    const { bound = Infinity } = this;
    return [...this.rows.values()].filter(({ createdAt = 0 }) => createdAt <= bound).length >= count;
  }
}

/**
 * The oldest instant of a page; undefined when the page is not in order, so that it says nothing about what is left.
 */
function oldestOf(rows: readonly SweptRow[]): Instant | undefined {
  let oldest = Infinity;
  for (const { createdAt } of rows) {
    if (createdAt === undefined) continue;
    if (createdAt > oldest) return undefined;
    oldest = createdAt;
  }
  return Number.isFinite(oldest) ? oldest : undefined;
}

import { breather, mostRows } from './answerText.ts';
import * as z from 'zod/mini';
import { grouped } from '../domain/base/counted.ts';
import { isFields } from '../domain/base/fields.ts';
import { parseInstant, type Instant } from '../domain/base/time.ts';

// How all sources read a record: it is shown when its identity can be read, whatever its lesser fields are. A lesser
// field of another form than documented is not known, and the log names record and field, never what stands
// there.

/** What one field says: undefined when it is absent, null, or of another form (then it is not clear). */
interface ReadValue<T> {
  readonly value: T | undefined;
  readonly isClear: boolean;
}

/** Reads one lesser field. */
export type FieldReader<T> = (value: unknown) => ReadValue<T>;

/** A field whose whole value has a form. */
export function one<T>(schema: z.ZodMiniType<T>): FieldReader<T> {
  return (value) => {
    if (value === undefined || value === null) return { value: undefined, isClear: true };
    const parsed = schema.safeParse(value);
    return parsed.success ? { value: parsed.data, isClear: true } : { value: undefined, isClear: false };
  };
}

/** A list: its entries of another form are left out. */
export function each<T>(schema: z.ZodMiniType<T>): FieldReader<readonly T[]> {
  return (value) => {
    if (value === undefined || value === null) return { value: undefined, isClear: true };
    if (!Array.isArray(value)) return { value: undefined, isClear: false };
    const parsed = value.map((entry) => schema.safeParse(entry));
    const entries = parsed.flatMap((entry) => (entry.success ? [entry.data] : []));
    return { value: entries, isClear: entries.length === value.length };
  };
}

export const text = one(z.string());
export const texts = each(z.string());
export const flag = one(z.boolean());
export const number = one(z.number().check(z.refine(Number.isFinite)));
/** A number, which may be written as text. */
export const count: FieldReader<number> = (value) =>
  typeof value === 'string' && /^\d{1,15}$/.test(value) ? { value: Number(value), isClear: true } : number(value);
/** ISO-8601 text. An empty one says nothing, as null does. */
export const instant: FieldReader<Instant> = (value) => {
  if (value === undefined || value === null || value === '') return { value: undefined, isClear: true };
  const at = typeof value === 'string' ? parseInstant(value) : undefined;
  return { value: at, isClear: at !== undefined };
};
/** Whatever stands there. */
export const anything: FieldReader<unknown> = (value) => ({ value, isClear: true });
/** An object, its fields unread. */
export const object = one(z.record(z.string(), z.unknown()));

type FieldReaders = Readonly<Record<string, FieldReader<unknown>>>;

/** What the lesser fields of a record say. */
export type Values<F extends FieldReaders> = {
  readonly [K in keyof F]: F[K] extends FieldReader<infer T> ? T | undefined : never;
};

/** Reads the lesser fields of a record. `unclear` is called with the name of each that has another form. */
export function readFields<F extends FieldReaders>(
  record: Readonly<Record<string, unknown>>,
  fields: F,
  unclear: (field: string) => void,
): Values<F> {
  const entries = Object.entries(fields).map(([name, field]) => {
    const { value, isClear } = field(Object.hasOwn(record, name) ? record[name] : undefined);
    if (!isClear) unclear(name);
    return [name, value];
  });
  // The names and types are those of `fields`.
  return Object.fromEntries(entries) as Values<F>;
}

/** An object of the wire by its names; undefined for anything else. */
export function recordOf(raw: unknown): Readonly<Record<string, unknown>> | undefined {
  return isFields(raw) ? raw : undefined;
}

/** Logs what could not be read, each thing once. Names records and fields, never what stands in them. */
export interface Report {
  /** A lesser field is not known. */
  unclear(kind: string, id: string, field: string): void;
  /** A word that is none of those that are known. It is shown as the service wrote it. */
  newWord(kind: string, id: string, field: string, word: string): void;
  /** A record is left out, for want of this field. `id`: what may identify it, as it came. */
  skipped(kind: string, id: unknown, field: string): void;
}

/** So many lines are kept: then they may be logged again. */
const mostLines = 2_000;

export function createReport(log: (line: string) => void): Report {
  const logged = new Set<string>();
  function once(key: string, line: string): void {
    if (logged.has(key)) return;
    if (logged.size >= mostLines) logged.clear();
    logged.add(key);
    log(line);
  }
  return {
    unclear(kind, id, field) {
      const line = `${kind} ${shown(id)}: ${field} is not of the expected form, it counts as not known`;
      once(line, line);
    },
    newWord(kind, id, field, word) {
      once(`${kind} ${field} ${word}`, `${kind} ${shown(id)}: ${field} has a word that is not known, ${shown(word)}`);
    },
    skipped(kind, id, field) {
      const line = `${kind} ${shown(id)} is left out: ${field} cannot be read`;
      once(line, line);
    },
  };
}

/** An id or a word for the log: nothing else fits its shape. */
function shown(value: unknown): string {
  const name = typeof value === 'number' || typeof value === 'bigint' ? `${value}` : value;
  if (typeof name !== 'string' || name === '') return '(without an id)';
  return /^[\p{L}\p{N}_.:/@ -]{1,100}$/u.test(name) ? JSON.stringify(name) : '(of an unusual form)';
}

/**
 * The rows of a list; undefined when it is none. `cut`: how many were left out because there are more than `mostRows`.
 */
export function rowsOf(list: unknown): { readonly rows: readonly unknown[]; readonly cut: number } | undefined {
  if (!Array.isArray(list)) return undefined;
  const rows: readonly unknown[] = list;
  return rows.length <= mostRows ? { rows, cut: 0 } : { rows: rows.slice(0, mostRows), cut: rows.length - mostRows };
}

/** Why a list that was cut is not whole. */
export function cutReason(cut: number): string | undefined {
  return cut === 0 ? undefined : `only the first ${grouped(mostRows)} of one answer are read`;
}

const rowsPerCheck = 50;

/** Maps many rows without blocking the thread. */
export async function mapInSlices<R, T>(rows: readonly R[], map: (raw: R) => T): Promise<T[]> {
  const mapped: T[] = [];
  const breathe = breather();
  for (const [index, row] of rows.entries()) {
    mapped.push(map(row));
    if (index % rowsPerCheck === 0) await breathe();
  }
  return mapped;
}

import { cloudId } from '../world.ts';
import { type Call, type Fields, isFields, Refusal, type Reply } from './http.ts';
import type { Switches } from './switches.ts';

// What all routes of the alert operations API have in common: errors, paging, times (atlassian.md 2.1).

/** `{errors: [{title, code}]}` */
export function opsError(status: number, title: string, code: string): Reply {
  return { status, body: { errors: [{ title, code }] } };
}

export function notFound(title: string): Refusal {
  return new Refusal(opsError(404, title, 'NOT_FOUND'));
}

export function unprocessable(title: string): Refusal {
  return new Refusal(opsError(422, title, 'UNPROCESSABLE_ENTITY'));
}

/** Whole numbers of the query within bounds; 422 otherwise. */
export function wholeNumber(call: Call, name: string, standard: number, least: number, most: number): number {
  const text = call.query.get(name);
  if (text === null) return standard;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || value > most) {
    throw unprocessable(`Query parameter [${name}] must be between ${least} and ${most}`);
  }
  return value;
}

/** One page of an offset list: `values` and `links`. */
export function offsetPage(
  call: Call,
  switches: Switches,
  all: readonly unknown[],
  limits: { readonly standard: number; readonly most: number },
): { values: readonly unknown[]; links: Fields } {
  const size = wholeNumber(call, 'size', limits.standard, 1, limits.most);
  const offset = wholeNumber(call, 'offset', 0, 0, Number.MAX_SAFE_INTEGER);
  const more = offset + size < all.length;
  return {
    values: all.slice(offset, offset + size),
    links: linksTo(call, switches, more ? { offset: `${offset + size}`, size: `${size}` } : undefined),
  };
}

/** The link to the next page in the form that the switches say. */
export function linksTo(call: Call, switches: Switches, next: Readonly<Record<string, string>> | undefined): Fields {
  if (next === undefined) return switches.linksEnd === 'null' ? { next: null } : {};
  const query = new URLSearchParams(call.query);
  for (const [name, value] of Object.entries(next)) query.set(name, value);
  const link = `/v1${call.path}?${query}`;
  switch (switches.linksNextForm) {
    case 'relative':
      return { next: link };
    case 'prefixed':
      return { next: `/api/${cloudId}${link}` };
    case 'absolute':
      return { next: `${call.base}${link}` };
  }
}

export function text(body: Fields, name: string, most = Infinity): string {
  const value = body[name];
  if (typeof value !== 'string' || value === '') throw unprocessable(`[${name}] must not be empty`);
  if (value.length > most) throw unprocessable(`[${name}] must not be longer than ${most} characters`);
  return value;
}

export function optionalText(body: Fields, name: string, most: number): string | undefined {
  const value = body[name];
  if (value === undefined || value === null || value === '') return undefined;
  return text(body, name, most);
}

export function texts(body: Fields, name: string): string[] {
  const value = body[name];
  if (!Array.isArray(value) || !value.every((each) => typeof each === 'string')) {
    throw unprocessable(`[${name}] must be a list of texts`);
  }
  return value;
}

export function object(body: Fields, name: string): Fields {
  const value = body[name];
  if (!isFields(value)) throw unprocessable(`[${name}] must be an object`);
  return value;
}

/** The instant that a text means. Without an offset it is taken as UTC (atlassian.md 2.1: accepted or misread). */
export function instant(value: unknown, name: string): number {
  const local = typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+$/.test(value) ? `${value}Z` : value;
  const parsed = typeof local === 'string' ? Date.parse(local) : NaN;
  if (Number.isNaN(parsed)) throw unprocessable(`[${name}] is not a date`);
  return parsed;
}

export function iso(at: number): string {
  return new Date(at).toISOString();
}

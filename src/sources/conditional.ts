import type { Failure } from '../domain/base/failure.ts';
import { fail, ok, type Result } from '../domain/base/result.ts';
import type { Http, HttpRequest } from './http.ts';
import { pollIntervalOf } from './rateLimit.ts';

/** What an address answered: its value is whole in both cases. */
export interface Answered<T> {
  /** `unchanged`: the service says that nothing changed (304), and this is what it said before. */
  readonly kind: 'changed' | 'unchanged';
  readonly value: T;
  /** Equal for equal values of one address: a changed value gets a number that was never used before. */
  readonly version: number;
  /** The pause that the service requires before the next such request, milliseconds. */
  readonly pollAfterMs: number | undefined;
}

/** GET requests for only what changed. */
export interface Conditional {
  /**
   * Reads an address, with the validators (`ETag`, else `Last-Modified`) of its last answer. `read` turns a body into
   * the value that is kept, undefined when it cannot; always the same one for the same address.
   */
  get<T>(
    request: HttpRequest,
    read: (body: unknown, headers: Headers) => T | undefined,
  ): Promise<Result<Answered<T>, Failure>>;
}

/** What is kept at most: addresses, and the characters of the answers that they gave (the values kept are smaller). */
export interface Bounds {
  readonly count: number;
  readonly characters: number;
}

interface KeptAnswer {
  readonly validators: Readonly<Record<string, string>>;
  readonly value: unknown;
  readonly version: number;
  readonly characters: number;
}

const defaultBounds: Bounds = { count: 50, characters: 16 * 1024 * 1024 };

/** Answers are kept by address and credential: what one account was shown is never given to another. */
export function createConditional(http: Http, bounds: Bounds = defaultBounds): Conditional {
  /** In the order of their last use. */
  const kept = new Map<string, KeptAnswer>();
  let characters = 0;
  let versions = 0;

  function remove(key: string): void {
    characters -= kept.get(key)?.characters ?? 0;
    kept.delete(key);
  }

  function keep(key: string, entry: KeptAnswer): void {
    remove(key);
    kept.set(key, entry);
    characters += entry.characters;
    for (const oldest of kept.keys()) {
      if (kept.size <= bounds.count && characters <= bounds.characters) return;
      remove(oldest);
    }
  }

  return {
    async get<T>(request: HttpRequest, read: (body: unknown, headers: Headers) => T | undefined) {
      const key = keyOf(request);
      const before = kept.get(key);
      const headers = { ...request.headers, ...before?.validators };
      const sent = await http.json({ ...request, headers });
      if (!sent.ok) return sent;
      const { answer, body } = sent.value;
      const pollAfterMs = pollIntervalOf(answer.headers);
      if (answer.status === 304 && before !== undefined) {
        keep(key, before);
        // Put there by this same address and reading.
        return ok({ kind: 'unchanged', value: before.value as T, version: before.version, pollAfterMs } as const);
      }
      const value = answer.status === 304 ? undefined : read(body, answer.headers);
      if (value === undefined) {
        remove(key);
        const { service, operation } = request;
        return fail({ kind: 'malformed', service, operation, status: answer.status, detail: 'unexpected form' });
      }
      const validators = validatorsOf(answer.headers);
      const version = ++versions;
      if (validators === undefined) remove(key);
      else keep(key, { validators, value, version, characters: answer.text.length });
      return ok({ kind: 'changed', value, version, pollAfterMs } as const);
    },
  };
}

function keyOf({ url, headers = {} }: HttpRequest): string {
  const credential = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? '';
  return JSON.stringify([credential, url.href]);
}

/** The headers for "only if it changed"; where a service gives an `ETag`, that alone (RFC 9110 13.1.3). */
function validatorsOf(headers: Headers): Readonly<Record<string, string>> | undefined {
  const etag = headers.get('etag');
  if (etag !== null) return { 'If-None-Match': etag };
  const modified = headers.get('last-modified');
  return modified === null ? undefined : { 'If-Modified-Since': modified };
}

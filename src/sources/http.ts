import { isFields } from '../domain/base/fields.ts';
import type { Failure, FailureKind, Service } from '../domain/base/failure.ts';
import { isAllowedAddress } from '../domain/base/ids.ts';
import { fail, ok, type Result } from '../domain/base/result.ts';
import { secretForms } from '../domain/base/secretForms.ts';
import { parseAnswer, TooManyValues } from './answerText.ts';
import { deadlineIn, type After } from './deadline.ts';
import { noAnswerOf, proxySignIn } from './noAnswer.ts';
import { parseRetryAfter, rateLimitOf, serviceTime } from './rateLimit.ts';

/** One request. Credentials go into `headers` and nowhere else. */
export interface HttpRequest {
  readonly service: Service;
  /** A few words for failures and the log: "list alerts". */
  readonly operation: string;
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | undefined;
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** For the whole exchange, milliseconds; that of all exchanges when absent. */
  readonly timeoutMs?: number | undefined;
}

/** An answer with a status below 400 (and no redirect). */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Empty for 204 and 304. */
  readonly text: string;
}

/** What the request meter gets for every answer, also of the bad ones; `status` 0 when there was none. */
export interface Exchange {
  readonly service: Service;
  readonly operation: string;
  readonly method: string;
  readonly status: number;
  readonly durationMs: number;
  readonly headers: Headers | undefined;
}

export interface HttpOptions {
  readonly fetch: typeof fetch;
  /** Monotonic or wall milliseconds, for durations and `Retry-After` dates. */
  readonly now: () => number;
  readonly onExchange?: (exchange: Exchange) => void;
  /** For each exchange that sets none of its own, milliseconds; 20 s when absent. */
  readonly timeoutMs?: number | undefined;
  /** How time is waited for; by the machine's own timers when absent. */
  readonly after?: After | undefined;
}

/** HTTP as all REST clients use it: time limit, size limit, no redirects, failures as values, every exchange reported. */
export interface Http {
  /** The whole answer, parsed as JSON (`undefined` for 204 and 304): `unknown` until a schema has seen it. */
  json(request: HttpRequest): Promise<Result<{ answer: HttpAnswer; body: unknown }, Failure>>;
  /**
   * The headers only; the body is the caller's to read and to cancel (event streams). `timeoutMs` is for the headers.
   */
  stream(request: HttpRequest): Promise<Result<Response, Failure>>;
}

const defaultTimeoutMs = 20_000;
/** Far larger than any page that is requested (a hundred records; a full rollout state is under 1 MB). */
export const maxBytes = 16 * 1024 * 1024;
/** Of a refusal so much is read for what it says. */
const refusalLength = 100_000;
const detailLength = 300;
/** Of more fields than these nothing is said. */
const mostFields = 20;

export function createHttp(options: HttpOptions): Http {
  return {
    async stream(request) {
      const result = await exchange(options, request, (response) => Promise.resolve(response), 'untilHeaders');
      if (!result.ok || !isPage(result.value.headers, '')) return result;
      void result.value.body?.cancel();
      return fail(page(request, result.value.status));
    },
    async json(request) {
      const result = await exchange(options, request, readAnswer, 'untilRead');
      if (!result.ok) return result;
      const answer = result.value;
      if (answer.text === '') return ok({ answer, body: undefined });
      if (isPage(answer.headers, answer.text)) return fail(page(request, answer.status));
      try {
        return ok({ answer, body: await parseAnswer(answer.text) });
      } catch (cause) {
        const detail = cause instanceof TooManyValues ? cause.message : 'not JSON';
        return fail(failureOf(request, 'malformed', { status: answer.status, detail, cause }));
      }
    },
  };
}

async function exchange<T>(
  options: HttpOptions,
  request: HttpRequest,
  read: (response: Response) => Promise<T>,
  limit: 'untilHeaders' | 'untilRead',
): Promise<Result<T, Failure>> {
  if (!isAllowedAddress(request.url)) {
    return fail(failureOf(request, 'notConfigured', { detail: `${request.url.origin} is not https` }));
  }
  const started = options.now();
  const deadline = deadlineIn(request.timeoutMs ?? options.timeoutMs ?? defaultTimeoutMs, options.after);
  const signal = request.signal === undefined ? deadline.signal : AbortSignal.any([request.signal, deadline.signal]);
  let response: Response | undefined;
  try {
    response = await options.fetch(request.url, {
      method: request.method ?? 'GET',
      // A renamed site redirects to another host, and credentials must not follow (atlassian.md 1.2).
      redirect: 'manual',
      signal,
      headers: headersOf(request),
      body: request.body === undefined ? null : JSON.stringify(request.body),
    });
    if (limit === 'untilHeaders') deadline.clear();
    if (isRefusal(response)) {
      const text = await readText(response);
      return fail(refusal(request, response, text.slice(0, refusalLength), options.now()));
    }
    return ok(await read(response));
  } catch (cause) {
    return fail(failureOfException(request, deadline.signal, response, cause));
  } finally {
    deadline.clear();
    options.onExchange?.({
      service: request.service,
      operation: request.operation,
      method: request.method ?? 'GET',
      status: response?.status ?? 0,
      durationMs: options.now() - started,
      headers: response?.headers,
    });
  }
}

/** Those of the request take the place of the usual ones: the names of headers have no case. */
function headersOf({ body, headers = {} }: HttpRequest): Headers {
  const all = new Headers({ Accept: 'application/json' });
  if (body !== undefined) all.set('Content-Type', 'application/json');
  for (const [name, value] of Object.entries(headers)) all.set(name, value);
  return all;
}

function isRefusal(response: Response): boolean {
  return response.status >= 300 && response.status !== 304;
}

async function readAnswer(response: Response): Promise<HttpAnswer> {
  return { status: response.status, headers: response.headers, text: await readText(response) };
}

/** An HTML page is never what was requested: something else answers in place of the service. */
function isPage(headers: Headers, text: string): boolean {
  return (
    /^\s*(text\/html|application\/xhtml)/i.test(headers.get('content-type') ?? '') || /^\s*<(!doctype|html)/i.test(text)
  );
}

function page(request: HttpRequest, status: number): Failure {
  return failureOf(request, 'intercepted', { status, detail: 'a web page came in place of data' });
}

/** An answer of more bytes than are read. */
export class TooLarge extends Error {
  constructor(bytes: number) {
    super(`more than ${bytes / 1024 / 1024} MB`);
  }
}

async function readText(response: Response): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new TooLarge(maxBytes);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function failureOfException(
  request: HttpRequest,
  deadline: AbortSignal,
  response: Response | undefined,
  cause: unknown,
): Failure {
  if (request.signal?.aborted === true) return failureOf(request, 'cancelled', { cause });
  if (response !== undefined) {
    // An answer that breaks off is cut off, not an unreachable service.
    const { status } = response;
    if (deadline.aborted) return failureOf(request, 'timeout', { status, cause });
    const detail = cause instanceof TooLarge ? cause.message : 'cut off';
    return failureOf(request, 'malformed', { status, detail, cause });
  }
  if (deadline.aborted) return failureOf(request, 'timeout', { cause });
  return unanswered(request, cause);
}

function unanswered(request: HttpRequest, cause: unknown): Failure {
  const { detail, notSent } = noAnswerOf(cause, request.url.hostname);
  return failureOf(request, detail === proxySignIn ? 'intercepted' : 'unreachable', {
    detail,
    notSent: notSent || undefined,
    cause,
  });
}

/** The failure for an answer with a status that refuses. */
function refusal(request: HttpRequest, response: Response, text: string, now: number): Failure {
  const said = withoutCredentials(text, request);
  const detail = detailOf(said);
  if (response.status === 407) return failureOf(request, 'intercepted', { status: 407, detail: proxySignIn });
  if (response.status < 400) return redirection(request, response, detail);
  const limit = rateLimitOf(response.status, response.headers, detail, now);
  const retryAfterMs =
    limit?.retryAfterMs ?? parseRetryAfter(response.headers.get('retry-after'), serviceTime(response.headers, now));
  return failureOf(request, limit === undefined ? kindOfStatus(response.status) : 'rateLimited', {
    status: response.status,
    detail,
    retryAfterMs,
    fields: response.status === 400 ? refusedFields(said) : undefined,
    page: singleSignOnPage(response),
  });
}

/**
 * GitHub names the page on which a token is authorised for an organisation (github.md 1; only at github.com itself).
 */
function singleSignOnPage({ status, headers }: Response): string | undefined {
  const [, address = ''] = /^required;\s*url=(\S+)$/.exec(headers.get('x-github-sso') ?? '') ?? [];
  if (status !== 403 || !URL.canParse(address)) return undefined;
  const page = new URL(address);
  return page.origin === 'https://github.com' && page.username === '' ? page.href : undefined;
}

/** Redirects are not followed: credentials go to the address that a person chose, and to no other. */
function redirection(request: HttpRequest, { status, headers }: Response, detail: string | undefined): Failure {
  const location = headers.get('location') ?? '';
  const target = URL.canParse(location, request.url.href) ? new URL(location, request.url) : undefined;
  if (target !== undefined && target.origin !== request.url.origin) {
    return failureOf(request, 'intercepted', { status, detail: `redirects to ${target.host.slice(0, 100)}` });
  }
  const kind = status === 301 || status === 308 ? 'moved' : 'rejected';
  return failureOf(request, kind, { status, detail });
}

/** Credentials that a service repeats in its answer are not shown and not kept. */
function withoutCredentials(text: string, { headers }: HttpRequest): string {
  const [scheme, sent = ''] = (new Headers(headers).get('authorization') ?? '').split(' ');
  const plain = scheme === 'Basic' ? fromBase64(sent) : '';
  const at = plain.indexOf(':');
  const parts = [sent, plain, plain.slice(0, Math.max(0, at)), plain.slice(at + 1)];
  return parts.flatMap(secretForms).reduce((clean, form) => clean.replaceAll(form, '‹secret›'), text);
}

function fromBase64(text: string): string {
  return new TextDecoder().decode(Uint8Array.from(atob(text), (each) => each.charCodeAt(0)));
}

/** The kind of failure that an HTTP status of 300 and above means. */
export function kindOfStatus(status: number): FailureKind {
  switch (status) {
    case 401:
      return 'unauthorized';
    case 402:
      return 'paymentRequired';
    case 403:
      return 'forbidden';
    case 404:
    case 410:
      return 'notFound';
    case 408:
    case 504:
      return 'timeout';
    case 429:
      return 'rateLimited';
    default:
      return status >= 500 ? 'server' : 'rejected';
  }
}

function failureOf(request: HttpRequest, kind: FailureKind, more: Partial<Failure>): Failure {
  return { kind, service: request.service, operation: request.operation, ...more };
}

/**
 * What a service said of an error, as one line: `errors[].title` (or `detail`, or plain text) and Jira's
 * `errorMessages` and `errors` map joined, else `message`, else the first characters of a body that is not HTML
 * (atlassian.md 2.1, 3.1).
 */
export function detailOf(text: string): string | undefined {
  const said = saidInJson(text) ?? (/^\s*</.test(text) ? '' : text);
  const line = said.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim();
  return line === '' ? undefined : line.slice(0, detailLength);
}

/** What Jira says of single fields of a form, in its map `errors` (atlassian.md 3.1). */
function refusedFields(text: string): Failure['fields'] {
  const body = jsonOf(text);
  if (!isFields(body) || !isFields(body['errors'])) return undefined;
  const fields = Object.entries(body['errors']).flatMap(([name, said]) =>
    typeof said === 'string' ? [[name, said.slice(0, detailLength)] as const] : [],
  );
  return fields.length === 0 ? undefined : Object.fromEntries(fields.slice(0, mostFields));
}

/** The value of a JSON text; undefined for what is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the caller shows the text itself.
    return undefined;
  }
}

function saidInJson(text: string): string | undefined {
  const body = jsonOf(text);
  if (!isFields(body)) return typeof body === 'string' ? body : undefined;
  const parts = [...sayings(body['errorMessages']), ...sayings(body['errors'])];
  if (parts.length > 0) return parts.join('; ');
  return typeof body['message'] === 'string' ? body['message'] : undefined;
}

function sayings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(sayings);
  if (!isFields(value)) return [];
  if (typeof value['title'] === 'string') return [value['title']];
  if (typeof value['detail'] === 'string') return [value['detail']];
  return Object.values(value).filter((entry) => typeof entry === 'string');
}

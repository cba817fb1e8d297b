import type { Failure } from '../../domain/base/failure.ts';
import { deadlineIn, type After } from '../deadline.ts';
import { detailOf, kindOfStatus, TooLarge, type Exchange } from '../http.ts';
import { noAnswerOf, proxySignIn } from '../noAnswer.ts';
import { parseRetryAfter } from '../rateLimit.ts';

export interface CarrierOptions {
  readonly operation: string;
  readonly fetch: typeof fetch;
  readonly now: () => number;
  readonly signal: AbortSignal | undefined;
  /** For each exchange, answer read, in milliseconds. */
  readonly timeoutMs: number;
  /** How time is waited for; by the machine's own timers when absent. */
  readonly after?: After | undefined;
  readonly onExchange?: ((exchange: Exchange) => void) | undefined;
}

/**
 * Carries the requests of one call for the agent, which has no abort and no time limit of its own and wraps what goes
 * wrong in errors of its own: here the original failure is recorded.
 */
export interface Carrier {
  /** What the agent calls. The answers that it gets are read to the end. */
  readonly fetch: typeof fetch;
  /** The first thing that went wrong on the way, if any. */
  readonly failure: () => Failure | undefined;
  /** Ends the requests that the agent left behind. */
  readonly close: () => void;
}

/** A limit above the largest answer to a query (3 MB). */
const maxBytes = 8 * 1024 * 1024;

/**
 * The network says so of a request whose expiry does not fit its clock (status 400). The agent then reads the
 * network's time and tries again, so these are not failures yet; but it would never stop if the answer stays the same.
 */
const clockDiffers = 'Invalid request expiry: ';
/** A query, the nodes' keys and three times the network's time. */
const maxClockAnswers = 5;

export function createCarrier(options: CarrierOptions): Carrier {
  const closed = new AbortController();
  let first: Failure | undefined;
  let clockAnswers = 0;
  const note = (failure: Omit<Failure, 'service' | 'operation'>): void => {
    if (!closed.signal.aborted) first ??= { service: 'governance', operation: options.operation, ...failure };
  };

  async function carry(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    // The agent tries again by itself, also after a 429. The first failure ends the call.
    if (first !== undefined) throw new Error('the call has failed already');
    const started = options.now();
    const deadline = deadlineIn(options.timeoutMs, options.after);
    const signals = [closed.signal, deadline.signal, ...(options.signal === undefined ? [] : [options.signal])];
    let response: Response | undefined;
    try {
      response = await options.fetch(input, { ...init, redirect: 'manual', signal: AbortSignal.any(signals) });
      const bytes = await readAll(response);
      noteStatus(response, bytes);
      return new Response(bytes.byteLength === 0 ? null : bytes, {
        status: response.status,
        statusText: response.statusText,
        headers: response.headers,
      });
    } catch (cause) {
      if (options.signal?.aborted === true) note({ kind: 'cancelled', cause });
      else if (deadline.signal.aborted) note({ kind: 'timeout', cause });
      // An answer that breaks off is cut off, not an unreachable service.
      else if (response !== undefined) {
        const detail = cause instanceof TooLarge ? cause.message : 'cut off';
        note({ kind: 'malformed', status: response.status, detail, cause });
      } else note(unanswered(input, cause));
      throw cause;
    } finally {
      deadline.clear();
      options.onExchange?.({
        service: 'governance',
        operation: options.operation,
        method: init.method ?? 'GET',
        status: response?.status ?? 0,
        durationMs: options.now() - started,
        headers: response?.headers,
      });
    }
  }

  function noteStatus(response: Response, bytes: Uint8Array): void {
    if (response.status === 200 && /^\s*text\/html/i.test(response.headers.get('content-type') ?? '')) {
      note({ kind: 'intercepted', status: 200, detail: 'a web page came in place of data' });
    }
    if (response.status === 200) return;
    const text = new TextDecoder().decode(bytes);
    if (response.status === 400 && text.includes(clockDiffers) && ++clockAnswers <= maxClockAnswers) return;
    const detail = detailOf(text);
    const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), options.now());
    const location = response.headers.get('location') ?? '';
    if (response.status < 400 && URL.canParse(location)) {
      note({ kind: 'intercepted', status: response.status, detail: `redirects to ${new URL(location).host}` });
      return;
    }
    if (response.status === 407) {
      note({ kind: 'intercepted', status: 407, detail: proxySignIn });
      return;
    }
    note({
      kind: response.status < 300 ? 'malformed' : kindOfStatus(response.status),
      status: response.status,
      detail,
      retryAfterMs,
    });
  }

  return { fetch: carry, failure: () => first, close: () => closed.abort() };
}

function unanswered(input: string | URL | Request, cause: unknown): Omit<Failure, 'service' | 'operation'> {
  const address = input instanceof Request ? input.url : `${input}`;
  const { detail, notSent } = noAnswerOf(cause, URL.canParse(address) ? new URL(address).hostname : '');
  return {
    kind: detail === proxySignIn ? 'intercepted' : 'unreachable',
    detail,
    notSent: notSent || undefined,
    cause,
  };
}

async function readAll(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  if (response.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new TooLarge(maxBytes);
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

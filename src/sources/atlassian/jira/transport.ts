import type { Failure } from '../../../domain/base/failure.ts';
import { fail, ok, type Result } from '../../../domain/base/result.ts';
import type { Atlassian } from '../connection.ts';

/** What jira.js has its client send: the parts that its generated functions use. */
interface SendRequestOptions {
  readonly url: string;
  readonly method?: string | undefined;
  readonly body?: unknown;
  readonly searchParams?: Readonly<Record<string, unknown>> | undefined;
}

/** jira.js passes failures only as exceptions: ours is wrapped in one. */
class Refused extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.kind);
    this.failure = failure;
  }
}

/**
 * A client for the functions of jira.js over our own HTTP: with a time limit, an abort signal and our failures, which
 * its own lacks (atlassian.md 4). The answer is returned as it came; our schemas read it.
 */
export function transport(
  connection: Atlassian,
  operation: string,
  signal: AbortSignal | undefined,
): { sendRequest<T>(options: SendRequestOptions): Promise<T> } {
  return {
    async sendRequest<T>(options: SendRequestOptions): Promise<T> {
      const answer = await connection.jira({
        operation,
        path: options.url,
        method: methodOf(options.method),
        search: searchOf(options.searchParams),
        signal,
        body: options.body,
      });
      if (!answer.ok) throw new Refused(answer.failure);
      // The caller treats it as unknown: jira.js's own model is not relied on.
      return answer.value as T;
    },
  };
}

/** Runs a function of jira.js and turns what it throws into a value. */
export async function unwrap(operation: string, run: () => Promise<unknown>): Promise<Result<unknown, Failure>> {
  try {
    return ok(await run());
  } catch (cause) {
    if (cause instanceof Refused) return fail(cause.failure);
    return fail({ kind: 'malformed', service: 'jira', operation, cause });
  }
}

function methodOf(method: string | undefined): 'GET' | 'POST' | 'PUT' | 'DELETE' {
  return method === 'POST' || method === 'PUT' || method === 'DELETE' ? method : 'GET';
}

function searchOf(parameters: Readonly<Record<string, unknown>> | undefined): URLSearchParams {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters ?? {})) {
    if (Array.isArray(value)) search.append(name, value.join(','));
    else if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
      search.append(name, `${value}`);
    }
  }
  return search;
}

import { Octokit } from '@octokit/core';
import type { Failure } from '../../domain/base/failure.ts';
import { fail, type Result } from '../../domain/base/result.ts';
import { createConditional, type Answered } from '../conditional.ts';
import type { Http } from '../http.ts';

const service = 'github';

/** One read of GitHub. */
export interface GitHubRead {
  /** A few words for failures and the log: "list pull requests". */
  readonly operation: string;
  /** As GitHub documents it: "GET /repos/{owner}/{repo}/pulls". */
  readonly route: string;
  /** What its braces stand for, and what else goes into the query. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  /** The token, or undefined to read without one. */
  readonly token: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/** GitHub's REST API. Every read is a conditional request. `read` turns a body into a value, undefined when it cannot. */
export interface GitHubRequests {
  get<T>(
    request: GitHubRead,
    read: (body: unknown, headers: Headers) => T | undefined,
  ): Promise<Result<Answered<T>, Failure>>;
}

/** What octokit hands to its fetch, as far as it matters. */
interface Sent {
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Octokit, with our own HTTP as its fetch. The answers go past octokit: it reads them without a limit of size, and takes
 * a 304 for an error.
 */
export function createRequests(http: Http, apiUrl: URL): GitHubRequests {
  const conditional = createConditional(http);
  const octokit = new Octokit({ baseUrl: apiUrl.href.replace(/\/+$/, ''), userAgent: 'dr-dre' });
  return {
    async get<T>(
      { operation, route, parameters, token, signal }: GitHubRead,
      read: (body: unknown, headers: Headers) => T | undefined,
    ): Promise<Result<Answered<T>, Failure>> {
      const answers: Result<Answered<T>, Failure>[] = [];
      const fetch = async (url: string, { headers }: Sent): Promise<Response> => {
        answers.push(await conditional.get({ service, operation, signal, url: new URL(url), headers }, read));
        return new Response(null, { status: 204 });
      };
      const headers: Record<string, string> = {
        accept: 'application/vnd.github+json',
        'x-github-api-version': '2022-11-28',
      };
      if (token !== undefined) headers['authorization'] = `Bearer ${token}`;
      try {
        await octokit.request(route, { ...parameters, headers, request: { fetch } });
      } catch (cause) {
        return fail({ kind: 'malformed', service, operation, cause });
      }
      return answers[0] ?? fail({ kind: 'malformed', service, operation, detail: 'no request was made' });
    },
  };
}

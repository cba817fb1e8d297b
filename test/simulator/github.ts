import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { tokens, type World } from './world.ts';
import type { SimRequest, SimService } from './service.ts';
import { makePulls, type PullRequest } from './github/pulls.ts';
import { repositoryContents } from './github/files.ts';
import { makeRuns, runsOf, type WorkflowRun } from './github/runs.ts';
import { iso, pullBody, repository, runBody, user } from './github/bodies.ts';

// The part of the GitHub REST API (version 2022-11-28) that an on-call extension reads: pull requests, workflow runs,
// check runs, files of the main branch, notifications, search, rate limit. With ETag and 304, Last-Modified, Link paging, x-poll-interval and
// the rate-limit headers. An authorised 304 costs no quota. ETags differ by account, as GitHub's do.
// Limits are refused as its documentation says: 403 or 429 with the quota at 0 or a Retry-After, and at times with
// nothing but words.
// Who opens which pull request, and the names of workflows and branches: dre.md section 6.

/** What tests turn: see `configure`. */
interface Switches {
  /** Whether answers carry an ETag. */
  etags: boolean;
  /** Seconds; sent with every answer when it is not 0. */
  pollInterval: number;
  /** A refusal in place of every answer. */
  limit: 'none' | 'quota' | 'retryAfter' | 'secondary';
  /** A repository that only its members see: "not found" for everybody else. */
  private: boolean;
  /** A number that is put into every pull request's title: when it changes, the list does. */
  revision: number;
}

const limits: readonly Switches['limit'][] = ['none', 'quota', 'retryAfter', 'secondary'];
const hourlyQuota = { authorised: 5000, anonymous: 60 };

export function createGithubService(world: World): SimService {
  const pulls = makePulls(world);
  const runs = [...makeRuns(world), ...pulls.flatMap(runsOf)].sort((a, b) => b.startedAt - a.startedAt);
  const nextRevision = pulls.find(({ branch }) => branch.startsWith(notesBranch))?.branch.slice(notesBranch.length);
  const contents = repositoryContents(nextRevision ?? '');
  const switches: Switches = { etags: true, pollInterval: 0, limit: 'none', private: false, revision: 0 };
  let used = { authorised: 0, anonymous: 0 };
  let window = world.now();

  function answer(
    request: SimRequest,
    response: ServerResponse,
    body: unknown,
    headers: Record<string, string> = {},
  ): void {
    const text = JSON.stringify(body);
    const authorised = isAuthorised(request);
    const etag = `W/"${createHash('sha256').update(`${authorised} ${text}`).digest('hex')}"`;
    const unchanged = switches.etags && request.headers['if-none-match'] === etag;
    if (world.now() - window > 3_600_000) {
      window = world.now();
      used = { authorised: 0, anonymous: 0 };
    }
    const account = authorised ? 'authorised' : 'anonymous';
    if (!(unchanged && authorised)) used = { ...used, [account]: used[account] + 1 };
    const limit = hourlyQuota[account];
    const shared: Record<string, string> = {
      ...headers,
      date: new Date(world.now()).toUTCString(),
      'x-ratelimit-limit': `${limit}`,
      'x-ratelimit-remaining': `${Math.max(0, limit - used[account])}`,
      'x-ratelimit-used': `${used[account]}`,
      'x-ratelimit-reset': `${Math.floor((window + 3_600_000) / 1000)}`,
      'x-ratelimit-resource': 'core',
      'cache-control': authorised ? 'private, max-age=60, s-maxage=60' : 'public, max-age=60, s-maxage=60',
      'x-github-media-type': 'github.v3; format=json',
    };
    if (switches.etags) shared['etag'] = etag;
    if (switches.pollInterval !== 0) shared['x-poll-interval'] = `${switches.pollInterval}`;
    if (used[account] > limit) return refuse(response, 403, 'API rate limit exceeded.', shared);
    if (unchanged) {
      response.writeHead(304, shared).end();
      return;
    }
    response.writeHead(200, { ...shared, 'content-type': 'application/json; charset=utf-8' }).end(text);
  }

  function page(
    request: SimRequest,
    response: ServerResponse,
    items: readonly unknown[],
    wrap = (part: readonly unknown[]): unknown => part,
  ): void {
    const size = Math.min(100, Math.max(1, Number(request.url.searchParams.get('per_page') ?? 30)));
    const number = Math.max(1, Number(request.url.searchParams.get('page') ?? 1));
    const last = Math.max(1, Math.ceil(items.length / size));
    const to = (target: number, rel: string): string => {
      const url = new URL(request.url);
      url.searchParams.set('page', `${target}`);
      return `<${url.href}>; rel="${rel}"`;
    };
    const links = [
      ...(number > 1 ? [to(number - 1, 'prev'), to(1, 'first')] : []),
      ...(number < last ? [to(number + 1, 'next'), to(last, 'last')] : []),
    ];
    const part = items.slice((number - 1) * size, number * size);
    answer(request, response, wrap(part), links.length === 0 ? {} : { link: links.join(', ') });
  }

  function handle(request: SimRequest, response: ServerResponse): void {
    if (request.headers.authorization !== undefined && !isAuthorised(request)) {
      return refuse(response, 401, 'Bad credentials');
    }
    if (request.method !== 'GET') return refuse(response, 404, 'Not Found');
    if (switches.limit !== 'none') return limited(response, switches.limit);
    if (switches.private && !isAuthorised(request)) return refuse(response, 404, 'Not Found');
    const path = request.url.pathname;
    const inRepository = path.startsWith(`/repos/${repository}/`)
      ? path.slice(`/repos/${repository}`.length)
      : undefined;
    if (path === '/rate_limit') return answer(request, response, rateLimit(used, window));
    if (path === '/user') {
      if (!isAuthorised(request)) return refuse(response, 401, 'Requires authentication');
      return answer(request, response, user('dana-oncall', false));
    }
    if (path === '/notifications') return notifications(request, response);
    if (path === '/search/issues') {
      return page(request, response, search(request, pulls), (items) => ({
        total_count: search(request, pulls).length,
        incomplete_results: false,
        items,
      }));
    }
    if (inRepository === undefined) return refuse(response, 404, 'Not Found');
    if (inRepository === '/pulls') {
      return page(
        request,
        response,
        sorted(request, pulls).map((pull) => pullBody(pull, switches.revision)),
      );
    }
    if (inRepository === '/actions/runs') return listRuns(request, response, runs);
    const pull = /^\/pulls\/(\d+)$/.exec(inRepository);
    if (pull !== null) {
      return one(
        request,
        response,
        pulls.find((each) => each.number === Number(pull[1])),
        (found) => pullBody(found),
      );
    }
    const file = /^\/contents\/(.+)$/.exec(inRepository);
    if (file !== null) return one(request, response, contents.get(file[1] ?? ''), (found) => found);
    const workflow = /^\/actions\/workflows\/([^/]+)\/runs$/.exec(inRepository);
    if (workflow !== null) {
      return listRuns(
        request,
        response,
        runs.filter((run) => run.file === workflow[1]),
      );
    }
    const checks = /^\/commits\/([0-9a-f]{40})\/check-runs$/.exec(inRepository);
    if (checks !== null) {
      return checkRuns(
        request,
        response,
        pulls.find((each) => each.sha === checks[1]),
      );
    }
    refuse(response, 404, 'Not Found');
  }

  function listRuns(request: SimRequest, response: ServerResponse, all: readonly WorkflowRun[]): void {
    const { searchParams: query } = request.url;
    const [branch, event] = [query.get('branch'), query.get('event')];
    const wanted = all.filter(
      (run) => (branch === null || run.branch === branch) && (event === null || run.event === event),
    );
    page(request, response, wanted.map(runBody), (part) => ({ total_count: wanted.length, workflow_runs: part }));
  }

  /** A limit, refused in one of the ways that GitHub documents. */
  function limited(response: ServerResponse, limit: Exclude<Switches['limit'], 'none'>): void {
    const date = { date: new Date(world.now()).toUTCString() };
    switch (limit) {
      case 'quota':
        return refuse(response, 403, 'API rate limit exceeded for user ID 1000.', {
          ...date,
          'x-ratelimit-limit': '5000',
          'x-ratelimit-remaining': '0',
          'x-ratelimit-reset': `${Math.floor(world.now() / 1000) + 600}`,
        });
      case 'retryAfter':
        return refuse(response, 429, secondaryLimit, { ...date, 'retry-after': '90' });
      case 'secondary':
        return refuse(response, 403, secondaryLimit, date);
    }
  }

  function one<T>(
    request: SimRequest,
    response: ServerResponse,
    found: T | undefined,
    body: (value: T) => unknown,
  ): void {
    if (found === undefined) refuse(response, 404, 'Not Found');
    else answer(request, response, body(found));
  }

  function checkRuns(request: SimRequest, response: ServerResponse, pull: PullRequest | undefined): void {
    if (pull === undefined) return refuse(response, 422, 'No commit found for SHA');
    const done = pull.checks !== 'in_progress';
    const check = (name: string): unknown => ({
      id: pull.number * 10 + name.length,
      name,
      status: done ? 'completed' : 'in_progress',
      conclusion: done ? pull.checks : null,
      html_url: `https://github.com/${repository}/pull/${pull.number}/checks`,
      started_at: iso(pull.updatedAt),
      completed_at: done ? iso(pull.updatedAt + 600_000) : null,
    });
    const list = ['Build and test', 'Wait for required jobs to complete or be skipped'].map(check);
    answer(request, response, { total_count: list.length, check_runs: list });
  }

  function notifications(request: SimRequest, response: ServerResponse): void {
    if (!isAuthorised(request)) return refuse(response, 401, 'Requires authentication');
    const changed = new Date(Math.max(...pulls.map((each) => each.updatedAt))).toUTCString();
    const poll = { 'last-modified': changed, 'x-poll-interval': '60' };
    if (request.headers['if-modified-since'] === changed) {
      response.writeHead(304, poll).end();
      return;
    }
    answer(request, response, [], poll);
  }

  return {
    name: 'github',
    handle,
    configure: (name, value) => {
      const limit = limits.find((each) => each === value);
      if (name === 'etags' && typeof value === 'boolean') switches.etags = value;
      else if (name === 'private' && typeof value === 'boolean') switches.private = value;
      else if (name === 'pollInterval' && typeof value === 'number') switches.pollInterval = value;
      else if (name === 'revision' && typeof value === 'number') switches.revision = value;
      else if (name === 'limit' && limit !== undefined) switches.limit = limit;
      else throw new Error(`github has no switch ${name} that takes ${String(value)}`);
    },
    advanced: () => undefined,
    dispose: () => undefined,
  };
}

const notesBranch = 'replica-release-notes-';
const secondaryLimit = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.';

/** By default the newest first; `sort=updated` with its direction. */
function sorted(request: SimRequest, pulls: readonly PullRequest[]): readonly PullRequest[] {
  const { searchParams: query } = request.url;
  if (query.get('sort') !== 'updated') return pulls;
  const sign = query.get('direction') === 'asc' ? 1 : -1;
  return [...pulls].sort((a, b) => sign * (a.updatedAt - b.updatedAt));
}

function isAuthorised(request: SimRequest): boolean {
  return (
    /^(bearer|token) /i.test(request.headers.authorization ?? '') &&
    (request.headers.authorization ?? '').endsWith(` ${tokens.github}`)
  );
}

function refuse(response: ServerResponse, status: number, message: string, headers: Record<string, string> = {}): void {
  response
    .writeHead(status, { ...headers, 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify({ message, documentation_url: 'https://docs.github.com/rest', status: `${status}` }));
}

function rateLimit(used: { authorised: number; anonymous: number }, window: number): unknown {
  const core = {
    limit: hourlyQuota.authorised,
    used: used.authorised,
    remaining: hourlyQuota.authorised - used.authorised,
    reset: Math.floor((window + 3_600_000) / 1000),
  };
  return { resources: { core }, rate: core };
}

function search(request: SimRequest, pulls: readonly PullRequest[]): readonly unknown[] {
  const author = /author:(?:app\/)?([\w-]+)/.exec(request.url.searchParams.get('q') ?? '')?.[1];
  return pulls
    .filter((pull) => author === undefined || pull.login.replace('[bot]', '') === author)
    .map((pull) => pullBody(pull));
}

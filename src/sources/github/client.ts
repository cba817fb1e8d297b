import type { Failure } from '../../domain/base/failure.ts';
import { isRepository } from '../../domain/base/ids.ts';
import type { PullRequest } from '../../domain/ci/pullRequest.ts';
import {
  complete,
  completenessOf,
  completenessOfAll,
  type Completeness,
  type Listed,
} from '../../domain/base/listed.ts';
import { notesFolders, type Os } from '../../domain/base/os.ts';
import { fail, ok, type Result } from '../../domain/base/result.ts';
import type { Instant } from '../../domain/base/time.ts';
import { releaseIndexFile, type Release, type ReleaseVersion } from '../../domain/releases/release.ts';
import { checksOf, latestRuns, type WorkflowRun } from '../../domain/ci/workflowRun.ts';
import type { Answered } from '../conditional.ts';
import type { Http } from '../http.ts';
import { createReport } from '../records.ts';
import { toLogin, toPulls, toRuns, type ListedPull } from './mapping.ts';
import type { NotesFolder } from './releaseIndex.ts';
import { createRequests, type GitHubRead } from './requests.ts';

export interface GitHubOptions {
  readonly http: Http;
  /** Address of the API; the token goes there and nowhere else. */
  readonly apiUrl: URL;
  /** The token, or undefined to read without one: public repositories only, 60 requests an hour. */
  readonly token: () => Promise<string | undefined>;
  readonly now: () => Instant;
  readonly log: (line: string) => void;
}

/** What a read brought. */
export interface GitHubList<T> extends Listed<T> {
  /** How many pages the longest list of it has. */
  readonly pages: number;
  /** Equal versions mean equal records: nothing changed on the service. */
  readonly version: string;
  /** Milliseconds until the next read at the earliest: the service requires it, or the quota without a token does. */
  readonly pollAfterMs: number | undefined;
}

/** GitHub's REST API as the CI view needs it. Every read is a conditional request: a 304 costs a token no quota. */
export interface GitHub {
  /**
   * The open pull requests, last updated first, with the checks of those whose workflow runs are among the latest
   * hundred of the repository. One request for each hundred, up to three, and one for the runs.
   */
  pullRequests(repository: string, signal?: AbortSignal): Promise<Result<GitHubList<PullRequest>, Failure>>;
  /** The latest run of each workflow on the main branch, and of the weekly dependency upgrade. Two requests. */
  workflowRuns(repository: string, signal?: AbortSignal): Promise<Result<GitHubList<WorkflowRun>, Failure>>;
  /** The login of whoever the token is of; undefined where it is read without one. One request. */
  login(signal?: AbortSignal): Promise<Result<string | undefined, Failure>>;
  /**
   * The two newest releases of the release index, the newest first, with which notes are published: the release
   * controller works on no others (dre.md 5.3). Three requests.
   */
  releases(repository: string, signal?: AbortSignal): Promise<Result<GitHubList<Release>, Failure>>;
}

const service = 'github';
const repositorySetting = 'drDre.github.repository';
const pullsPerPage = 100;
const maxPullPages = 3;
const runsPerPage = 100;
/** The weekly upgrade runs on Mondays: it is not among the latest runs of a busy branch (dre.md 6.2). */
const upgradeWorkflow = 'update-dependencies.yaml';
const newestReleases = 2;
/**
 * Without a token there are 60 requests an hour for the whole address of a network. Pull requests and workflow runs take
 * 20 of them each; releases, which change once a week, 6.
 */
const anonymousRequestMs = 3 * 60_000;
const anonymousReleaseMs = 10 * 60_000;
/** A longer wait is ignored: a clock may be wrong. */
const longestPauseMs = 60 * 60_000;

interface ListPage<T> extends Listed<T> {
  readonly more: boolean;
}

export function createGitHub({ http, apiUrl, token, now, log }: GitHubOptions): GitHub {
  const api = createRequests(http, apiUrl);
  const report = createReport(log);
  const pullsIn = (body: unknown): Listed<ListedPull> | undefined => toPulls(body, report);
  const runsIn = (body: unknown): Listed<WorkflowRun> | undefined => toRuns(body, report);
  let pause: { readonly until: Instant; readonly token: string | undefined; readonly failure: Failure } | undefined;

  /** A limit of GitHub holds for all requests that share it, not only for the list that reached it. */
  function paused(account: string | undefined): Failure | undefined {
    if (pause === undefined || pause.token !== account) return undefined;
    const left = pause.until - now();
    if (left > 0 && left <= longestPauseMs) return { ...pause.failure, retryAfterMs: left };
    pause = undefined;
    return undefined;
  }

  function notePause(failure: Failure, account: string | undefined): void {
    if (failure.kind !== 'rateLimited') return;
    pause = { until: now() + Math.min(longestPauseMs, failure.retryAfterMs ?? 60_000), token: account, failure };
  }

  /** One read of one repository: its requests in a row, with one token. */
  function reading(repository: string, account: string | undefined, signal: AbortSignal | undefined) {
    const [owner = '', repo = ''] = repository.split('/');
    const versions: number[] = [];
    let requests = 0;
    let askedMs = 0;

    async function ask<T>(
      operation: string,
      path: string,
      query: GitHubRead['parameters'],
      read: (body: unknown, headers: Headers) => T | undefined,
    ): Promise<Result<Answered<T>, Failure>> {
      const pauseFailure = paused(account);
      if (pauseFailure !== undefined) return fail({ ...pauseFailure, operation });
      requests++;
      const route = `GET /repos/{owner}/{repo}${path}`;
      const parameters = { owner, repo, ...query };
      const answer = await api.get({ operation, route, parameters, token: account, signal }, read);
      if (!answer.ok) return fail(noted(answer.failure));
      versions.push(answer.value.version);
      askedMs = Math.max(askedMs, answer.value.pollAfterMs ?? 0);
      return answer;
    }

    async function get<T>(
      operation: string,
      path: string,
      query: GitHubRead['parameters'],
      read: (body: unknown) => Listed<T> | undefined,
    ): Promise<Result<Answered<ListPage<T>>, Failure>> {
      const answer = await ask(operation, path, query, (body, headers): ListPage<T> | undefined => {
        const list = read(body);
        return list === undefined ? undefined : { ...list, more: hasNext(headers) };
      });
      if (answer.ok && answer.value.kind === 'changed' && answer.value.value.skipped > 0) {
        log(`${operation}: ${answer.value.value.skipped} records could not be read`);
      }
      return answer;
    }

    function noted(failure: Failure): Failure {
      notePause(failure, account);
      if (failure.kind === 'moved') return { ...failure, detail: repository, setting: repositorySetting };
      if (failure.kind === 'forbidden') return { setting: repositorySetting, ...failure };
      if (failure.kind !== 'notFound') return failure;
      // A private repository is "not found" for an account that may not see it.
      const detail = account === undefined ? `${repository}, read without signing in` : repository;
      return { ...failure, detail, setting: repositorySetting };
    }

    const pace = (withoutTokenMs = anonymousRequestMs): Pick<GitHubList<never>, 'version' | 'pollAfterMs'> => {
      const quotaMs = account === undefined ? requests * withoutTokenMs : 0;
      return { version: versions.join('.'), pollAfterMs: Math.max(askedMs, quotaMs) || undefined };
    };
    return { ask, get, pace };
  }

  function misnamed(operation: string): { readonly ok: false; readonly failure: Failure } {
    const detail = 'that is not the name of a repository';
    return fail({ kind: 'notConfigured', service, operation, detail, setting: repositorySetting });
  }

  return {
    async releases(repository, signal) {
      const operation = 'read release index';
      if (!isRepository(repository)) return misnamed(operation);
      // With the parser of YAML, which nothing else here needs.
      const { toFileText, toNotesFolder, toReleases } = await import('./releaseIndex.ts');
      const { ask, pace } = reading(repository, await token(), signal);
      const text = await ask(operation, `/contents/${releaseIndexFile}`, {}, toFileText);
      if (!text.ok) {
        const { failure } = text;
        return fail(
          failure.kind === 'notFound' ? { ...failure, detail: `${releaseIndexFile} in ${repository}` } : failure,
        );
      }
      const index = toReleases(text.value.value, report);
      if (index === undefined) {
        return fail({ kind: 'malformed', service, operation, detail: `${releaseIndexFile} is not a release index` });
      }
      const folders = new Map<Os, NotesFolder>();
      for (const os of systems) {
        const folder = await ask('list release notes', `/contents/${notesFolders[os]}`, {}, toNotesFolder);
        if (folder.ok) folders.set(os, folder.value.value);
        // Without the folder it is not known what is published.
        else if (folder.failure.kind !== 'notFound') return folder;
      }
      return ok({
        records: index.records.slice(0, newestReleases).map((release) => withNotes(release, folders)),
        skipped: index.skipped,
        pages: 1,
        completeness: completenessOfAll(index.completeness, ofNotes(folders)),
        ...pace(anonymousReleaseMs),
      });
    },

    async pullRequests(repository, signal) {
      const operation = 'list pull requests';
      if (!isRepository(repository)) return misnamed(operation);
      const { get, pace } = reading(repository, await token(), signal);
      const pulls = new Map<number, ListedPull>();
      let skipped = 0;
      let completeness = complete;
      let pages = 0;
      let more = true;
      while (more && pages < maxPullPages) {
        pages++;
        const query = {
          state: 'open',
          sort: 'updated',
          direction: 'desc',
          per_page: pullsPerPage,
          page: pages,
        };
        const read = await get(operation, '/pulls', query, pullsIn);
        if (!read.ok) return read;
        // One that moved up between two pages is listed on both.
        for (const pull of read.value.value.records) if (!pulls.has(pull.number)) pulls.set(pull.number, pull);
        skipped += read.value.value.skipped;
        completeness = completenessOfAll(completeness, read.value.value.completeness);
        more = read.value.value.more && completeness.kind === 'complete';
      }
      // Of all events: the required checks of a pull request may run on the push of its branch.
      const query = { per_page: runsPerPage, exclude_pull_requests: true };
      const runs = await get('list checks', '/actions/runs', query, runsIn);
      if (!runs.ok) return runs;
      return ok({
        records: [...pulls.values()].map((pull) => withChecks(pull, runs.value.value.records)),
        // A run that cannot be read may be one that failed.
        skipped: skipped + runs.value.value.skipped,
        pages,
        completeness: completenessOfAll(
          completenessOf(more ? `only the ${maxPullPages * pullsPerPage} updated last are listed` : undefined),
          completeness,
          runs.value.value.completeness,
        ),
        ...pace(),
      });
    },

    async workflowRuns(repository, signal) {
      const operation = 'list workflow runs';
      if (!isRepository(repository)) return misnamed(operation);
      const { get, pace } = reading(repository, await token(), signal);
      const query = { branch: 'main', per_page: runsPerPage, exclude_pull_requests: true };
      const main = await get(operation, '/actions/runs', query, runsIn);
      if (!main.ok) return main;
      const path = `/actions/workflows/${upgradeWorkflow}/runs`;
      const upgrades = await get('list upgrade runs', path, { per_page: 5, exclude_pull_requests: true }, runsIn);
      // Another team's repository need not have this workflow.
      if (!upgrades.ok && upgrades.failure.kind !== 'notFound') return upgrades;
      const weekly = upgrades.ok ? upgrades.value.value : { records: [], skipped: 0, completeness: complete };
      // A fork's pull request from its own main branch carries that name too.
      const ours = main.value.value.records.filter((run) => !run.event.startsWith('pull_request'));
      const all = new Map([...ours, ...weekly.records].map((run) => [run.id, run]));
      return ok({
        records: latestRuns([...all.values()]),
        skipped: main.value.value.skipped + weekly.skipped,
        pages: 1,
        completeness: completenessOfAll(main.value.value.completeness, weekly.completeness),
        ...pace(),
      });
    },

    async login(signal) {
      const operation = 'read the account';
      const account = await token();
      if (account === undefined) return ok(undefined);
      const pauseFailure = paused(account);
      if (pauseFailure !== undefined) return fail({ ...pauseFailure, operation });
      const request = { operation, route: 'GET /user', parameters: {}, token: account, signal };
      const answer = await api.get(request, toLogin);
      if (answer.ok) return ok(answer.value.value);
      notePause(answer.failure, account);
      return answer;
    },
  };
}

function withChecks({ commit, ...pull }: ListedPull, runs: readonly WorkflowRun[]): PullRequest {
  return { ...pull, checks: checksOf(runs.filter((run) => run.commit === commit)) };
}

const systems: readonly Os[] = ['GuestOS', 'HostOS'];

function ofNotes(folders: ReadonlyMap<Os, NotesFolder>): Completeness {
  const isPartial = [...folders.values()].some(({ isWhole }) => !isWhole);
  return completenessOf(isPartial ? 'not all release notes are listed' : undefined);
}

/** Which notes are published is known where each folder says so: not in it is not published only if it is whole. */
function withNotes(release: Release, folders: ReadonlyMap<Os, NotesFolder>): Release {
  const publishedOf = ({ commit }: ReleaseVersion): readonly Os[] | undefined => {
    const published = systems.filter((os) => folders.get(os)?.commits.has(commit) === true);
    const isKnown = systems.every((os) => published.includes(os) || folders.get(os)?.isWhole === true);
    return isKnown ? published : undefined;
  };
  return { ...release, versions: release.versions.map((each) => ({ ...each, published: publishedOf(each) })) };
}

/** Pages are requested by number: an address in an answer is not followed, as the token would go with it. */
function hasNext(headers: Headers): boolean {
  return /;\s*rel="next"/.test(headers.get('link') ?? '');
}

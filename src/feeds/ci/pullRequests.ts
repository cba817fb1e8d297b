import type { Failure } from '../../domain/base/failure.ts';
import type { PullRequest } from '../../domain/ci/pullRequest.ts';
import { minute } from '../../domain/base/time.ts';
import type { FeedDefinition } from '../../engine/read/definition.ts';
import type { FeedKey } from '../../engine/read/store.ts';
import type { GitHub } from '../../sources/github/client.ts';

/** The repository's open pull requests, by number. */
export const pullRequestsKey: FeedKey<PullRequest> = { name: 'pullRequests', keyOf: (pull) => `${pull.number}` };

/** Reads the open pull requests of a repository (`owner/name`). */
export function pullRequestsFeed(
  github: () => Promise<GitHub>,
  repository: () => string,
): FeedDefinition<PullRequest, Failure> {
  return {
    key: pullRequestsKey,
    pace: { activeMs: 2 * minute, idleMs: 10 * minute, quietMs: 90 * minute },
    requests: 2,
    staleAfterMs: 50 * minute,
    async fetch(signal) {
      const read = await (await github()).pullRequests(repository(), signal);
      return read.ok ? { kind: 'records', ...read.value } : { kind: 'failed', failure: read.failure };
    },
  };
}

/** Whether a record from disk has the form of a pull request. */
export function isStoredPullRequest(record: unknown): record is PullRequest {
  return (
    typeof record === 'object' && record !== null && 'number' in record && 'origin' in record && 'checks' in record
  );
}

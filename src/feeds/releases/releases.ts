import type { Failure } from '../../domain/base/failure.ts';
import { hour, minute } from '../../domain/base/time.ts';
import type { Release } from '../../domain/releases/release.ts';
import type { FeedDefinition } from '../../engine/read/definition.ts';
import type { GitHub } from '../../sources/github/client.ts';
import { releasesKey } from './keys.ts';

/** Reads the newest releases of a repository (`owner/name`). */
export function releasesFeed(
  github: () => Promise<GitHub>,
  repository: () => string,
): FeedDefinition<Release, Failure> {
  return {
    key: releasesKey,
    pace: { activeMs: 15 * minute, idleMs: 30 * minute, quietMs: 12 * hour },
    requests: 3,
    staleAfterMs: 3 * hour,
    async fetch(signal) {
      const read = await (await github()).releases(repository(), signal);
      return read.ok ? { kind: 'records', ...read.value } : { kind: 'failed', failure: read.failure };
    },
  };
}

/** Whether a record from disk has the form of a release. */
export function isStoredRelease(record: unknown): record is Release {
  return (
    typeof record === 'object' &&
    record !== null &&
    'name' in record &&
    'versions' in record &&
    Array.isArray(record.versions) &&
    'ignoredProposals' in record &&
    Array.isArray(record.ignoredProposals)
  );
}

import { createHash } from 'node:crypto';
import type { Addresses } from './clients.ts';
import type { FeedName, FeedSettings } from './feeds.ts';

type ScopeSettings = Addresses & FeedSettings;

/** What each feed reads, as the settings say: every setting that decides it belongs in here. */
function parts(settings: ScopeSettings): Readonly<Record<FeedName, readonly unknown[]>> {
  const { atlassianSite, atlassianApi, rolloutsUrl, governanceHost, governanceCanister } = settings;
  const { githubApi, repository, team, schedules, epic } = settings;
  const atlassian = [atlassianSite, atlassianApi];
  const github = [githubApi, repository];
  return {
    account: atlassian,
    rotations: [...atlassian, schedules],
    alerts: [...atlassian, team],
    closedAlerts: [...atlassian, team],
    heartbeats: [...atlassian, team],
    queue: [...atlassian, epic],
    proposals: [governanceHost, governanceCanister],
    rollouts: [rolloutsUrl],
    releases: github,
    pullRequests: github,
    workflowRuns: github,
  };
}

/**
 * The scope of what the settings name (sites, team, epic, repository and the like), in a few letters: what was read in
 * another one must not be shown as this one's. Windows with the same scope share the reading.
 */
export function scopeOf(settings: ScopeSettings): string {
  const known = scopes.get(settings) ?? hashed(parts(settings));
  scopes.set(settings, known);
  return known;
}

/** Of settings whose scope was returned before: a change makes new ones. */
const scopes = new WeakMap<ScopeSettings, string>();

/** The scope of each feed. */
export function feedScopes(settings: ScopeSettings): ReadonlyMap<string, string> {
  return new Map(Object.entries(parts(settings)).map(([feed, each]) => [feed, hashed(each)]));
}

/** The feeds that read something else by these scopes than by those before. */
export function changedFeeds(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  return new Set([...now].filter(([feed, scope]) => before.get(feed) !== scope).map(([feed]) => feed));
}

function hashed(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}

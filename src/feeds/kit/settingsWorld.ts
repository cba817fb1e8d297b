import { createHash } from 'node:crypto';
import type { Addresses } from '../clients.ts';
import type { FeedSettings } from '../feeds.ts';

/**
 * Names the world that the settings point to, in a few letters: what was read from another one must not be shown as
 * this one's. Every setting that decides what a feed reads belongs in here.
 */
export function worldOf(settings: Addresses & FeedSettings): string {
  const { atlassianSite, atlassianApi, rolloutsUrl, governanceHost, governanceCanister, schedules, epic } = settings;
  const { githubApi, repository, team } = settings;
  const parts = [
    ...[atlassianSite, atlassianApi, rolloutsUrl, governanceHost, governanceCanister, schedules, epic],
    ...[githubApi, repository, team],
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}

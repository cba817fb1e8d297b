import type { Instant } from '../base/time.ts';

/**
 * Why a pull request is there: `dependencies` (Dependabot or the weekly upgrade), `release` (release notes or a release
 * of dre, opened by automation), `person` (everything else).
 */
export type PullRequestOrigin = 'dependencies' | 'release' | 'person';

/**
 * How the workflow runs of its last commit stand, taken together. `waiting`: for a person's approval. `stale`: GitHub
 * gave up on one. `unknown`: none is among the runs that were read, or one has a state that is new to us.
 */
export type ChecksState = 'failing' | 'waiting' | 'cancelled' | 'stale' | 'running' | 'passing' | 'unknown';

/** The combined state of workflow runs; commit statuses and checks of other apps are not read. */
export interface Checks {
  readonly state: ChecksState;
  /** Names of the workflows that make it this state. */
  readonly workflows: readonly string[];
  /** Names of all workflows that count here. */
  readonly looked: readonly string[];
}

/** An open pull request. Keyed by its number as text. */
export interface PullRequest {
  readonly number: number;
  readonly title: string;
  /** Login; bots end in `[bot]`. */
  readonly author: string;
  readonly origin: PullRequestOrigin;
  readonly branch: string;
  readonly draft: boolean;
  /** It merges by itself once its checks pass. */
  readonly autoMerge: boolean;
  readonly labels: readonly string[];
  /** Logins and team names whose review is requested and missing. */
  readonly reviewers: readonly string[];
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly checks: Checks;
}

/** The origin of a pull request, by who opened it and from which branch (dre.md 6.2, 6.3, 6.4). */
export function originOf(author: string, branch: string): PullRequestOrigin {
  switch (author) {
    case 'dependabot[bot]':
      return 'dependencies';
    case 'pr-automation-bot-public[bot]':
      return branch.startsWith('bot-release-') ? 'release' : 'dependencies';
    case 'sa-github-api':
      return 'release';
    default:
      return 'person';
  }
}

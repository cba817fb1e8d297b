import type { Failure } from '../../domain/base/failure.ts';
import { notesFolders, type Os } from '../../domain/base/os.ts';
import { electionOfVersion } from '../../domain/links/standing.ts';
import type { Proposal } from '../../domain/proposals/proposal.ts';
import type { Release, ReleaseVersion } from '../../domain/releases/release.ts';
import type { Rollout, RolloutKind } from '../../domain/releases/rollout.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { githubWebUrl, repositoryPage } from '../kit/githubPages.ts';
import type { LeadingTo } from './opening.ts';

/** What the pages of versions are found in. */
export interface VersionPageSources {
  readonly releases: FeedState<Release, Failure>;
  readonly proposals: FeedState<Proposal, Failure>;
  /** Those that were decided lately. */
  readonly decided: FeedState<Proposal, Failure>;
  /** Address of GitHub's API. */
  readonly githubApi: string;
  readonly repository: string;
}

/** What is known about the version of a rollout: the proposal that elects it, and the page of its release notes. */
export interface VersionPages extends Pick<LeadingTo, 'notes'> {
  readonly proposal?: Pick<Proposal, 'id' | 'url' | 'status'> | undefined;
}

const systems: Readonly<Record<RolloutKind, Os | undefined>> = {
  rollout_ic_os_to_mainnet_subnets: 'GuestOS',
  rollout_ic_os_to_mainnet_api_boundary_nodes: 'GuestOS',
  rollout_ic_os_to_mainnet_nodes: 'HostOS',
  unknown: undefined,
};

/** What was decided is newer than the same proposal among the open ones. */
export function allProposals({
  proposals,
  decided,
}: Pick<VersionPageSources, 'proposals' | 'decided'>): readonly Proposal[] {
  return [...new Map([...proposals.records, ...decided.records]).values()];
}

/** The page of the release notes of a version, where they are known to be on the main branch. */
export function notesPage(
  { published, commit }: ReleaseVersion,
  os: Os,
  { githubApi, repository }: Pick<VersionPageSources, 'githubApi' | 'repository'>,
): string | undefined {
  if (published?.includes(os) !== true) return undefined;
  return repositoryPage(githubWebUrl(githubApi), repository, `blob/main/${notesFolders[os]}/${commit}.md`);
}

/** Finds what is known about the version that a rollout rolls out: the proposal that elects it, and its release notes. */
export function pagesOfVersions(sources: VersionPageSources): (rollout: Rollout) => VersionPages {
  const proposals = allProposals(sources);
  const releases = [...sources.releases.records.values()];
  return ({ kind, revision }) => {
    const os = systems[kind];
    if (os === undefined || revision === undefined) return {};
    const release = releases.find(({ versions }) => versions.some(({ commit }) => commit === revision));
    const version = release?.versions.find(({ commit }) => commit === revision);
    return {
      proposal: electionOfVersion(os, revision, proposals, release?.ignoredProposals),
      notes: version === undefined ? undefined : notesPage(version, os, sources),
    };
  };
}

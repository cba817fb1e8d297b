import type { Os } from '../base/os.ts';
import type { Instant } from '../base/time.ts';
import type { PullRequest } from '../ci/pullRequest.ts';
import { electionOf } from '../proposals/payload.ts';
import type { Proposal } from '../proposals/proposal.ts';
import { electionDay, isHotfix, type Release, type ReleaseVersion } from '../releases/release.ts';
import type { Rollout, RolloutKind } from '../releases/rollout.ts';

/**
 * Where a version stands on its way to the nodes (dre.md 5.3), by the last step that is known to be reached:
 * - `notesInReview`: in the release index, without notes; `notesReady`: a pull request has them; `notPublished`: which of
 *   the two is not known
 * - `published`: the notes are on the main branch; `listed`: whether they are is not known
 * - `election`: a proposal elects it
 * - `rollingOut`, `rolledOut`: a rollout has it
 */
export type Standing =
  | { readonly kind: 'listed' | 'notPublished' | 'notesInReview' | 'published' }
  | { readonly kind: 'notesReady'; readonly pull: PullRequest }
  | { readonly kind: 'election'; readonly proposal: Proposal }
  | { readonly kind: 'rollingOut' | 'rolledOut'; readonly rollout: Rollout; readonly proposal: Proposal | undefined };

/** What is early about a version that waits for Friday. */
export type Early = 'mergesEarly' | 'electedEarly';

/** What the standing of versions is found from. */
export interface StandingSources {
  /** The open pull requests that are known. */
  readonly pulls: readonly PullRequest[];
  /** Whether there are no others now. */
  readonly areAllPulls: boolean;
  /** The proposals that are known, open and ended. */
  readonly proposals: readonly Proposal[];
  readonly rollouts: readonly Rollout[];
}

const rolloutsOf: Readonly<Record<Os, readonly RolloutKind[]>> = {
  GuestOS: ['rollout_ic_os_to_mainnet_subnets', 'rollout_ic_os_to_mainnet_api_boundary_nodes'],
  HostOS: ['rollout_ic_os_to_mainnet_nodes'],
};

/** Where a version stands for one of its systems. */
export function standingOf(release: Release, version: ReleaseVersion, os: Os, sources: StandingSources): Standing {
  const proposal = electionOfVersion(os, version.commit, sources.proposals, release.ignoredProposals);
  const rollouts = sources.rollouts.filter((rollout) => !rollout.simulated && rollsOut(rollout, version, os));
  // What still goes on says more than what is done: GuestOS goes to subnets and to API boundary nodes.
  const rollout = rollouts.find(({ state }) => state !== 'complete') ?? rollouts[0];
  if (rollout !== undefined) {
    return { kind: rollout.state === 'complete' ? 'rolledOut' : 'rollingOut', rollout, proposal };
  }
  if (proposal !== undefined) return { kind: 'election', proposal };
  if (version.published?.includes(os) === true) return { kind: 'published' };
  const pull = sources.pulls.find(({ branch }) => branch === notesBranch(version, os));
  if (pull !== undefined) return { kind: 'notesReady', pull };
  if (version.published === undefined) return { kind: 'listed' };
  return { kind: sources.areAllPulls ? 'notesInReview' : 'notPublished' };
}

/** What happens before Friday though the version is no hotfix. */
export function earlyOf(
  release: Release,
  version: ReleaseVersion,
  standing: Standing,
  now: Instant,
): Early | undefined {
  const due = electionDay(release);
  if (due === undefined || isHotfix(version)) return undefined;
  if (standing.kind === 'notesReady') return now < due && standing.pull.autoMerge ? 'mergesEarly' : undefined;
  if (standing.kind === 'election') return standing.proposal.createdAt < due ? 'electedEarly' : undefined;
  return undefined;
}

/** The branch that the release controller makes for the notes (dre.md 5.3). */
function notesBranch({ commit }: ReleaseVersion, os: Os): string {
  return os === 'GuestOS' ? `replica-release-notes-${commit}` : `HostOS-release-notes-${commit}`;
}

/** The newest proposal that elects the version with this commit and still counts. */
export function electionOfVersion(
  os: Os,
  commit: string,
  proposals: readonly Proposal[],
  ignored: Release['ignoredProposals'] = [],
): Proposal | undefined {
  const all = proposals.filter((proposal) => elects(proposal, os, commit) && !ignored.includes(proposal.id));
  return all.sort((a, b) => (a.id > b.id ? -1 : 1))[0];
}

const electing: Readonly<Record<Os, readonly number[]>> = { GuestOS: [38], HostOS: [40, 50] };

/** By the payload where it is decoded; else by the commit in the title, which the release controller writes. */
function elects({ nnsFunction, payload, title }: Proposal, os: Os, commit: string): boolean {
  if (nnsFunction === undefined || !electing[os].includes(nnsFunction)) return false;
  const election = electionOf(nnsFunction, payload);
  if (election !== undefined) return election.elects === commit;
  const [, named] = /\(commit ([0-9a-f]{7,40})\)/.exec(title) ?? [];
  return named !== undefined && commit.startsWith(named);
}

function rollsOut({ kind, revision, batches }: Rollout, { commit }: ReleaseVersion, os: Os): boolean {
  if (!rolloutsOf[os].includes(kind)) return false;
  return revision === commit || batches.some(({ targets }) => targets.some((target) => target.revision === commit));
}

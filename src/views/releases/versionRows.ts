import type { Failure } from '../../domain/base/failure.ts';
import { isWhole } from '../../domain/base/listed.ts';
import type { Os } from '../../domain/base/os.ts';
import type { PullRequest } from '../../domain/ci/pullRequest.ts';
import { earlyOf, standingOf, type Early, type Standing } from '../../domain/links/standing.ts';
import { proposalUrl } from '../../domain/proposals/governance.ts';
import type { Proposal, ProposalStatus } from '../../domain/proposals/proposal.ts';
import {
  electionDay,
  isHotfix,
  releaseIndexFile,
  systemsOf,
  type Release,
  type ReleaseVersion,
} from '../../domain/releases/release.ts';
import { rolloutKey, type Rollout } from '../../domain/releases/rollout.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { eachRow } from '../kit/faults.ts';
import { moment, shortDuration, spokenDuration, type Viewpoint } from '../kit/format.ts';
import { githubWebUrl, repositoryPage } from '../kit/githubPages.ts';
import type { Icon, Row, ViewModel } from '../kit/row.ts';
import { pixelsInGroup, titledTexts } from '../kit/rowWidth.ts';
import { sectionRow } from '../kit/section.ts';
import { isEngineRow } from './engineRow.ts';
import { leadingTo, named, votable } from './opening.ts';
import { allProposals, notesPage, type VersionPageSources } from './versionPages.ts';
import { shortCandidate } from './words.ts';

/** What the section of versions is made from. */
export interface VersionSources extends VersionPageSources {
  readonly pulls: FeedState<PullRequest, Failure>;
  readonly rollouts: FeedState<Rollout, Failure>;
}

/** The Releases view with where the versions of the newest releases stand, below the rollouts, or above those that go well while one waits for a person. */
export function withVersions(model: ViewModel, sources: VersionSources, from: Viewpoint): ViewModel {
  // While all of the view is read for the first time, its one sentence says so.
  if (model.situation === 'loading' && sources.releases.asOf === undefined) return model;
  const { row, isWaiting } = versionsRow(sources, from);
  // What waits for a person stands first, below what is in trouble.
  const calm = isWaiting ? model.rows.findIndex((each) => !isTroubled(each)) : -1;
  const at = calm === -1 ? model.rows.length : calm;
  return { ...model, rows: model.rows.toSpliced(at, 0, row) };
}

/** Engines stand on top. All else by the shape of its icon: a list that is old has no colors, and is in the same order all the same. */
function isTroubled({ id, icon }: Row): boolean {
  return id.startsWith('!') || isEngineRow(id) || icon?.id === 'error' || icon?.id === 'warning';
}

interface OsVersion {
  readonly release: Release;
  readonly version: ReleaseVersion;
  readonly os: Os;
  readonly standing: Standing;
  readonly early: Early | undefined;
}

function versionsRow(sources: VersionSources, from: Viewpoint): { readonly row: Row; readonly isWaiting: boolean } {
  const { releases, pulls, rollouts } = sources;
  const known = {
    pulls: [...pulls.records.values()],
    areAllPulls: pulls.status === 'fresh' && isWhole(pulls),
    proposals: allProposals(sources),
    rollouts: [...rollouts.records.values()],
  };
  const versions = [...releases.records.values()].flatMap((release) =>
    release.versions.flatMap((version) =>
      systemsOf(release, version).map((os): OsVersion => {
        const standing = standingOf(release, version, os, known);
        return { release, version, os, standing, early: earlyOf(release, version, standing, from.now) };
      }),
    ),
  );
  const waiting = versions.filter((each) => needsPerson(each, from));
  const others = versions.filter((each) => !waiting.includes(each));
  const isWaiting = waiting.length > 0;
  const row = sectionRow(releases, from, {
    id: 'versions',
    icon: { id: 'versions' },
    label: 'Versions',
    count: releases.asOf === undefined ? '' : `${versions.length}${isWaiting ? `, ${waiting.length} to do` : ''}`,
    noun: 'versions',
    empty: 'The release index lists no release.',
    rows: eachRow([...waiting, ...others], rowIdOf, (each) => versionRow(each, sources, from)),
    expanded: isWaiting,
  });
  return { row, isWaiting };
}

function rowIdOf({ release, version, os }: OsVersion): string {
  return `version/${release.name}/${version.name}/${os}`;
}

/** Something went wrong, is too early, or is to be merged. */
function needsPerson({ release, version, standing, early }: OsVersion, from: Viewpoint): boolean {
  if (early !== undefined) return true;
  if (standing.kind === 'notesReady') return isHotfix(version) || from.now >= (electionDay(release) ?? 0);
  return standing.kind === 'election' && isLost(standing.proposal);
}

function isLost({ status }: Proposal): boolean {
  return status === 'rejected' || status === 'failed';
}

function versionRow(each: OsVersion, sources: VersionSources, from: Viewpoint): Row {
  const { release, version, os, standing } = each;
  const facts = factsOf(each, from);
  const title = `${shortCandidate(release.name)} ${version.name === 'base' ? os : version.name}`;
  const name = `${os} ${version.name} of ${release.name}`;
  return {
    id: rowIdOf(each),
    ...titledTexts(title, { decisive: facts.slice(0, 2), further: facts.slice(2) }, pixelsInGroup(from)),
    icon: iconOf(each),
    name,
    hover: [name, ...hoverOf(each, from), `Commit ${version.commit}`],
    spoken: [name, ...factsOf(each, from, spokenDuration)].join(', '),
    ...menuOf({ ...named(opening(standing, each, sources)), copied: version.commit }, each, sources),
  };
}

const electionWords: Readonly<Record<ProposalStatus, string>> = {
  open: 'voting',
  adopted: 'elected',
  executed: 'elected',
  rejected: 'election rejected',
  failed: 'election failed',
  unspecified: 'proposed',
};

/** `length` puts a length of time in words, for rows or for a screen reader. */
function factsOf(
  { release, version, standing, early }: OsVersion,
  from: Viewpoint,
  length = shortDuration,
): readonly string[] {
  switch (standing.kind) {
    case 'listed':
      return ['in the release index'];
    case 'notPublished':
      return ['notes not published'];
    case 'notesInReview':
      return ['notes in review'];
    case 'notesReady': {
      if (early === 'mergesEarly') return ['merges before Friday'];
      const waits = !isHotfix(version) && from.now < (electionDay(release) ?? 0);
      return [waits ? 'merge on Friday' : 'merge notes now'];
    }
    case 'published':
      return ['notes published'];
    case 'election': {
      const { status, deadline } = standing.proposal;
      const left = deadline === undefined ? 0 : deadline - from.now;
      return [
        electionWords[status],
        ...(status === 'open' && left > 0 ? [`${length(left)} left`] : []),
        ...(early === undefined ? [] : ['before Friday']),
      ];
    }
    case 'rollingOut':
      return ['rolling out'];
    case 'rolledOut':
      return ['rolled out'];
  }
}

function hoverOf({ release, version, standing, early }: OsVersion, from: Viewpoint): readonly string[] {
  const due = electionDay(release);
  const proposal = 'proposal' in standing ? standing.proposal : undefined;
  return [
    ...(version.isSecurityFix ? ['Security fix'] : []),
    ...(standing.kind === 'notesReady' ? [`Notes are ready in pull request #${standing.pull.number}`] : []),
    ...(standing.kind === 'notPublished'
      ? ["Can't tell whether its notes are ready: not all pull requests are read"]
      : []),
    ...(standing.kind === 'published' ? ['Its election is not among the proposals that are known'] : []),
    ...(proposal === undefined ? [] : [`Proposal ${proposal.id}: ${electionWords[proposal.status]}`]),
    ...(early === 'electedEarly' && proposal !== undefined
      ? [`Submitted ${moment(proposal.createdAt, from)}, before Friday, though it is no hotfix`]
      : []),
    ...(early === 'mergesEarly'
      ? ['It merges by itself before Friday, though it is no hotfix: the election follows at once']
      : []),
    ...(due === undefined || isHotfix(version) || from.now >= due ? [] : [`Elections are due ${moment(due, from)}`]),
  ];
}

function iconOf({ standing, early }: OsVersion): Icon {
  if (early !== undefined) return { id: 'warning', color: 'drDre.warning' };
  switch (standing.kind) {
    case 'listed':
    case 'notPublished':
      return { id: 'circle-large-outline' };
    case 'notesInReview':
      return { id: 'comment-discussion' };
    case 'notesReady':
      return { id: 'git-pull-request' };
    case 'published':
      return { id: 'book' };
    case 'election':
      if (isLost(standing.proposal)) return { id: 'error', color: 'problemsErrorIcon.foreground' };
      return standing.proposal.status === 'open' || standing.proposal.status === 'unspecified'
        ? { id: 'law', color: 'charts.blue' }
        : { id: 'verified', color: 'charts.green' };
    case 'rollingOut':
      return { id: 'play-circle', color: 'charts.blue' };
    case 'rolledOut':
      return { id: 'pass', color: 'charts.green' };
  }
}

/** With what leads to its commit, to its notes, to the thread about its election, and to the vote while that is open. */
function menuOf<Part extends Pick<Row, 'tokens' | 'copied'>>(
  row: Part,
  { version, os, standing }: OsVersion,
  sources: VersionSources,
): Part {
  const proposal = 'proposal' in standing ? standing.proposal : undefined;
  const opened = leadingTo(row, { commit: version.commit, proposal, notes: notesPage(version, os, sources) });
  return standing.kind === 'election' && standing.proposal.status === 'open' ? votable(opened) : opened;
}

/** A click opens what the version stands at: the rollout, the proposal, or the page on GitHub. */
function opening(
  standing: Standing,
  { version, os }: OsVersion,
  sources: VersionSources,
): Pick<Row, 'tokens' | 'record' | 'command' | 'link'> {
  const { githubApi, repository } = sources;
  const linked = (link: string | undefined): Pick<Row, 'tokens' | 'command' | 'link'> =>
    link === undefined
      ? { tokens: ['identified'] }
      : { tokens: ['linked', 'identified'], link, command: 'drDre.ci.open' };
  const onGitHub = (path: string): Pick<Row, 'tokens' | 'command' | 'link'> =>
    linked(repositoryPage(githubWebUrl(githubApi), repository, path));
  switch (standing.kind) {
    case 'listed':
    case 'notPublished':
    case 'notesInReview':
      return onGitHub(`blob/main/${releaseIndexFile}`);
    case 'notesReady':
      return onGitHub(`pull/${standing.pull.number}`);
    case 'published':
      return linked(notesPage(version, os, sources));
    case 'election': {
      const { id } = standing.proposal;
      return {
        tokens: ['linked', 'identified'],
        record: { kind: 'proposal', key: `${id}` },
        command: 'drDre.proposals.open',
        link: proposalUrl(id),
      };
    }
    case 'rollingOut':
    case 'rolledOut':
      return {
        tokens: ['rollout', 'identified'],
        record: { kind: 'rollout', key: rolloutKey(standing.rollout) },
        command: 'drDre.releases.openTimeline',
      };
  }
}

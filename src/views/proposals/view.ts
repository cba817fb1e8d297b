import { capitalized } from '../../domain/base/capitalized.ts';
import type { Failure } from '../../domain/base/failure.ts';
import { groupedBy } from '../../domain/base/groupedBy.ts';
import { acceptedProposers, isOneOf, releaseTopics, topicName } from '../../domain/proposals/governance.ts';
import type { ProposalGrouping } from '../../domain/proposals/groupings.ts';
import type { Links } from '../../domain/links/join.ts';
import type { IsTicketed } from '../../domain/links/ticketed.ts';
import type { Proposal } from '../../domain/proposals/proposal.ts';
import { endsUndecided, needsVotes } from '../../domain/proposals/voting.ts';
import type { Instant } from '../../domain/base/time.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { isOfLately } from '../../feeds/proposals/decidedKey.ts';
import { cappedRows, rowsAtOnce } from '../kit/capped.ts';
import { filteredFrame, type ActiveFilter } from '../kit/filter.ts';
import { counted, grouped, type Viewpoint } from '../kit/format.ts';
import type { Row, ViewModel } from '../kit/row.ts';
import { sectionRow } from '../kit/section.ts';
import { alikeIn, proposalRow, proposerText } from './row.ts';

/** What the view shows besides the open proposals, and by which settings. */
export interface ProposalsMore {
  /** Those that were decided lately; absent where nobody reads them. */
  readonly decided?: FeedState<Proposal, Failure>;
  /** The topics of the team's work, by number; all others are folded. The release team's when absent. */
  readonly topics?: readonly number[];
  /** The team's own proposers. Those that `dre vote` votes for when absent. */
  readonly proposers?: readonly bigint[];
  /** Whether a ticket of the queue names a proposal; not known of any when absent. */
  readonly isTicketed?: IsTicketed;
  /** By deadline when absent. */
  readonly grouping?: ProposalGrouping;
  /** Which proposals are shown; all when absent. */
  readonly filter?: ActiveFilter<Proposal> | undefined;
}

/** Rows of one group are counted together where more of them are shown. */
const list = (id: string) => ({ id, noun: 'proposal', rowId: ({ id: each }: Proposal) => `proposal/${each}` });
const ended = { id: 'proposals/decided', noun: 'proposal', rowId: ({ id }: Proposal) => `decided/${id}` };

/**
 * The Proposals view: what a person chose of the open proposals, in each group the one that ends first on top, with those
 * on other topics than the team's folded; below, folded, those that were decided lately. The badge counts what needs votes
 * or ends soon without a majority, whatever is shown.
 */
export function proposalsView(
  state: FeedState<Proposal, Failure>,
  from: Viewpoint,
  links?: Links,
  limits: ReadonlyMap<string, number> = new Map(),
  more: ProposalsMore = {},
): ViewModel {
  const {
    decided,
    topics = releaseTopics,
    proposers = acceptedProposers,
    grouping = 'deadline',
    filter,
    isTicketed,
  } = more;
  const isOurs = (proposal: Proposal): boolean => isOneOf(proposers, proposal);
  const toRow = (proposal: Proposal, isGrouped: boolean, alike: ReadonlySet<bigint>): Row =>
    proposalRow(proposal, from, {
      gist: links?.gistOf({ kind: 'proposal', proposal }),
      isOurs: isOurs(proposal),
      isTicketed: isTicketed === undefined || !isOurs(proposal) ? undefined : (isTicketed(proposal) ?? 'notKnown'),
      isGrouped,
      isAlike: alike.has(proposal.id),
    });
  // What is decided stays so: where the list of open ones is older, it is not open any more.
  const open = [...state.records.values()].filter(({ id }) => decided?.records.has(`${id}`) !== true);
  open.sort((a, b) => end(a, from.now) - end(b, from.now) || (a.id < b.id ? -1 : 1));
  const isOfTeam = ({ topic }: Proposal): boolean => topics.includes(topic);
  const shown = filter === undefined ? open : open.filter(filter.shows);
  const alike = alikeIn(open);
  const limit = (id: string): number => limits.get(id) ?? rowsAtOnce;
  const rowsOf = (
    { id }: Pick<ProposalGroup, 'id'>,
    proposals: readonly Proposal[],
    isGrouped: boolean,
  ): readonly Row[] => cappedRows(proposals, limit(id), list(id), (proposal) => toRow(proposal, isGrouped, alike));
  const listed = grouping === 'deadline' ? shown.filter(isOfTeam) : [];
  const groups = groupsOf(shown, grouping, isOfTeam, isOurs);
  const badge = badgeOf(open.filter(isOfTeam), isOurs, state, from.now);
  const votes = badge === undefined ? [] : [`${grouped(badge.value)} ${badge.value === 1 ? 'needs' : 'need'} votes`];
  return filteredFrame(
    state,
    from,
    {
      noun: 'proposals',
      empty: 'No open proposals.',
      rows: [
        ...rowsOf({ id: 'proposals' }, listed, false),
        ...groups.map((group) => groupRow(group, rowsOf(group, group.proposals, true))),
      ],
      badge,
      waiting: votes,
    },
    { view: 'drDre.proposals', noun: 'proposal', filter, shown: shown.length, all: open.length },
    // Beside a list that is read for the first time they would not be read either.
    (situation) =>
      decided === undefined || situation === 'loading'
        ? []
        : [sectionOfDecided(decided, { topics, filter }, from, limit(ended.id), toRow)],
  );
}

/** Those that voting has ended on wait for nobody: they come last. */
function end({ deadline }: Proposal, now: Instant): Instant {
  if (deadline === undefined) return Number.MAX_SAFE_INTEGER - 1;
  return deadline <= now ? Number.MAX_SAFE_INTEGER : deadline;
}

/** Open proposals that belong together, in their order. */
interface ProposalGroup {
  readonly id: string;
  readonly label: string;
  readonly proposals: readonly Proposal[];
  readonly expanded: boolean;
  readonly remark?: string;
}

/** The groups of a view: those with the team's topics first, by what ends first in them. */
function groupsOf(
  proposals: readonly Proposal[],
  grouping: ProposalGrouping,
  isOfTeam: (proposal: Proposal) => boolean,
  isOurs: (proposal: Proposal) => boolean,
): readonly ProposalGroup[] {
  const others = proposals.filter((proposal) => !isOfTeam(proposal));
  switch (grouping) {
    case 'deadline': {
      const remark = 'The setting drDre.proposals.topics says which topics stand first.';
      const group = { id: 'proposals/otherTopics', label: 'Other topics', proposals: others, expanded: false, remark };
      return others.length === 0 ? [] : [group];
    }
    case 'topic':
      return [...groupedBy([...proposals.filter(isOfTeam), ...others], ({ topic }) => topic)].map(([topic, own]) => ({
        id: `proposals/topic/${topic}`,
        label: topicName(topic),
        proposals: own,
        expanded: own.some(isOfTeam),
      }));
    case 'proposer': {
      const ours = proposals.filter(isOurs);
      const byOthers = groupedBy(
        proposals.filter((proposal) => !isOurs(proposal)),
        ({ proposer }) => proposer,
      );
      return [
        ...(ours.length === 0 ? [] : [{ id: 'proposals/ours', label: 'Ours', proposals: ours, expanded: true }]),
        ...[...byOthers].map(([proposer, own]) => ({
          id: `proposals/proposer/${proposer ?? 'unknown'}`,
          label: capitalized(proposerText({ proposer })),
          proposals: own,
          expanded: own.some(isOfTeam),
        })),
      ];
    }
  }
}

// Beside a group with an icon VS Code draws all rows narrower.
function groupRow({ id, label, proposals, expanded, remark }: ProposalGroup, children: readonly Row[]): Row {
  return {
    id,
    label,
    description: grouped(proposals.length),
    hover: remark === undefined ? undefined : [label, remark],
    tokens: [],
    spoken: `${label}: ${counted(proposals.length, 'open proposal')}`,
    children,
    expanded,
  };
}

function sectionOfDecided(
  state: FeedState<Proposal, Failure>,
  { topics, filter }: Required<Pick<ProposalsMore, 'topics'>> & Pick<ProposalsMore, 'filter'>,
  from: Viewpoint,
  limit: number,
  toRow: (proposal: Proposal, isGrouped: boolean, alike: ReadonlySet<bigint>) => Row,
): Row {
  const all = [...state.records.values()].filter(
    (proposal) => topics.includes(proposal.topic) && isOfLately(proposal, from.now),
  );
  const shown = filter === undefined ? all : all.filter(filter.shows);
  shown.sort(
    (a, b) =>
      decidedRank(a) - decidedRank(b) || (b.endedAt ?? Infinity) - (a.endedAt ?? Infinity) || (a.id > b.id ? -1 : 1),
  );
  const alike = alikeIn(all);
  // The list of open ones may still have it: a row's id is unique in the view.
  const rows = cappedRows(shown, limit, ended, (proposal) => ({
    ...toRow(proposal, true, alike),
    id: ended.rowId(proposal),
  }));
  return sectionRow(state, from, {
    id: ended.id,
    label: 'Decided',
    hover: ['Decided', 'What was adopted, executed or rejected, or failed, in the last 7 days.'],
    count: countOfDecided(shown),
    noun: 'decided proposals',
    empty: 'No proposal was executed, failed or was rejected in the last 7 days.',
    hidden: all.length - shown.length,
    rows,
  });
}

/** What did not go well stands first; what is adopted and not executed yet is news still. */
const decidedOrder = ['failed', 'rejected', 'adopted', 'executed'] as const;

function decidedRank({ status }: Proposal): number {
  const rank = decidedOrder.findIndex((each) => each === status);
  return rank < 0 ? decidedOrder.length : rank;
}

/** How many, and of these what did not go well: in a narrow side bar there is room for no more. */
function countOfDecided(proposals: readonly Proposal[]): string {
  const troubled = (['failed', 'rejected'] as const)
    .map((status) => ({ status, count: proposals.filter((each) => each.status === status).length }))
    .filter(({ count }) => count > 0);
  return [grouped(proposals.length), ...troubled.map(({ status, count }) => `${grouped(count)} ${status}`)].join(', ');
}

/** One that could not be read may need votes: the tooltip says that the count is not whole. */
function badgeOf(
  proposals: readonly Proposal[],
  isOurs: (proposal: Proposal) => boolean,
  { skipped }: FeedState<Proposal, Failure>,
  now: Instant,
): ViewModel['badge'] {
  const waiting = proposals.filter((proposal) => needsVotes(proposal, isOurs(proposal), now));
  const ending = proposals.filter((proposal) => endsUndecided(proposal, now));
  const value = new Set([...waiting, ...ending]).size;
  if (value === 0) return undefined;
  const parts = [
    ...(waiting.length === 0 ? [] : [`${counted(waiting.length, 'proposal')} of ours without a majority`]),
    ...(ending.length === 0 ? [] : [`${counted(ending.length, 'proposal')} ending within 6 hours without a majority`]),
    ...(skipped === 0 ? [] : [`Can't read ${counted(skipped, 'record')}`]),
  ];
  return { value, tooltip: parts.join('. ') };
}

import type { Failure } from '../../domain/base/failure.ts';
import { acceptedProposers, releaseTopics } from '../../domain/proposals/governance.ts';
import type { Links } from '../../domain/links/join.ts';
import type { Proposal } from '../../domain/proposals/proposal.ts';
import { endsUndecided, needsVotes } from '../../domain/proposals/voting.ts';
import type { Instant } from '../../domain/base/time.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { isOfLately } from '../../feeds/proposals/decidedKey.ts';
import { cappedRows, rowsAtOnce } from '../kit/capped.ts';
import { counted, grouped, type Viewpoint } from '../kit/format.ts';
import { frame } from '../kit/frame.ts';
import type { Row, ViewModel } from '../kit/row.ts';
import { sectionRow } from '../kit/section.ts';
import { proposalRow } from './row.ts';

/** What the view shows besides the open proposals, and by which settings. */
export interface ProposalsMore {
  /** Those that were decided lately; absent where nobody reads them. */
  readonly decided?: FeedState<Proposal, Failure>;
  /** The topics of the team's work, by number; all others are folded. The release team's when absent. */
  readonly topics?: readonly number[];
  /** The team's own proposers. Those that `dre vote` votes for when absent. */
  readonly proposers?: readonly bigint[];
}

/** Rows of one group are counted together by those who ask for more of them. */
const group = (id: string, noun = 'proposal') => ({ id, noun, rowId: ({ id: each }: Proposal) => `proposal/${each}` });
const list = group('proposals');
const others = group('proposals/otherTopics');
const ended = { id: 'proposals/decided', noun: 'proposal', rowId: ({ id }: Proposal) => `decided/${id}` };

/**
 * The Proposals view: open proposals on the team's topics, the one that ends first on top; folded, those on other topics
 * and those that were decided lately. The badge counts what needs votes or ends soon without a majority.
 */
export function proposalsView(
  state: FeedState<Proposal, Failure>,
  from: Viewpoint,
  links?: Links,
  limits: ReadonlyMap<string, number> = new Map(),
  { decided, topics = releaseTopics, proposers = acceptedProposers }: ProposalsMore = {},
): ViewModel {
  const isOurs = ({ proposer }: Proposal): boolean => proposer !== undefined && proposers.includes(proposer);
  const toRow = (proposal: Proposal, isGrouped: boolean): Row =>
    proposalRow(proposal, from, {
      gist: links?.gistOf({ kind: 'proposal', proposal }),
      isOurs: isOurs(proposal),
      isGrouped,
    });
  // What is decided stays so: where the list of open ones is older, it is not open any more.
  const open = [...state.records.values()].filter(({ id }) => decided?.records.has(`${id}`) !== true);
  open.sort((a, b) => end(a, from.now) - end(b, from.now) || (a.id < b.id ? -1 : 1));
  const ofTeam = open.filter(({ topic }) => topics.includes(topic));
  const ofOthers = open.filter(({ topic }) => !topics.includes(topic));
  const limit = (id: string): number => limits.get(id) ?? rowsAtOnce;
  const rows = cappedRows(ofTeam, limit(list.id), list, (proposal) => toRow(proposal, false));
  const folded =
    ofOthers.length === 0
      ? []
      : [
          othersRow(
            ofOthers.length,
            cappedRows(ofOthers, limit(others.id), others, (each) => toRow(each, true)),
          ),
        ];
  const model = frame(state, from, {
    noun: 'proposals',
    empty: 'No open proposals.',
    rows: [...rows, ...folded],
    badge: badgeOf(ofTeam, isOurs, state, from.now),
  });
  // Beside a list that waits for a person they would not be read either.
  if (decided === undefined || !hasRoom(model)) return model;
  return { ...model, rows: [...model.rows, sectionOfDecided(decided, topics, from, limit(ended.id), toRow)] };
}

function hasRoom({ situation }: ViewModel): boolean {
  return situation === 'rows' || situation === 'empty' || situation === 'failing';
}

/** Those that voting has ended on wait for nobody: they come last. */
function end({ deadline }: Proposal, now: Instant): Instant {
  if (deadline === undefined) return Number.MAX_SAFE_INTEGER - 1;
  return deadline <= now ? Number.MAX_SAFE_INTEGER : deadline;
}

function othersRow(count: number, children: readonly Row[]): Row {
  const label = 'Other topics';
  return {
    id: others.id,
    label,
    description: grouped(count),
    icon: { id: 'folder' },
    tokens: [],
    spoken: `${label}: ${counted(count, 'open proposal')}`,
    hover: [label, 'The setting drDre.proposals.topics says which topics stand first.'],
    children,
    expanded: false,
  };
}

function sectionOfDecided(
  state: FeedState<Proposal, Failure>,
  topics: readonly number[],
  from: Viewpoint,
  limit: number,
  toRow: (proposal: Proposal, isGrouped: boolean) => Row,
): Row {
  const shown = [...state.records.values()].filter(
    (proposal) => topics.includes(proposal.topic) && isOfLately(proposal, from.now),
  );
  // What is adopted and not executed yet is news still.
  shown.sort((a, b) => (b.endedAt ?? Infinity) - (a.endedAt ?? Infinity) || (a.id > b.id ? -1 : 1));
  // The list of open ones may still have it: a row's id is unique in the view.
  const rows = cappedRows(shown, limit, ended, (proposal) => ({ ...toRow(proposal, true), id: ended.rowId(proposal) }));
  return sectionRow(state, from, {
    id: ended.id,
    label: 'Decided this week',
    count: countOfDecided(shown),
    noun: 'decided proposals',
    empty: 'No proposal was executed, failed or was rejected in the last 7 days.',
    icon: { id: shown.some(({ status }) => status === 'failed') ? 'warning' : 'archive' },
    rows,
  });
}

/** What did not go well stands first. */
function countOfDecided(proposals: readonly Proposal[]): string {
  return (['failed', 'rejected', 'adopted', 'executed'] as const)
    .map((status) => ({ status, count: proposals.filter((each) => each.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ status, count }) => `${grouped(count)} ${status}`)
    .join(', ');
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
    ...(skipped === 0 ? [] : [`${counted(skipped, 'record')} could not be read`]),
  ];
  return { value, tooltip: parts.join('. ') };
}

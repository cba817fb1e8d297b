import type { Failure } from '../../domain/base/failure.ts';
import { neuronRole, proposalUrl, topicName } from '../../domain/proposals/governance.ts';
import type { Gist, Links } from '../../domain/links/join.ts';
import type { Proposal, Tally } from '../../domain/proposals/proposal.ts';
import { hour, type Instant } from '../../domain/base/time.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { cappedRows, rowsAtOnce } from '../kit/capped.ts';
import { frame } from '../kit/frame.ts';
import { duration, fullMoment, shorten, type Viewpoint } from '../kit/format.ts';
import { noGist, recordFacts, recordHover } from '../links/words.ts';
import type { Icon, Row, ViewModel } from '../kit/row.ts';

/** All rows are one group to those who ask for more of them. */
const list = { id: 'proposals', noun: 'proposal', rowId: ({ id }: Proposal) => `proposal/${id}` };

/** The Proposals view: open proposals, the one that ends first on top. */
export function proposalsView(
  state: FeedState<Proposal, Failure>,
  from: Viewpoint,
  links?: Links,
  limits: ReadonlyMap<string, number> = new Map(),
): ViewModel {
  const proposals = [...state.records.values()].sort((a, b) => end(a) - end(b) || (a.id < b.id ? -1 : 1));
  return frame(state, from, {
    noun: 'proposals',
    empty: 'No open proposals.',
    rows: cappedRows(proposals, limits.get(list.id) ?? rowsAtOnce, list, (proposal) =>
      proposalRow(proposal, from, links?.gistOf({ kind: 'proposal', proposal })),
    ),
  });
}

function end(proposal: Proposal): Instant {
  return proposal.deadline ?? Number.MAX_SAFE_INTEGER;
}

function proposalRow(proposal: Proposal, from: Viewpoint, gist: Gist = noGist): Row {
  const facts = [
    topicName(proposal.topic),
    proposerText(proposal),
    timeLeft(proposal, from),
    proposal.tally === undefined ? undefined : tallyText(proposal.tally),
    ...recordFacts(gist),
  ].filter((fact) => fact !== undefined);
  return {
    id: `proposal/${proposal.id}`,
    label: `${proposal.id} ${shorten(proposal.title === '' ? '(no title)' : proposal.title, 120)}`,
    description: facts.join(' · '),
    icon: iconOf(proposal, from),
    tokens: ['proposal', 'linked'],
    record: { kind: 'proposal', key: `${proposal.id}` },
    hover: [...hover(proposal, from), ...recordHover(gist, from)],
    spoken: `Proposal ${proposal.id}: ${proposal.title}. ${facts.join(', ')}`,
    command: 'drDre.proposals.open',
    link: proposalUrl(proposal.id),
  };
}

function iconOf(proposal: Proposal, from: Viewpoint): Icon {
  if (proposal.deadline === undefined) return { id: 'law' };
  const left = proposal.deadline - from.now;
  if (left <= 0) return { id: 'history' };
  return left < 6 * hour ? { id: 'law', color: 'problemsWarningIcon.foreground' } : { id: 'law' };
}

/** Who proposed it, with the role of a neuron that is known. */
export function proposerText(proposal: Proposal): string {
  if (proposal.proposer === undefined) return 'proposer unknown';
  const role = neuronRole(proposal.proposer);
  return role === undefined ? `neuron ${proposal.proposer}` : `neuron ${proposal.proposer} (${role})`;
}

/** How long voting goes on. */
export function timeLeft(proposal: Proposal, from: Viewpoint): string {
  if (proposal.deadline === undefined) return 'no deadline known';
  const left = proposal.deadline - from.now;
  return left <= 0 ? 'voting has ended' : `${left < 10_000 ? 'a few seconds' : duration(left)} left`;
}

/** The tally in per cent of the whole voting power, as the network decides by. */
export function tallyText(tally: Tally): string {
  return `yes ${percent(tally.yes, tally.total)}, no ${percent(tally.no, tally.total)}`;
}

function percent(part: bigint, total: bigint): string {
  if (total <= 0n) return '?';
  const tenths = Number((part * 1000n) / total);
  return `${(tenths / 10).toFixed(1)} %`;
}

function hover(proposal: Proposal, from: Viewpoint): readonly string[] {
  const lines = [
    `Proposal ${proposal.id}`,
    proposal.title,
    `Topic: ${topicName(proposal.topic)}`,
    `By ${proposerText(proposal)}`,
  ];
  if (proposal.deadline !== undefined) lines.push(`Voting ends ${fullMoment(proposal.deadline, from)}`);
  if (proposal.tally !== undefined) lines.push(tallyText(proposal.tally));
  return lines;
}

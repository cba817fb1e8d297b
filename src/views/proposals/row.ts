import { capitalized } from '../../domain/base/capitalized.ts';
import { groupedBy } from '../../domain/base/groupedBy.ts';
import { withShortCommits } from '../../domain/base/ids.ts';
import { neuronRole, proposalUrl, topicName } from '../../domain/proposals/governance.ts';
import type { Gist } from '../../domain/links/join.ts';
import { finalStatus, type Proposal, type Tally } from '../../domain/proposals/proposal.ts';
import { endsUndecided, losingVote, type Losing } from '../../domain/proposals/voting.ts';
import { age, duration, fullMoment, shortDuration, spokenAgo, type Viewpoint } from '../kit/format.ts';
import { noGist, recordFacts, recordHover, recordTokens } from '../links/words.ts';
import type { Icon, Row } from '../kit/row.ts';
import { pixelsInGroup, pixelsInList, titledTexts } from '../kit/rowWidth.ts';

/** What a row of a proposal says besides the proposal. */
export interface ProposalRowOptions {
  readonly gist?: Gist | undefined;
  /** One of the team's own proposers made it. */
  readonly isOurs?: boolean;
  /** Whether a ticket of the queue names it; undefined where it is not shown. */
  readonly isTicketed?: boolean | 'notKnown' | undefined;
  /** It stands in a group: its row has a little less room. */
  readonly isGrouped?: boolean;
  /** Others of its list have the same title. */
  readonly isAlike?: boolean;
}

/** Said of one that would be rejected as the votes stand. */
const losing = 'losing';

/** Why one loses. */
export const losingSentences: Readonly<Record<Losing, string>> = {
  moreNo: 'More voting power votes no than yes: as it stands it is rejected',
  noMajority: 'More than half of all voting power votes no: it is rejected',
};

/** Said of one of ours that no ticket of the queue names. */
const noTicket = 'no ticket';
const notKnownSentence = 'It is not known yet whether a ticket of the queue names this proposal of ours.';
export const noTicketSentence = 'No ticket in the queue names this proposal.';

/** One proposal as a row. */
export function proposalRow(proposal: Proposal, from: Viewpoint, options: ProposalRowOptions = {}): Row {
  const { gist = noGist, isOurs = false, isGrouped = false } = options;
  const lacksTicket = isOurs && options.isTicketed === false;
  const { id, title, topic, status, proposer, tally, failureReason } = proposal;
  // The number of a neuron whose role is not known says nothing when it is read out.
  const role = proposer === undefined ? undefined : neuronRole(proposer);
  const state = statePart(proposal, from);
  const isDecided = finalStatus(proposal) !== undefined;
  const votes = !isDecided && tally !== undefined ? yesWords(tally) : undefined;
  const name = title === '' ? `Proposal ${id}` : title;
  const isLosing = losingVote(proposal, from.now) !== undefined;
  const marks = isOurs ? [lacksTicket ? noTicket : 'ours'] : [];
  const number = title === '' ? [] : [`${id}`];
  const isVoted = isDecided || status === 'adopted';
  // Where others have the same title the number distinguishes them.
  const [telling, later] = options.isAlike === true ? [number, []] : [[], number];
  const front = isLosing ? [losing] : [];
  const decisive = [...front, state.short, ...telling, ...(votes === undefined ? [] : [votes])];
  const least = isLosing || telling.length > 0 ? front.length + 1 + telling.length : decisive.length;
  // In the list of decided ones, that it is executed is the usual case.
  const since = status !== 'executed' || proposal.endedAt === undefined ? undefined : age(proposal.endedAt, from);
  const brief = since === undefined ? undefined : { seen: [since, ...telling], then: [status] };
  const next = isVoted ? [...later, ...marks] : [...marks, ...later];
  return {
    id: `proposal/${id}`,
    ...titledTexts(
      shortTitle(name),
      { decisive, least, next, brief },
      isGrouped ? pixelsInGroup(from) : pixelsInList(from),
    ),
    icon: iconOf(proposal, isOurs, from),
    tokens: ['proposal', 'linked', 'identified', ...recordTokens(gist)],
    record: { kind: 'proposal', key: `${id}` },
    hover: [
      name,
      ...hover(proposal, isOurs, from),
      ...(lacksTicket ? [noTicketSentence] : []),
      ...(isOurs && options.isTicketed === 'notKnown' ? [notKnownSentence] : []),
      ...recordHover(gist, from),
    ],
    spoken: [
      `Proposal ${id}: ${name}`,
      topicName(topic),
      ...(isLosing ? [losing] : []),
      state.spoken,
      ...(failureReason === undefined ? [] : [failureReason]),
      ...(tally === undefined ? [] : [tallyText(tally)]),
      ...(isOurs ? ['ours'] : []),
      ...(lacksTicket ? [noTicket] : []),
      ...(role === undefined ? [] : [`by ${role}`]),
      ...recordFacts(gist),
    ].join(', '),
    command: 'drDre.proposals.open',
    copied: `${id}`,
    name,
    link: proposalUrl(id),
  };
}

/** A title that the team's tools write, and what of it stands in a row. */
interface TeamTitle {
  readonly form: RegExp;
  readonly short: string;
}

/** The titles that the team's tools write (dre.md 4), so that what they are about stands first. */
const teamTitles: readonly TeamTitle[] = [
  {
    form: /^Update subnet ([a-z2-7]{5})[-a-z2-7]* to (?:replica|GuestOS) version ([0-9a-f]{7})[0-9a-f]*$/,
    short: '$1 to $2',
  },
  {
    form: /^(Replace|Resize)(?: an?)?( nodes?)?(?: in)? subnet ([a-z2-7]{5})[-a-z2-7]*$/,
    short: '$3 $1$2',
  },
  {
    form: /^Elect new (?:IC\/)?(GuestOS|HostOS) revision \(commit ([0-9a-f]{7})[0-9a-f]*\)(.*)$/i,
    short: '$1 $2$3',
  },
  {
    form: /^Update (\d+) API boundary node(?:s|\(s\))? to (?:replica|GuestOS) version ([0-9a-f]{7})[0-9a-f]*$/,
    short: 'API $2 on $1 boundary node(s)',
  },
  {
    form: /^Set HostOS version: ([0-9a-f]{7})[0-9a-f]* on (\d+) nodes$/,
    short: 'HostOS $1 on $2 nodes',
  },
];

function teamTitle(title: string): TeamTitle | undefined {
  return teamTitles.find(({ form }) => form.test(title));
}

/** A title without the words that say least, so that what it is about is seen: "snjp4 Replace node". */
function shortTitle(title: string): string {
  const teams = teamTitle(title);
  if (teams !== undefined) return title.replace(teams.form, teams.short);
  const shorter = title
    .replaceAll(/\b(?:(?:an?|the|new) |IC\/)(?=\S)/gi, '')
    .replaceAll(/\b(?:(?:in|of|on) )?subnet (?=[a-z2-7]{5}(?![\w-]))/gi, '');
  return withShortCommits(shorter);
}

/** So many characters of a title are seen in most rows. */
const seenOfTitle = 18;

/** Those of a list whose rows would have the same title as that of another one: the team's tools give many the same. */
export function alikeIn(proposals: readonly Proposal[]): ReadonlySet<bigint> {
  const groups = groupedBy(proposals, ({ title }) => shortTitle(title).slice(0, seenOfTitle));
  return new Set([...groups.values()].filter(({ length }) => length > 1).flatMap((group) => group.map(({ id }) => id)));
}

/** One icon for each family of topics. */
const topicIcons: Readonly<Record<number, string>> = {
  1: 'law',
  2: 'graph',
  3: 'graph',
  4: 'law',
  5: 'server',
  6: 'organization',
  7: 'type-hierarchy',
  8: 'package',
  9: 'organization',
  10: 'graph',
  12: 'rocket',
  13: 'verified',
  14: 'organization',
  15: 'globe',
  16: 'type-hierarchy',
  17: 'package',
  18: 'organization',
};

/**
 * A thumb down where it loses its vote, so that it is seen without colors, too: in the color of an error where it is one of
 * ours, else of a warning. Of all others the topic's: in the color of an error where its execution failed, of a warning
 * where voting ends soon and neither side has a majority yet or it was rejected, dimmed where voting has ended or it was
 * executed, else of ours where it is one of ours.
 */
function iconOf(proposal: Proposal, isOurs: boolean, from: Viewpoint): Icon {
  const { topic, deadline, status } = proposal;
  const id = topicIcons[topic] ?? 'law';
  if (losingVote(proposal, from.now) !== undefined) {
    return { id: 'thumbsdown', color: isOurs ? 'problemsErrorIcon.foreground' : 'drDre.warning' };
  }
  if (status === 'failed') return { id, color: 'problemsErrorIcon.foreground' };
  if (status === 'rejected' || endsUndecided(proposal, from.now)) {
    return { id, color: 'drDre.warning' };
  }
  if (finalStatus(proposal) === undefined && deadline !== undefined && deadline <= from.now) {
    return { id, color: 'descriptionForeground' };
  }
  if (status === 'executed') return { id, color: 'descriptionForeground' };
  return isOurs ? { id, color: 'charts.blue' } : { id };
}

/** Who proposed it: by the role of a neuron that is known. Long ids are shown by their ends. */
export function proposerText({ proposer }: Pick<Proposal, 'proposer'>): string {
  if (proposer === undefined) return 'proposer unknown';
  const digits = `${proposer}`;
  return neuronRole(proposer) ?? `neuron ${digits.length > 8 ? `${digits.slice(0, 4)}…${digits.slice(-4)}` : digits}`;
}

/** Where it stands: how long voting goes on, or how it ended and when. */
function statePart(proposal: Proposal, from: Viewpoint): { readonly short: string; readonly spoken: string } {
  const { status, unknownStatus, endedAt } = proposal;
  switch (status) {
    case 'open':
      return { short: shortTimeLeft(proposal, from), spoken: timeLeft(proposal, from) };
    case 'adopted':
      return { short: 'adopted', spoken: 'adopted, not executed yet' };
    case 'executed':
    case 'failed':
    case 'rejected':
      if (endedAt === undefined) return { short: status, spoken: status };
      return { short: `${status} ${age(endedAt, from)}`, spoken: `${status} ${spokenAgo(endedAt, from)}` };
    case 'unspecified': {
      const said = unknownStatus === undefined ? 'status unknown' : `status “${unknownStatus}”`;
      const left = shortTimeLeft(proposal, from);
      return { short: `${said} · ${left}`, spoken: `${said}, which is not known here, ${timeLeft(proposal, from)}` };
    }
  }
}

function shortTimeLeft({ deadline }: Proposal, from: Viewpoint): string {
  if (deadline === undefined) return 'no deadline';
  const left = deadline - from.now;
  return left <= 0 ? 'ended' : `${left < 10_000 ? '0s' : shortDuration(left)} left`;
}

/** How long voting goes on. */
export function timeLeft(proposal: Proposal, from: Viewpoint): string {
  if (proposal.deadline === undefined) return 'no deadline known';
  const left = proposal.deadline - from.now;
  return left <= 0 ? 'voting has ended' : `${left < 10_000 ? 'a few seconds' : duration(left)} left`;
}

/**
 * The votes for it as a share of all voting power, in whole per cent, rounded down: "8 % yes". More than half is never
 * shown as 50, and any vote at all not as 0. Undefined where nobody can vote.
 */
export function yesWords({ yes, total }: Pick<Tally, 'yes' | 'total'>): string | undefined {
  if (total <= 0n) return undefined;
  const share = (yes * 100n) / total;
  if (share === 0n && yes > 0n) return '<1 % yes';
  return `${share === 50n && yes * 2n > total ? 51n : share} % yes`;
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

/** What follows the title: until when, how the votes stand, who proposed it and under which topic. */
function hover(proposal: Proposal, isOurs: boolean, from: Viewpoint): readonly string[] {
  const { id, topic, tally, unknownStatus, failureReason } = proposal;
  const loses = losingVote(proposal, from.now);
  return [
    ...(unknownStatus === undefined ? [] : [`Status “${unknownStatus}”, which is not known here`]),
    endText(proposal, from),
    ...(loses === undefined ? [] : [losingSentences[loses]]),
    ...(failureReason === undefined ? [] : [`Reason: ${failureReason}`]),
    ...(tally === undefined ? [] : [capitalized(tallyText(tally))]),
    `By ${proposerText(proposal)}${isOurs ? ' (ours)' : ''}`,
    `${topicName(topic)}, proposal ${id}`,
  ];
}

function endText(proposal: Proposal, from: Viewpoint): string {
  const { deadline, endedAt, status } = proposal;
  if (finalStatus(proposal) !== undefined) {
    return endedAt === undefined ? capitalized(status) : `${capitalized(status)} ${fullMoment(endedAt, from)}`;
  }
  if (deadline === undefined) return 'No deadline is known';
  return `Voting ${deadline <= from.now ? 'ended' : 'ends'} ${fullMoment(deadline, from)} (${shortTimeLeft(proposal, from)})`;
}

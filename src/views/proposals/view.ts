import type { Failure } from '../../domain/base/failure.ts';
import { neuronRole, proposalUrl, topicName } from '../../domain/proposals/governance.ts';
import type { Gist, Links } from '../../domain/links/join.ts';
import type { Proposal, Tally } from '../../domain/proposals/proposal.ts';
import { hour, type Instant } from '../../domain/base/time.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { cappedRows, rowsAtOnce } from '../kit/capped.ts';
import { frame } from '../kit/frame.ts';
import { duration, fullMoment, shortDuration, type Viewpoint } from '../kit/format.ts';
import { noGist, recordFacts, recordHover, sentence } from '../links/words.ts';
import type { Icon, Row, ViewModel } from '../kit/row.ts';
import { pixelsInList, titleBeside } from '../kit/rowWidth.ts';

/** All rows are one group to those who ask for more of them. */
const list = { id: 'proposals', noun: 'proposal', rowId: ({ id }: Proposal) => `proposal/${id}` };

/** The Proposals view: open proposals, the one that ends first on top. */
export function proposalsView(
  state: FeedState<Proposal, Failure>,
  from: Viewpoint,
  links?: Links,
  limits: ReadonlyMap<string, number> = new Map(),
): ViewModel {
  const proposals = [...state.records.values()].sort(
    (a, b) => end(a, from.now) - end(b, from.now) || (a.id < b.id ? -1 : 1),
  );
  return frame(state, from, {
    noun: 'proposals',
    empty: 'No open proposals.',
    rows: cappedRows(proposals, limits.get(list.id) ?? rowsAtOnce, list, (proposal) =>
      proposalRow(proposal, from, links?.gistOf({ kind: 'proposal', proposal })),
    ),
  });
}

/** Those that voting has ended on wait for nobody: they come last. */
function end({ deadline }: Proposal, now: Instant): Instant {
  if (deadline === undefined) return Number.MAX_SAFE_INTEGER - 1;
  return deadline <= now ? Number.MAX_SAFE_INTEGER : deadline;
}

/** One proposal as a row. */
export function proposalRow(proposal: Proposal, from: Viewpoint, gist: Gist = noGist): Row {
  const { id, title, topic, proposer, tally, unknownStatus } = proposal;
  // The number of a neuron whose role is not known says nothing when it is read out.
  const role = proposer === undefined ? undefined : neuronRole(proposer);
  const decisive = [
    ...(unknownStatus === undefined ? [] : [`status “${unknownStatus}”`]),
    shortTimeLeft(proposal, from),
    ...(tally === undefined ? [] : [`${wholePercent(tally)} yes`]),
  ];
  const name = title === '' ? `Proposal ${id}` : title;
  return {
    id: `proposal/${id}`,
    label: titleBeside(shortTitle(name), decisive, decisive.length, pixelsInList),
    description: decisive.join(' · '),
    icon: iconOf(proposal, from),
    tokens: ['proposal', 'linked', 'identified'],
    record: { kind: 'proposal', key: `${id}` },
    hover: [name, ...hover(proposal, from), ...recordHover(gist, from)],
    spoken: [
      `Proposal ${id}: ${name}`,
      topicName(topic),
      ...(unknownStatus === undefined ? [] : [`status “${unknownStatus}”, which is not known here`]),
      timeLeft(proposal, from),
      ...(tally === undefined ? [] : [tallyText(tally)]),
      ...(role === undefined ? [] : [`by ${role}`]),
      ...recordFacts(gist),
    ].join(', '),
    command: 'drDre.proposals.open',
    copied: `${id}`,
    link: proposalUrl(id),
  };
}

/** A title without the words that say least, so that what it is about is seen: "Replace node snjp4". */
function shortTitle(title: string): string {
  return title
    .replaceAll(/\b(?:an?|the|new) (?=\S)/gi, '')
    .replaceAll(/\b(?:(?:in|of|on) )?subnet (?=[a-z2-7]{5}(?![\w-]))/gi, '')
    .replaceAll(/(?<![\w-])([0-9a-f]{8})[0-9a-f]{32}(?![\w-])/g, '$1');
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

/** A proposal this close to its end needs a look, unless it is carried already. */
const closeToEnd = 6 * hour;

/** The topic's, in the color of a warning where voting ends soon and there is no majority of all voting power yet. */
function iconOf({ topic, deadline, tally }: Proposal, from: Viewpoint): Icon {
  const id = topicIcons[topic] ?? 'law';
  const left = deadline === undefined ? Infinity : deadline - from.now;
  if (left <= 0) return { id, color: 'disabledForeground' };
  const isCarried = tally !== undefined && tally.yes * 2n > tally.total;
  return left < closeToEnd && !isCarried ? { id, color: 'problemsWarningIcon.foreground' } : { id };
}

/** Who proposed it: by the role of a neuron that is known. Long ids are shown by their ends. */
export function proposerText({ proposer }: Proposal): string {
  if (proposer === undefined) return 'proposer unknown';
  const digits = `${proposer}`;
  return neuronRole(proposer) ?? `neuron ${digits.length > 8 ? `${digits.slice(0, 4)}…${digits.slice(-4)}` : digits}`;
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

/** The tally in per cent of the whole voting power, as the network decides by. */
export function tallyText(tally: Tally): string {
  return `yes ${percent(tally.yes, tally.total)}, no ${percent(tally.no, tally.total)}`;
}

function percent(part: bigint, total: bigint): string {
  if (total <= 0n) return '?';
  const tenths = Number((part * 1000n) / total);
  return `${(tenths / 10).toFixed(1)} %`;
}

/** In whole per cent of all voting power; the hover has the tenths. */
function wholePercent({ yes, total }: Tally): string {
  if (total <= 0n) return '?';
  const percent = (yes * 100n) / total;
  return percent === 0n && yes > 0n ? '<1 %' : `${percent} %`;
}

/** What follows the title: until when, how the votes stand, who proposed it and under which topic. */
function hover(proposal: Proposal, from: Viewpoint): readonly string[] {
  const { id, topic, deadline, tally, unknownStatus } = proposal;
  return [
    ...(unknownStatus === undefined ? [] : [`Status “${unknownStatus}”, which is not known here`]),
    deadline === undefined
      ? 'No deadline is known'
      : `Voting ${deadline <= from.now ? 'ended' : 'ends'} ${fullMoment(deadline, from)} (${shortTimeLeft(proposal, from)})`,
    ...(tally === undefined ? [] : [sentence(tallyText(tally))]),
    `By ${proposerText(proposal)}`,
    `${topicName(topic)}, proposal ${id}`,
  ];
}

import type { Failure } from '../../domain/base/failure.ts';
import { isProposalId, shortCommit } from '../../domain/base/ids.ts';
import { addressLink } from '../../domain/documents/addresses.ts';
import { markdownBlocks } from '../../domain/documents/markdown.ts';
import {
  documentOf,
  emphasis,
  heading,
  link,
  paragraph,
  remark,
  strong,
  type Block,
  type Document,
  type Inline,
} from '../../domain/documents/tree.ts';
import { recordActionAddress, type ActionOn } from '../../domain/links/recordActionAddress.ts';
import { subjectPage } from '../../domain/links/pages.ts';
import type { Subject } from '../../domain/links/mention.ts';
import type { Links } from '../../domain/links/join.ts';
import { nnsFunctionName, proposalUrl, releaseNotesUrl, topicName } from '../../domain/proposals/governance.ts';
import { electionOf, nodeChangeOf, payloadText } from '../../domain/proposals/payload.ts';
import { finalStatus, type Proposal } from '../../domain/proposals/proposal.ts';
import { losingVote } from '../../domain/proposals/voting.ts';
import { factTable, problemNote } from '../kit/documentParts.ts';
import { counted, fullMoment, momentAndAge, shorten, type Viewpoint } from '../kit/format.ts';
import { linksPart } from '../links/part.ts';
import { nodesPart, type RegistryRecords } from './nodesPart.ts';
import { losingSentences, noTicketSentence, proposerText, tallyText, timeLeft } from './row.ts';

/** What a document shows: the proposal as the list of open ones or a read by its id has it. */
export interface ProposalContent {
  readonly proposal: Proposal | undefined;
  /** `none`: the canister has no proposal of this id. */
  readonly read: Proposal | 'none' | undefined;
  readonly reading: boolean;
  /** Why the last read by its id failed. */
  readonly failure: Failure | undefined;
  /** It is one of ours, and no ticket of the queue names it. */
  readonly lacksTicket?: boolean;
  /** What the registry has of nodes; undefined where it was never read. */
  readonly registry?: RegistryRecords | undefined;
}

/** A proposal as a document. Its summary is Markdown from outside: formatted, without pictures and HTML. */
export function proposalDocument(
  id: string,
  { proposal, read, reading, failure, lacksTicket = false, registry }: ProposalContent,
  from: Viewpoint,
  links?: Links,
  repository = 'dfinity/dre',
): Document {
  const problem = failure === undefined ? undefined : problemNote(failure);
  if (proposal === undefined) {
    const page = isProposalId(id) ? proposalUrl(BigInt(id)) : undefined;
    const title = heading(1, page === undefined ? `Proposal ${id}` : link(page, `Proposal ${id}`));
    if (read === 'none') return documentOf(title, problem, remark('There is no proposal with this ID.'));
    return documentOf(title, problem ?? remark(reading ? 'Reading…' : 'Not read.'));
  }
  const { deadline, url, endedAt, failureReason } = proposal;
  const loses = losingVote(proposal, from.now);
  return documentOf(
    heading(1, link(proposalUrl(proposal.id), `Proposal ${proposal.id}`), ` ${proposal.title}`),
    problem,
    loses === undefined ? undefined : remark(`${losingSentences[loses]}.`),
    factTable([
      ['Status', statusText(proposal)],
      [ended(proposal), endedAt === undefined ? undefined : momentAndAge(endedAt, from)],
      ['Reason', failureReason === undefined ? undefined : shorten(failureReason, 2_000)],
      ['Topic', topicName(proposal.topic)],
      ['Action', proposal.nnsFunction === undefined ? proposal.action : nnsFunctionName(proposal.nnsFunction)],
      ['Proposer', proposerText(proposal)],
      ['Created', momentAndAge(proposal.createdAt, from)],
      [
        'Voting ends',
        deadline === undefined || finalStatus(proposal) !== undefined
          ? undefined
          : `${fullMoment(deadline, from)} (${timeLeft(proposal, from)})`,
      ],
      ['Tally', proposal.tally === undefined ? undefined : tallyText(proposal.tally)],
    ]),
    // Below the table: a long word in a cell makes it wider than the document.
    url === '' ? undefined : paragraph(strong('Link given by the proposer'), ' ', addressLink(url)),
    lacksTicket
      ? paragraph(
          emphasis(noTicketSentence),
          ' ',
          ticketLink(id, 'createTicketFrom', 'Create Ticket From…'),
          ' · ',
          ticketLink(id, 'linkTicket', 'Link Ticket…'),
        )
      : undefined,
    electionPart(proposal, repository) ?? nodeChangePart(proposal, registry, from),
    links === undefined ? undefined : linksPart(links.ofProposal(proposal), from),
    proposal.summary === '' ? undefined : [heading(2, 'Summary'), ...markdownBlocks(proposal.summary)],
    proposal.motionText === undefined
      ? undefined
      : [heading(2, 'Text of the motion'), ...markdownBlocks(proposal.motionText)],
    payloadPart(proposal),
  );
}

/** A link that begins a command on the proposal; as text where the id has no shape of one. */
function ticketLink(key: string, action: ActionOn<'proposal'>, label: string): Inline {
  return isProposalId(key) ? link(recordActionAddress({ kind: 'proposal', key, action }), label) : label;
}

function statusText({ status, unknownStatus }: Proposal): string {
  return unknownStatus === undefined ? status : `“${unknownStatus}”, which is not known here`;
}

/** What its end is called. */
function ended(proposal: Proposal): string {
  switch (finalStatus(proposal)) {
    case 'executed':
      return 'Executed';
    case 'failed':
      return 'Failed';
    case 'rejected':
      return 'Rejected';
    case undefined:
      return 'Ended';
  }
}

/** What a proposal does, or would have done where it was not carried out. */
function effectWords(status: Proposal['status']): string {
  return status === 'failed' || status === 'rejected' ? 'What it would have done' : 'What it does';
}

/**
 * What an election does; nothing for other proposals. The notes of the release are its summary: the release controller
 * proposes with them (dre.md 5.3).
 */
function electionPart({ nnsFunction, payload, status }: Proposal, repository: string): readonly Block[] | undefined {
  const election = electionOf(nnsFunction, payload);
  if (election === undefined) return undefined;
  const { os, elects, retires } = election;
  return [
    heading(2, effectWords(status)),
    ...factTable([
      [`Elects ${os}`, elects === undefined ? 'no version' : [version(elects)]],
      [
        'Release notes',
        elects === undefined ? undefined : [link(releaseNotesUrl(repository, os, elects), 'in the repository')],
      ],
      ['Retires', retires.length === 0 ? 'no version' : separated(retires.map(version))],
    ]),
  ];
}

/** What a change of nodes does; nothing for other proposals. */
function nodeChangePart(
  { nnsFunction, payload, status }: Proposal,
  registry: RegistryRecords | undefined,
  from: Viewpoint,
): readonly Block[] | undefined {
  const change = nodeChangeOf(nnsFunction, payload);
  if (change === undefined) return undefined;
  const { subnet, added, removed } = change;
  return [
    heading(2, effectWords(status)),
    ...factTable([
      ['Subnet', subnet === undefined ? undefined : [subjectLink({ kind: 'subnet', id: subnet })]],
      ['Adds', added.length === 0 ? 'no node' : counted(added.length, 'node')],
      ['Removes', removed.length === 0 ? 'no node' : counted(removed.length, 'node')],
    ]),
    ...(nodesPart(change, registry, from) ?? []),
  ];
}

function version(commit: string): Inline {
  return subjectLink({ kind: 'version', id: commit }, shortCommit(commit));
}

function subjectLink(subject: Subject, text = subject.id): Inline {
  const page = subjectPage(subject);
  return page === undefined ? text : link(page, text);
}

function separated(parts: readonly Inline[]): readonly Inline[] {
  return parts.flatMap((part, index) => (index === 0 ? [part] : [', ', part]));
}

/** So many characters of a payload are shown. */
const longestPayload = 20_000;

/** What it passes to its function, as text. */
function payloadPart({ payload }: Proposal): readonly Block[] | undefined {
  if (payload === undefined) return undefined;
  const title = heading(2, 'Payload');
  if (payload.kind === 'notDecoded') {
    const size = counted(payload.size, 'byte');
    const reason =
      payload.reason === 'unknownInterface'
        ? 'the interface of its function is not known here'
        : 'it does not fit the interface of its function that is known here';
    return [title, remark(`${size}, not decoded: ${reason}. The page on the dashboard may show it.`)];
  }
  const text = payloadText(payload.value);
  const shown = text.slice(0, longestPayload);
  const left = text.length - shown.length;
  return [
    title,
    // Without the colors that VS Code's preview gives a language: on the light high contrast theme they cannot be read.
    { type: 'code', value: shown },
    ...(left > 0 ? [remark(`And ${counted(left, 'more character')}.`)] : []),
  ];
}

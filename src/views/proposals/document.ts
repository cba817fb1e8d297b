import type { Failure } from '../../domain/base/failure.ts';
import { isProposalId } from '../../domain/base/ids.ts';
import { addressLink } from '../../domain/documents/addresses.ts';
import { markdownBlocks } from '../../domain/documents/markdown.ts';
import { documentOf, heading, link, remark, type Document } from '../../domain/documents/tree.ts';
import type { Links } from '../../domain/links/join.ts';
import { nnsFunctionName, proposalUrl, topicName } from '../../domain/proposals/governance.ts';
import { finalStatus, type Proposal } from '../../domain/proposals/proposal.ts';
import { factTable, problemNote } from '../kit/documentParts.ts';
import { fullMoment, shorten, type Viewpoint } from '../kit/format.ts';
import { linksPart } from '../links/part.ts';
import { proposerText, tallyText, timeLeft } from './row.ts';

/** What a document shows: the proposal as the list of open ones or a read by its id has it. */
export interface ProposalContent {
  readonly proposal: Proposal | undefined;
  /** `none`: the canister has no proposal of this id. */
  readonly read: Proposal | 'none' | undefined;
  readonly reading: boolean;
  /** Why the last read by its id failed. */
  readonly failure: Failure | undefined;
}

/** A proposal as a document. Its summary is Markdown from outside: formatted, without pictures and HTML. */
export function proposalDocument(
  id: string,
  { proposal, read, reading, failure }: ProposalContent,
  from: Viewpoint,
  links?: Links,
): Document {
  const problem = failure === undefined ? undefined : problemNote(failure);
  if (proposal === undefined) {
    const page = isProposalId(id) ? proposalUrl(BigInt(id)) : undefined;
    const title = heading(1, page === undefined ? `Proposal ${id}` : link(page, `Proposal ${id}`));
    if (read === 'none') return documentOf(title, problem, remark('There is no proposal with this ID.'));
    return documentOf(title, problem ?? remark(reading ? 'Reading…' : 'Not read.'));
  }
  const { deadline, url, endedAt, failureReason } = proposal;
  return documentOf(
    heading(1, link(proposalUrl(proposal.id), `Proposal ${proposal.id}`), ` ${proposal.title}`),
    problem,
    factTable([
      ['Topic', topicName(proposal.topic)],
      ['Action', proposal.nnsFunction === undefined ? proposal.action : nnsFunctionName(proposal.nnsFunction)],
      ['Proposer', proposerText(proposal)],
      ['Status', statusText(proposal)],
      [ended(proposal), endedAt === undefined ? undefined : fullMoment(endedAt, from)],
      ['Reason', failureReason === undefined ? undefined : shorten(failureReason, 2_000)],
      ['Created', fullMoment(proposal.createdAt, from)],
      [
        'Voting ends',
        deadline === undefined || finalStatus(proposal) !== undefined
          ? undefined
          : `${fullMoment(deadline, from)} (${timeLeft(proposal, from)})`,
      ],
      ['Tally', proposal.tally === undefined ? undefined : tallyText(proposal.tally)],
      ['Link given by the proposer', url === '' ? undefined : [addressLink(url)]],
    ]),
    links === undefined ? undefined : linksPart(links.ofProposal(proposal), from),
    proposal.summary === '' ? undefined : [heading(2, 'Summary'), ...markdownBlocks(proposal.summary)],
  );
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

import { addressLink } from '../../domain/documents/addresses.ts';
import { markdownBlocks } from '../../domain/documents/markdown.ts';
import { documentOf, heading, link, remark, type Document } from '../../domain/documents/tree.ts';
import type { Links } from '../../domain/links/join.ts';
import { nnsFunctionName, proposalUrl, topicName } from '../../domain/proposals/governance.ts';
import type { Proposal } from '../../domain/proposals/proposal.ts';
import { factTable } from '../kit/documentParts.ts';
import { fullMoment, type Viewpoint } from '../kit/format.ts';
import { linksPart } from '../links/part.ts';
import { proposerText, tallyText, timeLeft } from './view.ts';

/** A proposal as a document. Its summary is Markdown from outside: formatted, without pictures and HTML. */
export function proposalDocument(proposal: Proposal | undefined, id: string, from: Viewpoint, links?: Links): Document {
  if (proposal === undefined) {
    return documentOf(heading(1, `Proposal ${id}`), remark('It is no longer among the open proposals.'));
  }
  const { deadline, url } = proposal;
  return documentOf(
    heading(1, link(proposalUrl(proposal.id), `Proposal ${proposal.id}`), ` ${proposal.title}`),
    factTable([
      ['Topic', topicName(proposal.topic)],
      ['Action', proposal.nnsFunction === undefined ? proposal.action : nnsFunctionName(proposal.nnsFunction)],
      ['Proposer', proposerText(proposal)],
      ['Status', proposal.status],
      ['Created', fullMoment(proposal.createdAt, from)],
      [
        'Voting ends',
        deadline === undefined ? undefined : `${fullMoment(deadline, from)} (${timeLeft(proposal, from)})`,
      ],
      ['Tally', proposal.tally === undefined ? undefined : tallyText(proposal.tally)],
      ['Link given by the proposer', url === '' ? undefined : [addressLink(url)]],
    ]),
    links === undefined ? undefined : linksPart(links.ofProposal(proposal), from),
    proposal.summary === '' ? undefined : [heading(2, 'Summary'), ...markdownBlocks(proposal.summary)],
  );
}

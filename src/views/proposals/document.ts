import { nnsFunctionName, proposalUrl, topicName } from '../../domain/proposals/governance.ts';
import type { Links } from '../../domain/links/join.ts';
import { escapeMarkdown } from '../../domain/documents/markdown.ts';
import type { Proposal } from '../../domain/proposals/proposal.ts';
import { blocks, factTable, link, oneLine } from '../kit/documentParts.ts';
import { fullMoment, type Viewpoint } from '../kit/format.ts';
import { linksPart } from '../links/part.ts';
import { proposerText, tallyText, timeLeft } from './view.ts';

/** A proposal as a document. Its summary is Markdown of a stranger and is shown as it was written, as text. */
export function proposalDocument(proposal: Proposal | undefined, id: string, from: Viewpoint, links?: Links): string {
  if (proposal === undefined) {
    return blocks(`# Proposal ${oneLine(id)}`, '_It is no longer among the open proposals._');
  }
  return blocks(
    `# ${link(`Proposal ${proposal.id}`, proposalUrl(proposal.id))} ${oneLine(proposal.title)}`,
    factTable([
      ['Topic', topicName(proposal.topic)],
      ['Action', proposal.nnsFunction === undefined ? proposal.action : nnsFunctionName(proposal.nnsFunction)],
      ['Proposer', proposerText(proposal)],
      ['Status', proposal.status],
      ['Created', fullMoment(proposal.createdAt, from)],
      [
        'Voting ends',
        proposal.deadline === undefined
          ? undefined
          : `${fullMoment(proposal.deadline, from)} (${timeLeft(proposal, from)})`,
      ],
      ['Tally', proposal.tally === undefined ? undefined : tallyText(proposal.tally)],
      ['Link given by the proposer', proposal.url],
    ]),
    links === undefined ? '' : linksPart(links.ofProposal(proposal), from),
    proposal.summary === '' ? '' : `## Summary\n\n${proposal.summary.split(/\r?\n/).map(escapeMarkdown).join('  \n')}`,
  );
}

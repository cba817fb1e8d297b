import { serialise } from '../../domain/documents/serialise.ts';
import { documentOf, link, list, paragraph } from '../../domain/documents/tree.ts';
import { runTitle, type Run } from '../../domain/operations/run.ts';
import { proposalUrl } from '../../domain/proposals/governance.ts';

/** What is written into a ticket about the proposals of a run, as Markdown. */
export function proposalsText(run: Run): string {
  const links = (run.end?.proposals ?? []).map((id) => link(proposalUrl(BigInt(id)), `proposal ${id}`));
  const [only, another] = links;
  const by = ` by dre: ${runTitle(run)}.`;
  if (only !== undefined && another === undefined) return serialise(documentOf(paragraph('Submitted ', only, by)));
  return serialise(documentOf(paragraph(`Submitted${by}`), list(links.map((each) => [paragraph(each)]))));
}

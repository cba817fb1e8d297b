import { capitalized } from '../../domain/base/capitalized.ts';
import { isProposalId } from '../../domain/base/ids.ts';
import {
  documentOf,
  heading,
  inlineCode,
  link,
  list,
  paragraph,
  quote,
  remark,
  strong,
  type Block,
  type Document,
  type Inline,
} from '../../domain/documents/tree.ts';
import { subjectPage } from '../../domain/links/pages.ts';
import { recordActionAddress, type ActionOn } from '../../domain/links/recordActionAddress.ts';
import { recordAddress } from '../../domain/links/recordAddress.ts';
import { proposalUrl } from '../../domain/proposals/governance.ts';
import type { StatusOf } from '../../dre/outcome.ts';
import type { Run, RunEnd } from '../../domain/operations/run.ts';
import { failedOf } from '../../dre/output.ts';
import { showCommandLine } from '../../dre/quoting.ts';
import { summarize, summaryLine, type DryRunSummary } from '../../dre/summary.ts';
import { namedTitle, shortTarget, targetsOf, type Targets } from '../../dre/targets.ts';
import { factTable, type Fact } from '../kit/documentParts.ts';
import { fullMoment, type Viewpoint } from '../kit/format.ts';
import { proposalStates, standing } from './view.ts';

/** More of the output than this is for the terminal and the file, in characters. */
const longestOutput = 20_000;

/** Of the output of a run that failed, so many lines at its end stand first. */
const lastLines = 15;

/** Whether the terminal of a run is open in this window. `closed`: it was, and is gone. */
export type TerminalState = 'open' | 'closed' | 'notKnown';

/** What is known besides the run itself. */
interface RunKnowledge {
  readonly statusOf?: StatusOf;
  readonly terminal?: TerminalState;
}

/** A run as a document: what came of it first, then the command and the end of its output. */
export function runDocument(
  run: Run | undefined,
  from: Viewpoint,
  { statusOf = () => undefined, terminal = 'notKnown' }: RunKnowledge = {},
): Document {
  if (run === undefined) return documentOf(heading(1, 'Run'), remark('It is no longer among the runs that are kept.'));
  const { end } = run;
  const output = end?.output.trim() ?? '';
  return documentOf(
    heading(1, namedTitle(run)),
    end === undefined ? undefined : failedPart(run, end, terminal),
    factTable([
      ['State', standing(run, from, statusOf).state],
      ['Exit code', typeof end?.exitCode === 'number' ? `${end.exitCode}` : undefined],
      ['Started', `${fullMoment(run.startedAt, from)}, by ${run.startedBy}`],
      ['Ended', end === undefined ? undefined : fullMoment(end.endedAt, from)],
      ['Proposals', end === undefined || end.proposals.length === 0 ? undefined : proposalLinks(run, statusOf)],
      ['Run in spite of a warning', run.reason],
      ['Started from', startedFrom(run)],
      ...aboutFacts(run),
    ]),
    end === undefined || end.warnings.length === 0
      ? undefined
      : [heading(2, 'Warnings'), list(end.warnings.map((warning) => [paragraph(warning)]))],
    end !== undefined && !end.sawAll
      ? remark('Its terminal was not read to the end: there may be further warnings.')
      : undefined,
    end?.ending === 'simulated' && run.effect === 'submits' ? summaryPart(summarize(end.output)) : undefined,
    [heading(2, 'Command'), { type: 'code', value: showCommandLine(run) }],
    output === '' || (end !== undefined && isWholeAtTop(run, end)) ? undefined : outputPart(output),
  );
}

/** Of a run that failed: what failed, what to know besides, where its output is, what follows, and the last lines. */
function failedPart(run: Run, end: RunEnd, terminal: TerminalState): readonly Block[] | undefined {
  const failed = failedOf(run, end);
  if (failed === undefined) return undefined;
  const { sentence, advice } = failed;
  const output = end.output.trim();
  const action = (name: ActionOn<'run'>, label: string): Inline =>
    link(recordActionAddress({ kind: 'run', key: run.id, action: name }), label);
  const again = run.effect === 'submits' || run.effect === 'votes' ? 'Run Again as Dry Run…' : 'Run Again…';
  const links = terminal === 'open' ? [action('showTerminal', 'Show Terminal'), ' · '] : [];
  return [
    quote(
      paragraph(
        strong(sentence),
        advice === undefined ? '' : ` ${advice}`,
        ` ${outputSentence(output, end, terminal)}`,
      ),
      paragraph(...links, action('runAgain', again)),
    ),
    ...(output === '' ? [] : [{ type: 'code', value: endOf(output) } as const]),
  ];
}

/** Where the output of a run that failed is. */
function outputSentence(output: string, { ending }: RunEnd, terminal: TerminalState): string {
  const kept = output === '' ? (ending === 'lost' ? 'notRead' : 'none') : 'kept';
  const words = {
    kept: 'The end of its standard output is below',
    none: 'There is nothing on its standard output',
    notRead: 'Its standard output was not read',
  } as const;
  switch (terminal) {
    case 'open':
      return kept === 'kept' ? `${words.kept}; the terminal has all output.` : 'Output is in the terminal.';
    case 'closed':
      return `${words[kept]}, and its terminal is closed.`;
    case 'notKnown':
      return `${words[kept]}. This window does not have its terminal; another window may.`;
  }
}

function endOf(output: string): string {
  return output.split('\n').slice(-lastLines).join('\n');
}

/** Whether all of the output stands at the top, as its last lines. */
function isWholeAtTop(run: Run, end: RunEnd): boolean {
  const output = end.output.trim();
  return failedOf(run, end) !== undefined && endOf(output) === output;
}

/** The output, or its end from the start of a line, which is said. */
function outputPart(output: string): Document['children'] {
  const title = heading(2, 'Output');
  if (output.length <= longestOutput) return [title, { type: 'code', value: output }];
  const end = output.slice(-longestOutput);
  const value = end.slice(end.indexOf('\n') + 1);
  return [title, remark('Only its end: Open Output of Run shows all that was kept.'), { type: 'code', value }];
}

/** What it was started from; a link to it where that has an address. */
function startedFrom({ startedFrom: words, alertId, ticket, proposal }: Run): Fact[1] {
  const found =
    (alertId === undefined ? undefined : ({ kind: 'alert', key: alertId } as const)) ??
    (ticket === undefined ? undefined : ({ kind: 'ticket', key: ticket } as const)) ??
    (proposal === undefined ? undefined : ({ kind: 'proposal', key: proposal } as const));
  if (found === undefined) return words;
  return [link(recordAddress(found), words ?? found.key)];
}

/** What its command names, each with what leads there: proposals to our document, others to the public dashboard. */
function aboutFacts({ args }: Run): readonly Fact[] {
  return targetsOf(args).map(({ kind, ids }): Fact => {
    const links = ids.flatMap((id, index): readonly Inline[] => [
      ...(index === 0 ? [] : [', ']),
      targetLink(kind, id, ids.length === 1 ? id : shortTarget(id)),
    ]);
    return [`${capitalized(kind)}${ids.length === 1 ? '' : 's'} in the command`, links];
  });
}

function targetLink(kind: Targets['kind'], id: string, label: string): Inline {
  const address =
    kind !== 'proposal' ? subjectPage({ kind, id }) : isProposalId(id) ? recordAddress({ kind, key: id }) : undefined;
  return address === undefined ? label : link(address, label);
}

function proposalLinks(run: Run, statusOf: StatusOf) {
  const words = proposalStates(run, statusOf);
  return (run.end?.proposals ?? []).flatMap((id, index) => [
    ...(index === 0 ? [] : [', ']),
    link(proposalUrl(BigInt(id)), words[index] ?? id),
  ]);
}

function summaryPart(summary: DryRunSummary): Document['children'] {
  const { titles, subnets, added, removed, effects } = summary;
  const ids = (each: readonly string[]) =>
    each.flatMap((id, index) => [...(index === 0 ? [] : [', ']), inlineCode(id)]);
  return documentOf(
    heading(2, 'What it would do'),
    paragraph(summaryLine(summary)),
    factTable([
      ['Proposals', titles.length === 0 ? undefined : titles.join('; ')],
      ['Subnets', subnets.length === 0 ? undefined : ids(subnets)],
      ['Nodes out', removed.length === 0 ? undefined : ids(removed)],
      ['Nodes in', added.length === 0 ? undefined : ids(added)],
      ['Effect', effects.length === 0 ? undefined : effects.join('; ')],
    ]),
  ).children;
}

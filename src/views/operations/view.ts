import { capitalized } from '../../domain/base/capitalized.ts';
import { proposalUrl } from '../../domain/proposals/governance.ts';
import { outcomeOf, type RunOutcome, type StatusOf } from '../../dre/outcome.ts';
import { byNewest, type Ending, type Run, type RunEnd } from '../../domain/operations/run.ts';
import { describeEnd, failedOf, withoutTitle } from '../../dre/output.ts';
import { summarize, summaryLine } from '../../dre/summary.ts';
import { namedRun, namedTitle, shortTarget, targetsOf, type Targets } from '../../dre/targets.ts';
import { lacksNeuron } from '../../dre/warnings.ts';
import {
  age,
  ago,
  counted,
  fullMoment,
  shortAgo,
  shortDuration,
  spokenDuration,
  type Viewpoint,
} from '../kit/format.ts';
import type { Icon, Row, RowToken, ViewModel } from '../kit/row.ts';
import { fitsBeside, pixelsInList, titledTexts, type RowFacts } from '../kit/rowWidth.ts';

/** The Runs view: what runs first, then the newest. */
export function runsView(runs: Iterable<Run>, from: Viewpoint, statusOf: StatusOf = notKnown): ViewModel {
  const rows = byNewest(runs).map((run) => runRow(run, from, statusOf));
  const running = [...runs].filter(({ end }) => end === undefined).length;
  return {
    situation: rows.length === 0 ? 'empty' : 'rows',
    rows,
    message: rows.length === 0 ? 'No dre operation has been run yet.' : undefined,
    badge: running === 0 ? undefined : { value: running, tooltip: `${counted(running, 'dre operation')} running` },
  };
}

/** One run as a row. */
export function runRow(run: Run, from: Viewpoint, statusOf: StatusOf = notKnown): Row {
  const { id, end } = run;
  const title = namedTitle(run);
  const named = namedRun(run);
  const pixels = pixelsInList(from);
  const words =
    end === undefined
      ? `running for ${spokenDuration(Math.max(0, from.now - run.startedAt))}`
      : stateWords(run, from, statusOf);
  const { decisive, next } = factsBeside(named.title, run, { from, statusOf, pixels });
  return {
    id: `run/${id}`,
    ...titledTexts(
      named.title,
      {
        decisive,
        next: [...next, ...named.others],
        further: [...exitCodeOf(run), ...origin(run), ...argumentsOf(run)],
      },
      pixels,
    ),
    icon: iconOf(run, outcomeOf(run, statusOf)),
    tokens: tokensOf(run),
    record: { kind: 'run', key: id },
    hover: [title, ...facts(run, from, statusOf)],
    spoken: [title, words, ...(end === undefined ? [] : [ago(end.endedAt, from)]), ...origin(run)].join(', '),
    command: 'drDre.operations.openRun',
    link: end?.proposals[0] === undefined ? undefined : proposalUrl(BigInt(end.proposals[0])),
  };
}

/** What stands beside the title of a run: its state and since when, and the proposal that it submitted. */
function factsBeside(
  title: string,
  run: Run,
  { from, statusOf, pixels }: { readonly from: Viewpoint; readonly statusOf: StatusOf; readonly pixels: number },
): Required<Pick<RowFacts, 'decisive' | 'next'>> {
  const { state, proposal } = standing(run, from, statusOf);
  // Of one that runs, its state says for how long.
  const since = run.end === undefined ? [] : [age(run.end.endedAt, from)];
  if (proposal === undefined) return { decisive: [state, ...since], next: [] };
  // Where there is no room for both beside the whole title, its proposal says more than its age: the rows are in the order of time.
  const isFirst =
    !fitsBeside(title, [state, ...since, proposal], pixels) && fitsBeside(title, [state, proposal], pixels);
  return isFirst ? { decisive: [state, proposal], next: since } : { decisive: [state, ...since], next: [proposal] };
}

/** With which code a run failed; none for others, and where that is not known. */
function exitCodeOf({ end }: Run): readonly string[] {
  return end?.ending !== 'failed' || end.exitCode === null ? [] : [`exit ${end.exitCode}`];
}

/** What distinguishes runs of one operation. */
function argumentsOf({ args }: Run): readonly string[] {
  return args.length === 0 ? [] : [args.join(' ')];
}

function origin({ startedFrom }: Run): readonly string[] {
  return startedFrom === undefined ? [] : [`from ${startedFrom}`];
}

/** Whether the next step after a run is to submit, or to vote, for real. */
export function isSubmittable({ dryRun, end }: Run): boolean {
  return dryRun && end?.ending === 'simulated';
}

function tokensOf(run: Run): readonly RowToken[] {
  return [
    'run',
    ...(isSubmittable(run) ? (['submittable'] as const) : []),
    ...(hasProposals(run) ? (['linked'] as const) : []),
  ];
}

/** Whether a run has submitted a proposal. */
export function hasProposals({ end }: Run): boolean {
  return end !== undefined && end.proposals.length > 0;
}

/** Nothing is known of how proposals stand. */
const notKnown: StatusOf = () => undefined;

/** How it stands with a run and its proposals, in a few words, with the number of its one proposal. */
export function stateWords(run: Run, from: Viewpoint, statusOf: StatusOf = notKnown): string {
  const { state, proposal } = standing(run, from, statusOf);
  return proposal === undefined ? state : `${state} ${proposal}`;
}

/** How it stands with a run, and the one proposal that this is said of. */
export function standing(
  run: Run,
  from: Viewpoint,
  statusOf: StatusOf,
): { readonly state: string; readonly proposal?: string | undefined } {
  const { end } = run;
  if (end === undefined) {
    const since = shortDuration(Math.max(0, from.now - run.startedAt));
    return { state: run.dryRun ? `dry run, ${since}` : `running ${since}` };
  }
  const isAtRisk = end.ending === 'simulated' && lacksNeuron(end.warnings);
  if (isAtRisk) return { state: 'no neuron found' };
  const outcome = outcomeOf(run, statusOf);
  if (outcome === undefined || outcome.status === 'submitted') return endingWords(end);
  return outcomeWords(outcome, end);
}

/** What became of its proposals: "executed" with the number, "1 of 3 rejected". */
function outcomeWords({ status, count, of }: RunOutcome, { proposals }: RunEnd): ReturnType<typeof standing> {
  if (of === 1) return { state: status, proposal: proposals[0] };
  return { state: count === of ? `${status} ${of}` : `${count} of ${of} ${status}` };
}

function endingWords({ ending, proposals, signal }: RunEnd): ReturnType<typeof standing> {
  if (ending === 'submitted' && proposals.length === 1) return { state: 'submitted', proposal: proposals[0] };
  const words: Readonly<Record<Ending, string>> = {
    submitted: `submitted ${proposals.length}`,
    notSubmitted: 'not submitted',
    simulated: 'dry run passed',
    voted: 'voting ended',
    done: 'done',
    failed: 'failed',
    usageError: 'not accepted',
    panicked: 'crashed',
    interrupted: 'interrupted',
    killed: `ended by ${signal ?? 'a signal'}`,
    notStarted: 'did not start',
    lost: 'end not known',
  };
  return { state: words[ending] };
}

function iconOf({ end }: Run, outcome: RunOutcome | undefined): Icon {
  if (end === undefined) return { id: 'loading~spin' };
  if (outcome?.status === 'failed') return { id: 'error', color: 'problemsErrorIcon.foreground' };
  if (outcome?.status === 'rejected') return { id: 'warning', color: 'drDre.warning' };
  switch (end.ending) {
    case 'simulated':
      return end.warnings.length > 0
        ? { id: 'warning', color: 'drDre.warning' }
        : { id: 'beaker', color: 'charts.green' };
    case 'submitted':
    case 'voted':
    case 'done':
      return end.warnings.length > 0
        ? { id: 'warning', color: 'drDre.warning' }
        : { id: 'pass', color: 'charts.green' };
    case 'notSubmitted':
    case 'interrupted':
      return { id: 'circle-slash' };
    case 'lost':
      return { id: 'question', color: 'drDre.warning' };
    case 'failed':
    case 'usageError':
    case 'panicked':
    case 'killed':
    case 'notStarted':
      return { id: 'error', color: 'problemsErrorIcon.foreground' };
  }
}

/** Each proposal with how it stands where that is known. */
export function proposalStates({ end }: Run, statusOf: StatusOf): readonly string[] {
  return (end?.proposals ?? []).map((id) => {
    const status = statusOf(id);
    return status === undefined || status === 'unspecified' ? id : `${id} (${status})`;
  });
}

/** For reading: how it stands, since when and who started it, what it is about and what came of it. */
function facts(run: Run, from: Viewpoint, statusOf: StatusOf): readonly string[] {
  const { end, startedAt, startedBy, reason } = run;
  return [
    ...(end === undefined ? ['Running'] : endLines(run, end)),
    ...(end === undefined || end.proposals.length === 0
      ? []
      : [`Submitted ${proposalStates(run, statusOf).join(', ')}`]),
    ...(end?.ending === 'simulated' && run.effect === 'submits' ? [summaryLine(summarize(end.output))] : []),
    [`Started ${shortAgo(startedAt, from)}, ${fullMoment(startedAt, from)}, by ${startedBy}`, ...origin(run)].join(
      ', ',
    ),
    ...(end === undefined ? [] : [endedLine(run, end, from)]),
    ...targetsOf(run.args).flatMap(targetLine),
    ...(end?.warnings ?? []).slice(0, 3).map((warning) => `Warning: ${warning}`),
    ...(reason === undefined ? [] : [`Run in spite of a warning: ${reason}`]),
  ];
}

/** How it ended, and what to know or do besides; what it submitted has a line of its own. */
function endLines(run: Run, end: RunEnd): readonly string[] {
  const failed = failedOf(run, end);
  const { sentence, advice } = failed ?? describeEnd(run, end);
  if (end.proposals.length > 0) return failed === undefined ? [] : [sentence];
  return [[withoutTitle(sentence), ...(advice === undefined ? [] : [advice])].join(' ')];
}

function endedLine({ startedAt }: Run, { endedAt }: RunEnd, from: Viewpoint): string {
  const took = shortDuration(endedAt - startedAt);
  return `Ended ${shortAgo(endedAt, from)}, ${fullMoment(endedAt, from)}${took === 'now' ? '' : `, after ${took}`}`;
}

/** The whole id of what the title names in short; of several the short ids that it counts. */
function targetLine({ kind, ids }: Targets): readonly string[] {
  const [only = '', ...more] = ids;
  if (more.length > 0) return [`${capitalized(kind)}s ${ids.map(shortTarget).join(', ')}`];
  return shortTarget(only) === only ? [] : [`${capitalized(kind)} ${only}`];
}

import { proposalUrl } from '../../domain/proposals/governance.ts';
import { outcomeOf, type RunOutcome, type StatusOf } from '../../dre/outcome.ts';
import { byNewest, runTitle, type Ending, type Run, type RunEnd } from '../../domain/operations/run.ts';
import { summarize, summaryLine } from '../../dre/summary.ts';
import { lacksNeuron } from '../../dre/warnings.ts';
import { age, ago, counted, fullMoment, shortDuration, spokenDuration, type Viewpoint } from '../kit/format.ts';
import type { Icon, Row, RowToken, ViewModel } from '../kit/row.ts';
import { pixelsInList, titledTexts } from '../kit/rowWidth.ts';

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
  const title = runTitle(run);
  const words =
    end === undefined
      ? `running for ${spokenDuration(Math.max(0, from.now - run.startedAt))}`
      : stateWords(run, from, statusOf);
  const { state, proposal } = standing(run, from, statusOf);
  return {
    id: `run/${id}`,
    ...titledTexts(
      run.title,
      {
        // Of one that runs, its state says for how long.
        decisive: [state, ...(end === undefined ? [] : [age(end.endedAt, from)])],
        further: [
          ...(proposal === undefined ? [] : [proposal]),
          ...exitCodeOf(run),
          ...origin(run),
          ...argumentsOf(run),
        ],
      },
      pixelsInList(from),
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

function facts(run: Run, from: Viewpoint, statusOf: StatusOf): readonly string[] {
  const { end, startedAt, startedBy, reason } = run;
  return [
    [`Started ${fullMoment(startedAt, from)} by ${startedBy}`, ...origin(run)].join(', '),
    ...(end === undefined ? ['Running'] : [`Ended ${fullMoment(end.endedAt, from)}`]),
    ...(end === undefined || end.proposals.length === 0
      ? []
      : [`Submitted ${proposalStates(run, statusOf).join(', ')}`]),
    ...(end?.ending === 'simulated' && run.effect === 'submits' ? [summaryLine(summarize(end.output))] : []),
    ...(end?.warnings ?? []).slice(0, 3).map((warning) => `Warning: ${warning}`),
    ...(reason === undefined ? [] : [`Run in spite of a warning: ${reason}`]),
  ];
}

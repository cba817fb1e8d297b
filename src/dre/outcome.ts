import type { ProposalStatus } from '../domain/proposals/proposal.ts';
import type { Run, RunEnd } from '../domain/operations/run.ts';
import { lacksNeuron } from './warnings.ts';

/** How proposals stand, by their ids; undefined where it is not known. */
export type StatusOf = (id: string) => ProposalStatus | undefined;

/** What became of the proposals of a run, the worst of it. `submitted`: voting goes on, or it is not known. */
export interface RunOutcome {
  readonly status: 'submitted' | 'adopted' | 'executed' | 'rejected' | 'failed';
  /** So many of them have this status. */
  readonly count: number;
  /** So many there are. */
  readonly of: number;
}

/** What became of the proposals of a run; undefined for one that submitted none. */
export function outcomeOf({ end }: Pick<Run, 'end'>, statusOf: StatusOf): RunOutcome | undefined {
  const ids = end?.proposals ?? [];
  if (ids.length === 0) return undefined;
  const all = ids.map((id) => known(statusOf(id)));
  const status = worstFirst.find((each) => all.includes(each)) ?? 'submitted';
  return { status, count: all.filter((each) => each === status).length, of: ids.length };
}

/**
 * Whether a run that is no dry run has submitted a proposal. `unknown` where it was cut short: dre prints the ids of its
 * proposals at the end alone, those of `network` all together (dre.md 2.2).
 */
export function hasSubmitted({ ending, proposals, warnings }: RunEnd): 'yes' | 'no' | 'unknown' {
  if (proposals.length > 0) return 'yes';
  switch (ending) {
    case 'submitted':
    case 'notSubmitted':
    case 'simulated':
    case 'voted':
    case 'done':
    case 'usageError':
    case 'notStarted':
      return 'no';
    case 'failed':
    case 'panicked':
      // Governance takes nothing from the neuron that dre makes up (dre.md 2.3).
      return lacksNeuron(warnings) ? 'no' : 'unknown';
    case 'interrupted':
    case 'killed':
    case 'lost':
      return 'unknown';
  }
}

/** The proposals of runs that may still change, the newest run first. */
export function watchedProposals(runs: Iterable<Run>, statusOf: StatusOf): readonly string[] {
  const submitted = [...runs].filter(({ end }) => end !== undefined && end.proposals.length > 0);
  submitted.sort((one, other) => other.startedAt - one.startedAt);
  const ids = submitted.flatMap(({ end }) => end?.proposals ?? []);
  return [...new Set(ids)].filter((id) => ['submitted', 'adopted'].includes(known(statusOf(id))));
}

const worstFirst = ['failed', 'rejected', 'submitted', 'adopted', 'executed'] as const;

function known(status: ProposalStatus | undefined): RunOutcome['status'] {
  return status === undefined || status === 'open' || status === 'unspecified' ? 'submitted' : status;
}

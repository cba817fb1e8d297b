import type { Instant } from '../../../src/domain/base/time.ts';
import type { Run, RunEnd } from '../../../src/domain/operations/run.ts';

/** A dry run of an operation that submits, without arguments, which Dana started and which goes on, except where a test says. */
export function dreRun(id: string, startedAt: Instant, more: Partial<Run> = {}): Run {
  return {
    id,
    program: '/bin/dre',
    args: [],
    title: 'Heal the network',
    effect: 'submits',
    dryRun: true,
    startedAt,
    startedBy: 'Dana Doe',
    ...more,
  };
}

/** A dry run ended well and without output, except where a test says. */
export function runEnd(endedAt: Instant, more: Partial<RunEnd> = {}): RunEnd {
  return {
    endedAt,
    ending: 'simulated',
    exitCode: 0,
    signal: null,
    proposals: [],
    warnings: [],
    sawAll: true,
    output: '',
    ...more,
  };
}

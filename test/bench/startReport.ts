import type { OwnWork } from '../support/vscode/hostProbe.ts';
import type { Figure } from './figures.ts';
import { timesOf } from './times.ts';

const ownLimitMs = 30;
const rowsLimitMs = 100;

/** The starts in one situation: alone in a window, or beside another extension. */
export interface Starts {
  /** Without the profiler. */
  readonly times: readonly StartTimes[];
  /** With it. */
  readonly works: readonly OwnWork[];
}

/** In milliseconds. */
export interface StartTimes {
  readonly rows: number;
  readonly activation: number;
  /** Of the other extension in the same window. */
  readonly otherActivation?: number;
}

/** The starts beside another extension, and its own. */
export interface Comparison extends Starts {
  /** What it is called. */
  readonly name: string;
  /** How long its activation takes in a window without Dr. DRE, in milliseconds. */
  readonly otherAlone: readonly number[];
}

export interface MeasuredStarts {
  /** After how many milliseconds the very first rows came. */
  readonly coldMs: number;
  /** Of the first minute. */
  readonly requests: readonly { readonly service: string }[];
  readonly alone: Starts;
  readonly comparison?: Comparison | undefined;
}

/** Prints what our own code worked in each situation, function by function, and returns the figures. */
export function reportStarts({ coldMs, requests, alone, comparison }: MeasuredStarts): readonly Figure[] {
  printWork('alone', alone.works);
  if (comparison !== undefined) printWork(`beside ${comparison.name}`, comparison.works);
  return [
    ...startFigures('alone', alone, { rows: rowsLimitMs, activation: quarterOf(comparison) }),
    ...(comparison === undefined ? [] : comparisonFigures(comparison)),
    { name: 'first rows after activation, from the network', value: coldMs, unit: 'ms', note: 'the very first start' },
    { name: 'requests in the first minute, all services', value: requests.length, unit: 'requests' },
    ...perService(requests),
  ];
}

function comparisonFigures(comparison: Comparison): readonly Figure[] {
  const { name, otherAlone, times } = comparison;
  const otherBeside = times.map(({ otherActivation = Number.NaN }) => otherActivation);
  return [
    { name: `activation of ${name}, alone`, unit: 'ms', ...valueOf(otherAlone) },
    ...startFigures(`beside ${name}`, comparison),
    { name: `activation of ${name}, beside Dr. DRE`, unit: 'ms', ...valueOf(otherBeside) },
  ];
}

function startFigures(
  where: string,
  { times, works }: Starts,
  limits: { readonly rows?: number; readonly activation?: number | undefined } = {},
): readonly Figure[] {
  return [
    {
      name: `activation, as VS Code reports it, ${where}`,
      unit: 'ms',
      ...valueOf(times.map(({ activation }) => activation)),
      limit: limits.activation,
    },
    {
      name: `own processor time up to the first rows, ${where}`,
      unit: 'ms',
      limit: ownLimitMs,
      ...valueOf(works.map(({ ownMs }) => ownMs)),
    },
    {
      name: `first rows after activation, snapshot, ${where}`,
      unit: 'ms',
      limit: limits.rows,
      ...valueOf(times.map(({ rows }) => rows)),
    },
  ];
}

/** The budget: a quarter of what the other extension takes. */
function quarterOf(comparison: Comparison | undefined): number | undefined {
  return comparison === undefined ? undefined : timesOf(comparison.otherAlone).median / 4;
}

function valueOf(values: readonly number[]): { readonly value: number; readonly least: number } {
  const { median, least } = timesOf(values);
  return { value: median, least };
}

/** The functions that worked most up to the first rows, of the start that worked least. */
function printWork(where: string, works: readonly OwnWork[]): void {
  const [least] = [...works].sort((a, b) => a.ownMs - b.ownMs);
  console.log(`\nOwn work up to the first rows, ${where}, in ms`);
  for (const { name, ms } of least?.work ?? []) console.log(`  ${ms.toFixed(2).padStart(6)}  ${name}`);
}

function perService(requests: readonly { readonly service: string }[]): readonly Figure[] {
  const counts = new Map<string, number>();
  for (const { service } of requests) counts.set(service, (counts.get(service) ?? 0) + 1);
  return [...counts].map(([service, value]) => ({ name: `  of these to ${service}`, value, unit: 'requests' }));
}

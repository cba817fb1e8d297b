/** How a part of the bench is run. */
export interface BenchOptions {
  /** With so little that the numbers mean nothing, only for whether it runs. Not every part can be run so. */
  readonly isTrial: boolean;
}

/** A number that the bench prints, beside its limit where there is one. */
export interface Figure {
  readonly name: string;
  /** Of what was measured several times, the median. */
  readonly value: number;
  /** "kB", "ms", "requests", "%"; empty for a ratio. */
  readonly unit: string;
  /** The budget: at most this; `atLeast` for the one that is a floor. */
  readonly limit?: number | undefined;
  readonly atLeast?: boolean;
  /** The smallest of what was measured: what an idle machine would show. */
  readonly least?: number;
  /** A time as a multiple of that of the reference work in the same run (`referenceMs` in `times.ts`). */
  readonly ratio?: number;
  /** By which factor it grows for 100 times the records. */
  readonly growth?: number;
  /** What it was measured against, or under which conditions. */
  readonly note?: string;
}

/** Prints figures as a table. Returns whether every limit is kept. */
export function printFigures(title: string, figures: readonly Figure[]): boolean {
  console.log(`\n${title}`);
  for (const figure of figures) console.log(line(figure));
  return figures.every(isKept);
}

function isKept({ value, limit, atLeast = false }: Figure): boolean {
  return limit === undefined || (atLeast ? value >= limit : value <= limit);
}

function line(figure: Figure): string {
  const { name, value, unit, limit, atLeast = false } = figure;
  const mark = limit === undefined ? ' ' : isKept(figure) ? '✔' : '✗';
  const bound =
    limit === undefined ? '' : `${atLeast ? 'at least' : 'at most'} ${limit}${unit === '' ? '' : ` ${unit}`}`;
  return `  ${mark} ${name.padEnd(50)} ${number(value).padStart(9)} ${unit.padEnd(9)} ${bound.padEnd(18)} ${remarks(figure)}`.trimEnd();
}

function remarks({ least, ratio, growth, note }: Figure): string {
  return [
    ...(least === undefined ? [] : [`least ${number(least)}`]),
    ...(ratio === undefined ? [] : [`${number(ratio)} of the reference`]),
    ...(growth === undefined ? [] : [`grows ×${number(growth)}`]),
    ...(note === undefined ? [] : [note]),
  ].join(', ');
}

function number(value: number): string {
  return Number.isInteger(value) ? `${value}` : value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}

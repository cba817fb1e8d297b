import type { Instant, Span } from '../../../domain/base/time.ts';
import { zoneOffset } from '../../../domain/base/zone.ts';
import { hour } from '../../../domain/base/time.ts';
import { axisDays, axisTicks } from '../../../domain/releases/timeline/axis.ts';
import type { Compared } from '../../../domain/releases/timeline/comparison.ts';
import type { Mark } from '../../../domain/releases/timeline/marks.ts';
import type { TimelineRow } from '../../../domain/releases/timeline/rows.ts';
import type { Timeline } from '../../../domain/releases/timeline/timeline.ts';
import { cellStateText } from '../../../domain/releases/words.ts';
import type { Times } from '../format.ts';
import { axisScale, tickStep } from '../scale.ts';
import { barText, batchName, cellTone, isRedundant, markText, type Tone } from '../words.ts';

// The timeline as a drawing that stands alone: what a file of it shows. In pixels, from the top left.

export type Ink = Tone | 'text' | 'page' | 'line' | 'now';

export type SceneItem =
  | { readonly kind: 'rect'; readonly at: Box; readonly fill?: Ink; readonly stroke?: Ink; readonly faint?: boolean }
  | {
      readonly kind: 'line';
      readonly from: Point;
      readonly to: Point;
      readonly ink: Ink;
      readonly width: number;
      readonly faint?: boolean;
    }
  | {
      readonly kind: 'text';
      readonly at: Point;
      readonly text: string;
      readonly ink: Ink;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly bold?: boolean;
    };

export type Point = readonly [x: number, y: number];

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Scene {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly items: readonly SceneItem[];
}

/** What is drawn. */
export interface Drawn {
  /** What the drawing is of, and below it what is known in short. */
  readonly title: string;
  readonly lines: readonly string[];
  readonly timeline: Timeline;
  readonly marks: readonly Mark[];
  /** When the batches of the rollout that it is compared with ran, by batch. */
  readonly compared: ReadonlyMap<string, Compared>;
  /** The times in which the dashboard was not read. */
  readonly gaps: readonly Span[];
  readonly now: Instant;
  readonly times: Times;
}

const width = 1400;
const margin = 20;
const plotLeft = 330;
const plotWidth = width - plotLeft - margin - 110;
const rowHeight = 24;
const lineHeight = 18;
const mostMarkLines = 30;
const mostLabels = 4;

/** The drawing of a timeline. */
export function sceneOf({ title, lines, timeline, marks, compared, gaps, now, times }: Drawn): Scene {
  const scale = axisScale(timeline.segments);
  const x = (at: Instant): number => plotLeft + (scale(at) * plotWidth) / 100;
  const rows = timeline.groups.flatMap((group) => group.rows);
  const shown = marks.filter(({ at }) => at >= timeline.window.start && at <= timeline.window.end);
  const listed = shown.slice(0, mostMarkLines);
  const top = margin + 26 + lines.length * lineHeight + 12;
  const first = top + 40 + (shown.length > 0 ? 20 : 0);
  const bottom = first + rows.length * rowHeight;
  const height = bottom + 20 + (listed.length > 0 ? listed.length * lineHeight + 10 : 0) + margin;
  const column = (span: Span): Box => ({
    x: x(span.start),
    y: first,
    width: Math.max(1, x(span.end) - x(span.start)),
    height: bottom - first,
  });
  const items: SceneItem[] = [
    { kind: 'rect', at: { x: 0, y: 0, width, height }, fill: 'page' },
    { kind: 'text', at: [margin, margin + 16], text: title, ink: 'text', anchor: 'start', bold: true },
    ...lines.map((text, index) => label([margin, margin + 16 + (index + 1) * lineHeight], text, 'muted')),
    ...timeline.segments
      .filter(({ kind }) => kind === 'gap')
      .map((gap): SceneItem => ({ kind: 'rect', at: column(gap), fill: 'line', faint: true })),
    ...axis(timeline, top, bottom, x, times),
    ...gaps.flatMap((gap) => hatched(column(gap))),
    ...rows.flatMap((row, index) => rowItems(row, first + index * rowHeight, x, times)),
    ...rows.flatMap((row, index) => comparedItems(compared.get(row.id), first + (index + 1) * rowHeight, x)),
    ...(timeline.showsNow
      ? [
          stroke([x(now), top + 36], [x(now), bottom], 'now', 2),
          label([x(now), bottom + 14], times.clock(now), 'now', 'middle'),
        ]
      : []),
    ...listed.flatMap((mark, index): readonly SceneItem[] => [
      stroke([x(mark.at), first - 6], [x(mark.at), bottom], mark.urgent ? 'trouble' : 'muted', 0.5),
      // Neighbors at two heights, so that both can be read.
      label([x(mark.at), first - 8 - 9 * (index % 2)], `${index + 1}`, mark.urgent ? 'trouble' : 'text', 'middle'),
      label([margin, bottom + 30 + (index + 1) * lineHeight], `${index + 1}  ${markText(mark, times)}`, 'text'),
    ]),
  ];
  return { title, width, height, items };
}

type Across = (at: Instant) => number;

function axis({ segments }: Timeline, top: number, bottom: number, x: Across, times: Times): readonly SceneItem[] {
  const offset = zoneOffset(times.timeZone);
  const step = tickStep(segments, plotWidth, 46);
  const ticks = axisTicks(segments, step, offset);
  return [
    ...axisDays(segments, offset)
      .filter(({ start, end }) => x(end) - x(start) > 30)
      .map(({ start, end }) => {
        const middle = (x(start) + x(end)) / 2;
        return label(
          [middle, top + 12],
          x(end) - x(start) > 66 ? times.date(start) : times.shortDate(start),
          'text',
          'middle',
        );
      }),
    ...ticks.map((at): SceneItem => ({ ...stroke([x(at), top + 36], [x(at), bottom], 'line', 1), faint: true })),
    ...(step < 24 * hour ? ticks.map((at) => label([x(at), top + 30], times.clock(at), 'muted', 'middle')) : []),
  ];
}

function rowItems(row: TimelineRow, y: number, x: Across, times: Times): readonly SceneItem[] {
  const middle = y + rowHeight / 2;
  const { planned, actual, predicted, spread } = row;
  const tone = row.phase === 'running' && cellTone(row.state) === 'muted' ? 'running' : cellTone(row.state);
  const bar = (span: Span, thickness: number): Box => ({
    x: x(span.start),
    y: middle - thickness / 2,
    width: Math.max(2, x(span.end) - x(span.start)),
    height: thickness,
  });
  const ends = [planned, actual, predicted, spread].flatMap((span) => (span === undefined ? [] : [x(span.end)]));
  const text = barText(row, times);
  return [
    label([margin, middle + 4], batchName(row), 'text'),
    label([margin + 84, middle + 4], targetsText(row), cellTone(row.state) === 'trouble' ? 'trouble' : 'muted'),
    ...(planned === undefined ? [] : [{ kind: 'rect', at: bar(planned, 14), stroke: 'muted' } as const]),
    ...(actual === undefined ? [] : [{ kind: 'rect', at: bar(actual, 8), fill: tone } as const]),
    ...(predicted === undefined || isRedundant(row)
      ? []
      : [{ kind: 'rect', at: bar(predicted, 8), stroke: tone } as const]),
    ...(text === '' ? [] : [label([Math.max(plotLeft, ...ends) + 6, middle + 4], text, 'muted')]),
  ];
}

function comparedItems(compared: Compared | undefined, bottom: number, x: Across): readonly SceneItem[] {
  if (compared === undefined) return [];
  const from = x(compared.start);
  const at = { x: from, y: bottom - 5, width: Math.max(2, x(compared.end) - from), height: 3 };
  return [{ kind: 'rect', at, stroke: 'text' }];
}

function targetsText(row: TimelineRow): string {
  if (row.cells.length === 0) return `${row.total} nodes, ${cellStateText(row)}`;
  if (row.cells.length > mostLabels) return `${row.done} of ${row.total}, ${cellStateText(row)}`;
  return row.cells.map((cell) => cell.label).join(' ');
}

function label(at: Point, text: string, ink: Ink, anchor: 'start' | 'middle' | 'end' = 'start'): SceneItem {
  return { kind: 'text', at, text, ink, anchor };
}

function stroke(from: Point, to: Point, ink: Ink, lineWidth: number): Extract<SceneItem, { readonly kind: 'line' }> {
  return { kind: 'line', from, to, ink, width: lineWidth };
}

const hatchStep = 7;

/** Slanted lines within a box. */
function hatched({ x, y, width: w, height: h }: Box): readonly SceneItem[] {
  const lines: SceneItem[] = [];
  for (let sum = x + y + hatchStep; sum < x + y + w + h; sum += hatchStep) {
    const left = Math.max(x, sum - (y + h));
    const right = Math.min(x + w, sum - y);
    if (right > left) lines.push(stroke([left, sum - left], [right, sum - right], 'muted', 0.5));
  }
  return lines;
}

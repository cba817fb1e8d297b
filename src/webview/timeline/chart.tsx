import { Fragment, type JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Timeline, TimelineGroup } from '../../domain/releases/timeline/timeline.ts';
import type { TimelineRow } from '../../domain/releases/timeline/rows.ts';
import { stageText } from '../../domain/releases/words.ts';
import { hour, type Instant, type Span } from '../../domain/base/time.ts';
import { Axis, Backdrop, NowLine } from './axis.tsx';
import { BatchRow, type ChartPosition } from './batchRow.tsx';
import { counted } from '../../domain/base/counted.ts';
import type { Times } from './format.ts';
import type { SavedState, ScrollMemory } from './host.ts';
import { moved } from './keyboard.ts';
import { axisScale, drawnLength } from './scale.ts';

/** The least width of an hour, in pixels. A wider chart scrolls. */
const narrowestHour = 11;

/** The height of the part that stays at the top, in pixels; the same as in the styles. */
const [axisHeight, groupHeight] = [40, 26];

interface ChartProps {
  readonly timeline: Timeline;
  /** The times in which nobody looked. */
  readonly gaps: readonly Span[];
  readonly now: Instant;
  readonly times: Times;
  readonly chosen: ChartPosition | undefined;
  readonly scroll: ScrollMemory;
  /** `byKeyboard`: the focus moves to the details. */
  readonly onChoose: (position: ChartPosition, byKeyboard: boolean) => void;
}

/** The batches over time. Arrow keys move between batches and targets, Enter shows the details. */
export function Chart({ timeline, gaps, now, times, chosen, scroll, onChoose }: ChartProps): JSX.Element {
  const scroller = useRef<HTMLDivElement>(null);
  const [ruler, width] = useWidth();
  const rows = useMemo(() => timeline.groups.flatMap((group) => group.rows), [timeline]);
  const [position, setPosition] = useState<ChartPosition | undefined>(undefined);
  const scale = useMemo(() => axisScale(timeline.segments), [timeline]);
  const known = rows.some((row) => row.id === position?.row);
  const start = timeline.running ?? timeline.next?.row ?? rows[0]?.id;
  const focused = known ? position : start === undefined ? undefined : { row: start, target: undefined };

  useStartingPosition(scroller, scroll.of(timeline.key), focused?.row, timeline.groups[0]?.stage !== undefined);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (focused === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      onChoose(focused, true);
      return;
    }
    const next = moved(rows, focused, event.key);
    if (next === undefined) return;
    event.preventDefault();
    setPosition(next);
    if (scroller.current !== null) focusPosition(scroller.current, next);
  };

  return (
    <div
      class="chart"
      ref={scroller}
      style={{
        '--plot-min': `${Math.ceil((drawnLength(timeline.segments) / hour) * narrowestHour)}px`,
        '--cells': cellColumns(rows),
      }}
      onScroll={({ currentTarget: { scrollLeft: left, scrollTop: top } }) =>
        scroll.keep({ rollout: timeline.key, left, top })
      }
    >
      <div class="canvas" role="grid" aria-label="Batches over time" aria-rowcount={rows.length} onKeyDown={onKeyDown}>
        <div class="axis-row" role="presentation">
          <div class="corner">
            <span class="number">Batch</span>
            {timeline.progress.unit === 'subnet' ? 'Subnets' : 'Nodes'}
          </div>
          <Axis timeline={timeline} scale={scale} width={width} now={now} times={times} />
        </div>
        <div class="layer">
          <div class="ruler" ref={ruler} />
          <Backdrop timeline={timeline} gaps={gaps} scale={scale} width={width} times={times} />
        </div>
        {timeline.groups.map((group) => (
          <Fragment key={group.unknownStage ?? group.stage ?? 'all'}>
            {group.stage !== undefined && <GroupHeading group={group} />}
            {group.rows.map((row) => (
              <BatchRow
                key={row.id}
                row={row}
                unit={timeline.progress.unit}
                scale={scale}
                width={width}
                times={times}
                chosen={chosen?.row === row.id ? chosen : undefined}
                focused={focused?.row === row.id ? focused : undefined}
                onChoose={(to) => {
                  setPosition(to);
                  onChoose(to, false);
                }}
              />
            ))}
          </Fragment>
        ))}
        {timeline.showsNow && (
          <div class="layer">
            <NowLine scale={scale} now={now} />
          </div>
        )}
      </div>
    </div>
  );
}

function GroupHeading({ group }: { readonly group: TimelineGroup }): JSX.Element {
  const done = group.rows.filter((row) => row.phase === 'done').length;
  const nodes = group.rows.reduce((sum, row) => sum + row.total, 0);
  return (
    <div class="group" role="presentation">
      <div class="group-label">
        <b>{stageText(group)}</b>
        <span>
          {done} of {counted(group.rows.length, 'batch', 'batches')}, {counted(nodes, 'node')}
        </span>
      </div>
    </div>
  );
}

/** How many targets fit beside each other before they wrap. */
function cellColumns(rows: readonly TimelineRow[]): number {
  return Math.min(3, Math.max(1, ...rows.map((row) => row.cells.length)));
}

/** Focuses a position in the chart and scrolls to it. */
export function focusPosition(chart: ParentNode, { row, target }: ChartPosition): void {
  const line = find(chart, 'row', row);
  const element = target === undefined || line === undefined ? line : find(line, 'target', target);
  element?.focus({ preventScroll: true });
  revealRow(chart, row);
}

/** Scrolls a batch into sight. */
export function revealRow(chart: ParentNode, row: string): void {
  const line = find(chart, 'row', row);
  (line?.querySelector('.bar:last-of-type') ?? line)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

// Ids come from outside: they are compared, never put into a selector.
function find(parent: ParentNode, name: 'row' | 'target', id: string): HTMLElement | undefined {
  const all = parent.querySelectorAll<HTMLElement>(`[data-${name}]`);
  return [...all].find((element) => element.dataset[name] === id);
}

/** The first scroll position: the last one of this rollout, else around the present. */
function useStartingPosition(
  scroller: { readonly current: HTMLDivElement | null },
  saved: SavedState['scroll'],
  row: string | undefined,
  grouped: boolean,
): void {
  useLayoutEffect(() => {
    const chart = scroller.current;
    if (chart === null) return;
    if (saved !== undefined) {
      chart.scrollLeft = saved.left;
      chart.scrollTop = saved.top;
      return;
    }
    const lines = [...chart.querySelectorAll<HTMLElement>('[data-row]')];
    const index = lines.findIndex((line) => line.dataset['row'] === row);
    const line = lines[index];
    if (line === undefined) return;
    // Only the chart itself scrolls here: the top of the page stays where it is.
    const before = Math.floor(chart.clientHeight / line.offsetHeight / 2);
    const first = lines[Math.max(0, index - before)];
    const covered = grouped ? axisHeight + groupHeight : axisHeight;
    if (first !== undefined && index > before) chart.scrollTop = first.offsetTop - covered;
    const bar = line.querySelector('.bar')?.getBoundingClientRect();
    const frame = chart.getBoundingClientRect();
    if (bar !== undefined) chart.scrollLeft += bar.left - frame.left - 0.6 * frame.width;
    // Only when the chart appears: later positions are the person's choice.
  }, []);
}

function useWidth(): [{ readonly current: HTMLDivElement | null }, number] {
  const element = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(800);
  useEffect(() => {
    if (element.current === null) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry !== undefined) setWidth(entry.contentRect.width);
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, []);
  return [element, width];
}

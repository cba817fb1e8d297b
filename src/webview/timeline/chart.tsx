import { Fragment, type JSX } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Compared } from '../../domain/releases/timeline/comparison.ts';
import type { Mark, OpenedByMark } from '../../domain/releases/timeline/marks.ts';
import type { Timeline, TimelineGroup } from '../../domain/releases/timeline/timeline.ts';
import type { TimelineRow } from '../../domain/releases/timeline/rows.ts';
import { stageText } from '../../domain/releases/words.ts';
import { kept } from '../../domain/base/alike.ts';
import { hour, type Instant, type Span } from '../../domain/base/time.ts';
import { Axis, Backdrop, NowLine } from './axis.tsx';
import { BatchRow, type ChartPosition } from './batchRow.tsx';
import { counted } from '../../domain/base/counted.ts';
import type { Times } from './format.ts';
import type { SavedState, ScrollMemory } from './host.ts';
import { useColumns, useInSight } from './inSight.ts';
import { moved, movedFromMarks } from './keyboard.ts';
import { MarkNote, marksRow, MarksRow, type MarkCluster } from './marks.tsx';
import { usePointing } from './pointing.ts';
import { axisScale, drawnLength } from './scale.ts';

/** The least width of an hour, in pixels. A wider chart scrolls. */
const narrowestHour = 11;

/** The height of the part that stays at the top, in pixels; the same as in the styles. */
const [axisHeight, marksHeight, groupHeight] = [40, 24, 26];

interface ChartProps {
  readonly timeline: Timeline;
  /** The times in which nobody looked. */
  readonly gaps: readonly Span[];
  /** When the batches of the rollout that this one is compared with ran, by batch. */
  readonly compared: ReadonlyMap<string, Compared>;
  /** What else happens. */
  readonly marks: readonly Mark[];
  readonly now: Instant;
  readonly times: Times;
  readonly chosen: ChartPosition | undefined;
  readonly scroll: ScrollMemory;
  /** `byKeyboard`: the focus moves to the details. */
  readonly onChoose: (position: ChartPosition, byKeyboard: boolean) => void;
  readonly onOpen: (opened: OpenedByMark) => void;
}

/** The batches over time. Arrow keys move between batches and targets, Enter shows the details. */
export function Chart(props: ChartProps): JSX.Element {
  const { timeline, gaps, compared, marks, now, times, chosen, scroll, onChoose, onOpen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [ruler, width] = useWidth();
  const rows = useMemo(() => timeline.groups.flatMap((group) => group.rows), [timeline]);
  const segments = useKept(timeline.segments);
  const drawn = useKeptRows(rows);
  const [position, setPosition] = useState<ChartPosition | undefined>(undefined);
  const scale = useMemo(() => axisScale(segments), [segments]);
  const pointing = usePointing(timeline, marks, scale, width);
  const { clusters } = pointing;
  const known =
    position?.row === marksRow
      ? clusters.some(({ id }) => position.target === undefined || id === position.target)
      : rows.some((row) => row.id === position?.row);
  const start = timeline.running ?? timeline.next?.row ?? rows[0]?.id;
  const focused = known ? position : start === undefined ? undefined : { row: start, target: undefined };

  useColumns(scroller, width);
  useStartingPosition(scroller, scroll.of(timeline.key), focused?.row, [
    axisHeight,
    clusters.length > 0 ? marksHeight : 0,
    timeline.groups[0]?.stage === undefined ? 0 : groupHeight,
  ]);
  const { inSight, look } = useInSight(scroller, timeline, width);

  const openOne = (cluster: MarkCluster | undefined): void => {
    const opened = cluster?.marks.find(({ opens }) => opens !== null)?.opens ?? null;
    if (opened !== null) onOpen(opened);
  };
  const nextPosition = (from: ChartPosition, key: string): ChartPosition | undefined => {
    if (from.row === marksRow) return movedFromMarks(clusters, rows[0]?.id, from, key);
    if (key === 'ArrowUp' && from.row === rows[0]?.id && clusters[0] !== undefined) {
      return { row: marksRow, target: clusters[0].id };
    }
    return moved(rows, from, key);
  };
  const latest = useRef(onChoose);
  latest.current = onChoose;
  const choose = useCallback((to: ChartPosition) => {
    setPosition(to);
    latest.current(to, false);
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (focused === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      if (focused.row !== marksRow) onChoose(focused, true);
      else openOne(clusters.find(({ id }) => id === focused.target));
      return;
    }
    const next = nextPosition(focused, event.key);
    if (next === undefined) return;
    event.preventDefault();
    setPosition(next);
    toFocus.current = next;
  };
  /** Where the keyboard goes once that is made. */
  const toFocus = useRef<ChartPosition | undefined>(undefined);
  useLayoutEffect(() => {
    const next = toFocus.current;
    toFocus.current = undefined;
    if (next !== undefined && scroller.current !== null) focusPosition(scroller.current, next);
  });

  return (
    <div class="chart-column">
      <div
        class={`chart ${clusters.length > 0 ? 'marked' : ''} ${pointing.cluster === undefined ? '' : 'pointing'}`}
        ref={scroller}
        style={{
          '--plot-min': `${Math.ceil((drawnLength(timeline.segments) / hour) * narrowestHour)}px`,
          '--cells': cellColumns(rows),
        }}
        onScroll={({ currentTarget: { scrollLeft: left, scrollTop: top } }) => {
          scroll.keep({ rollout: timeline.key, left, top });
          look();
        }}
      >
        <div
          class="canvas"
          role="grid"
          aria-label="Batches over time"
          aria-rowcount={rows.length + (clusters.length > 0 ? 1 : 0)}
          onKeyDown={onKeyDown}
        >
          <div class="axis-row" role="presentation">
            <div class="corner">
              <span class="number">Batch</span>
              {timeline.progress.unit === 'subnet' ? 'Subnets' : 'Nodes'}
            </div>
            <Axis timeline={timeline} scale={scale} width={width} now={now} times={times} />
          </div>
          {clusters.length > 0 && (
            <MarksRow
              clusters={clusters}
              lit={pointing.litClusters}
              focused={focused?.row === marksRow ? focused : undefined}
              times={times}
              onPoint={pointing.pointAtMark}
              onOpen={openOne}
            />
          )}
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
                  row={drawn.get(row.id) ?? row}
                  unit={timeline.progress.unit}
                  scale={scale}
                  width={width}
                  times={times}
                  chosen={chosen?.row === row.id ? chosen : undefined}
                  focused={focused?.row === row.id ? focused : undefined}
                  compared={compared.get(row.id)}
                  lit={pointing.lit?.rows.has(row.id) === true}
                  inSight={inSight.has(row.id)}
                  litTargets={pointing.lit?.rows.has(row.id) === true ? pointing.lit.targets : undefined}
                  onChoose={choose}
                  onPoint={pointing.pointAtRow}
                />
              ))}
            </Fragment>
          ))}
          {timeline.showsNow && (
            <div class="layer">
              <NowLine scale={scale} now={now} />
            </div>
          )}
          {pointing.cluster !== undefined && (
            <div class="layer" aria-hidden="true">
              <i class="mark-line" style={{ left: `${pointing.cluster.left}%` }} />
            </div>
          )}
        </div>
      </div>
      {clusters.length > 0 && <MarkNote cluster={pointing.cluster} times={times} />}
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
  /** The heights of the parts that stay at the top, in pixels. */
  heads: readonly number[],
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
    const covered = heads.reduce((sum, height) => sum + height, 0);
    if (first !== undefined && index > before) chart.scrollTop = first.offsetTop - covered;
    const bar = line.querySelector('.bar')?.getBoundingClientRect();
    const frame = chart.getBoundingClientRect();
    if (bar !== undefined) chart.scrollLeft += bar.left - frame.left - 0.6 * frame.width;
    // Only when the chart appears: later positions are the person's choice.
  }, []);
}

/** What is alike stays the same from one change to the next. */
function useKept<T>(value: T): T {
  const before = useRef<T | undefined>(undefined);
  return (before.current = kept(before.current, value));
}

/** The rows by their ids: those that did not change are the same as before, so that they are not drawn again. */
function useKeptRows(rows: readonly TimelineRow[]): ReadonlyMap<string, TimelineRow> {
  const before = useRef<ReadonlyMap<string, TimelineRow>>(new Map());
  return useMemo(() => {
    before.current = new Map(rows.map((row) => [row.id, kept(before.current.get(row.id), row)]));
    return before.current;
  }, [rows]);
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

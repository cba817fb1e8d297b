import { Fragment, type JSX } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Segment } from '../../domain/releases/timeline/axis.ts';
import type { Compared } from '../../domain/releases/timeline/comparison.ts';
import type { Watch } from '../../domain/releases/timeline/histories.ts';
import type { Mark, OpenedByMark } from '../../domain/releases/timeline/marks.ts';
import type { Timeline, TimelineGroup } from '../../domain/releases/timeline/timeline.ts';
import type { TimelineRow } from '../../domain/releases/timeline/rows.ts';
import { stageText } from '../../domain/releases/words.ts';
import { kept } from '../kit/kept.ts';
import { hour, type Instant, type Span } from '../../domain/base/time.ts';
import { Axis, Backdrop, NowLine } from './axis.tsx';
import { BatchRow, type ChartPosition } from './batchRow.tsx';
import { counted } from '../../domain/base/counted.ts';
import { lengthText, type Times } from './format.ts';
import type { ScrollMemory } from './host.ts';
import { Present } from './history.tsx';
import { useColumns, useInView } from './inView.ts';
import { moved, movedFromHeads, movedFromMarks, movedUnfolded, zoomKey } from './keyboard.ts';
import { actAtLane, lanePositions, LanesGroup } from './lanes.tsx';
import { MarkNote, marksRow, MarksRow, type MarkCluster } from './marks.tsx';
import { chartHelp } from './legend.tsx';
import { usePointing } from './pointing.ts';
import { axisScale, drawnLength } from './scale.ts';
import { batchesTop, useStartingPosition } from './startingPosition.ts';
import { useHistories, useSteadyHeight } from './unfolding.ts';
import { useDrag } from './useDrag.ts';
import { useSteadyBatches, type Lanes } from './useLanes.ts';
import { useSteadyView } from './useSteadyView.ts';
import { useTextsBefore } from './useTextsBefore.ts';
import { useZoom, type ZoomActions } from './useZoom.ts';
import type { ZoomState } from './zoom.ts';

/** The height of the part that stays at the top, in pixels; the same as in the styles. */
const [axisHeight, marksHeight, groupHeight] = [40, 24, 26];

interface ChartProps {
  readonly timeline: Timeline;
  /** The times in which the dashboard was not read. */
  readonly gaps: readonly Span[];
  /** What was seen of its targets over time. */
  readonly watch: Watch;
  /** When the batches of the rollout that this one is compared with ran, by batch. */
  readonly compared: ReadonlyMap<string, Compared>;
  /** What else happens. */
  readonly marks: readonly Mark[];
  /** The other rollouts; the axis of `timeline` has them where they are unfolded. */
  readonly lanes: Lanes;
  /** The axis of the rollout itself. */
  readonly own: readonly Segment[];
  /** What is shown is of the past. */
  readonly isPast: boolean;
  readonly now: Instant;
  readonly times: Times;
  readonly chosen: ChartPosition | undefined;
  readonly scroll: ScrollMemory;
  /** Has what zooms the chart while it is there. */
  readonly zoomActions: { current: ZoomActions | undefined };
  readonly onZoomState: (state: ZoomState) => void;
  /** `byKeyboard`: the focus moves to the details. */
  readonly onChoose: (position: ChartPosition, byKeyboard: boolean) => void;
  readonly onOpen: (opened: OpenedByMark) => void;
}

/** The batches over time. Arrow keys move between batches and targets, Enter shows the details. */
export function Chart(props: ChartProps): JSX.Element {
  const { timeline, gaps, watch, compared, marks, lanes, own, now, times, chosen, scroll, onChoose, onOpen } = props;
  const { zoomActions, onZoomState } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const ruler = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => timeline.groups.flatMap((group) => group.rows), [timeline]);
  const segments = useKept(timeline.segments);
  const drawn = useKeptRows(rows);
  const [position, setPosition] = useState<ChartPosition | undefined>(undefined);
  const scale = useMemo(() => axisScale(segments), [segments]);
  const nowAt = timeline.showsNow ? scale(now) : undefined;
  const hold = useRef<(y: number | undefined) => void>(() => undefined);
  const onZoom = useCallback((y: number | undefined) => hold.current(y), []);
  const zoom = useZoom({
    scroller,
    ruler,
    hours: drawnLength(segments) / hour,
    own: drawnLength(own) / hour,
    nowAt,
    memory: scroll,
    onZoom,
  });
  const { width, near } = zoom;
  const isUnfolded = zoom.isUnfolded && rows.some(({ cells }) => cells.length > 0);
  const noteView = useSteadyView({ scroller, ruler, segments, scale, now: timeline.showsNow ? now : undefined, width });
  useDrag(scroller);
  useZoomOutside(zoom, zoomActions, zoom.state, onZoomState);
  const pointing = usePointing(timeline, marks, scale, width);
  const { clusters } = pointing;
  const heads = useMemo(() => lanePositions(lanes), [lanes]);
  const known =
    position?.row === marksRow
      ? inClusters(clusters, position)
      : (rows.some(({ id }) => id === position?.row) || heads.some(({ row }) => row === position?.row)) && position;
  const start = timeline.running ?? timeline.next?.row ?? rows[0]?.id;
  const focused = known || (start === undefined ? undefined : { row: start, target: undefined });

  useColumns(scroller, width, isUnfolded);
  useStartingPosition({
    scroller,
    ruler,
    scale,
    saved: scroll.of(timeline.key),
    row: focused?.row,
    own: { start: own[0]?.start ?? now, end: own.at(-1)?.end ?? now },
    heads: [
      axisHeight,
      clusters.length > 0 ? marksHeight : 0,
      timeline.groups[0]?.stage === undefined ? 0 : groupHeight,
    ],
  });
  const { textsBefore, updateTexts } = useTextsBefore({ scroller, ruler, rows, scale, width, times });
  useSteadyBatches(scroller, lanes);
  hold.current = useSteadyHeight(scroller, isUnfolded, start);
  const { inView, isPainted, update } = useInView(scroller, timeline, width, isUnfolded);
  const histories = useHistories(
    isUnfolded,
    watch,
    rows,
    ({ id }) => inView.has(id) || id === chosen?.row || id === focused?.row,
  );

  const openOne = (cluster: MarkCluster | undefined): void => {
    const opened = cluster?.marks.find(({ opens }) => opens !== null)?.opens ?? null;
    if (opened !== null) onOpen(opened);
  };
  const nextPosition = (from: ChartPosition, key: string): ChartPosition | undefined => {
    const firstRow = rows[0] && { row: rows[0].id, target: undefined };
    const above = clusters[0] && { row: marksRow, target: clusters[0].id };
    if (from.row === marksRow) return movedFromMarks(clusters, heads[0] ?? firstRow, from, key);
    const index = heads.findIndex(({ row }) => row === from.row);
    if (index !== -1) return movedFromHeads(heads, index, key, { above, below: firstRow });
    if (key === 'ArrowUp' && from.row === firstRow?.row) return heads.at(-1) ?? above;
    return (isUnfolded ? movedUnfolded : moved)(rows, from, key);
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
      if (heads.some(({ row }) => row === focused.row)) actAtLane(lanes, focused);
      else if (focused.row !== marksRow) onChoose(focused, true);
      else openOne(clusters.find(({ id }) => id === focused.target));
      return;
    }
    const act = zoomKey(event, zoom);
    if (act !== undefined) {
      event.preventDefault();
      act();
      isZoomedByKey.current = true;
      return;
    }
    if (event.shiftKey) return;
    const next = nextPosition(focused, event.key);
    if (next === undefined) return;
    event.preventDefault();
    setPosition(next);
    toFocus.current = next;
  };
  const isZoomedByKey = useRef(false);
  /** Where the keyboard goes once that is made. */
  const toFocus = useRef<ChartPosition | undefined>(undefined);
  useLayoutEffect(() => {
    const next = toFocus.current;
    toFocus.current = undefined;
    const chart = scroller.current;
    if (chart === null) return;
    if (next !== undefined) focusPosition(chart, next);
    // What had the keyboard may be drawn as part of another mark since.
    else if (isZoomedByKey.current && focused !== undefined && !chart.contains(document.activeElement)) {
      elementOf(chart, focused)?.focus({ preventScroll: true });
    }
    isZoomedByKey.current = false;
  });

  return (
    <div class="chart-column">
      <div
        class={`chart ${isUnfolded ? 'unfolded' : ''} ${clusters.length > 0 ? 'marked' : ''} ${pointing.cluster === undefined ? '' : 'pointing'}`}
        ref={scroller}
        style={{
          '--cells': cellColumns(rows),
        }}
        onScroll={({ currentTarget: chart }) => {
          const at = scale.invert((100 * chart.scrollLeft) / (ruler.current?.clientWidth ?? width));
          scroll.keep({ rollout: timeline.key, at, top: chart.scrollTop - batchesTop(chart) });
          update();
          updateTexts();
          zoom.readView();
          noteView();
        }}
      >
        <div
          class="canvas"
          style={{ minWidth: zoom.least }}
          role="grid"
          aria-label="Batches over time"
          aria-describedby={chartHelp}
          aria-rowcount={rows.length + heads.length + (clusters.length > 0 ? 1 : 0)}
          onKeyDown={onKeyDown}
        >
          <div class="axis-row" role="presentation">
            <div class="corner">
              <span class="number">Batch</span>
              {timeline.progress.unit === 'subnet' ? 'Subnets' : 'Nodes'}
            </div>
            <Axis timeline={timeline} scale={scale} width={width} near={near} now={now} times={times} />
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
            <Backdrop timeline={timeline} gaps={gaps} scale={scale} width={width} near={near} times={times} />
          </div>
          {heads.length > 0 && (
            <LanesGroup
              lanes={lanes}
              scale={scale}
              window={timeline.window}
              isPast={props.isPast}
              isPainted={isPainted}
              focused={heads.find(({ row }) => row === focused?.row)?.row}
              times={times}
            />
          )}
          <Present.Provider value={nowAt ?? 100}>
            {timeline.groups.map((group) => (
              <Fragment key={group.unknownStage ?? group.stage ?? 'all'}>
                {group.stage !== undefined && <GroupHeading group={group} />}
                {group.rows.map((row) => (
                  <BatchRow
                    key={row.id}
                    row={drawn.get(row.id) ?? row}
                    unit={timeline.progress.unit}
                    scale={scale}
                    textBefore={textsBefore.has(row.id)}
                    times={times}
                    chosen={chosen?.row === row.id ? chosen : undefined}
                    focused={focused?.row === row.id ? focused : undefined}
                    compared={compared.get(row.id)}
                    histories={histories.get(row.id)}
                    lit={pointing.lit?.rows.has(row.id) === true}
                    inView={inView.has(row.id)}
                    drawn={isPainted}
                    litTargets={pointing.lit?.rows.has(row.id) === true ? pointing.lit.targets : undefined}
                    onChoose={choose}
                    onPoint={pointing.pointAtRow}
                  />
                ))}
              </Fragment>
            ))}
          </Present.Provider>
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
      <p class="unseen" aria-live="polite">
        {zoom.hoursInView === undefined ? '' : `${lengthText(zoom.hoursInView * hour)} in view`}
        {zoom.hoursInView !== undefined && isUnfolded && `, each ${timeline.progress.unit} on a line of its own`}
      </p>
      {clusters.length > 0 && <MarkNote cluster={pointing.cluster} times={times} />}
    </div>
  );
}

/** A position in the row of the marks; the mark may be drawn together with others since. */
function inClusters(clusters: readonly MarkCluster[], position: ChartPosition): ChartPosition | undefined {
  const { row, target } = position;
  if (target === undefined) return clusters.length > 0 ? position : undefined;
  const cluster = clusters.find(({ marks }) => marks.some(({ id }) => id === target));
  return cluster === undefined ? undefined : { row, target: cluster.id };
}

/** Lets others zoom a chart, and calls `onZoomState` with what can be done. */
function useZoomOutside(
  actions: ZoomActions,
  given: ChartProps['zoomActions'],
  { canZoomIn, canZoomOut, canReset }: ZoomState,
  onZoomState: ChartProps['onZoomState'],
): void {
  useEffect(() => {
    given.current = actions;
  });
  useEffect(() => {
    onZoomState({ canZoomIn, canZoomOut, canReset });
  }, [canZoomIn, canZoomOut, canReset, onZoomState]);
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
export function focusPosition(chart: ParentNode, position: ChartPosition): void {
  const element = elementOf(chart, position);
  element?.focus({ preventScroll: true });
  if (position.row === marksRow) element?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  else revealRow(chart, position.row, position.target === undefined ? undefined : element);
}

function elementOf(chart: ParentNode, { row, target }: ChartPosition): HTMLElement | undefined {
  const line = find(chart, 'row', row);
  return target === undefined || line === undefined ? line : find(line, 'target', target);
}

/** Scrolls a batch into view; of one that may be higher than the view, this target. */
export function revealRow(chart: ParentNode, row: string, target?: HTMLElement): void {
  const line = find(chart, 'row', row);
  const scroller = line?.closest('.chart');
  if (line === undefined || !scroller) return;
  const { scrollTop } = scroller;
  (line.querySelector('.bar:last-of-type') ?? line).scrollIntoView({ block: 'nearest', inline: 'nearest' });
  if (target === undefined) return;
  const { scrollLeft } = scroller;
  scroller.scrollTop = scrollTop;
  target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  scroller.scrollLeft = scrollLeft;
}

// Ids come from outside: they are compared, never put into a selector.
function find(parent: ParentNode, name: 'row' | 'target', id: string): HTMLElement | undefined {
  const all = parent.querySelectorAll<HTMLElement>(`[data-${name}]`);
  return [...all].find((element) => element.dataset[name] === id);
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

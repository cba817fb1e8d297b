import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Instant, Span } from '../../domain/base/time.ts';
import { drawnSpan, type BarForm, type Lane, type LaneBar } from '../../domain/releases/timeline/lanes.ts';
import { shortKindWords, stageText } from '../../domain/releases/words.ts';
import { memo } from '../kit/memo.ts';
import type { ChartPosition } from './batchRow.tsx';
import type { Times } from './format.ts';
import { Icon, rolloutIcons } from './icons.tsx';
import { laneSentence, lanesText, laneState, withoutBars } from './laneWords.ts';
import type { Scale } from './scale.ts';
import type { Lanes } from './useLanes.ts';
import { rolloutTone } from './words.ts';

/** The heading of the lanes, as a position in the chart; and what folds them, its target. */
const [lanesRow, lanesFold] = ['lanes', 'fold'];

/** The row of a lane, as a position in the chart. No batch has such an id. */
function laneRow({ rollout }: Lane): string {
  return `lane ${rollout}`;
}

/** The positions of lanes and their heading, from the top; none where there are none. */
export function lanePositions({ all, isOpen }: Lanes): readonly ChartPosition[] {
  if (all.length === 0) return [];
  const rows = isOpen ? all.map((lane) => ({ row: laneRow(lane), target: undefined })) : [];
  return [{ row: lanesRow, target: lanesFold }, ...rows];
}

/** What Enter does at one of their positions. */
export function actAtLane({ all, isOpen, onFold, onShow }: Lanes, { row }: ChartPosition): void {
  if (row === lanesRow) onFold(!isOpen);
  const lane = all.find((each) => laneRow(each) === row);
  if (lane !== undefined && lane.heading !== null) onShow(lane.rollout, true);
}

interface LanesGroupProps {
  readonly lanes: Lanes;
  readonly scale: Scale;
  /** Of the axis. */
  readonly window: Span;
  /** What is shown is of the past: the lanes are not. */
  readonly isPast: boolean;
  readonly focused: string | undefined;
  /** Whether there is time to draw more than the first ones. */
  readonly isPainted: boolean;
  readonly times: Times;
}

/** So many lanes are painted with what is seen first. */
const first = 6;

/** The other rollouts, above the batches: a heading that folds them, and a lane for each. */
export function LanesGroup({ lanes, scale, window, isPast, focused, isPainted, times }: LanesGroupProps): JSX.Element {
  const { all, isOpen, now, onFold, onShow } = lanes;
  return (
    <div role="rowgroup" class="lanes">
      <div role="row" class="group" data-row={lanesRow}>
        <span
          role="rowheader"
          class="group-label fold"
          aria-expanded={isOpen}
          data-target={lanesFold}
          tabIndex={focused === lanesRow ? 0 : -1}
          onClick={() => onFold(!isOpen)}
        >
          <i class={`twistie ${isOpen ? 'open' : ''}`} aria-hidden="true" />
          <b>Other rollouts</b>
          <span>{`${lanesText(all)}${isPast ? ', as they are now' : ''}`}</span>
        </span>
      </div>
      {isOpen &&
        all.map((lane, index) => (
          <LaneRow
            key={lane.rollout}
            lane={lane}
            scale={scale}
            from={window.start}
            to={window.end}
            now={lane.isActive ? now : 0}
            drawn={isPainted || index < first}
            focused={focused === laneRow(lane)}
            times={times}
            onShow={onShow}
          />
        ))}
    </div>
  );
}

interface LaneRowProps extends Pick<Lanes, 'onShow'> {
  readonly lane: Lane;
  readonly scale: Scale;
  /** Bars outside of these times are not on the axis. */
  readonly from: Instant;
  readonly to: Instant;
  readonly now: Instant;
  /** Else it is only as high. */
  readonly drawn: boolean;
  readonly focused: boolean;
  readonly times: Times;
}

const LaneRow = memo(function LaneRow(props: LaneRowProps) {
  return props.drawn ? <DrawnLane {...props} /> : <div role="row" class="lane" data-row={laneRow(props.lane)} />;
});

function DrawnLane({ lane, scale, from, to, now, focused, times, onShow }: LaneRowProps): JSX.Element {
  const { heading } = lane;
  const sentence = laneSentence(lane, times);
  const bars = useMemo(
    () =>
      lane.bars
        .map((bar) => ({ ...bar, ...drawnSpan(bar, now) }))
        .filter(({ start, end }) => end >= from && start <= to && (start < to || end > from)),
    [lane, now, from, to],
  );
  return (
    <div
      role="row"
      class={`lane ${heading === null ? 'unlisted' : ''}`}
      aria-label={sentence}
      title={sentence}
      data-row={laneRow(lane)}
      tabIndex={focused ? 0 : -1}
      onClick={heading === null ? undefined : () => onShow(lane.rollout, false)}
    >
      <div role="rowheader" class="info">
        <span class={`lane-state tone-${heading === null ? 'muted' : rolloutTone(heading.state)}`}>
          <Icon name={heading === null ? 'paper' : rolloutIcons[heading.state]} />
        </span>
        <span class="lane-name">
          <b>{shortKindWords[lane.kind]}</b> <bdi>{lane.name}</bdi>
        </span>
      </div>
      <div role="gridcell" class="plot" aria-label={laneState(lane, times)}>
        <LaneBars bars={bars} scale={scale} />
        {bars
          .filter(({ form }) => form === 'failed')
          .map(({ start, batch }) => (
            <span
              key={`${batch.stage}-${batch.number}`}
              class="lane-failed tone-trouble"
              style={{ left: `${scale(start)}%` }}
              aria-hidden="true"
            >
              <Icon name="cross" />
            </span>
          ))}
        {bars.length === 0 && lane.bars.length === 0 && <span class="lane-note">{withoutBars(lane)}</span>}
      </div>
    </div>
  );
}

/** The height of what is drawn, and where in it bars are; the same as in the styles. */
const [height, barTop, barHeight] = [20, 5, 7];

/** Bars are few elements: there may be many of them. Their places are parts of the width, so that zoom draws none anew. */
function LaneBars({ bars, scale }: { readonly bars: readonly LaneBar[]; readonly scale: Scale }): JSX.Element {
  const [forms, stages] = useMemo(() => [pathsOf(bars, scale), stagesOf(bars)], [bars, scale]);
  return (
    <>
      <svg class="lane-bars" viewBox={`0 0 100 ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {forms.map(([form, path]) => (
          <path key={form} class={`bar-${form}`} d={path} />
        ))}
      </svg>
      {stages.map(([name, { start, end }], index) => (
        <i
          key={name}
          class={`stage-line stage-${index % 2}`}
          style={{ left: `${scale(start)}%`, width: `${scale(end) - scale(start)}%` }}
          title={name}
          aria-hidden="true"
        />
      ))}
    </>
  );
}

function pathsOf(bars: readonly LaneBar[], scale: Scale): readonly (readonly [BarForm, string])[] {
  const paths = new Map<BarForm, string>();
  for (const each of bars) paths.set(each.form, `${paths.get(each.form) ?? ''}${rectangle(each, scale)}`);
  return [...paths];
}

/** From when to when each stage has bars, in their order: a line is drawn below them. */
function stagesOf(bars: readonly LaneBar[]): readonly (readonly [string, Span])[] {
  const spans = new Map<string, Span>();
  for (const { batch, start, end } of bars) {
    const name = stageText(batch);
    const known = spans.get(name);
    if (name === '') continue;
    spans.set(name, { start: Math.min(start, known?.start ?? start), end: Math.max(end, known?.end ?? end) });
  }
  return [...spans];
}

function rectangle({ start, end }: Span, scale: Scale): string {
  const [left, right] = [scale(start), scale(end)];
  return `M${rounded(left)} ${barTop}H${rounded(right)}v${barHeight}H${rounded(left)}z`;
}

/** A millionth of the width is less than a pixel at each level of zoom. */
function rounded(place: number): number {
  return Math.round(place * 10_000) / 10_000;
}

import type { JSX } from 'preact';
import type { Timeline } from '../../domain/releases/timeline/timeline.ts';
import { axisDays, axisTicks, axisWeeks } from '../../domain/releases/timeline/axis.ts';
import { zoneOffset } from '../../domain/base/zone.ts';
import { hour, type Instant, type Span } from '../../domain/base/time.ts';
import type { Times } from './format.ts';
import { axisBetween, tickStep, type Scale } from './scale.ts';
import type { NearPart } from './useZoom.ts';

interface AxisProps {
  readonly timeline: Timeline;
  readonly scale: Scale;
  /** Of the plot, in pixels. */
  readonly width: number;
  /** Hours are drawn only there. */
  readonly near: NearPart;
  readonly now: Instant;
  readonly times: Times;
}

/** Room for "09:00", in pixels. */
const tickLabel = 46;
/** Room for "Wed 26 Aug", "Wed 26", in pixels: less than their width, as they may reach into the gaps beside. */
const [dateLabel, shortDateLabel] = [62, 36];
/** Room for "Mon 14 Sept" and "14 Sept" of weeks, which begin at their left end. */
const [weekLabel, shortWeekLabel] = [78, 52];

/** Days or weeks and hours or minutes above the plot, and the flag of the now-line. */
export function Axis({ timeline, scale, width, near, now, times }: AxisProps): JSX.Element {
  const offset = zoneOffset(times.timeZone);
  const step = tickStep(timeline.segments, width, tickLabel);
  const pixels = ({ start, end }: Span): number => ((scale(end) - scale(start)) * width) / 100;
  const days = axisDays(timeline.segments, offset);
  const areNarrow = days.filter((day) => pixels(day) < shortDateLabel).length > days.length / 2;
  return (
    <div class="axis" aria-hidden="true">
      {(areNarrow ? axisWeeks(days, offset) : days).map(({ start, end }) => (
        <span
          key={`day ${start}`}
          class={areNarrow ? 'day week' : 'day'}
          style={{ left: `${scale(start)}%`, width: `${scale(end) - scale(start)}%` }}
        >
          <span>{(areNarrow ? weekText : dateText)(start, pixels({ start, end }), times)}</span>
        </span>
      ))}
      {step < 24 * hour &&
        axisTicks(axisBetween(timeline.segments, scale, near.from, near.to), step, offset)
          // Parts of the axis may be narrower than a label.
          .filter((at, index, all) => index === 0 || (scale(at) - scale(all[index - 1] ?? at)) * width > 80 * tickLabel)
          // The first one would reach beyond the edge.
          .filter((at) => scale(at) * width > 50 * tickLabel)
          .filter((at) => !timeline.showsNow || Math.abs(scale(at) - scale(now)) * width > 100 * tickLabel)
          .map((at) => (
            <span key={`tick ${at}`} class="tick" style={{ left: `${scale(at)}%` }}>
              {times.clock(at)}
            </span>
          ))}
      {timeline.showsNow && (
        <span class="now-flag" style={{ left: `${scale(now)}%` }}>
          {times.clock(now)}
        </span>
      )}
    </div>
  );
}

function dateText(at: Instant, width: number, times: Times): string {
  if (width >= dateLabel) return times.date(at);
  // A number alone is not taken for a day.
  return width >= shortDateLabel ? times.shortDate(at) : '';
}

/** A week is called by its first day. */
function weekText(at: Instant, width: number, times: Times): string {
  if (width >= weekLabel) return times.date(at);
  return width >= shortWeekLabel ? times.dayAndMonth(at) : '';
}

interface BackdropProps extends Omit<AxisProps, 'now'> {
  /** The times in which the dashboard was not read. */
  readonly gaps: readonly Span[];
}

/** The background of the bars: hours, edges of days, the compressed stretches, and what was not watched. */
export function Backdrop({ timeline, gaps: unseen, scale, width, near, times }: BackdropProps): JSX.Element {
  const offset = zoneOffset(times.timeZone);
  const step = tickStep(timeline.segments, width, tickLabel);
  const gaps = timeline.segments.filter((segment) => segment.kind === 'gap');
  return (
    <div class="backdrop" aria-hidden="true">
      {axisTicks(axisBetween(timeline.segments, scale, near.from, near.to), step, offset).map((at) => (
        <i key={at} class="grid-line" style={{ left: `${scale(at)}%` }} />
      ))}
      {axisDays(timeline.segments, offset)
        .filter(({ start }) => !gaps.some((gap) => gap.end === start))
        .map(({ start }) => (
          <i key={`day ${start}`} class="grid-line day-line" style={{ left: `${scale(start)}%` }} />
        ))}
      {gaps.map(({ start, end }) => (
        <i
          key={`gap ${start}`}
          class="gap"
          style={{ left: `${scale(start)}%`, width: `${scale(end) - scale(start)}%` }}
        />
      ))}
      {unseen.map(({ start, end }) => (
        <i
          key={`not watched ${start}`}
          class="not-watched"
          style={{ left: `${scale(start)}%`, width: `${scale(end) - scale(start)}%` }}
        />
      ))}
    </div>
  );
}

/** The now-line. */
export function NowLine({ scale, now }: { readonly scale: Scale; readonly now: Instant }): JSX.Element {
  return (
    <div class="foreground" aria-hidden="true">
      <i class="now-line" style={{ left: `${scale(now)}%` }} />
    </div>
  );
}

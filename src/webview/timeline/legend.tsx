import type { JSX } from 'preact';

/** The id of what says how the chart is used. */
export const chartHelp = 'chart-help';

interface LegendProps {
  /** There are times in which nobody looked. */
  readonly gaps: boolean;
  /** The name of the rollout that is compared with. */
  readonly compared: string | undefined;
  /** What each line of an unfolded batch is of; undefined where none unfolds. */
  readonly unfolds: 'subnet' | 'node' | undefined;
}

/** What the marks mean, and how the chart is zoomed and moved. */
export function Legend({ gaps, compared, unfolds }: LegendProps): JSX.Element {
  return (
    <div class="legend-line">
      <ul class="legend" aria-label="Legend">
        <Entry kind="planned" text="Planned" />
        <Entry kind="actual tone-done" text="Done" />
        <Entry kind="actual tone-running" text="Running" />
        <Entry kind="predicted tone-running" text="Predicted" />
        <Entry kind="spread" text="Probable end" />
        <Entry kind="actual tone-trouble" text="In trouble" />
        <li>
          <i class="sample now-line" aria-hidden="true" />
          Now
        </li>
        <li>
          <i class="sample gap" aria-hidden="true" />
          Nights and weekends (compressed)
        </li>
        {compared !== undefined && (
          <li>
            <span class="sample" aria-hidden="true">
              <i class="compared" />
            </span>
            <bdi>{compared}</bdi>
          </li>
        )}
        {gaps && (
          <li>
            <i class="sample not-watched" aria-hidden="true" />
            Not watched
          </li>
        )}
      </ul>
      <p id={chartHelp} class="chart-help">
        Zoom with Ctrl or Cmd and the wheel, or with +, - and 0. Move by dragging, or with Shift and the left and right
        arrow keys.{unfolds !== undefined && ` Zoom in to see each ${unfolds}.`}
      </p>
    </div>
  );
}

function Entry({ kind, text }: { readonly kind: string; readonly text: string }): JSX.Element {
  return (
    <li>
      <span class="sample" aria-hidden="true">
        <i class={`bar ${kind}`} />
      </span>
      {text}
    </li>
  );
}

import type { JSX } from 'preact';
import type { TimelineRow } from '../../domain/releases/timeline/rows.ts';
import { Icon } from './icons.tsx';

/** The id of what says how the chart is used. */
export const chartHelp = 'chart-help';

interface LegendProps {
  readonly rows: readonly TimelineRow[];
  /** There are times in which the dashboard was not read. */
  readonly gaps: boolean;
  /** The name of the rollout that is compared with. */
  readonly compared: string | undefined;
  /** What each line of an unfolded batch is of; undefined where none unfolds. */
  readonly unfolds: 'subnet' | 'node' | undefined;
}

/** What the marks mean, and how the chart is zoomed and moved. */
export function Legend({ rows, gaps, compared, unfolds }: LegendProps): JSX.Element {
  const cells = rows.flatMap((row) => row.cells);
  const has = (state: TimelineRow['state']): boolean => [...rows, ...cells].some((each) => each.state === state);
  return (
    <div class="legend-line">
      <ul class="legend" aria-label="Legend">
        <Entry kind="planned" text="Planned" />
        <Entry kind="actual tone-done" text="Done" />
        <Entry kind="actual tone-running" text="Running" />
        <Entry kind="predicted tone-running" text="Predicted" />
        <Entry kind="spread" text="Probable end" />
        <Entry kind="actual tone-trouble" text="In trouble" />
        {has('waiting_for_election') && <Entry kind="actual tone-attention" text="Needs votes" />}
        {cells.some(({ otherRevision }) => otherRevision) && (
          <li>
            <span class="other-revision" aria-hidden="true">
              ≠
            </span>
            Another revision than the rollout
          </li>
        )}
        {has('unknown') && (
          <li>
            <Icon name="question" />
            State not known
          </li>
        )}
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

import { createContext, type JSX } from 'preact';
import { useContext } from 'preact/hooks';
import type { History, StateStretch } from '../../domain/releases/timeline/histories.ts';
import type { TimelineCell } from '../../domain/releases/timeline/rows.ts';
import { cellStateText } from '../../domain/releases/words.ts';
import { memo } from '../kit/memo.ts';
import type { Times } from './format.ts';
import type { Scale } from './scale.ts';
import { cellTone, recordedState, stretchText } from './words.ts';

/** Where the present is drawn, in percent of the plot's width: nothing is drawn anew for it but what ends there. */
export const Present = createContext(100);

interface HistoriesProps {
  readonly cells: readonly TimelineCell[];
  /** In the order of the cells. */
  readonly histories: readonly History[];
  /** The target that is chosen, if one is. */
  readonly chosen: string | undefined;
  readonly scale: Scale;
  readonly times: Times;
}

/** The states over time of the targets of a batch, a line for each. Screen readers have them in the names of the targets. */
export const Histories = memo(function Histories({
  cells,
  histories,
  chosen,
  scale,
  times,
}: HistoriesProps): JSX.Element {
  return (
    <div class="histories" aria-hidden="true">
      {cells.map((cell, index) => (
        <HistoryLine
          key={cell.id}
          target={cell.id}
          label={cell.label}
          history={histories[index] ?? nothing}
          chosen={cell.id === chosen}
          scale={scale}
          times={times}
        />
      ))}
    </div>
  );
});

const nothing: History = [];

interface HistoryLineProps {
  readonly target: string;
  readonly label: string;
  readonly history: History;
  readonly chosen: boolean;
  readonly scale: Scale;
  readonly times: Times;
}

const HistoryLine = memo(function HistoryLine(props: HistoryLineProps): JSX.Element {
  const { target, label, history, chosen, scale, times } = props;
  return (
    <div class={chosen ? 'history chosen' : 'history'} data-history={target}>
      {history.filter(isOnAxis(scale)).map((stretch) => {
        const Bar = stretch.end === undefined ? OpenStretch : StretchBar;
        return <Bar key={stretch.start} stretch={stretch} label={label} scale={scale} times={times} />;
      })}
    </div>
  );
});

/** What is outside of the axis would be drawn at its edge. */
const isOnAxis =
  (scale: Scale) =>
  ({ start, end }: StateStretch): boolean =>
    scale(start) < 100 && (end === undefined || scale(end) > 0);

interface StretchBarProps {
  readonly stretch: StateStretch;
  readonly label: string;
  readonly scale: Scale;
  readonly times: Times;
}

/** One that goes on up to the present. */
function OpenStretch(props: StretchBarProps): JSX.Element {
  return <StretchBar {...props} right={useContext(Present)} />;
}

/** `right`: where it ends, in percent of the plot's width. Its words are shown where they have room. */
function StretchBar({
  stretch,
  label,
  scale,
  times,
  right = scale(stretch.end ?? stretch.start),
}: StretchBarProps & { readonly right?: number }): JSX.Element {
  const { state, start, began, ended } = stretch;
  const stated = recordedState(state);
  const left = scale(start);
  const form = `${stated.state === 'unknown' ? 'unknown' : ''} ${began ? '' : 'unbegun'} ${ended ? '' : 'open'}`;
  return (
    <i
      class={`stretch tone-${cellTone(stated.state)} ${form}`}
      style={{ left: `${left}%`, width: `${Math.max(0, right - left)}%` }}
      title={`${label}: ${stretchText(stretch, times)}`}
      data-words={cellStateText(stated)}
    />
  );
}

import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import type { CellState } from '../../domain/releases/rollout.ts';
import type { History } from '../../domain/releases/timeline/histories.ts';
import type { Compared } from '../../domain/releases/timeline/comparison.ts';
import { stateName } from '../../domain/releases/times/places.ts';
import type { TimelineCell, TimelineRow } from '../../domain/releases/timeline/rows.ts';
import type { Span } from '../../domain/base/time.ts';
import { memo } from '../kit/memo.ts';
import type { Times } from './format.ts';
import { Histories } from './history.tsx';
import { cellIcons, Icon, type IconName } from './icons.tsx';
import type { Scale } from './scale.ts';
import { barText, cellTone, cellWords, doneOf, historyText, isRedundant, rowSentence, sinceText } from './words.ts';
import { counted } from '../../domain/base/counted.ts';

/** A position in the chart: a batch, or one of its targets. */
export interface ChartPosition {
  readonly row: string;
  /** Full principal; undefined for the batch itself. */
  readonly target: string | undefined;
}

interface BatchRowProps {
  readonly row: TimelineRow;
  readonly unit: 'subnet' | 'node';
  readonly scale: Scale;
  /** Whether its text is before its bars, and not behind them. */
  readonly textBefore: boolean;
  readonly times: Times;
  /** The selection, if it is in this batch. */
  readonly chosen: ChartPosition | undefined;
  /** The element with the keyboard focus, if it is in this row. */
  readonly focused: ChartPosition | undefined;
  /** When the same batch of the rollout that this one is compared with ran. */
  readonly compared: Compared | undefined;
  /** Whether it belongs to what is pointed at. */
  readonly lit: boolean;
  /** Those of its targets that do. */
  readonly litTargets: ReadonlySet<string> | undefined;
  /** The states of its targets over time, in their order; undefined while the chart is folded, and where it is out of view. */
  readonly histories: readonly History[] | undefined;
  /** Whether it is in view or near it. */
  readonly inView: boolean;
  /** Whether there is time to draw what is not in view. */
  readonly drawn: boolean;
  readonly onChoose: (position: ChartPosition) => void;
  /** Pointed at by the mouse or the keyboard; undefined: no longer. */
  readonly onPoint: (row: string | undefined) => void;
}

/** So few targets are made wherever the batch is. */
const few = 6;

/** One batch. It is drawn where it is in view, chosen, or has the keyboard; elsewhere it is only as high, until there is time. */
export const BatchRow = memo(function BatchRow(props: BatchRowProps): JSX.Element {
  const { row, chosen, focused, drawn } = props;
  const isNear = props.inView || chosen !== undefined || focused !== undefined;
  if (isNear || drawn) return <DrawnRow {...props} isMade={isNear || row.cells.length <= few} />;
  return <div role="row" class="row" data-row={row.id} style={heightOf(row)} />;
});

/** What the styles make of it is as high as the batch with all its targets, also where they are not made. */
function heightOf({ cells }: TimelineRow): { readonly '--count': number } {
  return { '--count': Math.max(1, cells.length) };
}

interface DrawnRowProps extends BatchRowProps {
  /** Whether its targets are made. */
  readonly isMade: boolean;
}

/** Its number, its targets, and its bars. */
function DrawnRow(props: DrawnRowProps): JSX.Element {
  const { row, unit, scale, textBefore, times, chosen, focused, compared, lit, litTargets, onChoose, onPoint } = props;
  const { histories } = props;
  const sentence = rowSentence(row, unit, times);
  return (
    <div
      role="row"
      class={`row phase-${row.phase} ${chosen === undefined ? '' : 'chosen'} ${lit ? 'lit' : ''}`}
      aria-selected={chosen !== undefined}
      aria-label={sentence}
      data-row={row.id}
      style={heightOf(row)}
      tabIndex={focused !== undefined && focused.target === undefined ? 0 : -1}
      onClick={({ target }) => onChoose({ row: row.id, target: targetOf(target, row) })}
      onPointerEnter={() => onPoint(row.id)}
      onPointerLeave={() => onPoint(undefined)}
      onFocusCapture={() => onPoint(row.id)}
      onBlurCapture={() => onPoint(undefined)}
    >
      <div class="info">
        <span role="rowheader" class="number">
          {row.number}
        </span>
        <div class="cells" role="presentation">
          {histories !== undefined && (
            <span class="done-of" aria-hidden="true">
              {doneOf(row, unit)}
            </span>
          )}
          {props.isMade &&
            row.cells.map((cell, index) => (
              <Cell
                key={cell.id}
                cell={cell}
                history={histories?.[index]}
                times={times}
                chosen={chosen?.target === cell.id}
                focused={focused?.target === cell.id}
                lit={litTargets?.has(cell.id) === true}
              />
            ))}
          {row.cells.length === 0 && <Nodes row={row} />}
        </div>
      </div>
      <div role="gridcell" class="plot" aria-label={barText(row, times)}>
        <Bars row={row} compared={compared} scale={scale} />
        <BarLabel row={row} scale={scale} textBefore={textBefore} times={times} />
        {histories !== undefined && (
          <Histories cells={row.cells} histories={histories} chosen={chosen?.target} scale={scale} times={times} />
        )}
      </div>
    </div>
  );
}

/** The target of a batch that a part of its row is of; undefined for the batch itself. */
function targetOf(part: EventTarget | null, row: TimelineRow): string | undefined {
  const element = part instanceof Element ? part.closest<HTMLElement>('[data-target], [data-history]') : null;
  const id = element?.dataset['target'] ?? element?.dataset['history'];
  return row.cells.find((cell) => cell.id === id)?.id;
}

interface CellProps {
  readonly cell: TimelineCell;
  /** Its states over time; undefined while the chart is folded. */
  readonly history: History | undefined;
  readonly times: Times;
  readonly chosen: boolean;
  readonly focused: boolean;
  readonly lit: boolean;
}

const Cell = memo(function Cell({ cell, history, times, chosen, focused, lit }: CellProps): JSX.Element {
  const state = stateName(cell);
  const present = history?.find((stretch) => stretch.end === undefined && stretch.state === state);
  const past = useMemo(() => historyText(history ?? [], present, times), [history, present, times]);
  const stay = present === undefined ? cell.stay : { state, since: present.start, began: present.began };
  const revision = cell.otherRevision ? ', gets another revision than the rollout' : '';
  const words = `${cellWords(cell)}${sinceText(stay, times)}${revision}${past}`;
  const changed = useChanged(cell.state);
  return (
    <span
      role="gridcell"
      key={cell.state}
      class={`cell tone-${cellTone(cell.state)} ${chosen ? 'chosen' : ''} ${changed ? 'changed' : ''} ${lit ? 'lit' : ''}`}
      aria-label={`${cell.label}${cell.isNns ? ' NNS' : ''}: ${words}`}
      title={`${cell.id}\n${words}`}
      data-target={cell.id}
      tabIndex={focused ? 0 : -1}
    >
      <Icon name={iconOf(cell)} />
      <bdi class="code">{cell.label}</bdi>
      {cell.isNns && ' '}
      {cell.isNns && <span class="tag">NNS</span>}
      {cell.otherRevision && (
        <span class="other-revision" aria-hidden="true">
          ≠
        </span>
      )}
      {history !== undefined && ' '}
      {history !== undefined && <span class="cell-words">{cellWords(cell)}</span>}
    </span>
  );
});

/** The icon of a target. One that is ready and waits for the others of its batch has its own. */
export function iconOf(cell: TimelineCell): IconName {
  return cell.step === 'ready' ? 'checkRing' : cellIcons[cell.state];
}

/** Whether the state has changed since the row was first drawn. */
function useChanged(state: CellState): boolean {
  const first = useRef(state);
  return first.current !== state;
}

/** HostOS batches have only the number of nodes. */
function Nodes({ row }: { readonly row: TimelineRow }): JSX.Element {
  const text = row.total === 0 ? 'No targets' : counted(row.total, 'node');
  return (
    <span role="gridcell" class={`cell tone-${cellTone(row.state)}`}>
      <Icon name={cellIcons[row.state]} />
      <span>{text}</span>
    </span>
  );
}

function barStyle(span: Span, scale: Scale): { readonly left: string; readonly width: string } {
  const left = scale(span.start);
  return { left: `${left}%`, width: `${scale(span.end) - left}%` };
}

function Bars({ row, compared, scale }: Pick<BatchRowProps, 'row' | 'compared' | 'scale'>): JSX.Element {
  const { planned, actual, predicted, spread, phase } = row;
  const tone = phase === 'running' && cellTone(row.state) === 'muted' ? 'running' : cellTone(row.state);
  return (
    <>
      {planned !== undefined && <i class="bar planned" style={barStyle(planned, scale)} />}
      {actual !== undefined && (
        <i class={`bar actual tone-${tone} ${actual.open ? 'open' : ''}`} style={barStyle(actual, scale)} />
      )}
      {predicted !== undefined && !isRedundant(row) && (
        <i class={`bar predicted tone-${tone}`} style={barStyle(predicted, scale)} />
      )}
      {compared !== undefined && (
        <i class={`compared ${compared.isOver ? '' : 'open'}`} style={barStyle(compared, scale)} />
      )}
      {spread !== undefined && spread.end > spread.start && <i class="spread" style={barStyle(spread, scale)} />}
    </>
  );
}

/** The approximate width of a letter of a label, in pixels. */
const letter = 7;

/** Where the bars of a batch begin and end, in percent of the plot's width; undefined where it has none. */
function barEdges(row: TimelineRow, scale: Scale): { readonly left: number; readonly right: number } | undefined {
  const bars = [row.planned, row.actual, row.predicted, row.spread].filter((bar) => bar !== undefined);
  if (bars.length === 0) return undefined;
  return {
    left: scale(Math.min(...bars.map((bar) => bar.start))),
    right: scale(Math.max(...bars.map((bar) => bar.end))),
  };
}

/** What is seen of the plot. */
interface SeenPlot {
  readonly scale: Scale;
  /** Of the plot, in pixels. */
  readonly width: number;
  /** Where the view begins, in percent of that width. */
  readonly from: number;
}

/**
 * Whether the text of a batch is before its bars. Ended batches have it there, coming ones behind them where there is
 * room: the now-line stays clear. An ended batch has it behind them, too, where it would begin left of the view.
 */
export function isTextBefore(row: TimelineRow, { scale, width, from }: SeenPlot, times: Times): boolean {
  const edges = barEdges(row, scale);
  if (edges === undefined) return false;
  const room = (100 * (barText(row, times).length * letter + 16)) / Math.max(1, width);
  const fitsBehind = edges.right + room <= 100;
  if (row.phase !== 'done') return !fitsBehind && edges.left > room;
  const isCut = edges.left - from <= room && edges.right > from;
  return edges.left > room && !(isCut && fitsBehind);
}

function BarLabel({ row, scale, textBefore, times }: Pick<BatchRowProps, 'row' | 'scale' | 'textBefore' | 'times'>) {
  const text = barText(row, times);
  const edges = barEdges(row, scale);
  if (text === '' || edges === undefined) return null;
  return (
    <span class="bar-label" style={textBefore ? { right: `${100 - edges.left}%` } : { left: `${edges.right}%` }}>
      {text}
    </span>
  );
}

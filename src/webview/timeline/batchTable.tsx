import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Timeline } from '../../domain/releases/timeline/timeline.ts';
import type { TimelineRow } from '../../domain/releases/timeline/rows.ts';
import { cellStateText } from '../../domain/releases/words.ts';
import { within } from '../../domain/releases/timeline/record.ts';
import type { Instant, Span } from '../../domain/base/time.ts';
import type { Compared } from '../../domain/releases/timeline/comparison.ts';
import type { Mark, OpenedByMark } from '../../domain/releases/timeline/marks.ts';
import type { ChartPosition } from './batchRow.tsx';
import { EventTable } from './eventTable.tsx';
import { lengthText, type Times } from './format.ts';
import {
  batchName,
  cellWords,
  comparedText,
  comparedTimes,
  doneOf,
  driftText,
  endText,
  gapsText,
  sinceText,
} from './words.ts';

interface BatchTableProps {
  readonly timeline: Timeline;
  /** The times in which the dashboard was not read. */
  readonly gaps: readonly Span[];
  /** When the batches of the rollout that this one is compared with ran, by batch. */
  readonly compared: ReadonlyMap<string, Compared>;
  /** What else happens. */
  readonly marks: readonly Mark[];
  readonly times: Times;
  readonly onOpen: (opened: OpenedByMark) => void;
  /** `from`: where the keyboard goes when the details are closed. */
  readonly onChoose: (position: ChartPosition, from: HTMLElement) => void;
}

/** What the chart shows as a table, for reading it as text. Its rows are made only while it is open. */
export function BatchTable({ timeline, gaps, compared, marks, times, onOpen, onChoose }: BatchTableProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const rows = timeline.groups.flatMap((group) => group.rows);
  const targets = timeline.progress.unit === 'subnet' ? 'Subnets' : 'Nodes';
  return (
    <details class="as-table" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>Batches as a table</summary>
      {isOpen && (
        <div class="table-frame">
          <table>
            <caption class="unseen">Batches of the rollout</caption>
            <thead>
              <tr>
                {[
                  ...columns(targets),
                  ...(gaps.length > 0 ? ['Not watched'] : []),
                  ...(compared.size > 0 ? ['Compared'] : []),
                ].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Line
                  key={row.id}
                  row={row}
                  unit={timeline.progress.unit}
                  gaps={gaps}
                  compared={compared}
                  times={times}
                  onChoose={onChoose}
                />
              ))}
            </tbody>
          </table>
          {(marks.length > 0 || gaps.length > 0) && (
            <EventTable timeline={timeline} marks={marks} gaps={gaps} times={times} onOpen={onOpen} />
          )}
        </div>
      )}
    </details>
  );
}

const columns = (targets: string): readonly string[] => [
  'Batch',
  'State',
  targets,
  'Planned',
  'Started',
  'Ends or ended',
];

interface TargetsProps {
  readonly row: TimelineRow;
  readonly unit: 'subnet' | 'node';
  readonly times: Times;
}

/** More targets of a batch than these are made once a person unfolds them. */
const few = 6;

function Targets({ row, unit, times }: TargetsProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const isFolded = row.cells.length > few;
  const list = (!isFolded || isOpen) && (
    <ul>
      {row.cells.map((cell) => (
        <li key={cell.id}>
          <bdi class="code">{cell.label}</bdi> {cellWords(cell)}
          {sinceText(cell.stay, times)}
        </li>
      ))}
    </ul>
  );
  if (!isFolded) return <>{list}</>;
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{doneOf(row, unit)}</summary>
      {list}
    </details>
  );
}

interface LineProps extends Pick<BatchTableProps, 'gaps' | 'compared' | 'times' | 'onChoose'>, TargetsProps {}

function Line({ row, unit, gaps, compared, times, onChoose }: LineProps): JSX.Element {
  const { planned, actual, drift } = row;
  const when = (at: Instant | undefined): string => (at === undefined ? '' : `${times.date(at)}, ${times.clock(at)}`);
  const other = compared.get(row.id);
  const late = actual === undefined || drift === undefined ? '' : ` (${driftText(drift)})`;
  const ended =
    actual === undefined || actual.open || row.phase !== 'done'
      ? endText(row, times)
      : `${when(actual.end)} (took ${lengthText(actual.end - actual.start)})`;
  return (
    <tr>
      <th scope="row">
        <button
          class="link"
          onClick={({ currentTarget }) => onChoose({ row: row.id, target: undefined }, currentTarget)}
        >
          {batchName(row)}
        </button>
      </th>
      <td>
        {cellStateText(row)}
        {sinceText(row.stay, times)}
      </td>
      <td>{row.cells.length === 0 ? row.total : <Targets row={row} unit={unit} times={times} />}</td>
      <td>{planned === undefined ? 'Not in the first plan' : when(planned.start)}</td>
      <td>{`${when(actual?.start)}${late}`}</td>
      <td>{ended}</td>
      {gaps.length > 0 && <td>{actual === undefined ? '' : gapsText(within(actual, gaps), times)}</td>}
      {compared.size > 0 && (
        <td>
          {other === undefined ? '' : `${comparedTimes(other, times)}: ${comparedText(other)}`.replace(/: $/, '')}
        </td>
      )}
    </tr>
  );
}

import type { JSX } from 'preact';
import type { Span } from '../../domain/base/time.ts';
import { belongingsOf } from '../../domain/releases/timeline/belongings.ts';
import type { Mark, OpenedByMark } from '../../domain/releases/timeline/marks.ts';
import { within } from '../../domain/releases/timeline/record.ts';
import type { TimelineRow } from '../../domain/releases/timeline/rows.ts';
import type { Timeline } from '../../domain/releases/timeline/timeline.ts';
import type { Times } from './format.ts';
import { batchName, gapsText, markKindText, markWhen } from './words.ts';

interface EventTableProps {
  readonly timeline: Timeline;
  readonly marks: readonly Mark[];
  /** The times in which the dashboard was not read. */
  readonly gaps: readonly Span[];
  readonly times: Times;
  readonly onOpen: (opened: OpenedByMark) => void;
}

/** What else happens while the batches run, earliest first, with what belongs to it. */
export function EventTable({ timeline, marks, gaps, times, onOpen }: EventTableProps): JSX.Element {
  const rows = timeline.groups.flatMap((group) => group.rows);
  const names = (belongs: (row: TimelineRow) => boolean): string => {
    const found = rows.filter(belongs);
    return found.length === rows.length ? 'All batches' : found.map(batchName).join(', ');
  };
  const ofMarks = marks.map((mark) => {
    const belongings = belongingsOf([mark], timeline);
    return {
      at: mark.at,
      key: mark.id,
      when: markWhen(mark, times),
      what: markKindText(mark),
      opens: mark.opens,
      batches: names(({ id }) => belongings.rows.has(id)),
    };
  });
  const ofGaps = gaps.map((gap) => ({
    at: gap.start,
    key: `not watched ${gap.start}`,
    when: gapsText([gap], times),
    what: 'Not watched',
    opens: null,
    batches: names(({ actual }) => actual !== undefined && within(actual, [gap]).length > 0),
  }));
  return (
    <table>
      <caption>Events</caption>
      <thead>
        <tr>
          {['When', 'Event', 'Batches'].map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...ofMarks, ...ofGaps]
          .sort((a, b) => a.at - b.at)
          .map(({ key, when, what, opens, batches }) => (
            <tr key={key}>
              <th scope="row">{when}</th>
              <td dir="auto">
                {opens === null ? (
                  what
                ) : (
                  <button class="link" onClick={() => onOpen(opens)}>
                    {what}
                  </button>
                )}
              </td>
              <td>{batches}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

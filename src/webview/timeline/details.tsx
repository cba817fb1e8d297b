import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { isPrincipal } from '../../domain/base/ids.ts';
import { cellStateText } from '../../domain/releases/words.ts';
import type { OpenTarget, PageMessage } from '../../domain/releases/timeline/messages.ts';
import type { Timeline } from '../../domain/releases/timeline/timeline.ts';
import type { Compared } from '../../domain/releases/timeline/comparison.ts';
import type { TimelineCell, TimelineRow } from '../../domain/releases/timeline/rows.ts';
import type { ChartPosition } from './batchRow.tsx';
import { iconOf } from './batchRow.tsx';
import { within } from '../../domain/releases/timeline/record.ts';
import type { Instant, Span } from '../../domain/base/time.ts';
import { lengthText, type Times } from './format.ts';
import { CopyButton, Revision } from './header.tsx';
import { cellIcons, Icon } from './icons.tsx';
import {
  batchName,
  cellTone,
  cellWords,
  driftText,
  comparedText,
  comparedTimes,
  endText,
  gapsText,
  stayText,
} from './words.ts';

interface DetailsProps {
  readonly timeline: Timeline;
  /** The times in which the dashboard was not read. */
  readonly gaps: readonly Span[];
  readonly row: TimelineRow;
  /** When the same batch of the rollout that this one is compared with ran. */
  readonly compared: Compared | undefined;
  readonly position: ChartPosition;
  readonly now: Instant;
  readonly times: Times;
  /** Increases each time the focus is to move to the details. */
  readonly attention: number;
  readonly post: (message: PageMessage) => void;
  readonly onClose: () => void;
}

/** All that is known of one batch and its targets, with links to their pages. */
export function Details(props: DetailsProps): JSX.Element {
  const { timeline, gaps, row, compared, position, now, times, attention, post, onClose } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  // Before the details are painted, so that a key that is pressed at once reaches them.
  useLayoutEffect(() => {
    if (attention > 0) heading.current?.focus();
  }, [attention]);
  const open = (target: OpenTarget): void => post({ type: 'openTarget', target });
  return (
    <aside
      class="details"
      aria-label={`Details of ${batchName(row)}`}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div class="details-head">
        <h2 ref={heading} tabIndex={-1}>
          {batchName(row)}
        </h2>
        <button class="copy" aria-label="Close the details" title="Close (Escape)" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div class="details-columns">
        <div class="details-facts">
          <p class={`state tone-${cellTone(row.state)}`}>
            <Icon name={cellIcons[row.state]} />
            {cellStateText(row)}
          </p>
          <TimesTable row={row} compared={compared} gaps={gaps} usual={row.usual} now={now} times={times} />
          {row.stage !== undefined && row.comment !== '' && (
            <p class="comment" dir="auto">
              {row.comment}
            </p>
          )}
          <p class="links">
            <button class="link" onClick={() => open({ kind: 'airflow', rollout: timeline.key, row: row.id })}>
              Airflow
            </button>
          </p>
        </div>
        {row.cells.length > 0 && (
          <ul class="targets" aria-label={timeline.progress.unit === 'subnet' ? 'Subnets' : 'Nodes'}>
            {row.cells.map((cell) => (
              <TargetDetails
                key={cell.id}
                cell={cell}
                now={now}
                times={times}
                chosen={cell.id === position.target}
                timeline={timeline}
                row={row.id}
                post={post}
              />
            ))}
          </ul>
        )}
      </div>
    </aside>
  );
}

interface TimesTableProps {
  readonly compared: Compared | undefined;
  readonly gaps: readonly Span[];
  readonly row: TimelineRow;
  readonly usual: number;
  readonly now: Instant;
  readonly times: Times;
}

function TimesTable({ row, compared, gaps, usual, now, times }: TimesTableProps): JSX.Element {
  const { planned, actual, predicted, drift } = row;
  const finished = actual !== undefined && !actual.open;
  const unseen = actual === undefined ? [] : within(actual, gaps);
  const when = (at: Instant): string => `${times.date(at)}, ${times.clock(at)}`;
  return (
    <dl class="times">
      {row.stay !== undefined && <Line term="In this state">{stayText(row.stay, now, times)}</Line>}
      <Line term="Planned">{planned === undefined ? 'Not in the first plan' : times.full(planned.start)}</Line>
      {actual !== undefined && <Line term="Started">{times.full(actual.start)}</Line>}
      {actual !== undefined && drift !== undefined && <Line term="Drift">{driftText(drift)}</Line>}
      {finished && <Line term="Finished">{times.full(actual.end)}</Line>}
      {finished && <Line term="Took">{lengthText(actual.end - actual.start)}</Line>}
      {row.phase === 'coming' && predicted !== undefined && <Line term="Starts about">{when(predicted.start)}</Line>}
      {predicted !== undefined && <Line term="Ends about">{endText(row, times)}</Line>}
      {compared !== undefined && (
        <Line term="Compared">{`${comparedTimes(compared, times)}: ${comparedText(compared)}`.replace(/: $/, '')}</Line>
      )}
      {unseen.length > 0 && <Line term="Not watched">{gapsText(unseen, times)}</Line>}
      <Line term="Usual length">{lengthText(usual)}</Line>
      {row.plannedNodes !== undefined && <Line term="Planned nodes">{row.plannedNodes}</Line>}
      {row.actualNodes !== undefined && <Line term="Targeted nodes">{row.actualNodes}</Line>}
    </dl>
  );
}

function Line({ term, children }: { readonly term: string; readonly children: ComponentChildren }): JSX.Element {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  );
}

interface TargetProps {
  readonly cell: TimelineCell;
  readonly now: Instant;
  readonly times: Times;
  readonly chosen: boolean;
  readonly timeline: Timeline;
  readonly row: string;
  readonly post: (message: PageMessage) => void;
}

function TargetDetails({ cell, now, times, chosen, timeline, row, post }: TargetProps): JSX.Element {
  const element = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (chosen) element.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const { unit } = timeline.progress;
  const sound = isPrincipal(cell.id);
  const open = (target: OpenTarget): void => post({ type: 'openTarget', target });
  return (
    <li ref={element} class={chosen ? 'target chosen' : 'target'}>
      <p class={`state tone-${cellTone(cell.state)}`}>
        <Icon name={iconOf(cell)} />
        <bdi class="code">{cell.label}</bdi>
        {cell.isNns && <span class="tag">NNS</span>}
        <span>{cellWords(cell)}</span>
      </p>
      <p class="principal">
        <bdi class="code">{cell.id}</bdi>
        {sound && (
          <CopyButton
            what={`the ${unit} id`}
            onCopy={() => post({ type: 'copy', text: { kind: 'principal', id: cell.id } })}
          />
        )}
      </p>
      {cell.stay !== undefined && <p class="comment">In this state for {stayText(cell.stay, now, times)}</p>}
      {cell.comment !== '' && (
        <p class="comment" dir="auto">
          {cell.comment}
        </p>
      )}
      {cell.revision !== undefined && (
        <p class="comment">
          Revision <Revision revision={cell.revision} post={post} />
          {cell.otherRevision && ' differs from the rollout’s'}
        </p>
      )}
      {sound && (
        <p class="links">
          <button class="link" onClick={() => open({ kind: unit, id: cell.id })}>
            {unit === 'subnet' ? 'Subnet' : 'Node'}
          </button>
          <button class="link" onClick={() => open({ kind: 'airflow', rollout: timeline.key, row, target: cell.id })}>
            Airflow task
          </button>
          <button class="link" onClick={() => open({ kind: 'proposals', rollout: timeline.key, target: cell.id })}>
            Proposals
          </button>
        </p>
      )}
    </li>
  );
}

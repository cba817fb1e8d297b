import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Instant } from '../../domain/base/time.ts';
import type { Rollout } from '../../domain/releases/rollout.ts';
import type { Compared, ComparedRuns } from '../../domain/releases/timeline/comparison.ts';
import type { Mark, OpenedByMark } from '../../domain/releases/timeline/marks.ts';
import type { PageMessage, Snapshot, WholeRollout } from '../../domain/releases/timeline/messages.ts';
import type { RolloutRecord } from '../../domain/releases/timeline/record.ts';
import type { Timeline } from '../../domain/releases/timeline/timeline.ts';
import { Announcer } from './announcer.tsx';
import type { ChartPosition } from './batchRow.tsx';
import { BatchTable } from './batchTable.tsx';
import { Chart, focusPosition, revealRow } from './chart.tsx';
import { Details } from './details.tsx';
import { EmptyState } from './emptyState.tsx';
import type { Times } from './format.ts';
import { Heading } from './header.tsx';
import type { ScrollMemory } from './host.ts';
import { drawnOf, exported, type ExportFormat } from './export/exports.ts';
import { Legend } from './legend.tsx';
import { Troubles } from './notices.tsx';
import { PastSlider } from './pastSlider.tsx';
import { Summary } from './summary.tsx';
import { Tools } from './tools.tsx';
import { useLaneAxis, type Lanes } from './useLanes.ts';
import { useShown } from './useShown.ts';
import type { ZoomActions } from './useZoom.ts';
import { troubleText } from './words.ts';
import type { ZoomState } from './zoom.ts';

interface RolloutPageProps {
  readonly whole: WholeRollout;
  readonly now: Instant;
  readonly snapshot: Snapshot;
  /** What was recorded of the rollout; undefined until it was read. */
  readonly record: RolloutRecord | undefined;
  /** What else happens. */
  readonly marks: readonly Mark[];
  /** The rollouts beside it. */
  readonly lanes: Lanes;
  /** Whether the keyboard moves to the batches when they are there. */
  readonly takesFocus: { current: boolean };
  /** Whether the host has sent them. */
  readonly isMarked: boolean;
  /** The batch that the host requests to be shown. */
  readonly wanted: Snapshot['batch'];
  /** What the person chose to compare it with. */
  readonly compared: ComparedRuns | undefined;
  /** What the host requests to be exported. */
  readonly asked: Snapshot['wanted'];
  /** The last requests that were taken up. */
  readonly taken: { readonly current: { batch: number; wanted: number } };
  readonly times: Times;
  readonly scroll: ScrollMemory;
  readonly post: (message: PageMessage) => void;
}

const noComparisons: ReadonlyMap<string, Compared> = new Map();

/** One rollout: its state, its batches over time and as a table, and the details of the one that is chosen. */
export function RolloutPage(props: RolloutPageProps): JSX.Element {
  const { snapshot, record, marks, isMarked, wanted, asked, taken, times, scroll, post, lanes, takesFocus } = props;
  const shown = useShown(props);
  const { rollout, now, timeline, gaps, watch, comparison } = shown;
  const drawn = useLaneAxis(timeline, lanes, now);
  const compared = comparison?.byRow ?? noComparisons;
  const rows = timeline.groups.flatMap((group) => group.rows);
  const [chosen, setChosen] = useState<ChartPosition | undefined>(undefined);
  const [attention, setAttention] = useState(0);
  const body = useRef<HTMLDivElement>(null);
  const row = rows.find((each) => each.id === chosen?.row);
  /** Where the keyboard was when the details were opened from the table. */
  const opener = useRef<HTMLElement | undefined>(undefined);
  const open = (target: OpenedByMark): void => post({ type: 'openTarget', target });
  const [said, setSaid] = useState('');
  const [zoom, setZoom] = useState<ZoomState>({ canZoomIn: true, canZoomOut: true, canReset: false });
  const zoomActions = useRef<ZoomActions | undefined>(undefined);
  const makeExport = (format: ExportFormat): void => {
    const asOf = shown.step === undefined ? (snapshot.asOf ?? now) : now;
    exported(rollout, drawnOf(rollout, { timeline, marks, gaps, compared, now, times, asOf }), format)
      .then((message) => {
        post(message);
        setSaid(format === 'markdown' ? 'Copied' : '');
      })
      .catch(() => setSaid("Can't make this image"));
  };
  const close = (): void => {
    setChosen(undefined);
    setAttention(0);
    if (opener.current?.isConnected === true) opener.current.focus();
    else if (chosen !== undefined && body.current !== null) focusPosition(body.current, chosen);
  };
  const choose = (position: ChartPosition, byKeyboard: boolean, from?: HTMLElement): void => {
    opener.current = from;
    setChosen(position);
    setAttention((count) => (byKeyboard ? count + 1 : 0));
  };
  useEffect(() => {
    if (wanted === undefined || wanted.request === taken.current.batch) return;
    taken.current.batch = wanted.request;
    choose({ row: wanted.row, target: undefined }, false);
    // The keyboard stays where it is: perhaps in the side bar.
    if (body.current !== null) revealRow(body.current, wanted.row);
  }, [wanted, taken]);
  useLayoutEffect(() => {
    if (!takesFocus.current) return;
    takesFocus.current = false;
    body.current?.querySelector<HTMLElement>('.row[tabindex="0"]')?.focus({ preventScroll: true });
  }, [takesFocus]);
  useEffect(() => {
    if (asked === undefined || asked.request === taken.current.wanted || !isMarked) return;
    taken.current.wanted = asked.request;
    makeExport(asked.format);
  }, [asked, taken, isMarked]);
  return (
    <>
      <Heading rollout={rollout} times={times} post={post} />
      {timeline.groups.length === 0 ? (
        <EmptyState picture="noPlan" {...noPlan(rollout, timeline)} />
      ) : (
        <>
          <Summary rollout={rollout} timeline={timeline} now={now} times={times} />
          <Troubles
            timeline={timeline}
            onChoose={(id) => {
              choose({ row: id, target: undefined }, false);
              if (body.current !== null) focusPosition(body.current, { row: id, target: undefined });
            }}
          />
          <Tools
            zoom={zoom}
            zoomActions={zoomActions}
            said={said}
            compared={comparison?.name}
            onExport={makeExport}
            onCompare={() => post({ type: 'compare', rollout: timeline.key })}
            onStopComparing={shown.stopComparing}
          >
            {record !== undefined && record.steps.length > 1 && (
              <PastSlider record={record} rows={rows} step={shown.step} times={times} onStep={shown.goTo} />
            )}
          </Tools>
          <div class="body" ref={body}>
            <Chart
              timeline={drawn}
              own={timeline.segments}
              lanes={lanes}
              isPast={shown.step !== undefined}
              gaps={gaps}
              watch={watch}
              compared={compared}
              marks={marks}
              now={now}
              times={times}
              chosen={chosen}
              scroll={scroll}
              zoomActions={zoomActions}
              onZoomState={setZoom}
              onChoose={choose}
              onOpen={open}
            />
            {row !== undefined && chosen !== undefined && (
              <Details
                timeline={timeline}
                gaps={gaps}
                row={row}
                compared={compared.get(row.id)}
                position={chosen}
                now={now}
                times={times}
                attention={attention}
                post={post}
                onClose={close}
              />
            )}
          </div>
          <Legend
            rows={rows}
            gaps={gaps.length > 0}
            compared={comparison?.name}
            unfolds={rows.some(({ cells }) => cells.length > 0) ? timeline.progress.unit : undefined}
          />
          <BatchTable
            timeline={timeline}
            gaps={gaps}
            compared={compared}
            marks={marks}
            times={times}
            onOpen={open}
            onChoose={(position, from) => choose(position, true, from)}
          />
        </>
      )}
      <Announcer state={props.whole.rollout.state} timeline={shown.live} />
    </>
  );
}

function noPlan(rollout: Rollout, timeline: Timeline): { readonly title: string; readonly text: string } {
  const trouble = timeline.troubles.find(({ kind }) => kind === 'plan');
  if (trouble !== undefined) return { title: 'No plan yet', text: `${troubleText(trouble, timeline)}.` };
  if (rollout.state === 'failed') {
    return { title: 'No plan', text: 'The rollout failed before its plan was made. Airflow shows why.' };
  }
  return { title: 'No plan yet', text: 'Airflow is still making the plan. The batches appear here when it is done.' };
}

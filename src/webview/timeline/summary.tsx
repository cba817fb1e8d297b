import type { ComponentChildren, JSX } from 'preact';
import type { Rollout } from '../../domain/releases/rollout.ts';
import { cellStateText, rolloutStateWords } from '../../domain/releases/words.ts';
import type { Timeline } from '../../domain/releases/timeline/timeline.ts';
import type { TimelineRow } from '../../domain/releases/timeline/rows.ts';
import type { Instant } from '../../domain/base/time.ts';
import { counted } from '../../domain/base/counted.ts';
import { lengthText, type Times } from './format.ts';
import { batchName, cellTone, driftText } from './words.ts';

interface SummaryProps {
  readonly rollout: Rollout;
  readonly timeline: Timeline;
  readonly now: Instant;
  readonly times: Times;
}

/** Progress, the running batch, the next batch and the expected end, in this order. */
export function Summary({ rollout, timeline, now, times }: SummaryProps): JSX.Element {
  const { progress } = timeline;
  const rows = timeline.groups.flatMap((group) => group.rows);
  const percent = progress.total === 0 ? 0 : (100 * progress.done) / progress.total;
  return (
    <div class="summary" role="group" aria-label="Summary">
      <Fact
        term="Progress"
        detail={`${progress.batchesDone} of ${counted(progress.batches, 'batch', 'batches')}${progress.skipped === 0 ? '' : `, ${progress.skipped} skipped`}`}
      >
        {`${progress.done} of ${counted(progress.total, progress.unit)}`}
        <div
          class="progress"
          role="progressbar"
          aria-label={`${progress.unit === 'subnet' ? 'Subnets' : 'Nodes'} done`}
          aria-valuemin={0}
          aria-valuemax={progress.total}
          aria-valuenow={progress.done}
        >
          <div class="progress-done" style={{ width: `${percent}%` }} />
        </div>
      </Fact>
      {timeline.running === undefined && timeline.next === undefined ? (
        <Stopped rows={rows} timeline={timeline} />
      ) : (
        <>
          <Running row={rows.find((row) => row.id === timeline.running)} />
          <Next timeline={timeline} rows={rows} now={now} times={times} />
        </>
      )}
      <End rollout={rollout} timeline={timeline} rows={rows} now={now} times={times} />
    </div>
  );
}

interface FactProps {
  readonly term: string;
  readonly detail: string;
  readonly tone?: string;
  readonly title?: string;
  readonly children: ComponentChildren;
}

function Fact({ term, detail, tone = '', title, children }: FactProps): JSX.Element {
  return (
    <div class="fact" title={title}>
      <span class="fact-term">{term}</span>
      <span class={`fact-value ${tone}`}>{children}</span>
      <span class="fact-detail">{detail}</span>
    </div>
  );
}

function Running({ row }: { readonly row: TimelineRow | undefined }): JSX.Element {
  if (row?.actual === undefined) {
    return (
      <Fact term="Running" detail="between batches">
        None
      </Fact>
    );
  }
  const length = `${lengthText(row.actual.end - row.actual.start)} so far, usually ${lengthText(row.usual)}`;
  const tone = `tone-${cellTone(row.state)}`;
  return (
    <Fact term="Running" detail={length}>
      {batchName(row)} <span class={tone}>{cellStateText(row)}</span>
    </Fact>
  );
}

/** Where a rollout stopped that is not done and has no batch running or to come. */
function Stopped({ rows, timeline }: { rows: readonly TimelineRow[]; timeline: Timeline }): JSX.Element {
  const row = rows.find((each) => each.phase === 'halted');
  if (row === undefined) {
    return (
      <Fact term="Usual batch" detail="the median of this rollout">
        {lengthText(timeline.usual)}
      </Fact>
    );
  }
  return (
    <Fact term="Stopped at" detail={`${counted(rows.length - rows.indexOf(row), 'batch', 'batches')} not done`}>
      {batchName(row)} <span class={`tone-${cellTone(row.state)}`}>{cellStateText(row)}</span>
    </Fact>
  );
}

interface NextProps {
  readonly timeline: Timeline;
  readonly rows: readonly TimelineRow[];
  readonly now: Instant;
  readonly times: Times;
}

function Next({ timeline, rows, now, times }: NextProps): JSX.Element {
  const { next } = timeline;
  const row = rows.find((each) => each.id === next?.row);
  if (next === undefined || row === undefined) {
    // Nothing is predicted while nothing moves.
    const coming = rows.find(({ phase }) => phase === 'coming');
    if (coming !== undefined) {
      return (
        <Fact term="Next" detail="when the rollout moves again">
          {batchName(coming)}
        </Fact>
      );
    }
    return (
      <Fact term="Next" detail="no batch to come">
        None
      </Fact>
    );
  }
  const stuck = rows.find((each) => each.id === next.stuckBehind);
  if (stuck !== undefined) {
    return (
      <Fact term="Next" detail={`once ${batchName(stuck)} is done`}>
        {batchName(row)}
      </Fact>
    );
  }
  const waitsFor = rows.find((each) => each.id === next.waitsFor);
  const wait = next.at - now;
  const when = wait < 60_000 ? 'due now' : `in ${lengthText(wait)}`;
  const drift = row.drift === undefined ? '' : `, ${driftText(row.drift)}`;
  const detail =
    waitsFor === undefined ? `${times.near(next.at, now)}${drift}` : `after ${batchName(waitsFor)}${drift}`;
  return (
    <Fact term="Next" detail={detail} title={times.full(next.at)}>
      {batchName(row)} {when}
    </Fact>
  );
}

function End({ rollout, timeline, rows, now, times }: NextProps & { readonly rollout: Rollout }): JSX.Element {
  const last = rows.findLast((row) => row.actual?.open === false)?.actual?.end;
  if (timeline.predictedEnd !== undefined) {
    const { start, end } = timeline.endSpread ?? { start: 0, end: 0 };
    const between = end > start ? ` (${times.clock(start)} to ${times.clock(end)})` : '';
    const stuck = rows.find((each) => each.id === timeline.next?.stuckBehind);
    const condition = stuck === undefined ? 'nothing stops it' : `${batchName(stuck)} goes on now`;
    return (
      <Fact term="Ends" detail={`in ${lengthText(timeline.predictedEnd - now)}${between}, if ${condition}`}>
        ≈ {times.near(timeline.predictedEnd, now)}
      </Fact>
    );
  }
  if (last === undefined) {
    return (
      <Fact term="Ends" detail={rolloutStateWords[rollout.state]}>
        Not known
      </Fact>
    );
  }
  const first = rows.find((row) => row.actual !== undefined)?.actual?.start ?? last;
  const took = `${lengthText(last - first)} after the first batch began`;
  return rollout.state === 'complete' ? (
    <Fact term="Ended" detail={took}>
      {times.near(last, now)}
    </Fact>
  ) : (
    <Fact
      term="Last batch done"
      detail={rows.every((row) => row.phase === 'done') ? rolloutStateWords[rollout.state] : 'does not go on by itself'}
    >
      {times.near(last, now)}
    </Fact>
  );
}

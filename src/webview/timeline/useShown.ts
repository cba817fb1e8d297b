import { useMemo, useState } from 'preact/hooks';
import type { Instant, Span } from '../../domain/base/time.ts';
import { comparisons, type Compared, type ComparedRuns } from '../../domain/releases/timeline/comparison.ts';
import type { Watch } from '../../domain/releases/timeline/histories.ts';
import type { Mark } from '../../domain/releases/timeline/marks.ts';
import type { Snapshot, WholeRollout } from '../../domain/releases/timeline/messages.ts';
import { recordAt, rolloutAt } from '../../domain/releases/timeline/past.ts';
import { notWatched, within, type RolloutRecord } from '../../domain/releases/timeline/record.ts';
import { timeline, type Timeline } from '../../domain/releases/timeline/timeline.ts';
import { engineOf } from '../../domain/releases/timeline/troubles.ts';
import { isActive, type Rollout } from '../../domain/releases/rollout.ts';
import { isGap } from '../../domain/releases/times/stays.ts';

interface ShownParts {
  readonly whole: WholeRollout;
  readonly now: Instant;
  readonly snapshot: Snapshot;
  /** What was recorded of the rollout; undefined until it was read. */
  readonly record: RolloutRecord | undefined;
  /** What else happens. */
  readonly marks: readonly Mark[];
  /** What the person chose to compare with. */
  readonly compared: ComparedRuns | undefined;
}

/** A rollout as it is shown: as it is now, or as it was at a step of its record. */
interface ShownRollout {
  readonly rollout: Rollout;
  readonly now: Instant;
  readonly timeline: Timeline;
  /** As it is now, whatever is shown. */
  readonly live: Timeline;
  /** The times in which the dashboard was not read. */
  readonly gaps: readonly Span[];
  /** What was seen of its targets over time. */
  readonly watch: Watch;
  /** The rollout that it is compared with, and when its batches ran; undefined while there is none. */
  readonly comparison: { readonly name: string; readonly byRow: ReadonlyMap<string, Compared> } | undefined;
  readonly stopComparing: () => void;
  /** The step of the record that is shown; undefined for now. */
  readonly step: number | undefined;
  readonly goTo: (step: number | undefined) => void;
}

/** What of a rollout is shown. */
export function useShown({ whole, now, snapshot, record, marks, compared }: ShownParts): ShownRollout {
  const { rollout, estimates } = whole;
  /** When the step was that is shown: steps may be put together when the record is read again. */
  const [pastAt, setPastAt] = useState<Instant | undefined>(undefined);
  const [left, setLeft] = useState<ComparedRuns | undefined>(undefined);
  const comparison = useMemo(
    () =>
      compared === undefined || compared === left
        ? undefined
        : { name: compared.name, byRow: comparisons(rollout, compared) },
    [rollout, compared, left],
  );
  const beside = useMemo(() => [...(comparison?.byRow.values() ?? [])], [comparison]);
  const live = useMemo(() => {
    const { fullReadAt, engines } = snapshot;
    const times = new Map(whole.times === undefined ? [] : [[whole.times.rollout, whole.times]]);
    const engine = engineOf(rollout, engines);
    return timeline(rollout, { now, fullReadAt, engine, wait: whole.wait, times, estimates, marks, beside });
  }, [rollout, now, snapshot, marks, beside]);
  const gaps = useMemo(
    () => (record === undefined ? [] : notWatched(rollout, record, snapshot.asOf ?? now, now)),
    [rollout, record, snapshot, now],
  );
  const found = record?.steps.findLastIndex(({ at }) => pastAt !== undefined && at <= pastAt) ?? -1;
  const step = found === -1 ? undefined : found;
  const past = useMemo(() => {
    if (record === undefined || step === undefined) return undefined;
    const then = rolloutAt(rollout, record, step);
    if (then === undefined) return undefined;
    const { at } = then;
    const times = new Map([[then.times.rollout, then.times]]);
    return {
      rollout: then.rollout,
      now: at,
      // What Airflow said of its tasks is not recorded, so that nothing is known of what was wrong.
      timeline: { ...timeline(then.rollout, { now: at, times, estimates, marks, beside }), troubles: [] },
      gaps: within({ start: -Infinity, end: at }, gaps),
      watch: { record: recordAt(record, step), readAt: at, isLive: true },
    };
  }, [rollout, record, step, estimates, marks, beside, gaps]);
  const { asOf = now } = snapshot;
  const readAt = Math.min(asOf, rollout.unlistedSince ?? asOf);
  const isLive = isActive(rollout) && rollout.unlistedSince === undefined && !isGap(readAt, now);
  const watch = useMemo(() => ({ record, readAt, isLive }), [record, readAt, isLive]);
  return {
    ...(past ?? { rollout, now, timeline: live, gaps, watch }),
    live,
    comparison,
    stopComparing: () => setLeft(compared),
    step,
    goTo: (to) => setPastAt(to === undefined ? undefined : record?.steps[to]?.at),
  };
}

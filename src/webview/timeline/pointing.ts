import { useCallback, useMemo, useState } from 'preact/hooks';
import { belongingsOf, type Belongings } from '../../domain/releases/timeline/belongings.ts';
import type { Mark } from '../../domain/releases/timeline/marks.ts';
import type { Timeline } from '../../domain/releases/timeline/timeline.ts';
import { clustersOf, type MarkCluster } from './marks.tsx';
import type { Scale } from './scale.ts';

/** What the mouse or the keyboard points at, and what belongs to it. */
interface Pointing {
  /** The marks within the axis. */
  readonly clusters: readonly MarkCluster[];
  /** The one that is pointed at. */
  readonly cluster: MarkCluster | undefined;
  /** What belongs to it. */
  readonly lit: Belongings | undefined;
  /** The clusters that belong to the batch that is pointed at, or are pointed at. */
  readonly litClusters: ReadonlySet<string>;
  readonly pointAtMark: (cluster: string | undefined) => void;
  readonly pointAtRow: (row: string | undefined) => void;
}

/** Follows what is pointed at. `width`: of the plot, in pixels. */
export function usePointing(timeline: Timeline, marks: readonly Mark[], scale: Scale, width: number): Pointing {
  const [at, setAt] = useState<{ readonly cluster?: string | undefined; readonly row?: string | undefined }>({});
  const clusters = useMemo(() => {
    const { start, end } = timeline.window;
    const shown = marks.filter((mark) => mark.at >= start && mark.at <= end);
    return clustersOf(shown, scale, width);
  }, [timeline, marks, scale, width]);
  const cluster = clusters.find(({ id }) => id === at.cluster);
  const lit = useMemo(
    () => (cluster === undefined ? undefined : belongingsOf(cluster.marks, timeline)),
    [cluster, timeline],
  );
  const litClusters = useMemo(() => {
    const { row } = at;
    const belongs = (one: MarkCluster): boolean =>
      one.id === at.cluster || (row !== undefined && belongingsOf(one.marks, timeline).rows.has(row));
    return new Set(clusters.filter(belongs).map(({ id }) => id));
  }, [clusters, at, timeline]);
  const pointAtMark = useCallback((id: string | undefined) => setAt({ cluster: id }), []);
  const pointAtRow = useCallback((row: string | undefined) => setAt({ row }), []);
  return { clusters, cluster, lit, litClusters, pointAtMark, pointAtRow };
}

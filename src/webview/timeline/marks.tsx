import type { JSX } from 'preact';
import type { Mark, MarkKind } from '../../domain/releases/timeline/marks.ts';
import type { ChartPosition } from './batchRow.tsx';
import type { Times } from './format.ts';
import { Icon, type IconName } from './icons.tsx';
import type { Scale } from './scale.ts';
import { markText } from './words.ts';

/** The row of the marks, as a position in the chart: its targets are the ids of clusters. */
export const marksRow = 'marks';

/** Room for an icon with its edges, and for a digit of the number beside it, in pixels. */
const [iconWidth, digitWidth] = [20, 8];

/** Marks that would lie on each other. */
export interface MarkCluster {
  /** That of its first mark. */
  readonly id: string;
  /** In percent of the plot's width. */
  readonly left: number;
  readonly marks: readonly Mark[];
}

/** The marks, earliest first, put together where there is no room for each with its number. `width`: of the plot, in pixels. */
export function clustersOf(marks: readonly Mark[], scale: Scale, width: number): readonly MarkCluster[] {
  const clusters: MarkCluster[] = [];
  for (const mark of marks) {
    let added: MarkCluster = { id: mark.id, left: scale(mark.at), marks: [mark] };
    // One that takes others in has a wider number, and may come upon the one before it.
    for (let last = clusters.at(-1); last !== undefined && touch(last, added, width); last = clusters.at(-1)) {
      clusters.pop();
      added = { ...last, marks: [...last.marks, ...added.marks] };
    }
    clusters.push(added);
  }
  return clusters;
}

/** Both are drawn about their places. */
function touch(one: MarkCluster, next: MarkCluster, width: number): boolean {
  return ((next.left - one.left) * width) / 100 < (drawnWidth(one) + drawnWidth(next)) / 2;
}

function drawnWidth({ marks }: MarkCluster): number {
  return iconWidth + (marks.length === 1 ? 0 : digitWidth * `${marks.length}`.length);
}

const icons: Readonly<Record<MarkKind, IconName>> = {
  alert: 'bell',
  deadline: 'hourglass',
  election: 'ballot',
  cut: 'branch',
  shift: 'person',
};
/** The most important first: a cluster is drawn as the first of these that is in it. */
const byImportance = Object.keys(icons) as readonly MarkKind[];

interface MarksRowProps {
  readonly clusters: readonly MarkCluster[];
  /** The clusters that belong to what is pointed at. */
  readonly lit: ReadonlySet<string>;
  readonly focused: ChartPosition | undefined;
  readonly times: Times;
  /** Pointed at by the mouse or the keyboard; undefined: no longer. */
  readonly onPoint: (cluster: string | undefined) => void;
  readonly onOpen: (cluster: MarkCluster) => void;
}

/** What else happens, above the batches. */
export function MarksRow({ clusters, lit, focused, times, onPoint, onOpen }: MarksRowProps): JSX.Element {
  return (
    <div
      role="row"
      class="marks-row"
      aria-label="Events"
      data-row={marksRow}
      tabIndex={focused !== undefined && focused.target === undefined ? 0 : -1}
    >
      <span role="rowheader" class="marks-head">
        Events
      </span>
      <div class="marks" role="presentation">
        {clusters.map((cluster) => (
          <span
            key={cluster.id}
            role="gridcell"
            class={`mark ${toneOf(cluster)} ${lit.has(cluster.id) ? 'lit' : ''}`}
            style={{ left: `${cluster.left}%` }}
            aria-label={nameOf(cluster, times)}
            data-target={cluster.id}
            tabIndex={focused?.target === cluster.id ? 0 : -1}
            onPointerEnter={() => onPoint(cluster.id)}
            onPointerLeave={() => onPoint(undefined)}
            onFocus={() => onPoint(cluster.id)}
            onBlur={() => onPoint(undefined)}
            onClick={() => onOpen(cluster)}
          >
            <Icon name={iconOf(cluster)} />
            {cluster.marks.length > 1 && <span class="mark-count">{cluster.marks.length}</span>}
          </span>
        ))}
      </div>
    </div>
  );
}

/** The number that is drawn, then all of them. */
function nameOf({ marks }: MarkCluster, times: Times): string {
  const all = marks.map((mark) => markText(mark, times)).join('; ');
  return marks.length === 1 ? all : `${marks.length} events: ${all}`;
}

function iconOf({ marks }: MarkCluster): IconName {
  const kind = byImportance.find((each) => marks.some((mark) => mark.kind === each)) ?? 'shift';
  return icons[kind];
}

function toneOf({ marks }: MarkCluster): string {
  if (marks.some(({ urgent }) => urgent)) return 'tone-trouble';
  return marks.some(({ kind }) => kind === 'alert' || kind === 'deadline') ? 'tone-attention' : 'tone-muted';
}

/** What is pointed at, in words. The marks say the same to screen readers. */
export function MarkNote({ cluster, times }: { cluster: MarkCluster | undefined; times: Times }): JSX.Element {
  if (cluster === undefined) return <p class="mark-note" aria-hidden="true" />;
  const [first, ...others] = cluster.marks;
  const more = others.length === 0 ? '' : ` (and ${others.length} more, see the table)`;
  return (
    <p class="mark-note" aria-hidden="true" dir="auto">
      {first === undefined ? '' : `${markText(first, times)}${more}`}
    </p>
  );
}

import type { TimelineRow } from '../../domain/releases/timeline/rows.ts';
import type { ChartPosition } from './batchRow.tsx';
import { marksRow, type MarkCluster } from './marks.tsx';
import type { ZoomActions } from './useZoom.ts';

const page = 10;

/** The position that a key moves to from a mark; undefined when it does nothing there. */
export function movedFromMarks(
  clusters: readonly MarkCluster[],
  below: ChartPosition | undefined,
  from: ChartPosition,
  key: string,
): ChartPosition | undefined {
  const index = clusters.findIndex(({ id }) => id === from.target);
  const to = (place: number): ChartPosition => ({ row: marksRow, target: clusters[place]?.id });
  switch (key) {
    case 'ArrowRight':
      return to(Math.min(index + 1, clusters.length - 1));
    case 'ArrowLeft':
      return to(Math.max(index - 1, 0));
    case 'Home':
      return to(0);
    case 'End':
      return to(clusters.length - 1);
    case 'ArrowDown':
    case 'PageDown':
      return below;
    default:
      return undefined;
  }
}

/** The position that a key moves to from one of the positions that lie above each other; undefined when it does nothing there. */
export function movedFromHeads(
  heads: readonly ChartPosition[],
  index: number,
  key: string,
  { above, below }: { readonly above: ChartPosition | undefined; readonly below: ChartPosition | undefined },
): ChartPosition | undefined {
  switch (key) {
    case 'ArrowDown':
      return heads[index + 1] ?? below;
    case 'ArrowUp':
      return heads[index - 1] ?? above;
    case 'PageDown':
      return below;
    case 'Home':
    case 'PageUp':
      return heads[0];
    case 'End':
      return heads.at(-1);
    default:
      return undefined;
  }
}

/**
 * The position that a key moves to where each target has a line of its own below its batch; undefined when the key does
 * nothing there. A page is a batch: an unfolded one may fill the view.
 */
export function movedUnfolded(
  rows: readonly TimelineRow[],
  from: ChartPosition,
  key: string,
): ChartPosition | undefined {
  const index = Math.max(
    0,
    rows.findIndex(({ id }) => id === from.row),
  );
  const row = rows[index];
  if (row === undefined) return undefined;
  // The batch itself comes before its first target.
  const line = row.cells.findIndex(({ id }) => id === from.target);
  const toRow = (to: number): ChartPosition | undefined => {
    const batch = rows[Math.min(Math.max(to, 0), rows.length - 1)];
    return batch && { row: batch.id, target: undefined };
  };
  const toLine = (to: number): ChartPosition => ({ row: row.id, target: row.cells[to]?.id });
  switch (key) {
    case 'ArrowDown':
      if (line + 1 < row.cells.length) return toLine(line + 1);
      return index + 1 < rows.length ? toRow(index + 1) : toLine(line);
    case 'ArrowUp': {
      if (line >= 0) return toLine(line - 1);
      const before = rows[index - 1];
      return before === undefined ? toRow(0) : { row: before.id, target: before.cells.at(-1)?.id };
    }
    case 'ArrowRight':
      return toLine(Math.max(line, 0));
    case 'ArrowLeft':
      return toRow(index);
    case 'PageDown':
      return toRow(index + 1);
    case 'PageUp':
      return toRow(line >= 0 ? index : index - 1);
    case 'Home':
      return toRow(0);
    case 'End':
      return toRow(rows.length - 1);
    default:
      return undefined;
  }
}

/** The position that a key moves to; undefined when the key does nothing there. */
export function moved(rows: readonly TimelineRow[], from: ChartPosition, key: string): ChartPosition | undefined {
  const index = Math.max(
    0,
    rows.findIndex((row) => row.id === from.row),
  );
  const targets = rows[index]?.cells.map((cell) => cell.id) ?? [];
  // The batch itself comes before its first target.
  const position = from.target === undefined ? -1 : targets.indexOf(from.target);
  const toRow = (to: number): ChartPosition | undefined => {
    const row = rows[Math.min(Math.max(to, 0), rows.length - 1)];
    if (row === undefined) return undefined;
    const column = Math.min(position, row.cells.length - 1);
    return { row: row.id, target: row.cells[column]?.id };
  };
  const toTarget = (to: number): ChartPosition => ({
    row: from.row,
    target: targets[Math.min(to, targets.length - 1)],
  });
  switch (key) {
    case 'ArrowDown':
      return toRow(index + 1);
    case 'ArrowUp':
      return toRow(index - 1);
    case 'PageDown':
      return toRow(index + page);
    case 'PageUp':
      return toRow(index - page);
    case 'Home':
      return toRow(0);
    case 'End':
      return toRow(rows.length - 1);
    case 'ArrowRight':
      return toTarget(position + 1);
    case 'ArrowLeft':
      return toTarget(position - 1);
    default:
      return undefined;
  }
}

/** The part of the view that a key moves it by. */
const panPart = 0.25;

/** What a key does to the zoom or moves the view by; undefined when it does neither. */
export function zoomKey(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  zoom: ZoomActions & { readonly pan: (part: number) => void },
): (() => void) | undefined {
  switch (key) {
    case '+':
    // The same key without Shift on many keyboards.
    case '=':
      return zoom.zoomIn;
    case '-':
      return zoom.zoomOut;
    case '0':
      return zoom.reset;
    case 'ArrowRight':
      return shiftKey ? () => zoom.pan(panPart) : undefined;
    case 'ArrowLeft':
      return shiftKey ? () => zoom.pan(-panPart) : undefined;
    default:
      return undefined;
  }
}

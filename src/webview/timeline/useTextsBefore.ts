import type { RefObject } from 'preact';
import { useCallback, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { TimelineRow } from '../../domain/releases/timeline/rows.ts';
import { isTextBefore } from './batchRow.tsx';
import type { Times } from './format.ts';
import type { Scale } from './scale.ts';
import { seenOf } from './useZoom.ts';

interface TextParts {
  readonly scroller: RefObject<HTMLDivElement>;
  /** An element as wide as the plot. */
  readonly ruler: RefObject<HTMLDivElement>;
  readonly rows: readonly TimelineRow[];
  readonly scale: Scale;
  /** Of the plot, in pixels. */
  readonly width: number;
  readonly times: Times;
}

interface TextsBefore {
  /** The batches (`rowId`) whose text is before their bars. */
  readonly textsBefore: ReadonlySet<string>;
  /** To be called when the chart scrolled. */
  readonly updateTexts: () => void;
}

/** The plot begins so far behind what stays in place, in pixels; the same as in the styles. */
const margin = 12;

/** Which texts are before their bars: those that would begin left of the view are behind them. */
export function useTextsBefore(parts: TextParts): TextsBefore {
  const { scroller, ruler, rows, scale, width, times } = parts;
  const latest = useRef(parts);
  latest.current = parts;
  const [textsBefore, setTexts] = useState(() => textsOf(parts, 0));
  const updateTexts = useCallback(() => {
    const seen = seenOf(scroller.current, ruler.current);
    const from = seen === undefined ? 0 : (100 * (seen.left - margin)) / seen.width;
    setTexts((before) => {
      const now = textsOf(latest.current, from);
      return now.size === before.size && [...now].every((id) => before.has(id)) ? before : now;
    });
  }, [scroller, ruler]);
  useLayoutEffect(updateTexts, [updateTexts, rows, scale, width, times]);
  return { textsBefore, updateTexts };
}

function textsOf({ rows, scale, width, times }: TextParts, from: number): ReadonlySet<string> {
  return new Set(rows.filter((row) => isTextBefore(row, { scale, width, from }, times)).map(({ id }) => id));
}

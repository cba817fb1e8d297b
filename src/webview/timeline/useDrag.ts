import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** A press becomes a drag when the pointer moved so far, in pixels. */
const threshold = 4;

/** What is pressed there keeps its own meaning. */
const notBackground = '.info, .corner, .group-label, .marks-head, .mark, .bar-label, button, a, input, summary';

/** The background of a chart is dragged with the mouse, and the chart scrolls with it. A finger scrolls it by itself. */
export function useDrag(scroller: RefObject<HTMLElement>): void {
  useEffect(() => {
    const chart = scroller.current;
    if (chart === null) return undefined;
    let from: { readonly x: number; readonly y: number; readonly left: number; readonly top: number } | undefined;
    let isDragged = false;
    const onDown = (event: PointerEvent): void => {
      isDragged = false;
      const { target, clientX: x, clientY: y } = event;
      if (event.pointerType !== 'mouse' || event.button !== 0 || !(target instanceof Element)) return;
      // A press on a scroll bar has the chart itself as its target.
      if (target === chart || target.closest(notBackground) !== null) return;
      from = { x, y, left: chart.scrollLeft, top: chart.scrollTop };
    };
    const onMove = (event: PointerEvent): void => {
      if (from === undefined) return;
      const [right, down] = [event.clientX - from.x, event.clientY - from.y];
      if (!isDragged && Math.hypot(right, down) < threshold) return;
      if (!isDragged) {
        isDragged = true;
        chart.setPointerCapture(event.pointerId);
        chart.toggleAttribute('data-dragged', true);
      }
      chart.scrollTo({ left: from.left - right, top: from.top - down, behavior: 'instant' });
    };
    const onEnd = (): void => {
      from = undefined;
      chart.toggleAttribute('data-dragged', false);
    };
    /** The end of a drag is no click on what is under the pointer. */
    const onClick = (event: MouseEvent): void => {
      if (isDragged) event.stopPropagation();
      isDragged = false;
    };
    const listeners = new AbortController();
    const { signal } = listeners;
    chart.addEventListener('pointerdown', onDown, { signal });
    chart.addEventListener('pointermove', onMove, { signal });
    chart.addEventListener('pointerup', onEnd, { signal });
    chart.addEventListener('pointercancel', onEnd, { signal });
    chart.addEventListener('lostpointercapture', onEnd, { signal });
    chart.addEventListener('click', onClick, { signal, capture: true });
    return () => listeners.abort();
  }, [scroller]);
}

// How wide an hour is drawn, in pixels: the level of zoom.

/** The least width of an hour where a person chose none. A wider chart scrolls. */
export const usualHour = 11;

/**
 * From this width of an hour on each batch shows its targets one by one. A minute is two pixels wide then, so that the
 * steps of an upgrade, which take from a minute to an hour, can be distinguished, and a view of 900 pixels has seven hours:
 * the few batches of one day.
 */
export const unfoldedHour = 120;

/** How much one press of a button or key changes the level. */
export const zoomStep = 1.5;

/** The levels that an axis can have: from all of it in the view to one hour in the view. */
interface Levels {
  readonly least: number;
  readonly most: number;
  /** The level while a person chose none. */
  readonly usual: number;
}

/** The levels of an axis of so many hours in a view of so many pixels. `own`: how many of them are usually seen at most. */
export function levelsOf(hours: number, view: number, own = hours): Levels {
  const filling = (some: number): number => Math.max(1, view) / Math.max(some, 1 / 60);
  const least = filling(hours);
  return { least, most: Math.max(least, view), usual: Math.max(filling(own), usualHour) };
}

/** A level within its limits; undefined where it is the usual one. */
export function levelWithin({ least, most, usual }: Levels, level: number): number | undefined {
  const within = Math.min(most, Math.max(least, level));
  return Math.abs(within / usual - 1) < 0.01 ? undefined : within;
}

/** What can be done at a level. */
export interface ZoomState {
  readonly canZoomIn: boolean;
  readonly canZoomOut: boolean;
  readonly canReset: boolean;
}

export function zoomState(levels: Levels, level: number | undefined): ZoomState {
  const { least, most, usual } = levels;
  const drawn = level ?? usual;
  return {
    canZoomIn: drawn < most * 0.999,
    canZoomOut: drawn > least * 1.001,
    canReset: levelWithin(levels, drawn) !== undefined,
  };
}

/** The pixels of a line, where a wheel scrolls by lines. */
const wheelLine = 16;

/** How much a turn of the wheel changes the level: a notch as much as a press of a button, a pinch in finer parts. */
export function wheelFactor({ deltaY, deltaMode }: Pick<WheelEvent, 'deltaY' | 'deltaMode'>): number {
  const pixels = deltaMode === 0 ? deltaY : deltaY * wheelLine;
  return Math.min(zoomStep, Math.max(1 / zoomStep, 2 ** (-pixels / 100)));
}

import { isInstant, isRolloutKey } from '../../domain/releases/timeline/checks.ts';
import { isHostMessage, type HostMessage } from '../../domain/releases/timeline/hostMessages.ts';
import type { PageMessage, TimeZoneChoice } from '../../domain/releases/timeline/messages.ts';
import { isFields } from '../../domain/base/fields.ts';
import type { Instant } from '../../domain/base/time.ts';
import { onMessageOf } from '../kit/messages.ts';

/** What VS Code gives to a page. It can be acquired only once. */
export interface VscodeApi {
  postMessage(message: PageMessage): void;
  getState(): unknown;
  setState(state: SavedState): void;
}

declare global {
  function acquireVsCodeApi(): VscodeApi;
}

/** What the page keeps while it is hidden and over a reload. */
export interface SavedState {
  readonly selected: string | undefined;
  readonly timeZone: TimeZoneChoice | undefined;
  /** Whether the other rollouts are unfolded; undefined while a person chose nothing. */
  readonly lanesOpen: boolean | undefined;
  /** The scroll position of the chart, by rollout: what is drawn at the left edge of the view, and pixels from the top of the batches. */
  readonly scroll: { readonly rollout: string; readonly at: Instant; readonly top: number } | undefined;
  /** How wide an hour is drawn, in pixels; undefined for the usual width. */
  readonly zoom: number | undefined;
}

/** Keeps scroll positions of charts and their zoom. */
export interface ScrollMemory {
  of(rollout: string): SavedState['scroll'];
  keep(scroll: NonNullable<SavedState['scroll']>): void;
  zoom(): SavedState['zoom'];
  keepZoom(zoom: SavedState['zoom']): void;
}

/** No view is so wide that an hour would be drawn wider, in pixels. */
const widestHour = 20_000;

/** What was kept, without the parts that have another form than today. */
export function readSaved(state: unknown): SavedState {
  const fields: Readonly<Record<string, unknown>> = isFields(state) ? state : {};
  const { selected, timeZone, lanesOpen, scroll, zoom } = fields;
  return {
    selected: isRolloutKey(selected) ? selected : undefined,
    timeZone: timeZone === 'utc' || timeZone === 'local' ? timeZone : undefined,
    lanesOpen: typeof lanesOpen === 'boolean' ? lanesOpen : undefined,
    scroll: readScroll(scroll),
    zoom: typeof zoom === 'number' && zoom > 0 && zoom <= widestHour ? zoom : undefined,
  };
}

function readScroll(value: unknown): SavedState['scroll'] {
  if (!isFields(value)) return undefined;
  const { rollout, at, top } = value;
  if (typeof rollout !== 'string' || !isInstant(at) || typeof top !== 'number') return undefined;
  return { rollout, at, top };
}

/** Calls back for each message from the host; returns how to stop. */
export function onHostMessage(listener: (message: HostMessage) => void): () => void {
  return onMessageOf(isHostMessage, listener);
}

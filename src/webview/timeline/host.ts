import { isRolloutKey } from '../../domain/releases/timeline/checks.ts';
import { isHostMessage, type HostMessage } from '../../domain/releases/timeline/hostMessages.ts';
import type { PageMessage, TimeZoneChoice } from '../../domain/releases/timeline/messages.ts';
import { isFields } from '../../domain/base/fields.ts';
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
  /** The scroll position of the chart, by rollout. */
  readonly scroll: { readonly rollout: string; readonly left: number; readonly top: number } | undefined;
  /** How wide an hour is drawn, in pixels; undefined for the usual width. */
  readonly zoom: number | undefined;
}

/** Remembers scroll positions of charts and their zoom. */
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
  const { selected, timeZone, scroll, zoom } = fields;
  return {
    selected: isRolloutKey(selected) ? selected : undefined,
    timeZone: timeZone === 'utc' || timeZone === 'local' ? timeZone : undefined,
    scroll: readScroll(scroll),
    zoom: typeof zoom === 'number' && zoom > 0 && zoom <= widestHour ? zoom : undefined,
  };
}

function readScroll(value: unknown): SavedState['scroll'] {
  if (!isFields(value)) return undefined;
  const { rollout, left, top } = value;
  if (typeof rollout !== 'string' || typeof left !== 'number' || typeof top !== 'number') return undefined;
  return { rollout, left, top };
}

/** Calls back for each message from the host; returns how to stop. */
export function onHostMessage(listener: (message: HostMessage) => void): () => void {
  return onMessageOf(isHostMessage, listener);
}

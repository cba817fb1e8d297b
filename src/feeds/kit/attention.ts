import type { Attention } from '../../engine/read/schedule.ts';

/** What decides how often a feed is read. */
export interface Circumstances {
  /** The window has the focus. */
  readonly focused: boolean;
  /** A view of the feed can be seen. */
  readonly visible: boolean;
  /** The person is on call for a schedule now. Unknown counts as yes: who is on call must not wait for it. */
  readonly onShift: boolean;
  /** Notifications of what is new in the feed are shown, on shift or not. */
  readonly awaited?: boolean;
}

/**
 * The attention that is paid to a feed. A person off shift causes nearly no requests, also with the views visible, unless
 * notifications are shown all the same.
 */
export function attentionOf({ focused, visible, onShift, awaited = false }: Circumstances): Attention {
  if (onShift) return focused && visible ? 'active' : 'idle';
  return awaited || (focused && visible) ? 'idle' : 'quiet';
}

import type { Audience } from '../../domain/alerts/paging.ts';
import type { Account, Rotation } from '../../domain/rotation/rotation.ts';
import { isOnCall } from '../../domain/rotation/shift.ts';
import type { Instant } from '../../domain/base/time.ts';
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

/** Whether notifications of new alerts are shown to a person who is not on shift: a quiet read would bring them an hour late. */
export function awaitsAlerts({
  enabled,
  audience,
}: {
  readonly enabled: boolean;
  readonly audience: Audience;
}): boolean {
  if (!enabled) return false;
  switch (audience) {
    case 'everyone':
      return true;
    case 'onCall':
    case 'onCallInHours':
      // Who is on call is on shift at any hour, as far as the service calls them on call.
      return false;
  }
}

/**
 * Whether a person is on call for one of the schedules at an instant; undefined while that is not known. Outside of a
 * schedule's hours nobody is, unless the service says otherwise.
 */
export function isOnShift(
  rotations: Iterable<Rotation>,
  account: Account | undefined,
  now: Instant,
): boolean | undefined {
  if (account === undefined) return undefined;
  const answers = [...rotations].map((rotation) => isOnCall(rotation, account.accountId, now));
  if (answers.includes(true)) return true;
  return answers.length === 0 || answers.includes(undefined) ? undefined : false;
}

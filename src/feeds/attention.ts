import type { Account, Rotation } from '../domain/rotation.ts';
import type { Attention } from '../engine/schedule.ts';

/** What decides how often a feed is read. */
export interface Look {
  /** The window has the focus. */
  readonly focused: boolean;
  /** A view of the feed can be seen. */
  readonly visible: boolean;
  /** The person holds a schedule now. Unknown counts as yes: the one who is on call must not wait for it. */
  readonly onShift: boolean;
}

/** How closely somebody looks. Who is off shift costs the services nearly nothing, also with the views in sight. */
export function attentionOf({ focused, visible, onShift }: Look): Attention {
  if (onShift) return focused && visible ? 'active' : 'idle';
  return focused && visible ? 'idle' : 'quiet';
}

/** Whether a person holds one of the schedules; undefined while that is not known. */
export function isOnShift(rotations: Iterable<Rotation>, account: Account | undefined): boolean | undefined {
  const known = [...rotations];
  if (account === undefined || known.length === 0) return undefined;
  return known.some((rotation) => rotation.current.some((person) => person.accountId === account.accountId));
}

import type { Audience } from '../../domain/alerts/paging.ts';

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

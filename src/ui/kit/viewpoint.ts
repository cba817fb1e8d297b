import { machineZone } from '../../domain/base/zone.ts';
import type { Clock } from '../../engine/base/clock.ts';
import type { Viewpoint } from '../../views/kit/format.ts';

/** The present, in the time zone that the person has chosen: what times and ages are shown by. */
export function viewpoint(clock: Clock): Viewpoint {
  return { now: clock.now(), timeZone: clock.timeZone ?? machineZone };
}

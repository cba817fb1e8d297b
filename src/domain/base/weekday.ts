import type { WallTime } from './zone.ts';

/** The days of a week by their English names, which the service uses too; Sunday first, as the runtime counts them. */
export const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type Weekday = (typeof weekdays)[number];

/** The day of the week that a wall time lies in. */
export function weekdayOf(wall: WallTime): Weekday {
  return weekdays[new Date(wall).getUTCDay()] ?? 'sunday';
}

/** How many days after one day of the week the other one comes: 0 to 6. */
export function daysFrom(one: Weekday, other: Weekday): number {
  return (weekdays.indexOf(other) - weekdays.indexOf(one) + 7) % 7;
}

import type { TimeZoneChoice } from '../../domain/releases/timeline/messages.ts';
import { day, hour, minute, second, type Instant } from '../../domain/base/time.ts';

/** Writes times in the person's language and the zone that they chose. */
export interface Times {
  /** IANA name. */
  readonly timeZone: string;
  /** "13:50" */
  clock(at: Instant): string;
  /** "Wed 13:50", or with the date when it is a week or more from the other instant: "Wed 2 Sept 13:50". */
  near(at: Instant, other: Instant): string;
  /** "Wed 26 Aug" */
  date(at: Instant): string;
  /** "26 Aug" */
  dayAndMonth(at: Instant): string;
  /** "Wed 26" */
  shortDate(at: Instant): string;
  /** "Wed 26 Aug 2026, 13:50:11 UTC" */
  full(at: Instant): string;
}

/** The writer for a language tag. The browser may not support the tag. */
export function times(choice: TimeZoneChoice, locale: string): Times {
  const local = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const timeZone = choice === 'utc' ? 'UTC' : local;
  const tag = knownLocale(locale);
  const format = (options: Intl.DateTimeFormatOptions): ((at: Instant) => string) => {
    const writer = new Intl.DateTimeFormat(tag, { ...options, timeZone, hourCycle: 'h23' });
    return (at) => writer.format(at);
  };
  const clock = format({ hour: '2-digit', minute: '2-digit' });
  const weekday = format({ weekday: 'short' });
  const dayOfMonth = format({ day: 'numeric' });
  const month = format({ month: 'short' });
  const year = format({ year: 'numeric' });
  const seconds = format({ hour: '2-digit', minute: '2-digit', second: '2-digit', timeZoneName: 'short' });
  const date = (at: Instant): string => `${weekday(at)} ${dayOfMonth(at)} ${month(at)}`;
  return {
    timeZone,
    clock,
    date,
    dayAndMonth: (at) => `${dayOfMonth(at)} ${month(at)}`,
    shortDate: (at) => `${weekday(at)} ${dayOfMonth(at)}`,
    near: (at, other) => `${Math.abs(at - other) < 6 * day ? weekday(at) : date(at)} ${clock(at)}`,
    full: (at) => `${date(at)} ${year(at)}, ${seconds(at)}`,
  };
}

function knownLocale(locale: string): string {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf([locale])[0] ?? 'en-GB';
  } catch {
    return 'en-GB';
  }
}

/** A length of time in at most two units: "40 s", "4 min", "3 h 20 min", "2 d 4 h". Never negative. */
export function lengthText(ms: number): string {
  const length = Math.max(0, ms);
  if (length < minute) return `${Math.floor(length / second)} s`;
  if (length < hour) return `${Math.floor(length / minute)} min`;
  const [unit, name, part, partName] = length < day ? [hour, 'h', minute, 'min'] : [day, 'd', hour, 'h'];
  const rest = Math.floor((length % unit) / part);
  const whole = `${Math.floor(length / unit)} ${name}`;
  return rest === 0 ? whole : `${whole} ${rest} ${partName}`;
}

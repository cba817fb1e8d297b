// What services say about how many requests they take. GitHub's rules are those of its REST documentation ("Rate
// limits for the REST API", "Best practices": retry-after first, else the reset of an empty quota, else a minute).

/** What is left of a service's quota, as last reported. */
export interface Quota {
  readonly limit: number | undefined;
  readonly remaining: number;
  /** When it is whole again, epoch milliseconds by the service's clock. */
  readonly resetAt: number | undefined;
}

/** For a limit that does not say how long it lasts. */
const unknownWaitMs = 60_000;

/** The quota that an answer reports; undefined when it reports none. */
export function quotaOf(headers: Headers): Quota | undefined {
  const remaining = count(headers.get('x-ratelimit-remaining'));
  if (remaining === undefined) return undefined;
  return {
    limit: count(headers.get('x-ratelimit-limit')),
    remaining,
    resetAt: parseReset(headers.get('x-ratelimit-reset')),
  };
}

/**
 * Whether a refusal is a limit on the number of requests, and for how long to wait (milliseconds). GitHub says so with
 * 429 or with 403: an empty quota, a `Retry-After`, or (a secondary limit) only words distinguish it from "not permitted".
 */
export function rateLimitOf(
  status: number,
  headers: Headers,
  detail: string | undefined,
  now: number,
): { readonly retryAfterMs: number } | undefined {
  if (status !== 429 && status !== 403) return undefined;
  const required = parseRetryAfter(headers.get('retry-after'), serviceTime(headers, now));
  const quota = quotaOf(headers);
  const empty = quota?.remaining === 0;
  const inWords = /\b(rate limit|abuse detection)\b/i.test(detail ?? '');
  if (status === 403 && required === undefined && !empty && !inWords) return undefined;
  if (required !== undefined) return { retryAfterMs: required };
  const untilReset = empty && quota.resetAt !== undefined ? quota.resetAt - serviceTime(headers, now) : undefined;
  // A second on top, as the reset is given in whole seconds.
  return { retryAfterMs: untilReset === undefined ? unknownWaitMs : Math.max(0, untilReset) + 1000 };
}

/** The pause that an answer requires before the same request (`x-poll-interval`, seconds), in milliseconds. */
export function pollIntervalOf(headers: Headers): number | undefined {
  const seconds = count(headers.get('x-poll-interval'));
  return seconds === undefined ? undefined : seconds * 1000;
}

/** `Retry-After` in milliseconds: seconds or an HTTP date; undefined when absent or senseless. */
export function parseRetryAfter(header: string | null, now: number): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\s*\d+(\.\d+)?\s*$/.test(header) ? Number(header) : (Date.parse(header) - now) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : undefined;
}

/** The service's own clock, which its dates are by; ours when it does not say. */
export function serviceTime(headers: Headers, now: number): number {
  const sent = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(sent) ? now : sent;
}

/** GitHub sends epoch seconds, Jira a date (atlassian.md 3.9). */
function parseReset(header: string | null): number | undefined {
  const seconds = count(header);
  if (seconds !== undefined) return seconds * 1000;
  const date = Date.parse(header ?? '');
  return Number.isNaN(date) ? undefined : date;
}

function count(header: string | null): number | undefined {
  return header !== null && /^\s*\d{1,12}\s*$/.test(header) ? Number(header) : undefined;
}

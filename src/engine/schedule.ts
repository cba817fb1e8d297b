import { minute, second } from './units.ts';

/** How closely somebody looks: at a view of it while on shift, at something else, or not at all (off shift). */
export type Attention = 'active' | 'idle' | 'quiet';

const ranks: Readonly<Record<Attention, number>> = { quiet: 0, idle: 1, active: 2 };

/** The closer one of two looks. */
export function attentive(a: Attention, b: Attention = 'quiet'): Attention {
  return ranks[b] > ranks[a] ? b : a;
}

/** How often a feed is read, milliseconds between the end of one read and the start of the next. */
export interface Pace {
  readonly activeMs: number;
  readonly idleMs: number;
  readonly quietMs: number;
}

/** What the next delay depends on. */
export interface Circumstances {
  readonly attention: Attention;
  /** Reads in a row that brought nothing new. */
  readonly unchanged: number;
  /** Reads in a row that failed. */
  readonly failures: number;
  /** What the service asked for, milliseconds; senseless values are ignored. */
  readonly retryAfterMs: number | undefined;
  /** How many quick reads are left of the burst after a write of our own. */
  readonly burst: number;
  /** 0 to 1. */
  readonly random: number;
}

const firstRetry = 3 * second;
const longestRetry = 5 * minute;
/** A service that asks for more than this is asked again after it all the same: its clock or ours may be wrong. */
const longestRetryAfter = 60 * minute;
const burstDelay = 2 * second;
/** Reads without news before the pace halves, and halves again. */
const patience = 5;

/** Milliseconds until the next read. Always finite and at least a quarter of a second. */
export function nextDelay(pace: Pace, now: Circumstances): number {
  const asked = clampRetryAfter(now.retryAfterMs);
  const jitter = 0.8 + 0.4 * now.random;
  if (now.failures > 0) {
    const backoff = Math.min(longestRetry, firstRetry * 2 ** Math.min(now.failures - 1, 10));
    return Math.max(backoff * jitter, asked);
  }
  if (now.burst > 0) return Math.max(burstDelay * jitter, asked);
  const base = { active: pace.activeMs, idle: pace.idleMs, quiet: pace.quietMs }[now.attention];
  const calm = now.attention === 'active' ? 1 : 2 ** Math.min(2, Math.floor(now.unchanged / patience));
  // Jitter only ever lengthens a regular interval: the budget of requests an hour is a promise.
  return Math.max(250, base * calm * (1 + 0.2 * now.random), asked);
}

function clampRetryAfter(ms: number | undefined): number {
  if (ms === undefined || Number.isNaN(ms) || ms < 0) return 0;
  return Math.min(ms, longestRetryAfter);
}

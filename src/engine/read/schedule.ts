import { minute, second } from '../base/units.ts';
import type { FeedStatus } from './store.ts';

/**
 * The attention that is paid to a feed: its view is visible on shift, something else is, or the person is off shift.
 */
export type Attention = 'active' | 'idle' | 'quiet';

const ranks: Readonly<Record<Attention, number>> = { quiet: 0, idle: 1, active: 2 };

/** The higher one of two. */
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
export interface DelayFactors {
  readonly attention: Attention;
  /** Reads in a row that brought nothing new. */
  readonly unchanged: number;
  /** Reads in a row that failed. */
  readonly failures: number;
  /** How failures are tried again; quickly when absent. */
  readonly backoff?: Backoff | undefined;
  /** Reads in a row to which the service said that it has nothing yet. 0 when absent. */
  readonly notYet?: number;
  /** In how many pages the service gave the last read: each is a request. 1 when absent. */
  readonly pages?: number;
  /** The pause that the service requires, milliseconds; senseless values are ignored. */
  readonly retryAfterMs: number | undefined;
  /** The shortest interval that the service allows (`x-poll-interval`), milliseconds; senseless values are ignored. */
  readonly minimumMs?: number | undefined;
  /** How many quick reads are left of the burst after a write of our own. */
  readonly burst: number;
  /** The last read is not accepted until another one shows the same. */
  readonly doubted?: boolean;
  /** 0 to 1. */
  readonly random: number;
}

/** How a read that failed is tried again: after a while, then after twice as long each time, up to a longest wait. */
export interface Backoff {
  readonly firstMs: number;
  readonly longestMs: number;
}

const quickly: Backoff = { firstMs: 3 * second, longestMs: 5 * minute };
const forbidden: Backoff = { firstMs: 30 * second, longestMs: 15 * minute };
const refused: Backoff = { firstMs: 30 * second, longestMs: 60 * minute };

/**
 * How reads go on in a status. A person who has to act need not be the one to start them again: what refuses them may
 * have been a network's own sign-in page, or a service in trouble. Undefined: only a setting can mend it, and a change
 * of the settings starts them again.
 */
export function backoffOf(status: FeedStatus): Backoff | undefined {
  switch (status) {
    case 'notPermitted':
      return forbidden;
    case 'notSignedIn':
      return refused;
    case 'notConfigured':
      return undefined;
    case 'neverLoaded':
    case 'fresh':
    case 'stale':
    case 'failing':
      return quickly;
  }
}

/** After a longer pause than this the service is read nevertheless: its clock or ours may be wrong. */
const longestRetryAfter = 60 * minute;
const burstDelay = 2 * second;
/** When it is read again what was suddenly gone: a service in trouble may have recovered by then. */
export const doubtMs = minute;
/** Reads without news before the pace halves, and halves again. */
const readsUntilSlower = 5;
/** A pace is slowed by this factor at most: what is read less often is too old to act on. */
const mostSlowed = 4;

/** A regular interval is lengthened at random, at most by this factor. */
export const longestJitter = 1.2;

/** Why a pace is slower than it could be: nothing changes, or a read takes many pages. */
type Slowed = 'no' | 'calm' | 'pages';

/** Why the next read is when it is. Intervals in milliseconds, before jitter. */
export type Reason =
  | { readonly kind: 'pace'; readonly attention: Attention; readonly everyMs: number; readonly slowed: Slowed }
  | { readonly kind: 'failures'; readonly count: number }
  | { readonly kind: 'burst' }
  /** Records were suddenly gone: read once more before that is accepted. */
  | { readonly kind: 'doubt' }
  /** The service had nothing yet. */
  | { readonly kind: 'notYet'; readonly count: number }
  /** The machine slept, or its network changed. */
  | { readonly kind: 'wake' }
  /** The service requires a pause. */
  | { readonly kind: 'pause'; readonly waitMs: number };

/** Milliseconds until the next read, always finite and at least a quarter of a second, and why then. */
export function planNext(pace: Pace, now: DelayFactors): { readonly delayMs: number; readonly reason: Reason } {
  const own = ownPlan(pace, now);
  const waitMs = Math.max(clampPause(now.retryAfterMs), clampPause(now.minimumMs));
  return waitMs > own.delayMs ? { delayMs: waitMs, reason: { kind: 'pause', waitMs } } : own;
}

/** The plan without a pause that a service requires. */
function ownPlan(pace: Pace, now: DelayFactors): { readonly delayMs: number; readonly reason: Reason } {
  const jitter = 0.8 + 0.4 * now.random;
  const notYet = now.notYet ?? 0;
  // A service that starts may fail and have nothing yet by turns: both count.
  const { firstMs, longestMs } = now.backoff ?? quickly;
  const backoff = Math.min(longestMs, firstMs * 2 ** Math.min(now.failures + notYet - 1, 10));
  if (now.failures > 0) return { delayMs: backoff * jitter, reason: { kind: 'failures', count: now.failures } };
  const base = { active: pace.activeMs, idle: pace.idleMs, quiet: pace.quietMs }[now.attention];
  const calm = now.attention === 'active' ? 1 : Math.min(mostSlowed, 2 ** Math.floor(now.unchanged / readsUntilSlower));
  // What takes several requests is read as much more seldom, so that an hour has no more of them; many take more.
  const pages = Math.max(1, now.pages ?? 1);
  const costly = Math.min(mostSlowed, pages);
  const everyMs = base * Math.max(calm, costly);
  const burstMs = Math.min(burstDelay * pages, everyMs);
  if (now.doubted === true && doubtMs < everyMs) return { delayMs: doubtMs, reason: { kind: 'doubt' } };
  if (now.burst > 0) return { delayMs: burstMs * jitter, reason: { kind: 'burst' } };
  // Only the first answers of a service that starts are requested soon, and none off shift.
  if (notYet > 0 && now.attention !== 'quiet' && backoff < everyMs) {
    return { delayMs: backoff * jitter, reason: { kind: 'notYet', count: notYet } };
  }
  const slowed = costly > calm ? 'pages' : calm > 1 ? 'calm' : 'no';
  return {
    // Jitter only ever lengthens a regular interval: the budget of requests an hour is a limit.
    delayMs: Math.max(250, everyMs * (1 + (longestJitter - 1) * now.random)),
    reason: { kind: 'pace', attention: now.attention, everyMs, slowed },
  };
}

/** The pause that is kept where a service requires this one, milliseconds; 0 for what makes no sense. */
export function clampPause(ms: number | undefined): number {
  if (ms === undefined || Number.isNaN(ms) || ms < 0) return 0;
  return Math.min(ms, longestRetryAfter);
}

import { day, minute, week, type Instant } from '../../../domain/base/time.ts';
import { rolloutKey, type Rollout } from '../../../domain/releases/rollout.ts';
import { recordOf, type RolloutRecord } from '../../../domain/releases/timeline/record.ts';
import type { Clock } from '../../../engine/base/clock.ts';
import type { TimesRecorder } from '../../../feeds/releases/recorder.ts';

export interface TimelineRecordsParts {
  readonly clock: Clock;
  readonly times: Pick<TimesRecorder, 'lines' | 'flush'>;
}

/** What was recorded is read again so often; what is written meanwhile is also in the live state. */
const rereadMs = 4 * minute;
/** No rollout takes longer. */
const longestMs = 8 * week;

/** What was recorded of the rollout that one page shows, read from disk when it may have changed. */
export class TimelineRecords {
  readonly #parts: TimelineRecordsParts;
  #rollout: string | undefined;
  #readAt: Instant = -Infinity;

  constructor(parts: TimelineRecordsParts) {
    this.#parts = parts;
  }

  /** The page has lost what it was given. */
  reset(): void {
    this.#rollout = undefined;
  }

  /** The record of a rollout; undefined where the page was given it a moment ago. */
  async next(rollout: Rollout): Promise<RolloutRecord | undefined> {
    const { clock, times } = this.#parts;
    const now = clock.now();
    const key = rolloutKey(rollout);
    if (key === this.#rollout && Math.abs(now - this.#readAt) < rereadMs) return undefined;
    [this.#rollout, this.#readAt] = [key, now];
    await times.flush();
    const from = Math.max(rollout.dispatchedAt - day, now - longestMs);
    return recordOf(await times.lines({ from: Math.min(from, now), to: now }), key);
  }
}

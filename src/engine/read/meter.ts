import type { Clock, Disposable } from '../base/clock.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import { Timer } from '../base/lifetime.ts';
import type { Log } from '../base/log.ts';
import { minute } from '../base/units.ts';

/** One request and how it ended. */
export interface MeteredRequest {
  readonly service: string;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly quota?: MeteredQuota | undefined;
}

/** What is left of a quota, as a service last reported. */
export interface MeteredQuota {
  readonly limit: number | undefined;
  readonly remaining: number;
  /** Epoch milliseconds. */
  readonly resetAt: number | undefined;
}

/** The requests to one service in the last hour. */
export interface ServiceUse {
  readonly service: string;
  readonly calls: number;
  /** Answers that nothing changed (304). */
  readonly unchanged: number;
  /** No answer, or a status of 400 and above. */
  readonly failures: number;
  readonly quota: MeteredQuota | undefined;
}

interface Bucket {
  /** The minute since the epoch. */
  minute: number;
  calls: number;
  unchanged: number;
  failures: number;
}

interface Counted {
  readonly buckets: Bucket[];
  quota: MeteredQuota | undefined;
}

const hourMinutes = 60;

/** Counts the requests of the last hour by service, in buckets of a minute. */
export class Meter implements Disposable {
  readonly #clock: Clock;
  readonly #changes: Emitter<void>;
  readonly #services = new Map<string, Counted>();
  #latest: number;

  constructor(clock: Clock, onError: (error: unknown) => void) {
    this.#clock = clock;
    this.#changes = new Emitter(onError);
    this.#latest = this.#minute();
  }

  /** Fires for every call. */
  get onDidChange(): Event<void> {
    return this.#changes.event;
  }

  record({ service, status, quota }: MeteredRequest): void {
    const now = this.#catchUp();
    const counted = this.#services.get(service) ?? { buckets: [], quota: undefined };
    this.#services.set(service, counted);
    let bucket = counted.buckets.at(-1);
    if (bucket?.minute !== now) {
      bucket = { minute: now, calls: 0, unchanged: 0, failures: 0 };
      counted.buckets.push(bucket);
    }
    bucket.calls++;
    if (status === 304) bucket.unchanged++;
    if (status === 0 || status >= 400) bucket.failures++;
    if (quota !== undefined) counted.quota = quota;
    this.#changes.fire();
  }

  /** Each service that ever got a request, by name, with the calls of the last 60 minutes. */
  lastHour(): readonly ServiceUse[] {
    this.#catchUp();
    const sum = (buckets: readonly Bucket[], part: 'calls' | 'unchanged' | 'failures'): number =>
      buckets.reduce((total, bucket) => total + bucket[part], 0);
    return [...this.#services]
      .map(([service, { buckets, quota }]) => ({
        service,
        calls: sum(buckets, 'calls'),
        unchanged: sum(buckets, 'unchanged'),
        failures: sum(buckets, 'failures'),
        quota,
      }))
      .sort((a, b) => (a.service < b.service ? -1 : 1));
  }

  dispose(): void {
    this.#changes.dispose();
  }

  #minute(): number {
    return Math.floor(this.#clock.now() / minute);
  }

  /** Removes what is older than an hour. A clock that was set back takes what was counted along. */
  #catchUp(): number {
    const now = this.#minute();
    const back = this.#latest - now;
    this.#latest = now;
    for (const { buckets } of this.#services.values()) {
      if (back > 0) for (const bucket of buckets) bucket.minute -= back;
      while (buckets[0] !== undefined && buckets[0].minute <= now - hourMinutes) buckets.shift();
    }
    return now;
  }
}

/** Logs the requests, every hour. */
export function logHourly(meter: Meter, clock: Clock, log: Log): Disposable {
  const timer = new Timer(clock);
  const plan = (): void =>
    timer.set(hourMinutes * minute, () => {
      log.info('requests', `the last hour: ${describeUse(meter.lastHour())}`);
      plan();
    });
  plan();
  return timer;
}

function describeUse(services: readonly ServiceUse[]): string {
  if (services.length === 0) return 'none';
  return services
    .map(({ service, calls, unchanged, failures, quota }) => {
      const left = quota === undefined ? '' : `, ${quota.remaining} of ${quota.limit ?? 'a quota'} left`;
      return `${service} ${calls} (${unchanged} unchanged, ${failures} failed${left})`;
    })
    .join('; ');
}

import type { Clock, Disposable } from '../base/clock.ts';

/** Something to do at one service. */
export interface Job {
  readonly service: string;
  /** Jobs of one lane run one after the other: those for one record. */
  readonly lane: string;
  /** Never rejects. */
  run(): Promise<void>;
}

interface Service {
  running: number;
  pause: { readonly until: number; readonly timer: Disposable } | undefined;
}

/** How many writes are under way at one service at once: a bulk must not look like an attack. */
const atOnce = 4;

/**
 * Whose turn it is: jobs of one lane one after the other in the order in which they were wanted, different lanes side by
 * side, a few at once for each service; a service that asks to slow down is left alone until then.
 */
export class Queue<J extends Job> implements Disposable {
  readonly #clock: Clock;
  readonly #jobs: J[] = [];
  readonly #busy = new Set<string>();
  readonly #services = new Map<string, Service>();
  #disposed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(job: J): void {
    this.#jobs.push(job);
    this.#pump();
  }

  /** Puts a job back before all others, from within its own run. */
  putBack(job: J): void {
    this.#jobs.unshift(job);
  }

  /** Takes out a job that has not begun. False when it has, or is not here. */
  remove(job: J): boolean {
    const index = this.#jobs.indexOf(job);
    if (index < 0) return false;
    this.#jobs.splice(index, 1);
    return true;
  }

  /** The jobs of a lane that have not begun, in their order. */
  waiting(lane: string): readonly J[] {
    return this.#jobs.filter((job) => job.lane === lane);
  }

  /** Begins nothing at a service for a while; what is under way goes on. */
  pause(name: string, ms: number): void {
    const service = this.#service(name);
    const until = this.#clock.now() + ms;
    if (service.pause !== undefined && service.pause.until >= until) return;
    service.pause?.timer.dispose();
    const timer = this.#clock.after(ms, () => {
      service.pause = undefined;
      this.#pump();
    });
    service.pause = { until, timer };
  }

  /** Until when a service is left alone, epoch milliseconds; undefined when it is not. */
  pausedUntil(service: string): number | undefined {
    return this.#services.get(service)?.pause?.until;
  }

  dispose(): void {
    this.#disposed = true;
    this.#jobs.length = 0;
    for (const service of this.#services.values()) service.pause?.timer.dispose();
  }

  #pump(): void {
    const behind = new Set<string>();
    for (const job of [...this.#jobs]) {
      if (this.#disposed) return;
      const service = this.#service(job.service);
      const free = service.pause === undefined && service.running < atOnce;
      if (free && !this.#busy.has(job.lane) && !behind.has(job.lane)) this.#begin(job, service);
      else behind.add(job.lane);
    }
  }

  #begin(job: J, service: Service): void {
    this.remove(job);
    this.#busy.add(job.lane);
    service.running++;
    void job.run().then(() => {
      this.#busy.delete(job.lane);
      service.running--;
      this.#pump();
    });
  }

  #service(name: string): Service {
    let service = this.#services.get(name);
    if (service === undefined) {
      service = { running: 0, pause: undefined };
      this.#services.set(name, service);
    }
    return service;
  }
}

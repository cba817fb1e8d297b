import type { Clock, Disposable } from '../base/clock.ts';
import { Lifetime, type Timer } from '../base/lifetime.ts';

/** Something to do at one service. */
export interface Job {
  readonly service: string;
  /** Jobs of one lane run one after the other: those for one record. */
  readonly lane: string;
  /** Never rejects. */
  run(): Promise<void>;
}

interface ServiceTurns {
  running: number;
  /** Until when it is left alone, epoch milliseconds. */
  pausedUntil: number | undefined;
  readonly pause: Timer;
}

/** How many writes are under way at one service at once: a service may refuse more as abuse. */
const atOnce = 4;

/**
 * Whose turn it is: jobs of one lane one after the other in the order in which they were requested, different lanes side by
 * side, a few at once for each service; a pause that a service requires is kept.
 */
export class Queue<J extends Job> implements Disposable {
  readonly #clock: Clock;
  readonly #jobs: J[] = [];
  readonly #busy = new Set<string>();
  readonly #services = new Map<string, ServiceTurns>();
  readonly #lifetime = new Lifetime();

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
    if (service.pausedUntil !== undefined && service.pausedUntil >= until) return;
    service.pausedUntil = until;
    service.pause.set(ms, () => {
      service.pausedUntil = undefined;
      this.#pump();
    });
  }

  /** Until when a service is left alone, epoch milliseconds; undefined when it is not. */
  pausedUntil(service: string): number | undefined {
    return this.#services.get(service)?.pausedUntil;
  }

  dispose(): void {
    this.#jobs.length = 0;
    this.#lifetime.dispose();
  }

  #pump(): void {
    const behind = new Set<string>();
    for (const job of [...this.#jobs]) {
      if (this.#lifetime.isOver) return;
      const service = this.#service(job.service);
      const free = service.pausedUntil === undefined && service.running < atOnce;
      if (free && !this.#busy.has(job.lane) && !behind.has(job.lane)) this.#begin(job, service);
      else behind.add(job.lane);
    }
  }

  #begin(job: J, service: ServiceTurns): void {
    this.remove(job);
    this.#busy.add(job.lane);
    service.running++;
    void job.run().then(() => {
      this.#busy.delete(job.lane);
      service.running--;
      this.#pump();
    });
  }

  #service(name: string): ServiceTurns {
    let service = this.#services.get(name);
    if (service === undefined) {
      service = { running: 0, pausedUntil: undefined, pause: this.#lifetime.timer(this.#clock) };
      this.#services.set(name, service);
    }
    return service;
  }
}

import type { World } from '../world.ts';

/** When something was asked for. */
export interface Mark {
  readonly world: number;
  readonly real: number;
}

/**
 * How long ago something was, for what takes the services a moment. Counted in world time or in real time, whichever
 * is more: an accepted action must be applied also in a world whose time stands still.
 */
export interface Clock {
  now(): number;
  mark(): Mark;
  elapsed(since: Mark): number;
}

export function createClock(world: World): Clock {
  return {
    now: () => Math.round(world.now()),
    mark: () => ({ world: world.now(), real: Date.now() }),
    elapsed: (since) => Math.max(world.now() - since.world, Date.now() - since.real),
  };
}

/** A search index that lags behind: for some time after a write it knows a record as it was before. */
export class Lag<T> {
  readonly #clock: Clock;
  readonly #lagMs: () => number;
  readonly #before = new Map<string, { mark: Mark; value: T | undefined }[]>();

  constructor(clock: Clock, lagMs: () => number) {
    this.#clock = clock;
    this.#lagMs = lagMs;
  }

  /** To be called before a write with a copy of the record; undefined for one that is only made now. */
  wrote(id: string, before: T | undefined): void {
    if (this.#lagMs() <= 0) return;
    this.#before.set(id, [...this.#current(id), { mark: this.#clock.mark(), value: before }]);
  }

  /** The records as the index knows them. Those named in `fresh` are never late. */
  known(records: ReadonlyMap<string, T>, fresh: ReadonlySet<string> = new Set()): T[] {
    if (this.#before.size === 0) return [...records.values()];
    const shown = new Map(records);
    for (const id of [...this.#before.keys()]) {
      const [late] = this.#current(id);
      if (late === undefined) this.#before.delete(id);
      else if (fresh.has(id)) continue;
      else if (late.value === undefined) shown.delete(id);
      else shown.set(id, late.value);
    }
    return [...shown.values()];
  }

  #current(id: string): { mark: Mark; value: T | undefined }[] {
    const lagMs = this.#lagMs();
    return (this.#before.get(id) ?? []).filter(({ mark }) => this.#clock.elapsed(mark) < lagMs);
  }
}

/** A version 4 UUID from a source of randomness. */
export function uuid(random: () => number): string {
  const hex = Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16));
  hex[12] = '4';
  hex[16] = '89ab'[Math.floor(random() * 4)] ?? '8';
  const text = hex.join('');
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join('-');
}

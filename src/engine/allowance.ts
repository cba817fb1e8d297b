import type { Clock } from './clock.ts';
import { hour, minute } from './units.ts';

/** What a service is asked while nobody looks, of which there is only so much an hour. */
export interface Sparing {
  /**
   * Asks for so many requests for a feed. 0 when they may be made now, which is to be ended with `settled`; otherwise
   * after how many milliseconds to ask again.
   */
  take(feed: string, requests: number): number;
  /** The requests that were taken have been made. */
  settled(feed: string, requests: number): void;
}

interface Asked {
  /** When each request of the last hour was made, oldest first, epoch milliseconds. */
  at: readonly number[];
  /** Taken, and not known to have been made. */
  reserved: number;
}

/**
 * Keeps what is read off shift within so many requests to each service in any hour. Whatever else asks a service counts
 * along, and is not kept from it.
 */
export class Allowance implements Sparing {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #perHour: number;
  readonly #serviceOf: (feed: string) => string;
  readonly #services = new Map<string, Asked>();

  constructor(clock: Pick<Clock, 'now'>, perHour: number, serviceOf: (feed: string) => string) {
    this.#clock = clock;
    this.#perHour = perHour;
    this.#serviceOf = serviceOf;
  }

  /** A request was made. */
  note(service: string): void {
    const asked = this.#lastHour(service);
    // More than the limit need not be told apart: the newest say when there is room again.
    asked.at = [...asked.at, this.#clock.now()].slice(-this.#perHour);
  }

  take(feed: string, requests: number): number {
    const asked = this.#lastHour(this.#serviceOf(feed));
    // One that needs more than there ever is waits for an hour without any.
    const room = this.#perHour - Math.min(requests, this.#perHour);
    const toGo = asked.at.length + asked.reserved - room;
    if (toGo <= 0) {
      asked.reserved += requests;
      return 0;
    }
    const last = asked.at[toGo - 1];
    // What stands in the way is only reserved as yet: soon it is known.
    return last === undefined ? minute : Math.max(1, last + hour - this.#clock.now());
  }

  settled(feed: string, requests: number): void {
    this.#lastHour(this.#serviceOf(feed)).reserved -= requests;
  }

  #lastHour(service: string): Asked {
    const asked = this.#services.get(service) ?? { at: [], reserved: 0 };
    this.#services.set(service, asked);
    const now = this.#clock.now();
    // What lies in the future is of a clock that was set back since.
    asked.at = asked.at.filter((at) => at <= now && now - at < hour);
    return asked;
  }
}

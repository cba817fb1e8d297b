import type { Clock, Disposable } from '../base/clock.ts';
import { Lifetime } from '../base/lifetime.ts';
import type { Log } from '../base/log.ts';
import { hour, minute, second } from '../base/units.ts';
import type { Disk } from '../disk/disk.ts';
import { objectFromJson } from '../disk/json.ts';

/** Limits the requests to a service off shift, while no window pays attention, to so many an hour. */
export interface Sparing {
  /**
   * Takes so many requests for a feed. 0 when they may be made now, which is to be ended with `settled`; otherwise
   * after how many milliseconds to try again.
   */
  take(feed: string, requests: number): number;
  /** The requests that were taken have been made. */
  settled(feed: string, requests: number): void;
}

interface ServiceRequests {
  /** When each request of the last hour was made, oldest first, epoch milliseconds. */
  at: readonly number[];
  /** Taken, and not known to have been made. */
  reserved: number;
}

/** Where past requests are kept, for the window that reads next. */
export interface AllowanceMemory {
  /** The folder of the windows that read the same. */
  readonly disk: () => Pick<Disk, 'read' | 'write'>;
  readonly log: Log;
  /** Whether this window reads for all now, and so is the one that keeps it. */
  readonly keeps: () => boolean;
}

export interface AllowanceParts {
  readonly clock: Clock;
  readonly perHour: number;
  readonly serviceOf: (feed: string) => string;
  /** Without it only this window counts. */
  readonly memory?: AllowanceMemory | undefined;
}

const file = 'asked.json';
/** Requests within such a time are written down once. */
const gatherMs = 2 * second;
/** Nothing is taken before the requests of others are known; that is a moment. */
const recallMs = second / 4;

/**
 * Keeps what is read off shift within so many requests to each service in any hour, though windows close, restart and
 * take over from each other. All other requests to a service count along, and are not held back.
 */
export class Allowance implements Sparing, Disposable {
  readonly #clock: Clock;
  readonly #perHour: number;
  readonly #serviceOf: (feed: string) => string;
  readonly #memory: AllowanceMemory | undefined;
  readonly #services = new Map<string, ServiceRequests>();
  readonly #lifetime = new Lifetime();
  readonly #writing;
  #isRecalled: boolean;

  constructor({ clock, perHour, serviceOf, memory }: AllowanceParts) {
    this.#clock = clock;
    this.#perHour = perHour;
    this.#serviceOf = serviceOf;
    this.#memory = memory;
    this.#writing = this.#lifetime.gather(clock, gatherMs, () => void this.#write());
    this.#isRecalled = memory === undefined;
  }

  /** A request was made. */
  note(service: string): void {
    this.#add(service, [this.#clock.now()]);
    if (this.#memory?.keeps() === true) this.#writing.note();
  }

  /** Takes over the requests of the window that read before. Until they are known nothing can be taken. */
  async recall(): Promise<void> {
    if (this.#memory === undefined) return;
    this.#isRecalled = false;
    try {
      const kept = parse(await this.#memory.disk().read(file), (why) =>
        this.#memory?.log.debug('requests', `${file} ${why}`),
      );
      if (kept === undefined) return;
      for (const [service, times] of kept.asked) {
        // Requests of this window since then come on top; earlier ones, while another window read, are not counted.
        const made = this.#lastHour(service);
        const since = made.at.filter((at) => at > kept.at);
        made.at = times;
        this.#add(service, since);
      }
    } catch (cause) {
      this.#memory.log.debug('requests', 'the requests of earlier windows could not be read', cause);
    } finally {
      this.#isRecalled = true;
    }
  }

  /** Writes down the requests that are not written down yet. */
  async keep(): Promise<void> {
    if (!this.#writing.isPending) return;
    this.#writing.cancel();
    await this.#write();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  async #write(): Promise<void> {
    if (this.#memory === undefined) return;
    const made = Object.fromEntries([...this.#services.keys()].map((each) => [each, this.#lastHour(each).at]));
    try {
      await this.#memory.disk().write(file, JSON.stringify({ at: this.#clock.now(), asked: made }), 'passing');
    } catch (cause) {
      this.#memory.log.debug('requests', 'the requests could not be saved for the next window', cause);
    }
  }

  take(feed: string, requests: number): number {
    if (!this.#isRecalled) return recallMs;
    const made = this.#lastHour(this.#serviceOf(feed));
    // One that needs more than there ever is waits for an hour without any.
    const room = this.#perHour - Math.min(requests, this.#perHour);
    const toGo = made.at.length + made.reserved - room;
    if (toGo <= 0) {
      made.reserved += requests;
      return 0;
    }
    const last = made.at[toGo - 1];
    // What stands in the way is only reserved as yet: soon it is known.
    return last === undefined ? minute : Math.max(1, last + hour - this.#clock.now());
  }

  settled(feed: string, requests: number): void {
    this.#lastHour(this.#serviceOf(feed)).reserved -= requests;
  }

  /** Of more than the limit only the newest are kept: they decide when a request may be made again. */
  #add(service: string, times: readonly number[]): void {
    const made = this.#lastHour(service);
    made.at = [...made.at, ...times].slice(-this.#perHour);
  }

  #lastHour(service: string): ServiceRequests {
    const made = this.#services.get(service) ?? { at: [], reserved: 0 };
    this.#services.set(service, made);
    const now = this.#clock.now();
    // What lies in the future is of a clock that was set back since.
    made.at = made.at.filter((at) => at <= now && now - at < hour);
    return made;
  }
}

interface SavedRequests {
  readonly at: number;
  readonly asked: Map<string, number[]>;
}

function parse(text: string | undefined, damaged: (why: string) => void): SavedRequests | undefined {
  const isTimes = (times: unknown): times is number[] =>
    Array.isArray(times) && times.every((time) => typeof time === 'number');
  return objectFromJson(
    text,
    ({ at, asked }) => {
      if (typeof at !== 'number' || typeof asked !== 'object' || asked === null) return undefined;
      const services = Object.entries(asked).filter((entry): entry is [string, number[]] => isTimes(entry[1]));
      return { at, asked: new Map(services) };
    },
    damaged,
  );
}

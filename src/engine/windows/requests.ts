import type { Clock, Disposable } from '../base/clock.ts';
import { Lifetime } from '../base/lifetime.ts';
import type { Disk } from '../disk/disk.ts';
import { objectFromJson } from '../disk/json.ts';
import type { ReadRequest } from '../read/definition.ts';
import type { Log } from '../base/log.ts';
import { second } from '../base/units.ts';

/** What one window requests of the one that reads: feeds by kind of request. */
export type Request = Readonly<Record<ReadRequest, readonly string[]>>;

/** How often a window checks whether its request is done, as watchers miss changes. */
const checkMs = 500;
/** After this long nobody waits for a request any more; it stays and is done all the same. */
const longestWaitMs = 60 * second;

interface Waiting {
  readonly request: Record<ReadRequest, string[]>;
  readonly filed: Promise<boolean>;
}

/**
 * Requests to the window that reads, each a file that is there until it is done: so none is lost when that window goes,
 * the next one finds it.
 */
export class Requests implements Disposable {
  readonly #disk: Disk;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #newId: () => string;
  readonly #serving = new Set<string>();
  readonly #watched = new Map<string, () => void>();
  readonly #lifetime = new Lifetime();
  #gathering: Waiting | undefined;

  constructor(disk: Disk, clock: Clock, log: Log, newId: () => string) {
    this.#disk = disk;
    this.#clock = clock;
    this.#log = log;
    this.#newId = newId;
  }

  /** Files a request. Resolves with true when it is done, with false when it could not be filed. */
  file(feed: string, request: ReadRequest): Promise<boolean> {
    // Calls within one turn are one request.
    this.#gathering ??= this.#gather();
    this.#gathering.request[request].push(feed);
    return this.#gathering.filed;
  }

  /**
   * Does what is requested. `perform` resolves when it is done and written; with false when this window may not do it any
   * more, which leaves the request to the next one.
   */
  async serve(perform: (request: Request) => Promise<boolean>): Promise<void> {
    const names = (await this.#disk.list()).filter((name) => isRequest(name) && !this.#serving.has(name));
    await Promise.all(
      names.map(async (name) => {
        this.#serving.add(name);
        try {
          const request = parse(await this.#disk.read(name));
          if (request === undefined) this.#log.warn('windows', `${name} is damaged and left out`);
          if (request === undefined || (await perform(request))) await this.#disk.remove(name);
        } finally {
          this.#serving.delete(name);
        }
      }),
    );
  }

  /** A file changed. */
  changed(name: string): void {
    this.#watched.get(name)?.();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #gather(): Waiting {
    const request: Record<ReadRequest, string[]> = { refresh: [], burst: [], renew: [] };
    return { request, filed: Promise.resolve().then(() => this.#write(request)) };
  }

  async #write(request: Request): Promise<boolean> {
    this.#gathering = undefined;
    const name = `request-${this.#newId()}.json`;
    try {
      await this.#disk.write(name, JSON.stringify(request), 'passing');
    } catch (cause) {
      this.#log.warn('windows', 'the request to the window that reads could not be written', cause);
      return false;
    }
    await this.#done(name);
    return true;
  }

  /** Resolves when the file is gone, or when nobody waits any more. */
  async #done(name: string): Promise<void> {
    // Counted, not timed: a clock that is set makes nobody wait longer.
    for (let checks = 0; !this.#lifetime.isOver && checks < longestWaitMs / checkMs; checks++) {
      try {
        if ((await this.#disk.read(name)) === undefined) return;
      } catch (cause) {
        this.#log.debug('windows', `${name} cannot be read`, cause);
      }
      await this.#pause(name);
    }
  }

  #pause(name: string): Promise<void> {
    return new Promise((resolve) => {
      const end = (): void => this.#lifetime.end(pause);
      const timer = this.#clock.after(checkMs, end);
      this.#watched.set(name, end);
      const pause = this.#lifetime.own({
        dispose: () => {
          timer.dispose();
          this.#watched.delete(name);
          resolve();
        },
      });
    });
  }
}

/** Whether a file is a request. */
export function isRequest(name: string): boolean {
  return /^request-[\w-]+\.json$/.test(name);
}

function parse(text: string | undefined): Request | undefined {
  return objectFromJson(text, ({ refresh, burst, renew }) => ({
    refresh: words(refresh),
    burst: words(burst),
    renew: words(renew),
  }));
}

function words(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

import { minute, type Instant } from '../../domain/base/time.ts';
import type { Clock } from '../../engine/base/clock.ts';
import type { Log } from '../../engine/base/log.ts';
import type { GitHub } from '../../sources/github/client.ts';

/** After a read that failed, the next one is not tried sooner. */
const afterFailureMs = 10 * minute;

/** Who is signed in to GitHub, by their login. It is read once for each token, and only when it is needed. */
export class GitHubLogin {
  readonly #github: () => Promise<GitHub>;
  readonly #onDidRead: () => void;
  readonly #clock: Clock;
  readonly #log: Log;
  #era = 0;
  #reading = false;
  #login: string | undefined;
  /** From when on to read it again; for ever later once it is read. */
  #dueAt: Instant = -Infinity;

  constructor(github: () => Promise<GitHub>, onDidRead: () => void, clock: Clock, log: Log) {
    this.#github = github;
    this.#onDidRead = onDidRead;
    this.#clock = clock;
    this.#log = log;
  }

  /** Undefined while it is not known, and where nobody is signed in. */
  get current(): string | undefined {
    return this.#login;
  }

  /** Removes it: another token or address is in use. */
  reset(): void {
    this.#era++;
    this.#login = undefined;
    this.#dueAt = -Infinity;
    this.#reading = false;
  }

  /** Reads it if it is not known. Returns after how many milliseconds to call again; undefined where that is not needed. */
  async readWhenDue(): Promise<number | undefined> {
    if (this.#reading) return undefined;
    const waitMs = this.#dueAt - this.#clock.now();
    if (waitMs > 0) return waitMs === Infinity ? undefined : waitMs;
    const era = this.#era;
    this.#reading = true;
    let read: Awaited<ReturnType<GitHub['login']>>;
    try {
      read = await (await this.#github()).login();
    } finally {
      if (era === this.#era) this.#reading = false;
    }
    // Whoever reset it has it read anew.
    if (era !== this.#era) return undefined;
    if (!read.ok) {
      this.#log.debug('ci', `the GitHub account was not read: ${read.failure.kind}`);
      this.#dueAt = this.#clock.now() + afterFailureMs;
      return afterFailureMs;
    }
    this.#login = read.value;
    this.#dueAt = Infinity;
    this.#onDidRead();
    return undefined;
  }
}

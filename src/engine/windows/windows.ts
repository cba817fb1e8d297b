import type { Clock, Disposable } from '../base/clock.ts';
import type { Disk } from '../disk/disk.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import type { ReadRequest, Reader } from '../read/definition.ts';
import { Lease, type LeaseState } from './lease.ts';
import type { Log } from '../base/log.ts';
import { isPresence, Presence, type Looks } from './presence.ts';
import { isRequest, Requests, type Request } from './requests.ts';
import type { Attention } from '../read/schedule.ts';
import type { Pen } from '../read/snapshot.ts';
import { second } from '../base/units.ts';

/** This window reads the services for all, another one does, or each for itself because the disk refuses. */
export type Role = 'leader' | 'follower' | 'alone';

/** How often the leader looks for requests and other windows by itself, as watchers miss changes. */
const lookMs = 3 * second;

/** What this window is among all windows: who reads, what the others look at and ask for. */
export class Windows implements Reader, Disposable {
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #disk: Disk;
  readonly #lease: Lease;
  readonly #presence: Presence;
  readonly #requests: Requests;
  readonly #roles: Emitter<Role>;
  readonly #looks: Emitter<void>;
  #perform: ((request: Request) => Promise<void>) | undefined;
  #watch: Disposable | undefined;
  #timer: Disposable | undefined;

  /** `newId`: letters, digits and dashes, never the same twice. */
  constructor(parts: { readonly disk: Disk; readonly clock: Clock; readonly log: Log; readonly newId: () => string }) {
    const { disk, clock, log, newId } = parts;
    const window = newId();
    this.#disk = disk;
    this.#clock = clock;
    this.#log = log;
    this.#lease = new Lease({ disk, clock, log, holder: window });
    this.#presence = new Presence(disk, clock, log, window);
    this.#requests = new Requests(disk, clock, log, newId);
    this.#roles = new Emitter((error) => log.error('windows', 'a listener failed', error));
    this.#looks = new Emitter((error) => log.error('windows', 'a listener failed', error));
    this.#lease.onDidChange((state) => {
      log.info('windows', sentences[state]);
      this.#roles.fire(this.role);
      if (state === 'held') void this.#serve();
    });
  }

  get role(): Role {
    return roles[this.#lease.state];
  }

  get onDidChangeRole(): Event<Role> {
    return this.#roles.event;
  }

  /** Told when the windows together look at something else than before. */
  get onDidChangeLooks(): Event<void> {
    return this.#looks.event;
  }

  /** The right to write what all windows share. */
  get pen(): Pen {
    return {
      generation: this.#lease.generation,
      confirm: async () => (await this.mayRead()) && this.role === 'leader',
    };
  }

  /** Takes a role and keeps to it. `perform` does what other windows ask, and resolves when they can see it. */
  async start(perform: (request: Request) => Promise<void>): Promise<void> {
    this.#perform = perform;
    this.#watch = this.#disk.watch((name) => {
      this.#requests.changed(name);
      if (this.role !== 'leader') return;
      if (isRequest(name)) void this.#serve();
      else if (isPresence(name)) void this.#readLooks();
    });
    await this.#lease.start();
    this.#look();
  }

  mayRead(): Promise<boolean> {
    return this.#lease.confirm();
  }

  ask(feed: string, request: ReadRequest): Promise<boolean> {
    return this.role === 'follower' ? this.#requests.ask(feed, request) : Promise.resolve(false);
  }

  /** Says what this window looks at. */
  say(looks: Looks): void {
    this.#presence.say(looks);
    this.#looks.fire();
  }

  /** The closest look of any window. When each reads for itself, none reads at the quick pace. */
  attention(feed: string): Attention {
    const attention = this.#presence.attention(feed);
    return this.role === 'alone' && attention === 'active' ? 'idle' : attention;
  }

  /** Whether any window looks at a feed at all. */
  isLookedAt(feed: string): boolean {
    return this.#presence.isLookedAt(feed);
  }

  /** Ends, and lets the next window lead at once. */
  async leave(): Promise<void> {
    this.dispose();
    await Promise.all([this.#lease.release(), this.#presence.leave().catch((cause: unknown) => this.#report(cause))]);
  }

  dispose(): void {
    this.#watch?.dispose();
    this.#timer?.dispose();
    this.#lease.dispose();
    this.#presence.dispose();
    this.#requests.dispose();
  }

  #look(): void {
    if (this.role === 'leader') {
      void this.#serve();
      void this.#readLooks();
    }
    this.#timer = this.#clock.after(lookMs, () => this.#look());
  }

  async #serve(): Promise<void> {
    try {
      await this.#requests.serve(async (request) => {
        if (!(await this.pen.confirm())) return false;
        await this.#perform?.(request);
        return this.pen.confirm();
      });
    } catch (cause) {
      this.#report(cause);
    }
  }

  async #readLooks(): Promise<void> {
    try {
      if (await this.#presence.read()) this.#looks.fire();
    } catch (cause) {
      this.#report(cause);
    }
  }

  /** The lease says it when the disk refuses for long; this is for the details. */
  #report(cause: unknown): void {
    this.#log.debug('windows', 'the shared disk could not be used', cause);
  }
}

const roles: Readonly<Record<LeaseState, Role>> = { held: 'leader', elsewhere: 'follower', unavailable: 'alone' };

const sentences: Readonly<Record<LeaseState, string>> = {
  held: 'this window reads the services for all windows',
  elsewhere: 'another window reads the services',
  unavailable: 'this window reads the services for itself',
};

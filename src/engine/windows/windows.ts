import type { Clock, Disposable } from '../base/clock.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import { Lifetime } from '../base/lifetime.ts';
import type { Log } from '../base/log.ts';
import { second } from '../base/units.ts';
import type { Disk } from '../disk/disk.ts';
import type { Reader, ReadRequest } from '../read/definition.ts';
import type { Attention } from '../read/schedule.ts';
import type { WriteAccess } from '../read/snapshot.ts';
import { Lease, type LeaseState } from './lease.ts';
import { isPresence, Presence, type AttentionByFeed } from './presence.ts';
import { isRequest, Requests, type Request } from './requests.ts';

/** This window reads the services for all, another one does, or each for itself because the disk refuses. */
export type Role = 'leader' | 'follower' | 'alone';

/** How often the leader checks for requests and other windows by itself, as watchers miss changes. */
const checkMs = 3 * second;

export interface WindowsParts {
  /** The folder that the windows share; another one after `move`. */
  readonly disk: Disk;
  readonly clock: Clock;
  readonly log: Log;
  /** Letters, digits and dashes, never the same twice. */
  readonly newId: () => string;
}

/** What this window is among all windows that share a folder: who reads, what the others pay attention to and request. */
export class Windows implements Reader, Disposable {
  readonly #parts: WindowsParts;
  readonly #log: Log;
  readonly #roles: Emitter<Role>;
  readonly #attention: Emitter<void>;
  readonly #lifetime = new Lifetime();
  readonly #timer;
  readonly #shared;
  #disk: Disk;
  #lease: Lease;
  #presence: Presence;
  #requests: Requests;
  #own: AttentionByFeed = {};
  #perform: ((request: Request) => Promise<void>) | undefined;

  constructor(parts: WindowsParts) {
    const { clock, log } = parts;
    this.#parts = parts;
    this.#log = log;
    this.#timer = this.#lifetime.timer(clock);
    this.#roles = new Emitter((error) => log.error('windows', 'a listener failed', error));
    this.#attention = new Emitter((error) => log.error('windows', 'a listener failed', error));
    this.#shared = this.#lifetime.slot<Lifetime>();
    const { disk, lease, presence, requests } = this.#join(parts.disk);
    this.#disk = disk;
    this.#lease = lease;
    this.#presence = presence;
    this.#requests = requests;
  }

  get role(): Role {
    return roles[this.#lease.state];
  }

  get onDidChangeRole(): Event<Role> {
    return this.#roles.event;
  }

  /** Fires when the windows together pay another attention than before. */
  get onDidChangeAttention(): Event<void> {
    return this.#attention.event;
  }

  /** The right to write what all windows share. */
  get access(): WriteAccess {
    return {
      generation: this.#lease.generation,
      confirm: async () => (await this.mayRead()) && this.role === 'leader',
    };
  }

  /** Takes a role and keeps to it. `perform` does what other windows request, and resolves when they can see it. */
  async start(perform: (request: Request) => Promise<void>): Promise<void> {
    this.#perform = perform;
    this.#watchFolder();
    await this.#lease.start();
    this.#check();
  }

  /**
   * Joins the windows that share another folder, and leaves those before. Resolves when it is known who reads there; until
   * then this window does not.
   */
  async move(disk: Disk): Promise<void> {
    if (this.#lifetime.isOver) return;
    const [lease, presence] = [this.#lease, this.#presence];
    ({ disk: this.#disk, lease: this.#lease, presence: this.#presence, requests: this.#requests } = this.#join(disk));
    void this.#leave(lease, presence);
    this.#roles.fire(this.role);
    if (this.#perform === undefined) return;
    this.#presence.say(this.#own);
    this.#watchFolder();
    await this.#lease.start();
  }

  mayRead(): Promise<boolean> {
    return this.#lease.confirm();
  }

  request(feed: string, request: ReadRequest): Promise<boolean> {
    return this.role === 'follower' ? this.#requests.file(feed, request) : Promise.resolve(false);
  }

  /** Says what this window pays attention to. */
  say(attention: AttentionByFeed): void {
    this.#own = attention;
    this.#presence.say(attention);
    this.#attention.fire();
  }

  /** The attention of the most attentive window. When each reads for itself, none reads at the quick pace. */
  attention(feed: string): Attention {
    const attention = this.#presence.attention(feed);
    return this.role === 'alone' && attention === 'active' ? 'idle' : attention;
  }

  /** Whether any window pays attention to a feed at all. */
  isWanted(feed: string): boolean {
    return this.#presence.isWanted(feed);
  }

  /** Ends, and lets the next window lead at once. */
  async leave(): Promise<void> {
    this.dispose();
    await this.#leave(this.#lease, this.#presence);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /** What belongs to one folder. What belonged to the one before ends. */
  #join(disk: Disk): { disk: Disk; lease: Lease; presence: Presence; requests: Requests } {
    const { clock, log, newId } = this.#parts;
    const window = newId();
    const shared = new Lifetime();
    const lease = shared.own(new Lease({ disk, clock, log, holder: window }));
    const presence = shared.own(new Presence(disk, clock, log, window));
    const requests = shared.own(new Requests(disk, clock, log, newId));
    this.#shared.replace(shared);
    lease.onDidChange((state) => {
      if (lease !== this.#lease) return;
      log.info('windows', sentences[state]);
      this.#roles.fire(this.role);
      if (state === 'held') void this.#serve();
    });
    return { disk, lease, presence, requests };
  }

  #watchFolder(): void {
    this.#shared.held?.own(
      this.#disk.watch((name) => {
        this.#requests.changed(name);
        if (this.role !== 'leader') return;
        if (isRequest(name)) void this.#serve();
        else if (isPresence(name)) void this.#readPresence();
      }),
    );
  }

  async #leave(lease: Lease, presence: Presence): Promise<void> {
    await Promise.all([lease.release(), presence.leave().catch((cause: unknown) => this.#report(cause))]);
  }

  #check(): void {
    if (this.role === 'leader') {
      void this.#serve();
      void this.#readPresence();
    }
    this.#timer.set(checkMs, () => this.#check());
  }

  async #serve(): Promise<void> {
    try {
      await this.#requests.serve(async (request) => {
        if (!(await this.access.confirm())) return false;
        await this.#perform?.(request);
        return this.access.confirm();
      });
    } catch (cause) {
      this.#report(cause);
    }
  }

  async #readPresence(): Promise<void> {
    try {
      if (await this.#presence.read()) this.#attention.fire();
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

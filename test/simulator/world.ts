// What all services of the simulator agree on: the clock, the seed, the people, the ids. Public facts only, the rest invented.

export { boundaryNodes, subnets } from './network.mjs';

/** The instant that the believable Wednesday is written for: 2026-08-26 13:50:11 UTC, as in the rollout samples. */
export const writtenFor = Date.UTC(2026, 7, 26, 13, 50, 11);

export interface WorldOptions {
  /** Same seed, same world. */
  readonly seed?: number | undefined;
  /** What `world.now()` says at the start; real time when absent. The whole world is moved so that its Wednesday 13:50:11 is this instant. */
  readonly startAt?: number | undefined;
  /** World seconds per real second; 1 when absent, 0 stands still (moved by `advance` only). */
  readonly speed?: number | undefined;
  /** How many alerts, tickets, proposals and pull requests there are; the believable number when absent. */
  readonly size?: number | undefined;
  /** Another number of some of them. */
  readonly sizes?: Sizes | undefined;
}

export type Sizes = Readonly<Partial<Record<'alerts' | 'tickets' | 'proposals' | 'pullRequests', number>>>;

export interface SimPerson {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly timeZone: string;
}

export class World {
  readonly seed: number;
  readonly startAt: number;
  readonly size: number | undefined;
  readonly #sizes: Sizes;
  #speed: number;
  #base: number;
  #realBase: number;

  constructor(options: WorldOptions = {}) {
    this.seed = options.seed ?? 1;
    this.startAt = options.startAt ?? Date.now();
    this.size = options.size;
    this.#sizes = options.sizes ?? {};
    this.#speed = options.speed ?? 1;
    this.#base = this.startAt;
    this.#realBase = Date.now();
  }

  /** How many there are of something; undefined: the believable number. */
  sizeOf(what: keyof Sizes): number | undefined {
    return this.#sizes[what] ?? this.size;
  }

  /** World time, epoch milliseconds. */
  now(): number {
    return this.#base + (Date.now() - this.#realBase) * this.#speed;
  }

  /** Moves world time forward. */
  advance(ms: number): void {
    this.#base = this.now() + ms;
    this.#realBase = Date.now();
  }

  /** World seconds per real second from now on. */
  setSpeed(speed: number): void {
    this.#base = this.now();
    this.#realBase = Date.now();
    this.#speed = speed;
  }

  get speed(): number {
    return this.#speed;
  }

  /** An instant of the written Wednesday's week (ISO text, UTC), moved into this world. */
  at(iso: string): number {
    return Date.parse(iso) - writtenFor + this.startAt;
  }

  /** A source of randomness for one purpose: the same for the same seed, independent of the others. */
  random(purpose: string): () => number {
    let state = this.seed ^ 0x9e3779b9;
    for (const char of purpose) state = Math.imul(state ^ char.charCodeAt(0), 0x85ebca6b) ^ (state >>> 13);
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }
}

/** The team. The first is the one whose credentials the tests and `npm start` use. */
export const people: readonly [SimPerson, ...SimPerson[]] = [
  {
    accountId: '712020:4475fc4e-ff9e-40ca-8c70-707c079f682e',
    name: 'Dana Oncall',
    email: 'dana@example.com',
    timeZone: 'Europe/Zurich',
  },
  { accountId: '5b10ac8d82e05b22cc7d4ef5', name: 'Eli Second', email: 'eli@example.com', timeZone: 'Europe/Belgrade' },
  {
    accountId: '712020:0c1f2b9e-6d61-4b7c-9a57-2f2f6c1f5a10',
    name: 'Noor Third',
    email: 'noor@example.com',
    timeZone: 'Europe/Zurich',
  },
  {
    accountId: '712020:b7d0a9a2-8a0e-4f0a-9f60-54d5f0f6b9c3',
    name: 'Sasha Fourth',
    email: 'sasha@example.com',
    timeZone: 'America/New_York',
  },
];

export const cloudId = '11223344-a1b2-3b33-c444-def123456789';
/** The DRE team's id as web addresses carry it (dre.md 7); the API's form is without `og-`. */
export const teamId = 'a6d6c0d5-2641-4c54-8a2c-5860ef5e8f53';
export const epicKey = 'DRE-350';
/** The guest rollout of this week and its troubled batch 12 (see the rollout samples). */
export const rcName = 'rc--2026-08-20_03-30';
export const guestRevision = '79c01052b5f7f49d3cf53d04d696cb2893294cd3';
export const troubledSubnet = 'o3ow2-2ipam-6fcjo-3j5vt-fzbge-2g7my-5fz2m-p4o2t-dwlc4-gt2q7-5ae';

/** Tokens that the services know, by what they may do (atlassian.md 5 item 1). */
export const tokens = {
  atlassian: {
    classic: 'sim-atlassian-classic',
    scoped: 'sim-atlassian-scoped',
    expired: 'sim-atlassian-expired',
    noOps: 'sim-atlassian-no-ops',
  },
  github: 'sim-github-token',
  slack: 'xoxb-sim-slack-token',
} as const;

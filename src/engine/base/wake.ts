import { networkInterfaces } from 'node:os';
import type { Clock, Disposable } from './clock.ts';
import { Emitter, type Event } from './emitter.ts';
import { Lifetime } from './lifetime.ts';
import type { Log } from './log.ts';
import { second } from './units.ts';

/** What was noticed: the machine slept (or its clock was set forward), or it is on another network. */
export type Waking = 'slept' | 'network';

const tickMs = 15 * second;
/** A busy machine is late by less. */
const slackMs = 15 * second;

/** Notices, at a regular tick, that the clock jumped forward or that the network changed. Does nothing else. */
export class WakeWatch implements Disposable {
  readonly #clock: Clock;
  readonly #network: () => string;
  readonly #log: Log;
  readonly #lifetime = new Lifetime();
  readonly #wakings: Emitter<Waking>;
  readonly #timer;
  #lastTick: number;
  #lastNetwork: string;

  /** `network`: a text that differs when the network does; cheap, as it is called at each tick. */
  constructor(clock: Clock, network: () => string, log: Log) {
    this.#clock = clock;
    this.#network = network;
    this.#log = log;
    this.#wakings = this.#lifetime.own(new Emitter((error) => log.error('wake', 'a listener failed', error)));
    this.#timer = this.#lifetime.timer(clock);
    this.#lastTick = clock.now();
    this.#lastNetwork = this.#readNetwork('');
    this.#wait();
  }

  get onDidWake(): Event<Waking> {
    return this.#wakings.event;
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #wait(): void {
    this.#timer.set(tickMs, () => {
      this.#tick();
      this.#wait();
    });
  }

  #tick(): void {
    const now = this.#clock.now();
    const late = now - this.#lastTick - tickMs;
    this.#lastTick = now;
    const network = this.#readNetwork(this.#lastNetwork);
    const moved = network !== this.#lastNetwork;
    this.#lastNetwork = network;
    if (late > slackMs) this.#fire('slept', `the clock jumped by ${Math.round(late / second)} s`);
    // After a sleep the network often comes later: that is an event of its own, at a later tick.
    else if (moved) this.#fire('network', 'the network changed');
  }

  #readNetwork(otherwise: string): string {
    try {
      return this.#network();
    } catch (error) {
      // Some systems refuse to list interfaces: then only sleep is noticed.
      this.#log.debug('wake', 'the network cannot be read', error);
      return otherwise;
    }
  }

  #fire(waking: Waking, why: string): void {
    this.#log.info('wake', why);
    this.#wakings.fire(waking);
  }
}

/** The addresses of this machine's interfaces to the outside, as one text. Never logged. */
export function networkFingerprint(): string {
  return Object.entries(networkInterfaces())
    .flatMap(([name, addresses]) =>
      (addresses ?? [])
        // IPv6 privacy addresses change by themselves; only whether there are any counts.
        .filter(({ internal, address }) => !internal && !address.startsWith('fe80:'))
        .map(({ family, address }) => `${name} ${family === 'IPv4' ? address : family}`),
    )
    .filter((line, index, all) => all.indexOf(line) === index)
    .sort()
    .join('\n');
}

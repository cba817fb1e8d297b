import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime, type Timer } from '../../engine/base/lifetime.ts';
import type { Windows } from '../../engine/windows/windows.ts';
import type { DecidedProposalsReader } from '../../feeds/proposals/decided.ts';
import { proposalsKey } from '../../feeds/proposals/proposals.ts';
import type { Host } from '../kit/host.ts';

export interface DecidedProposalsReadingParts extends Pick<Host, 'clock' | 'log'> {
  readonly decidedProposals: () => Promise<DecidedProposalsReader>;
  readonly windows: Windows;
}

/**
 * Reads the proposals that were decided lately, in the window that reads the services, while a person on shift can see
 * the Proposals view of any window.
 */
export class DecidedProposalsReading implements Disposable {
  readonly #parts: DecidedProposalsReadingParts;
  readonly #lifetime = new Lifetime();
  readonly #timer: Timer;

  constructor(parts: DecidedProposalsReadingParts) {
    this.#parts = parts;
    const { clock, windows } = parts;
    this.#timer = this.#lifetime.timer(clock);
    const read = (): void => this.#read();
    for (const event of [windows.onDidChangeRole, windows.onDidChangeAttention]) this.#lifetime.own(event(read));
    read();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #read(): void {
    const { decidedProposals, windows, log } = this.#parts;
    this.#timer.cancel();
    if (windows.role === 'follower' || windows.attention(proposalsKey.name) !== 'active') return;
    decidedProposals()
      .then((reader) => reader.readWhenDue())
      .then((againMs) => this.#timer.set(againMs, () => this.#read()))
      .catch((cause: unknown) => log.error('proposals', 'the decided proposals were not read', cause));
  }
}

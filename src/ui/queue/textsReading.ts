import type { Failure } from '../../domain/base/failure.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime, type Timer } from '../../engine/base/lifetime.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Windows } from '../../engine/windows/windows.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import { isOnShift } from '../../feeds/kit/attention.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import type { TicketTextsReader } from '../../feeds/queue/texts.ts';
import { rotationsKey } from '../../feeds/rotation/keys.ts';
import type { Host } from '../kit/host.ts';

export interface TextsReadingParts extends Pick<Host, 'clock' | 'log'> {
  readonly store: Store<Failure>;
  readonly account: SignedInAccount;
  readonly ticketTexts: () => Promise<TicketTextsReader>;
  readonly windows: Windows;
}

/**
 * Reads the texts of tickets for their lints, in the window that reads the services, while a person on shift can see the
 * Queue view of any window.
 */
export class TextsReading implements Disposable {
  readonly #parts: TextsReadingParts;
  readonly #lifetime = new Lifetime();
  readonly #timer: Timer;

  constructor(parts: TextsReadingParts) {
    this.#parts = parts;
    const { store, clock, windows } = parts;
    this.#timer = this.#lifetime.timer(clock);
    const read = (): void => this.#read();
    this.#lifetime.own(windows.onDidChangeRole(read));
    this.#lifetime.own(windows.onDidChangeAttention(read));
    this.#lifetime.own(
      store.onDidChange(({ feed, status }) => {
        if (feed === queueKey.name && status) read();
      }),
    );
    read();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #read(): void {
    const { store, ticketTexts, log } = this.#parts;
    this.#timer.cancel();
    if (!this.#isWanted()) return;
    ticketTexts()
      .then((reader) => reader.readNext(store.state(queueKey).records.values()))
      .then((againMs) => {
        if (againMs !== undefined) this.#timer.set(againMs, () => this.#read());
      })
      .catch((cause: unknown) => log.error('texts', 'the texts of tickets were not read', cause));
  }

  #isWanted(): boolean {
    const { store, account, clock, windows } = this.#parts;
    if (windows.role === 'follower' || windows.attention(queueKey.name) !== 'active') return false;
    // Not beside a list that is in trouble: it would be asked of a service that does not answer.
    if (store.state(queueKey).status !== 'fresh') return false;
    return isOnShift(store.state(rotationsKey).records.values(), account.current, clock.now()) !== false;
  }
}

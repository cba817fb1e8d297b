import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime, type Timer } from '../../engine/base/lifetime.ts';
import type { Windows } from '../../engine/windows/windows.ts';
import type { TicketListsReader } from '../../feeds/queue/lists.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import type { Host } from '../kit/host.ts';

export interface ListsReadingParts extends Pick<Host, 'clock' | 'log' | 'settings'> {
  readonly ticketLists: () => Promise<TicketListsReader>;
  readonly windows: Windows;
}

/** Reads the further lists of the Queue view, in the window that reads the services, while that view of any window is looked at. */
export class ListsReading implements Disposable {
  readonly #parts: ListsReadingParts;
  readonly #lifetime = new Lifetime();
  readonly #timer: Timer;

  constructor(parts: ListsReadingParts) {
    this.#parts = parts;
    const { clock, windows, settings } = parts;
    this.#timer = this.#lifetime.timer(clock);
    const read = (): void => this.#read();
    for (const event of [windows.onDidChangeRole, windows.onDidChangeAttention, settings.onDidChange]) {
      this.#lifetime.own(event(read));
    }
    read();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #read(): void {
    const { ticketLists, windows, settings, log } = this.#parts;
    const { ticketLists: lists } = settings.current;
    this.#timer.cancel();
    const attention = windows.attention(queueKey.name);
    if (lists.length === 0 || windows.role === 'follower' || attention === 'quiet') return;
    ticketLists()
      .then((reader) => reader.readDue(lists, attention))
      .then((againMs) => {
        if (againMs !== undefined) this.#timer.set(againMs, () => this.#read());
      })
      .catch((cause: unknown) => log.error('queue', 'the further lists of tickets were not read', cause));
  }
}

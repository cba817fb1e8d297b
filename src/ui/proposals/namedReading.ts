import type { Failure } from '../../domain/base/failure.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime, type Timer } from '../../engine/base/lifetime.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Windows } from '../../engine/windows/windows.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import { isOnShift } from '../../feeds/kit/attention.ts';
import type { NamedProposalsReader } from '../../feeds/proposals/named.ts';
import { proposalsKey } from '../../feeds/proposals/proposals.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import { rotationsKey } from '../../feeds/rotation/keys.ts';
import type { Host } from '../kit/host.ts';
import type { LiveLinks } from '../links/liveLinks.ts';

export interface NamedProposalsReadingParts extends Pick<Host, 'clock' | 'log'> {
  readonly store: Store<Failure>;
  readonly account: SignedInAccount;
  readonly links: Pick<LiveLinks, 'current' | 'onDidChange'>;
  readonly namedProposals: () => Promise<NamedProposalsReader>;
  readonly windows: Windows;
}

/**
 * Reads the proposals that tickets name and that are not open, in the window that reads the services, while a person on
 * shift can see the Queue view of any window.
 */
export class NamedProposalsReading implements Disposable {
  readonly #parts: NamedProposalsReadingParts;
  readonly #lifetime = new Lifetime();
  readonly #timer: Timer;

  constructor(parts: NamedProposalsReadingParts) {
    this.#parts = parts;
    const { clock, windows, links } = parts;
    this.#timer = this.#lifetime.timer(clock);
    const read = (): void => this.#read();
    for (const event of [windows.onDidChangeRole, windows.onDidChangeAttention, links.onDidChange]) {
      this.#lifetime.own(event(read));
    }
    read();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #read(): void {
    const { links, namedProposals, log } = this.#parts;
    this.#timer.cancel();
    const ids = links.current?.unknownProposals ?? [];
    if (ids.length === 0 || !this.#isWanted()) return;
    namedProposals()
      .then((reader) => reader.readNext(ids))
      .then((againMs) => {
        if (againMs !== undefined) this.#timer.set(againMs, () => this.#read());
      })
      .catch((cause: unknown) => log.error('proposals', 'the proposals that tickets name were not read', cause));
  }

  #isWanted(): boolean {
    const { store, account, clock, windows } = this.#parts;
    if (windows.role === 'follower' || windows.attention(queueKey.name) !== 'active') return false;
    // What is not in a list that is old or cut may be open nevertheless.
    const { status, completeness } = store.state(proposalsKey);
    if (status !== 'fresh' || completeness.kind !== 'complete') return false;
    return isOnShift(store.state(rotationsKey).records.values(), account.current, clock.now()) !== false;
  }
}

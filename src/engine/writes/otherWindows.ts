import type { Clock, Disposable } from '../base/clock.ts';
import { Lifetime } from '../base/lifetime.ts';
import { samePlainData } from '../base/samePlainData.ts';
import { second } from '../base/units.ts';
import type { Claimed, WriteFiles } from './files.ts';
import type { WriteStatus } from './kind.ts';
import { identityOf, type SavedWrite } from './saved.ts';

/** How often it is checked whether a window has left writes: with the wait that proves it, within a minute. */
const checkMs = 15 * second;
/** How often what is shown of other windows is read again: it ends long before the next check. */
const showMs = 2 * second;

export interface OtherWindowsParts {
  readonly files: WriteFiles;
  readonly clock: Clock;
  /** Takes over a write of a window that was closed. */
  readonly take: (claimed: Claimed) => void;
  /** `underWay` changed. */
  readonly changed: () => void;
}

/** The writes of other windows: shown while they are under way, and taken over when their window was closed. */
export class OtherWindows<F> implements Disposable {
  readonly #parts: OtherWindowsParts;
  readonly #lifetime = new Lifetime();
  readonly #timer;
  readonly #showTimer;
  #underWay: readonly WriteStatus<F>[] = [];
  #checking: Promise<void> | undefined;

  constructor(parts: OtherWindowsParts) {
    this.#parts = parts;
    this.#timer = this.#lifetime.timer(parts.clock);
    this.#showTimer = this.#lifetime.timer(parts.clock);
  }

  /** What other windows send, or were sending when they were closed and this window has not taken over yet. */
  get underWay(): readonly WriteStatus<F>[] {
    return this.#underWay;
  }

  /** Takes over what is there, and from then on what a window leaves, within a minute. Resolves after the first time. */
  start(): Promise<void> {
    if (this.#lifetime.isOver) return Promise.resolve();
    return (this.#checking ??= this.#check().finally(() => {
      this.#checking = undefined;
      this.#timer.set(checkMs, () => void this.start());
    }));
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  async #check(): Promise<void> {
    const { files, take } = this.#parts;
    await this.#show();
    const claimed = await files.claim();
    if (this.#lifetime.isOver) return;
    for (const each of claimed) take(each);
    if (claimed.length > 0) await this.#show();
  }

  /** What waits there for a person is shown once it is taken over. */
  async #show(): Promise<void> {
    const found = await this.#parts.files.ofOthers();
    const before = this.#underWay;
    const underWay = found.filter(({ stage }) => stage === 'queued' || stage === 'sent');
    this.#underWay = underWay.map(({ write, stage }) => statusOf(write, stage === 'sent'));
    if (this.#underWay.length > 0) this.#showTimer.set(showMs, () => void this.#show());
    if (!this.#lifetime.isOver && !samePlainData(before, this.#underWay)) this.#parts.changed();
  }
}

function statusOf<F>(saved: SavedWrite, isSent: boolean): WriteStatus<F> {
  return {
    ...identityOf(saved),
    state: isSent ? { kind: 'sending' } : { kind: 'waiting', until: undefined },
    typed: undefined,
    undoUntil: undefined,
    retryable: false,
  };
}

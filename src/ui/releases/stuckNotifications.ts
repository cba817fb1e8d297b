import * as vscode from 'vscode';
import { whyNone } from '../../domain/alerts/paging.ts';
import { minute, second } from '../../domain/base/time.ts';
import type { Failure } from '../../domain/base/failure.ts';
import { isActive } from '../../domain/releases/rollout.ts';
import { stuckBatches, type StuckBatch } from '../../domain/releases/stuck.ts';
import { stoppedSince } from '../../domain/releases/timeline/troubles.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime, type Gather, type Timer } from '../../engine/base/lifetime.ts';
import { Sequence } from '../../engine/base/sequence.ts';
import type { Disk } from '../../engine/disk/disk.ts';
import { isTexts } from '../../engine/disk/json.ts';
import { SharedValue } from '../../engine/disk/sharedValue.ts';
import type { Store } from '../../engine/read/store.ts';
import { accountKey } from '../../feeds/kit/account.ts';
import { staleAfterMs } from '../../feeds/releases/board.ts';
import { enginesOf, fullReadAt, rolloutsKey, timesKey } from '../../feeds/releases/keys.ts';
import { rotationsKey } from '../../feeds/rotation/keys.ts';
import { stuckNotice } from '../../views/releases/stuckWords.ts';
import type { Documents } from '../kit/documents.ts';
import type { Host } from '../kit/host.ts';
import { showMessage } from '../kit/messages.ts';
import { onCallNow } from '../../feeds/rotation/onCallNow.ts';
import { viewpoint } from '../kit/viewpoint.ts';

export interface StuckNotificationParts extends Pick<Host, 'clock' | 'log' | 'settings'> {
  readonly store: Store<Failure>;
  readonly documents: Pick<Documents, 'open'>;
  /** The folder that the windows with the present settings share. */
  readonly scopeDisk: () => Disk;
}

/** Changes that come within this time are checked together. */
const gatherMs = second;
/** While a rollout goes on a batch may become stuck by the clock alone. */
const againMs = minute;
/** A window without the focus leaves a notification to the one that has it for so long. */
const leaveMs = 5 * second;
/** So many keys of batches that were shown are kept. */
const mostKept = 500;

/**
 * Whether what is known of the rollouts is of now. After the machine slept they are called fresh until that is noticed: by
 * their age they are not.
 */
export function isOfNow({ store, clock }: Pick<StuckNotificationParts, 'store' | 'clock'>): boolean {
  const { status, asOf } = store.state(rolloutsKey);
  return status === 'fresh' && asOf !== undefined && clock.now() - asOf <= staleAfterMs;
}

/** The batches that are stuck by what is known; none while that is not of now. */
export function stuckNow({ store, clock }: Pick<StuckNotificationParts, 'store' | 'clock'>): readonly StuckBatch[] {
  if (!isOfNow({ store, clock })) return [];
  const { records } = store.state(rolloutsKey);
  const [rollouts, engines] = [[...records.values()], enginesOf(store)];
  // A dashboard that has stopped shows the state of then: what came after is not known.
  const at = stoppedSince(rollouts, engines, fullReadAt(store)) ?? clock.now();
  return stuckBatches(rollouts, store.state(timesKey).records, at, engines);
}

/**
 * Shows one notification when a batch of a rollout becomes stuck, to the person on shift, in one window: its key is kept
 * on the shared disk before it is shown, in versions that only one window can write.
 */
export class StuckNotifications implements Disposable {
  readonly #parts: StuckNotificationParts;
  readonly #lifetime = new Lifetime();
  readonly #changes: Gather;
  readonly #again: Timer;
  readonly #checks: Sequence;

  constructor(parts: StuckNotificationParts) {
    this.#parts = parts;
    this.#changes = this.#lifetime.gather(parts.clock, gatherMs, () => this.#startCheck());
    this.#again = this.#lifetime.timer(parts.clock);
    this.#checks = new Sequence((cause) =>
      parts.log.error('notifications', 'whether a batch is stuck could not be checked', cause),
    );
    const feeds = [rolloutsKey.name, timesKey.name, rotationsKey.name, accountKey.name];
    this.#lifetime.own(
      parts.store.onDidChange(({ feed }) => {
        if (feeds.includes(feed)) this.update();
      }),
    );
    this.update();
  }

  /** Something changed: checks soon whether there is something to show. */
  update(): void {
    this.#changes.note();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #startCheck(): void {
    this.#checks.run(() => this.#check());
  }

  async #check(): Promise<void> {
    const { store, log } = this.#parts;
    const isUnderWay = [...store.state(rolloutsKey).records.values()].some(isActive);
    if (isUnderWay) this.#again.set(againMs, () => this.#startCheck());
    if (stuckNow(this.#parts).length === 0 || this.#whyNone() !== undefined) return;
    if (!vscode.window.state.focused) await this.#leave();
    const shown = new SharedValue(this.#parts.scopeDisk(), 'stuckTold', isTexts);
    for (;;) {
      const { value = [], version } = await shown.read();
      const due = stuckNow(this.#parts).filter(({ key }) => !value.includes(key));
      if (due.length === 0 || this.#lifetime.isOver || this.#whyNone() !== undefined) return;
      const keys = [...value, ...due.map(({ key }) => key)].slice(-mostKept);
      if (!(await shown.replace(version, keys))) continue;
      log.info('notifications', `shown: ${due.length} stuck`);
      void this.#show(due);
      return;
    }
  }

  #leave(): Promise<void> {
    return new Promise((resolve) => {
      this.#lifetime.after(this.#parts.clock, leaveMs, resolve);
    });
  }

  /** Why nothing is shown; the same reasons as for alerts. */
  #whyNone(): string | undefined {
    const { store, clock, settings } = this.#parts;
    return whyNone({ ...settings.current.notifications, ...onCallNow(store, clock.now()) });
  }

  async #show(due: readonly StuckBatch[]): Promise<void> {
    const choice = await showMessage('warning', stuckNotice(due, viewpoint(this.#parts.clock)), 'Open');
    if (choice !== undefined) await this.#parts.documents.open('stuck', 'now');
  }
}

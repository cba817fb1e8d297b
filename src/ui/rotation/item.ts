import type { Failure } from '../../domain/base/failure.ts';
import { holdsAll } from '../../domain/rotation/shift.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime, type Timer } from '../../engine/base/lifetime.ts';
import type { Store } from '../../engine/read/store.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import { rotationsKey } from '../../feeds/rotation/keys.ts';
import { tooltipActions } from '../../views/rotation/actions.ts';
import { rotationStatus, type StatusBarModel } from '../../views/rotation/statusBar.ts';
import { contextKey } from '../kit/contextKey.ts';
import { atNextShiftChange } from '../../feeds/rotation/shiftTimer.ts';
import { StatusItem } from '../kit/statusItem.ts';
import { viewpoint } from '../kit/viewpoint.ts';
import type { Host } from '../kit/host.ts';

export interface RotationItemParts extends Pick<Host, 'clock'> {
  readonly store: Store<Failure>;
  readonly account: SignedInAccount;
}

/**
 * The status bar item that says who is on call. It also sets the context key for whether there is no schedule to take:
 * the palette offers *Take the Pager* until then.
 */
export class RotationItem implements Disposable {
  readonly #item: StatusItem;
  readonly #parts: RotationItemParts;
  readonly #lifetime = new Lifetime();
  readonly #shiftTimer: Timer;
  readonly #setHoldsAll = contextKey<boolean>('drDre.rotation.holdsAll');

  constructor(parts: RotationItemParts) {
    this.#parts = parts;
    this.#shiftTimer = this.#lifetime.timer(parts.clock);
    this.#item = this.#lifetime.own(new StatusItem('drDre.rotation', 'Dr. DRE: On Call', 10));
    this.#lifetime.own(
      parts.store.onDidChange((change) => {
        if (change.feed === rotationsKey.name) this.paint();
      }),
    );
    this.#lifetime.own(parts.account.onDidChange(() => this.paint()));
    this.paint();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /** Shows who is on call now. */
  paint(): void {
    const { store, account, clock } = this.#parts;
    const state = store.state(rotationsKey);
    const from = viewpoint(clock);
    const isAllHeld = holdsAll([...state.records.values()], account.current, from.now);
    this.#setHoldsAll(isAllHeld);
    this.#show(rotationStatus(state, account.current, from), isAllHeld);
    atNextShiftChange(this.#shiftTimer, state.records.values(), from.now, () => this.paint());
  }

  #show({ icon, text, tooltip, spoken, command, offers }: StatusBarModel, isAllHeld: boolean): void {
    this.#item.show({
      icon,
      text,
      tooltip,
      actions: tooltipActions(offers, isAllHeld),
      spoken,
      command,
    });
  }
}

import type { Failure } from '../../domain/base/failure.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime, type Gather, type Timer } from '../../engine/base/lifetime.ts';
import type { Store } from '../../engine/read/store.ts';
import { alertsKey } from '../../feeds/alerts/keys.ts';
import { rolloutsKey, timesKey } from '../../feeds/releases/keys.ts';
import { accountKey, type SignedInAccount } from '../../feeds/kit/account.ts';
import { rotationsKey } from '../../feeds/rotation/keys.ts';
import { urgentStatus } from '../../views/alerts/urgentStatus.ts';
import { atNextShiftChange } from '../../feeds/rotation/shiftTimer.ts';
import { StatusItem } from '../kit/statusItem.ts';
import { viewpoint } from '../kit/viewpoint.ts';
import type { Host } from '../kit/host.ts';

export interface UrgentItemParts extends Pick<Host, 'clock'> {
  readonly store: Store<Failure>;
  readonly account: SignedInAccount;
  /** The batches that are stuck now, a sentence each. */
  readonly stuck: () => readonly string[];
}

/** The feeds whose changes it shows. */
const feeds: readonly string[] = [alertsKey.name, rotationsKey.name, rolloutsKey.name, timesKey.name];

/** Changes that come within this time are painted once. */
const gatherMs = 50;

/** The status bar item that is shown only while there are urgent alerts or stuck batches for the person on call. */
export class UrgentItem implements Disposable {
  readonly #item: StatusItem;
  readonly #parts: UrgentItemParts;
  readonly #lifetime = new Lifetime();
  readonly #changes: Gather;
  readonly #shiftTimer: Timer;

  constructor(parts: UrgentItemParts) {
    this.#parts = parts;
    this.#changes = this.#lifetime.gather(parts.clock, gatherMs, () => this.paint());
    this.#shiftTimer = this.#lifetime.timer(parts.clock);
    this.#item = this.#lifetime.own(new StatusItem('drDre.alertsBurning', 'Dr. DRE: Urgent Alerts', 9));
    this.#lifetime.own(
      parts.store.onDidChange(({ feed }) => {
        if (feeds.includes(feed)) this.#changes.note();
      }),
    );
    this.#lifetime.own(parts.account.onDidChange(() => this.#changes.note()));
    this.paint();
  }

  /** Shows or hides it, as things stand now. */
  paint(): void {
    const { store, clock } = this.#parts;
    const rotations = store.state(rotationsKey);
    const from = viewpoint(clock);
    const model = urgentStatus(
      store.state(alertsKey),
      { rotations, account: store.state(accountKey) },
      from,
      this.#parts.stuck(),
    );
    if (model === undefined) this.#item.hide();
    else {
      const { icon, text, tooltip, spoken, isAboutAlerts } = model;
      this.#item.show({
        icon,
        text,
        tooltip,
        spoken,
        command: isAboutAlerts ? 'drDre.alerts.focus' : 'drDre.releases.openStuck',
        background: 'error',
      });
    }
    atNextShiftChange(this.#shiftTimer, rotations.records.values(), from.now, () => this.paint());
  }

  dispose(): void {
    this.#lifetime.dispose();
  }
}

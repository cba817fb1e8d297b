import * as vscode from 'vscode';
import type { Failure } from '../domain/base/failure.ts';
import type { Disposable } from '../engine/base/clock.ts';
import type { Event } from '../engine/base/emitter.ts';
import { Lifetime, type Timer } from '../engine/base/lifetime.ts';
import type { Store } from '../engine/read/store.ts';
import { awaitsAlerts } from '../feeds/alerts/awaited.ts';
import { alertsKey, closedAlertsKey } from '../feeds/alerts/keys.ts';
import type { Feeds } from '../feeds/feeds.ts';
import type { SignedInAccount } from '../feeds/kit/account.ts';
import { attentionOf } from '../feeds/kit/attention.ts';
import { rotationsKey } from '../feeds/rotation/keys.ts';
import { isOnShift } from '../feeds/rotation/onShift.ts';
import { atNextShiftChange } from '../feeds/rotation/shiftTimer.ts';
import { isClosedGroup } from '../views/alerts/closedGroup.ts';
import type { Host } from './kit/host.ts';
import type { Views } from './kit/views.ts';

export interface PollingPaceParts extends Pick<Host, 'clock' | 'settings'> {
  readonly store: Store<Failure>;
  readonly account: SignedInAccount;
  readonly feeds: Feeds;
  readonly views: Views;
  /** Whether the Alerts view lists closed alerts. */
  readonly closedAlerts: {
    readonly closed: { readonly shown: boolean };
    readonly onDidChange: Event<void>;
    readonly showClosed: (shown: boolean, options: { readonly byFolding: boolean }) => void;
  };
}

/**
 * Sets how often each feed is read, by the focus of the window, the views that can be seen, and whether the person is on
 * shift.
 */
export class PollingPace implements Disposable {
  readonly #parts: PollingPaceParts;
  readonly #lifetime = new Lifetime();
  readonly #shiftTimer: Timer;

  constructor(parts: PollingPaceParts) {
    this.#parts = parts;
    this.#shiftTimer = this.#lifetime.timer(parts.clock);
  }

  /** Sets the pace anew with each change. Called after the first rows, as it reads who is on shift. */
  follow(): void {
    const { store, account, settings, views, closedAlerts } = this.#parts;
    const update = (): void => this.update();
    this.#lifetime.own(vscode.window.onDidChangeWindowState(update));
    this.#lifetime.own(views.onDidChangeVisibility(update));
    this.#lifetime.own(account.onDidChange(update));
    this.#lifetime.own(closedAlerts.onDidChange(update));
    this.#lifetime.own(settings.onDidChange(update));
    this.#lifetime.own(
      views.onDidFold('drDre.alerts', (row, isUnfolded) => {
        if (isClosedGroup(row)) closedAlerts.showClosed(isUnfolded, { byFolding: true });
      }),
    );
    this.#lifetime.own(
      store.onDidChange((change) => {
        if (change.feed === rotationsKey.name) update();
      }),
    );
    update();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /** Sets the pace that fits the present. */
  update(): void {
    const { store, account, feeds, clock, closedAlerts, settings, views } = this.#parts;
    const rotations = [...store.state(rotationsKey).records.values()];
    const now = clock.now();
    const onShift = isOnShift(rotations, account.current, now) ?? true;
    const { focused } = vscode.window.state;
    feeds.attend((feed) => {
      if (feed === closedAlertsKey.name && !closedAlerts.closed.shown) return undefined;
      const awaited = feed === alertsKey.name && awaitsAlerts(settings.current.notifications);
      return attentionOf({ focused, visible: views.shows(feed), onShift, awaited });
    });
    atNextShiftChange(this.#shiftTimer, rotations, now, () => this.update());
  }
}

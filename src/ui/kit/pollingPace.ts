import * as vscode from 'vscode';
import type { Failure } from '../../domain/base/failure.ts';
import { nextChange } from '../../domain/rotation/shift.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import type { Event } from '../../engine/base/emitter.ts';
import type { Store } from '../../engine/read/store.ts';
import { alertsKey } from '../../feeds/alerts/alerts.ts';
import { closedAlertsKey } from '../../feeds/alerts/closed.ts';
import type { Feeds } from '../../feeds/feeds.ts';
import type { AccountReader } from '../../feeds/kit/account.ts';
import { attentionOf, awaitsAlerts, isOnShift } from '../../feeds/kit/attention.ts';
import { rotationsKey } from '../../feeds/rotation/rotations.ts';
import { isClosedGroup } from '../../views/alerts/closedGroup.ts';
import type { Host } from './host.ts';
import type { Views } from './views.ts';

export interface PollingPaceParts extends Pick<Host, 'clock' | 'settings'> {
  readonly store: Store<Failure>;
  readonly account: AccountReader;
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
  readonly #subscriptions: readonly Disposable[];
  #timer: Disposable | undefined;

  constructor(parts: PollingPaceParts) {
    this.#parts = parts;
    const { store, account, settings, views, closedAlerts } = parts;
    const update = (): void => this.update();
    this.#subscriptions = [
      vscode.window.onDidChangeWindowState(update),
      views.onDidChangeVisibility(update),
      account.onDidChange(update),
      closedAlerts.onDidChange(update),
      settings.onDidChange(update),
      views.onDidFold('drDre.alerts', (row, isUnfolded) => {
        if (isClosedGroup(row)) closedAlerts.showClosed(isUnfolded, { byFolding: true });
      }),
      store.onDidChange((change) => {
        if (change.feed === rotationsKey.name) update();
      }),
    ];
    update();
  }

  dispose(): void {
    this.#timer?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
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
    // Shifts and hours begin and end by the clock, without anything being read.
    const change = nextChange(rotations, now);
    this.#timer?.dispose();
    this.#timer = change === undefined ? undefined : clock.after(change - now, () => this.update());
  }
}

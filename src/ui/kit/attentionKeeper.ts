import * as vscode from 'vscode';
import { nextChange } from '../../domain/rotation/shift.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { alertsKey } from '../../feeds/alerts/alerts.ts';
import { attentionOf, awaitsAlerts, isOnShift } from '../../feeds/kit/attention.ts';
import { closedAlertsKey } from '../../feeds/alerts/closed.ts';
import { rotationsKey } from '../../feeds/rotation/rotations.ts';
import { isClosedGroup } from '../../views/alerts/closedGroup.ts';
import type { Views } from './views.ts';
import type { World } from './world.ts';

/** Tells the feeds how closely somebody looks: by the focus of the window, the views in sight and the shift. */
export class AttentionKeeper implements Disposable {
  readonly #world: World;
  readonly #views: Views;
  readonly #subscriptions: readonly Disposable[];
  #timer: Disposable | undefined;

  constructor(world: World, views: Views) {
    this.#world = world;
    this.#views = views;
    const look = (): void => this.look();
    this.#subscriptions = [
      vscode.window.onDidChangeWindowState(look),
      views.onDidChangeVisibility(look),
      world.account.onDidChange(look),
      world.look.onDidChange(look),
      world.settings.onDidChange(look),
      views.onDidFold('drDre.alerts', (row, isUnfolded) => {
        if (isClosedGroup(row)) world.look.showClosed(isUnfolded, { byFolding: true });
      }),
      world.store.onDidChange((change) => {
        if (change.feed === rotationsKey.name) look();
      }),
    ];
    look();
  }

  dispose(): void {
    this.#timer?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /** Looks who is on shift and what is in sight, now. */
  look(): void {
    const { store, account, feeds, clock, look, settings } = this.#world;
    const rotations = [...store.state(rotationsKey).records.values()];
    const now = clock.now();
    const onShift = isOnShift(rotations, account.current, now) ?? true;
    const { focused } = vscode.window.state;
    feeds.attend((feed) => {
      if (feed === closedAlertsKey.name && !look.closed.shown) return undefined;
      const awaited = feed === alertsKey.name && awaitsAlerts(settings.current.notifications);
      return attentionOf({ focused, visible: this.#views.shows(feed), onShift, awaited });
    });
    // Shifts and hours begin and end by the clock, without anything being read.
    const change = nextChange(rotations, now);
    this.#timer?.dispose();
    this.#timer = change === undefined ? undefined : clock.after(change - now, () => this.look());
  }
}

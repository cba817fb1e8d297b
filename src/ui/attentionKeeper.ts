import * as vscode from 'vscode';
import type { Disposable } from '../engine/clock.ts';
import { attentionOf, isOnShift } from '../feeds/attention.ts';
import { rotationsKey } from '../feeds/rotations.ts';
import type { Views } from './views.ts';
import type { World } from './world.ts';

/** Tells the feeds how closely somebody looks: by the focus of the window, the views in sight and the shift. */
export class AttentionKeeper implements Disposable {
  readonly #world: World;
  readonly #views: Views;
  readonly #subscriptions: readonly Disposable[];

  constructor(world: World, views: Views) {
    this.#world = world;
    this.#views = views;
    const look = (): void => this.#look();
    this.#subscriptions = [
      vscode.window.onDidChangeWindowState(look),
      views.onDidChangeVisibility(look),
      world.account.onDidChange(look),
      world.store.onDidChange((change) => {
        if (change.feed === rotationsKey.name) look();
      }),
    ];
    look();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #look(): void {
    const { store, account, feeds } = this.#world;
    const onShift = isOnShift(store.state(rotationsKey).records.values(), account.current) ?? true;
    const { focused } = vscode.window.state;
    feeds.attend((feed) => attentionOf({ focused, visible: this.#views.shows(feed), onShift }));
  }
}

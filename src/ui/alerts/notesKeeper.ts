import * as vscode from 'vscode';
import type { Disposable } from '../../engine/base/clock.ts';
import { isOnShift } from '../../feeds/kit/attention.ts';
import { addsNote } from '../../feeds/alerts/notes.ts';
import { alertsKey } from '../../feeds/alerts/alerts.ts';
import { rotationsKey } from '../../feeds/rotation/rotations.ts';
import type { Views } from '../kit/views.ts';
import type { World } from '../kit/world.ts';

/** Has the notes of acknowledged alerts read while somebody on shift looks at the Alerts view, in this window alone. */
export class NotesKeeper implements Disposable {
  readonly #world: World;
  readonly #views: Views;
  readonly #subscriptions: readonly Disposable[];
  #timer: Disposable | undefined;

  constructor(world: World, views: Views) {
    this.#world = world;
    this.#views = views;
    const look = (): void => this.#look();
    this.#subscriptions = [
      vscode.window.onDidChangeWindowState(look),
      views.onDidChangeVisibility(look),
      world.store.onDidChange((change) => {
        if (change.feed === alertsKey.name && change.status) look();
      }),
      world.writes.onDidEnd(({ kind, record, state }) => {
        if (addsNote(kind) && state.kind === 'applied') world.alertNotes.learn(record, true);
      }),
    ];
  }

  dispose(): void {
    this.#timer?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #look(): void {
    const { store, alertNotes, clock, log } = this.#world;
    this.#timer?.dispose();
    this.#timer = undefined;
    if (!this.#isWanted()) return;
    alertNotes
      .readNext(store.state(alertsKey).records.values())
      .then((againMs) => {
        if (againMs === undefined) return;
        this.#timer?.dispose();
        this.#timer = clock.after(againMs, () => this.#look());
      })
      .catch((cause: unknown) => log.error('notes', 'notes were not read', cause));
  }

  #isWanted(): boolean {
    const { store, account, clock } = this.#world;
    if (!vscode.window.state.focused || !this.#views.shows(alertsKey.name)) return false;
    return isOnShift(store.state(rotationsKey).records.values(), account.current, clock.now()) !== false;
  }
}

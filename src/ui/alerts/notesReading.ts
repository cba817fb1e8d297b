import * as vscode from 'vscode';
import type { Failure } from '../../domain/base/failure.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime, type Timer } from '../../engine/base/lifetime.ts';
import type { Store } from '../../engine/read/store.ts';
import { alertsKey } from '../../feeds/alerts/keys.ts';
import type { AlertNotesReader } from '../../feeds/alerts/notes.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import { isOnShift } from '../../feeds/kit/attention.ts';
import { rotationsKey } from '../../feeds/rotation/keys.ts';
import type { Host } from '../kit/host.ts';
import type { Views } from '../kit/views.ts';

export interface NotesReadingParts extends Pick<Host, 'clock' | 'log'> {
  readonly store: Store<Failure>;
  readonly account: SignedInAccount;
  readonly alertNotes: AlertNotesReader;
  readonly views: Views;
}

/** Reads the notes of acknowledged alerts while a person on shift can see the Alerts view of this window. */
export class NotesReading implements Disposable {
  readonly #parts: NotesReadingParts;
  readonly #lifetime = new Lifetime();
  readonly #timer: Timer;

  constructor(parts: NotesReadingParts) {
    this.#parts = parts;
    const { store, clock, views } = parts;
    this.#timer = this.#lifetime.timer(clock);
    const read = (): void => this.#read();
    this.#lifetime.own(vscode.window.onDidChangeWindowState(read));
    this.#lifetime.own(views.onDidChangeVisibility(read));
    this.#lifetime.own(
      store.onDidChange((change) => {
        if (change.feed === alertsKey.name && change.status) read();
      }),
    );
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #read(): void {
    const { store, alertNotes, log } = this.#parts;
    this.#timer.cancel();
    if (!this.#isWanted()) return;
    alertNotes
      .readNext(store.state(alertsKey).records.values())
      .then((againMs) => {
        if (againMs !== undefined) this.#timer.set(againMs, () => this.#read());
      })
      .catch((cause: unknown) => log.error('notes', 'notes were not read', cause));
  }

  #isWanted(): boolean {
    const { store, account, clock, views } = this.#parts;
    if (!vscode.window.state.focused || !views.shows(alertsKey.name)) return false;
    return isOnShift(store.state(rotationsKey).records.values(), account.current, clock.now()) !== false;
  }
}

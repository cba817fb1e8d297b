import * as vscode from 'vscode';
import type { Failure } from '../../domain/base/failure.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Writes } from '../../engine/writes/writes.ts';
import { alertsKey } from '../../feeds/alerts/alerts.ts';
import { addsNote, type AlertNotesReader } from '../../feeds/alerts/notes.ts';
import type { AccountReader } from '../../feeds/kit/account.ts';
import { isOnShift } from '../../feeds/kit/attention.ts';
import { rotationsKey } from '../../feeds/rotation/rotations.ts';
import type { Host } from '../kit/host.ts';
import type { Views } from '../kit/views.ts';

export interface NotesReadingParts extends Pick<Host, 'clock' | 'log'> {
  readonly store: Store<Failure>;
  readonly writes: Writes<Failure>;
  readonly account: AccountReader;
  readonly alertNotes: AlertNotesReader;
  readonly views: Views;
}

/** Reads the notes of acknowledged alerts while a person on shift can see the Alerts view of this window. */
export class NotesReading implements Disposable {
  readonly #parts: NotesReadingParts;
  readonly #subscriptions: readonly Disposable[];
  #timer: Disposable | undefined;

  constructor(parts: NotesReadingParts) {
    this.#parts = parts;
    const { store, writes, alertNotes, views } = parts;
    const read = (): void => this.#read();
    this.#subscriptions = [
      vscode.window.onDidChangeWindowState(read),
      views.onDidChangeVisibility(read),
      store.onDidChange((change) => {
        if (change.feed === alertsKey.name && change.status) read();
      }),
      writes.onDidEnd(({ kind, record, state }) => {
        if (addsNote(kind) && state.kind === 'applied') alertNotes.learn(record, true);
      }),
    ];
  }

  dispose(): void {
    this.#timer?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #read(): void {
    const { store, alertNotes, clock, log } = this.#parts;
    this.#timer?.dispose();
    this.#timer = undefined;
    if (!this.#isWanted()) return;
    alertNotes
      .readNext(store.state(alertsKey).records.values())
      .then((againMs) => {
        if (againMs === undefined) return;
        this.#timer?.dispose();
        this.#timer = clock.after(againMs, () => this.#read());
      })
      .catch((cause: unknown) => log.error('notes', 'notes were not read', cause));
  }

  #isWanted(): boolean {
    const { store, account, clock, views } = this.#parts;
    if (!vscode.window.state.focused || !views.shows(alertsKey.name)) return false;
    return isOnShift(store.state(rotationsKey).records.values(), account.current, clock.now()) !== false;
  }
}

import * as vscode from 'vscode';
import type { Failure } from '../../domain/base/failure.ts';
import type { Store } from '../../engine/read/store.ts';
import { alertsKey } from '../../feeds/alerts/keys.ts';
import type { AlertNotesReader } from '../../feeds/alerts/notes.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import type { Host } from '../kit/host.ts';
import { mayBeOnShift } from '../../feeds/rotation/onShift.ts';
import { afterChangeOf, RepeatedReading } from '../kit/repeatedReading.ts';
import type { Views } from '../kit/views.ts';

export interface NotesReadingParts extends Pick<Host, 'clock' | 'log'> {
  readonly store: Store<Failure>;
  readonly account: SignedInAccount;
  readonly alertNotes: AlertNotesReader;
  readonly views: Views;
}

/** Reads the notes of acknowledged alerts while a person on shift can see the Alerts view of this window. */
export function notesReading(parts: NotesReadingParts): RepeatedReading {
  const { store, alertNotes, views, clock, log } = parts;
  return new RepeatedReading({
    clock,
    log,
    scope: 'notes',
    trouble: 'notes were not read',
    events: [
      vscode.window.onDidChangeWindowState,
      (run) => views.onDidChangeVisibility(run),
      afterChangeOf(store, alertsKey),
    ],
    read: () => (isWanted(parts) ? alertNotes.readNext(store.state(alertsKey).records.values()) : undefined),
  });
}

function isWanted(parts: Pick<NotesReadingParts, 'store' | 'account' | 'views' | 'clock'>): boolean {
  const { views } = parts;
  if (!vscode.window.state.focused || !views.shows(alertsKey.name)) return false;
  return mayBeOnShift(parts);
}

import type { Alert } from '../../domain/alerts/alert.ts';
import type { Failure } from '../../domain/base/failure.ts';
import { minute } from '../../domain/base/time.ts';
import type { WriteKind } from '../../engine/writes/kind.ts';
import { noteWriteNames } from './notes.ts';
import { readNote, type NewNote } from './payloads.ts';
import { alertsKey } from './alerts.ts';
import type { AlertWritesContext } from './writes.ts';
import { appliedOr, shownOr } from '../kit/writeAnswers.ts';

/** The service's clock may be behind ours by as much. */
const clockSkew = minute;

/** A note to an alert. Done when the service answers, and never sent twice: it would stand there twice. */
export function noteWrite(
  { ops, readAgain }: AlertWritesContext,
  name: keyof typeof noteWriteNames,
  independent: boolean,
): WriteKind<Alert, NewNote, Failure> {
  return {
    name: noteWriteNames[name],
    title: 'add note',
    feed: alertsKey,
    service: 'ops',
    independent,
    readPayload: readNote,
    typed: ({ text }) => text,
    subject: (alert) => alert.message,
    // The record of an alert does not hold its notes.
    apply: (record) => record,
    shown: () => true,
    send: async ({ record, payload }) => appliedOr(await (await ops()).addNote(record, payload.text)),
    readBack: async ({ record, payload, at }) =>
      shownOr(await (await ops()).listNotes(record), ({ records }) =>
        records.some((note) => note.createdAt > at - clockSkew && note.text.trim() === payload.text.trim()),
      ),
    readAgain,
  };
}

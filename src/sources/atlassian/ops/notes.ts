import type { AlertLogEntry, AlertNote } from '../../../domain/alerts/alert.ts';
import { grouped } from '../../../domain/base/counted.ts';
import type { Failure } from '../../../domain/base/failure.ts';
import { isAlertId } from '../../../domain/base/ids.ts';
import type { Listed } from '../../../domain/base/listed.ts';
import { ok, type Result } from '../../../domain/base/result.ts';
import type { Report } from '../../records.ts';
import type { Atlassian } from '../connection.ts';
import { toLogEntry, toNote } from './mapping.ts';
import { malformed, readList, refused } from './wire.ts';

/** Notes and the activity log of an alert (atlassian.md 2.5). */
export interface Notes {
  /** The notes, oldest first. */
  listNotes(alertId: string, signal?: AbortSignal): Promise<Result<Listed<AlertNote>, Failure>>;
  /** What happened to the alert, oldest first. */
  listLog(alertId: string, signal?: AbortSignal): Promise<Result<Listed<AlertLogEntry>, Failure>>;
  /**
   * Adds a note. Unlike the result of an action, it exists when the service answers. Not to be sent twice: there would
   * be two.
   */
  addNote(alertId: string, text: string): Promise<Result<AlertNote, Failure>>;
}

/** Ten pages: a document shows no more. The service's order is not known, so that the rest may be at either end. */
const most = 1_000;
/** atlassian.md 2.4. */
const longestNote = 25_000;

export function createNotes(connection: Atlassian): Notes {
  async function list<T>(
    alertId: string,
    what: 'notes' | 'logs',
    toRecord: (raw: unknown, report: Report) => T | undefined,
    instantOf: (record: T) => number,
    signal: AbortSignal | undefined,
  ): Promise<Result<Listed<T>, Failure>> {
    const operation = what === 'notes' ? 'list notes' : 'read activity log';
    if (!isAlertId(alertId)) return refused(operation, 'not the id of an alert');
    const path = `/v1/alerts/${encodeURIComponent(alertId)}/${what}`;
    const map = (raw: unknown): T | undefined => toRecord(raw, connection.report);
    const read = await readList(connection, { operation, path, size: 100, pages: 'after', most, map, signal });
    if (!read.ok) return read;
    const records = read.value.records.toSorted((one, other) => instantOf(one) - instantOf(other));
    return ok({ ...read.value, records });
  }

  return {
    listNotes: (alertId, signal) => list(alertId, 'notes', toNote, (note) => note.createdAt, signal),
    listLog: (alertId, signal) => list(alertId, 'logs', toLogEntry, (entry) => entry.at, signal),
    async addNote(alertId, text) {
      const operation = 'add note';
      if (!isAlertId(alertId)) return refused(operation, 'not the id of an alert');
      if (text.trim() === '') return refused(operation, 'the note is empty');
      if (text.length > longestNote) {
        return refused(operation, `a note has at most ${grouped(longestNote)} characters`);
      }
      const path = `/v1/alerts/${encodeURIComponent(alertId)}/notes`;
      const read = await connection.ops({ operation, method: 'POST', path, body: { note: text } });
      if (!read.ok) return read;
      const note = toNote(read.value, connection.report);
      return note === undefined ? malformed(operation) : ok(note);
    },
  };
}

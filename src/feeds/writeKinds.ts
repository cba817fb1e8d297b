import type { Failure } from '../domain/failure.ts';
import type { Writes } from '../engine/writes/writes.ts';
import { alertWrites, type AlertWrites, type AlertWritesContext } from './alertWrites.ts';

/** All that can be written. */
export interface WriteKinds {
  readonly alerts: AlertWrites;
}

/** Makes all kinds of writes, and known to the engine: it needs them to recover what an earlier window has left. */
export function writeKinds(writes: Writes<Failure>, contexts: { readonly alerts: AlertWritesContext }): WriteKinds {
  const alerts = alertWrites(contexts.alerts);
  writes.register(alerts.acknowledge);
  writes.register(alerts.unacknowledge);
  writes.register(alerts.close);
  writes.register(alerts.snooze);
  writes.register(alerts.assign);
  writes.register(alerts.escalate);
  writes.register(alerts.addTags);
  writes.register(alerts.removeTags);
  writes.register(alerts.setPriority);
  writes.register(alerts.addNote);
  writes.register(alerts.addNoteAfter);
  return { alerts };
}

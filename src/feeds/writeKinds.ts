import type { Failure } from '../domain/base/failure.ts';
import type { Writes } from '../engine/writes/writes.ts';
import { alertWrites, type AlertWrites, type AlertWritesContext } from './alerts/writes.ts';
import { rotationWrites, type RotationWrites, type RotationWritesContext } from './rotation/writes.ts';

/** All that can be written. */
export interface WriteKinds {
  readonly alerts: AlertWrites;
  readonly rotations: RotationWrites;
}

/** Makes all kinds of writes, and known to the engine: it needs them to recover what an earlier window has left. */
export function writeKinds(
  writes: Writes<Failure>,
  contexts: { readonly alerts: AlertWritesContext; readonly rotations: RotationWritesContext },
): WriteKinds {
  const alerts = alertWrites(contexts.alerts);
  const rotations = rotationWrites(contexts.rotations);
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
  writes.register(rotations.createOverride);
  writes.register(rotations.cancelOverride);
  return { alerts, rotations };
}

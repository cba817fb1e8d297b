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
  return { alerts };
}

import type { Alert } from '../../domain/alerts/alert.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { WriteKind } from '../../engine/writes/kind.ts';
import type { AlertAnswers } from './answers.ts';
import { alertWrite, type AlertVerb, type AlertWritesContext } from './verb.ts';
import { alertVerbs, type AlertVerbs } from './verbs.ts';

/** The writes to alerts, by the verbs that send them. */
export type AlertWrites = {
  readonly [K in keyof AlertVerbs]: WriteKind<Alert, AlertAnswers[AlertVerbs[K]['asks']], Failure>;
};

/** Makes the writes to alerts. */
export function alertWrites(context: AlertWritesContext): AlertWrites {
  const writes = Object.entries<AlertVerb>(alertVerbs).map(([key, verb]) => [key, alertWrite(key, verb, context)]);
  // One for each key, made from its verb: the type of the entries cannot say so.
  return Object.fromEntries(writes) as AlertWrites;
}

import type { Handlers } from '../kit/commands.ts';
import { alertOpenCommands, type AlertOpenParts } from './openCommands.ts';
import { alertVerbCommands, type AlertVerbParts } from './verbCommands.ts';
import { alertViewCommands, type AlertViewParts } from './viewCommands.ts';

export type AlertCommandParts = AlertOpenParts & AlertVerbParts & AlertViewParts;

/** The commands for alerts and for the Alerts view. */
export function alertCommands(parts: AlertCommandParts): Handlers {
  return { ...alertOpenCommands(parts), ...alertVerbCommands(parts), ...alertViewCommands(parts) };
}

import type { Handlers } from '../kit/commands.ts';
import type { Documents } from '../kit/documents.ts';

export interface MeterCommandParts {
  readonly documents: Pick<Documents, 'open'>;
}

export function meterCommands({ documents }: MeterCommandParts): Handlers {
  return { 'drDre.meter.show': () => documents.open('meter', 'Requests') };
}

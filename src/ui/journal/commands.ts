import { isoWeek } from '../../domain/base/isoWeek.ts';
import type { Handlers } from '../kit/commands.ts';
import type { Documents } from '../kit/documents.ts';
import type { Host } from '../kit/host.ts';

export interface JournalCommandParts extends Pick<Host, 'clock'> {
  readonly documents: Pick<Documents, 'open'>;
}

export function journalCommands({ documents, clock }: JournalCommandParts): Handlers {
  return { 'drDre.journal.show': () => documents.open('journal', isoWeek(clock.now())) };
}

import type { Clock } from '../../engine/base/clock.ts';
import type { Log } from '../../engine/base/log.ts';
import type { Drafts } from '../../engine/disk/drafts.ts';
import type { Journal } from '../../engine/disk/journal.ts';
import type { LiveSettings } from '../../platform/settings.ts';

/** What is kept on disk of what a person does. */
export interface DraftsAndJournal {
  /** What was typed and not sent yet. */
  readonly drafts: Drafts;
  readonly journal: Journal;
}

/** What parts of every feature use. Each part names those fields of it that it needs, beside its feature's own. */
export interface Host extends DraftsAndJournal {
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: LiveSettings;
}

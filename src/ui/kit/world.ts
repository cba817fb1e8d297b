import type { Failure } from '../../domain/base/failure.ts';
import type { Clock } from '../../engine/base/clock.ts';
import type { Drafts } from '../../engine/disk/drafts.ts';
import type { Log } from '../../engine/base/log.ts';
import type { Meter } from '../../engine/read/meter.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Journal } from '../../engine/disk/journal.ts';
import type { Windows } from '../../engine/windows/windows.ts';
import type { Writes } from '../../engine/writes/writes.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import type { AlertDetailsReader } from '../../feeds/alerts/details.ts';
import type { AlertNotesReader } from '../../feeds/alerts/notes.ts';
import type { Clients } from '../../feeds/clients.ts';
import type { Feeds } from '../../feeds/feeds.ts';
import type { TicketDetailsReader } from '../../feeds/queue/details.ts';
import type { WriteKinds } from '../../feeds/writeKinds.ts';
import type { Credentials } from '../../platform/credentials.ts';
import type { GitHubCredentials } from '../../platform/githubCredentials.ts';
import type { LiveSettings } from '../../platform/settings.ts';
import type { AlertsLook } from '../alerts/look.ts';
import type { RowLimits } from './rowLimits.ts';
import type { LiveLinks } from '../links/liveLinks.ts';

/** The parts that the hands of the extension reach for; `compose.ts` builds them. */
export interface World {
  readonly store: Store<Failure>;
  readonly writes: Writes<Failure>;
  /** All that can be written; loaded when it is first needed. */
  readonly writeKinds: () => Promise<WriteKinds>;
  readonly journal: Journal;
  /** What was typed and not used yet. */
  readonly drafts: Drafts;
  readonly settings: LiveSettings;
  readonly account: SignedInAccount;
  readonly details: TicketDetailsReader;
  readonly alertDetails: AlertDetailsReader;
  readonly alertNotes: AlertNotesReader;
  readonly feeds: Feeds;
  /** Whether this window reads the services, or another one does. */
  readonly windows: Pick<Windows, 'role'>;
  readonly clients: Clients;
  readonly clock: Clock;
  readonly credentials: Credentials;
  readonly githubCredentials: GitHubCredentials;
  readonly meter: Meter;
  readonly log: Log;
  readonly links: LiveLinks;
  /** How the Alerts view is looked at. */
  readonly look: AlertsLook;
  readonly rowLimits: RowLimits;
}

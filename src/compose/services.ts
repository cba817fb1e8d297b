import { join } from 'node:path';
import { isoWeeks } from '../domain/base/isoWeek.ts';
import type { Disposable } from '../engine/base/clock.ts';
import { Drafts } from '../engine/disk/drafts.ts';
import { Journal } from '../engine/disk/journal.ts';
import { TimesRecorder } from '../feeds/releases/recorder.ts';
import { rotationsKey } from '../feeds/rotation/keys.ts';
import type { DraftsAndJournal } from '../ui/kit/host.ts';
import { PollingPace } from '../ui/pollingPace.ts';
import type { HostContext, RegisteredParts } from '../ui/kit/startParts.ts';
import { composeEngine, type EngineParts } from './engine.ts';
import { composeFeeds, type FeedParts } from './feeds.ts';
import type { HostParts } from './host.ts';
import { onChanges } from './onChanges.ts';
import type { RecordParts } from './records.ts';
import type { ComposedViews } from './views.ts';

/** What reads the services, writes to them, and keeps what a person does. */
export interface ServiceParts extends EngineParts, FeedParts, DraftsAndJournal {
  /** How often is read for the views. */
  readonly pace: PollingPace;
  /** Since when rollouts are in their states. */
  readonly times: TimesRecorder;
}

/** Builds it, and lets the reading begin. The first rows do not need it: it is loaded after them. */
export function composeServices(
  parts: HostParts & RecordParts & ComposedViews,
  registered: RegisteredParts,
  context: Pick<HostContext, 'extensionUri'>,
): { readonly services: ServiceParts; readonly disposables: readonly Disposable[] } {
  const { clock, log, settings, secrets, diskOf, store, snapshots, account, scopeDisk, views, viewOptions } = parts;
  const { documents } = registered;
  const journal = new Journal({ disk: diskOf('journal'), log, secrets, weeks: isoWeeks });
  const drafts = new Drafts({ disk: diskOf('drafts'), clock, log, secrets });
  const { engine, disposables: ofEngine } = composeEngine(parts, parts);
  const { reading, disposables: ofFeeds } = composeFeeds(parts, parts, engine, {
    governanceWorker: join(context.extensionUri.fsPath, 'dist', 'governanceWorker.js'),
    onDidReadDetails: (kind) => {
      documents.refresh(kind);
      if (kind === 'ticket') documents.refresh('guidelines');
    },
    onDidReadNotes: () => views.repaint('drDre.alerts'),
    onDidReadLogin: () => views.repaint('drDre.ci'),
  });
  const { feeds } = reading;
  const times = new TimesRecorder({ store, clock, log, disk: scopeDisk, windows: engine.windows });
  const pace = new PollingPace({ clock, settings, store, account, feeds, views, closedAlerts: viewOptions });
  const services = { ...engine, ...reading, journal, drafts, pace, times };
  const ofChanges = onChanges(parts, services, registered);
  if (parts.scopeFolder() !== parts.firstFolder) {
    snapshots.move(parts.scopeFolder());
    void feeds.takeSettings(new Set(feeds.plans().map(({ name }) => name)), parts.scopeFolder());
  }
  pace.update();
  feeds
    .start(snapshots, engine.windows, [(feed) => feed === rotationsKey.name || views.paints(feed)])
    .catch((cause: unknown) => log.error('start', 'the feeds did not start', cause));
  return { services, disposables: [drafts, pace, times, ...ofEngine, ...ofFeeds, ...ofChanges] };
}

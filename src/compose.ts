import { join } from 'node:path';
import { systemClock, type Clock } from './engine/base/clock.ts';
import { composeEngine } from './compose/engine.ts';
import { composeFeeds } from './compose/feeds.ts';
import { composeHost } from './compose/host.ts';
import { onChanges } from './compose/onChanges.ts';
import { composeViews, type ViewParts } from './compose/views.ts';
import { rotationsKey } from './feeds/rotation/keys.ts';
import { afterFirstRowsMs, type HostContext, type Parts, type Shell } from './ui/kit/shell.ts';

/**
 * Builds host, engine, feeds and views, and, once the first rows are there, the rest of the user interface. Waits for
 * nothing else and asks no service.
 */
export async function compose(context: HostContext, shell: Shell, clock: Clock = systemClock): Promise<Parts> {
  const { documents } = shell;
  const { host, disposables: ofHost } = composeHost(context, clock);
  const { engine, disposables: ofEngine } = composeEngine(host);
  const { reading, disposables: ofFeeds } = composeFeeds(host, engine, {
    governanceWorker: join(context.extensionUri.fsPath, 'dist', 'governanceWorker.js'),
    onDidReadDetails: (kind) => {
      documents.refresh(kind);
      if (kind === 'ticket') documents.refresh('guidelines');
    },
    onDidReadNotes: () => shown.views.repaint('drDre.alerts'),
  });
  const base = { ...host, ...engine, ...reading };
  const { shown, disposables: ofViews } = composeViews(base, shell, context);
  const ofChanges = onChanges({ ...base, ...shown }, shell);
  context.subscriptions.push(...ofHost, ...ofEngine, ...ofFeeds, ...ofViews, ...ofChanges);
  // Before the rest is loaded: the first rows need nothing else.
  void reading.feeds
    .start(engine.snapshots, engine.windows, [
      { isPart: (feed) => shown.views.paints(feed), done: () => showOtherViews(shown, clock) },
      { isPart: (feed) => feed === rotationsKey.name || shown.views.paints(feed) },
    ])
    .catch((cause: unknown) => host.log.error('start', 'the feeds did not start', cause));
  await Promise.race([shown.views.firstRows, pause(clock, afterFirstRowsMs)]);
  // The other views are painted before the rest is loaded.
  await pause(clock, 0);
  shown.views.showAll();
  shown.pace.follow();
  host.settings.reportFilters();
  const { composeUi, openAddress } = await import('./compose/ui.ts');
  const { ui, disposables: ofUi } = composeUi({ ...base, ...shown }, shell, context);
  context.subscriptions.push(...ofUi);
  ui.writeFollowUp.start();
  void engine.removeUnusedScopes();
  return {
    commands: ui.commands,
    timeline: ui.timeline,
    documentSources: async () => (await import('./ui/documentSources.ts')).documentSources({ ...base, ...shown }),
    drafts: ui.ticketDrafts,
    openAddress: (uri) => openAddress(uri, { store: engine.store, documents, timeline: ui.timeline, log: host.log }),
    leave: async () => {
      await host.drafts.flush();
      await ui.writeFollowUp.flush();
      await host.journal.flush();
      await engine.allowance.keep();
      await engine.snapshots.flush();
      await engine.windows.leave();
    },
  };
}

/** More than it takes to paint what was brought back from disk. */
const firstPaintMs = 20;

/** Once alerts are painted, or there are none to paint, all other views are. After that the services are read. */
async function showOtherViews({ views, pace }: ViewParts, clock: Clock): Promise<void> {
  await Promise.race([views.firstRows, pause(clock, firstPaintMs)]);
  views.showAll();
  pace.update();
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}

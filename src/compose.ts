import { join } from 'node:path';
import { systemClock } from './engine/base/clock.ts';
import { composeEngine } from './compose/engine.ts';
import { composeFeeds } from './compose/feeds.ts';
import { composeHost } from './compose/host.ts';
import { onChanges } from './compose/onChanges.ts';
import { composeUi, composeViews } from './compose/ui.ts';
import { rotationsKey } from './feeds/rotation/rotations.ts';
import type { HostContext, Parts, Shell } from './ui/kit/shell.ts';
import { openAddress } from './ui/links/uriHandler.ts';

/** Builds host, engine, feeds and user interface, in this order. Waits for nothing and asks no service. */
export function compose(context: HostContext, shell: Shell, clock = systemClock): Parts {
  const { documents } = shell;
  const { host, disposables: ofHost } = composeHost(context, clock);
  const { engine, disposables: ofEngine } = composeEngine(host, () => reading.account.current?.name);
  const { reading, disposables: ofFeeds } = composeFeeds(host, engine, {
    governanceWorker: join(context.extensionUri.fsPath, 'dist', 'governanceWorker.js'),
    onDidReadDetails: (kind) => documents.refresh(kind),
    onDidReadNotes: () => firstUi.views.repaint('drDre.alerts'),
  });
  const base = { ...host, ...engine, ...reading };
  const firstUi = composeViews(base, shell, context);
  // Before the rest is built: the disk is read meanwhile, and the first rows need nothing else.
  void reading.feeds
    .start(engine.snapshots, engine.windows, (feed) => feed === rotationsKey.name || firstUi.views.paints(feed))
    .catch((cause: unknown) => host.log.error('start', 'the feeds did not start', cause));
  const { ui, disposables: ofUi } = composeUi({ ...base, ...firstUi }, shell, context);
  const ofChanges = onChanges({ ...base, ...ui }, shell);
  context.subscriptions.push(...ofHost, ...ofEngine, ...ofFeeds, ...ofUi, ...ofChanges);
  ui.writeFollowUp.start();
  return {
    commands: ui.commands,
    timeline: ui.timeline,
    documentSources: async () => (await import('./ui/documentSources.ts')).documentSources({ ...base, ...firstUi }),
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

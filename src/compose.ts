import { systemClock, type Clock } from './engine/base/clock.ts';
import { composeHost } from './compose/host.ts';
import { composeRecords } from './compose/records.ts';
import type { ServiceParts } from './compose/services.ts';
import { composeViews } from './compose/views.ts';
import type { Log } from './engine/base/log.ts';
import { alertsKey } from './feeds/alerts/keys.ts';
import { bringBackFirst } from './feeds/firstRecords.ts';
import type { CompiledCode } from './platform/compiledCode.ts';
import {
  afterFirstRowsMs,
  keepCodeAfterMs,
  type HostContext,
  type LoadedParts,
  type StartParts,
} from './ui/kit/startParts.ts';

/**
 * Builds host, records and views; once what was known of the alerts is painted, what reads and writes; and once there are
 * rows, the rest of the user interface. Waits for nothing else and sends no request.
 */
export async function compose(
  context: HostContext,
  registered: StartParts,
  clock: Clock = systemClock,
): Promise<LoadedParts> {
  const { documents } = registered;
  const { host, disposables: ofHost } = composeHost(context, clock);
  const { records, disposables: ofRecords } = composeRecords(host);
  const base = { ...host, ...records };
  const later: { services?: ServiceParts } = {};
  let load: (services: ServiceParts) => void = () => undefined;
  const loaded = new Promise<ServiceParts>((resolve) => {
    load = resolve;
  });
  const { shown, disposables: ofViews } = composeViews(
    {
      ...base,
      writes: { list: (feed) => later.services?.writes.list(feed) ?? [] },
      alertNotes: { hasNote: (alertId) => later.services?.alertNotes.hasNote(alertId) },
      ticketTexts: async () => (await loaded).ticketTexts(),
      gitHubLogin: () => later.services?.gitHubLogin.current,
    },
    registered,
    context,
  );
  context.subscriptions.push(...ofHost, ...ofRecords, ...ofViews);
  await bringBackFirst(records.snapshots, records.store, () => clock.now());
  const hasSnapshot = records.store.state(alertsKey).asOf !== undefined;
  await shown.views.paintNow();
  // VS Code takes over what was painted before the rest is loaded.
  await pause(clock, 0);
  // What is done after the first rows is not kept together with what they need: they would wait for it.
  if (shown.views.hasShownRows) await keepCompiled(registered.code, host.log, 'start');
  const { composeServices } = await import('./compose/services.ts');
  const { services, disposables: ofServices } = composeServices({ ...base, ...shown }, registered, context);
  context.subscriptions.push(...ofServices);
  later.services = services;
  load(services);
  shown.views.showAll();
  await Promise.race([shown.views.firstRows, pause(clock, afterFirstRowsMs)]);
  // The other views are painted before the user interface is loaded.
  await pause(clock, 0);
  services.pace.follow();
  host.settings.reportFilters();
  const { composeUi, openAddress } = await import('./compose/ui.ts');
  const { ui, disposables: ofUi } = composeUi({ ...base, ...shown, ...services }, registered, context);
  context.subscriptions.push(...ofUi);
  // A start without a snapshot does not compile all that the next one needs.
  if (hasSnapshot) {
    context.subscriptions.push(clock.after(keepCodeAfterMs, () => void keepCompiled(registered.code, host.log)));
  }
  ui.writeFollowUp.start();
  void records.removeUnusedScopes();
  return {
    commands: ui.commands,
    timeline: ui.timeline,
    operationsPage: ui.operationsPage,
    documentSources: async () =>
      (await import('./ui/documentSources.ts')).documentSources({
        ...base,
        ...shown,
        ...services,
        runTerminals: ui.runTerminals,
      }),
    drafts: ui.ticketDrafts,
    openAddress: (uri) => {
      const { timeline, operationsPage, commands } = ui;
      return openAddress(uri, { store: records.store, documents, timeline, operationsPage, commands, log: host.log });
    },
    leave: async () => {
      await services.drafts.flush();
      await ui.writeFollowUp.flush();
      await services.journal.flush();
      await services.allowance.keep();
      await records.snapshots.flush();
      await services.windows.leave();
    },
  };
}

/** Keeps what V8 has compiled until now, of all files or the one of a name. Never rejects, and does not wait for the disk. */
async function keepCompiled(code: CompiledCode, log: Log, only?: string): Promise<void> {
  try {
    const { keepCode } = await import('./platform/keptCode.ts');
    const write = await keepCode(code, log, only);
    void write();
  } catch (cause) {
    log.warn('start', 'what was compiled could not be kept for the next start', cause);
  }
}

function pause(clock: Clock, ms: number): Promise<void> {
  return new Promise((resolve) => {
    clock.after(ms, resolve);
  });
}

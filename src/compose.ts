import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { systemClock } from './engine/base/clock.ts';
import { Journal } from './engine/disk/journal.ts';
import { lazily } from './engine/base/lazy.ts';
import { redacting } from './engine/base/log.ts';
import { Allowance } from './engine/read/allowance.ts';
import type { Disk } from './engine/disk/disk.ts';
import { Drafts } from './engine/disk/drafts.ts';
import { logHourly, Meter } from './engine/read/meter.ts';
import { atOnce, nodeDisk } from './engine/disk/nodeDisk.ts';
import { Snapshots } from './engine/read/snapshot.ts';
import { Store } from './engine/read/store.ts';
import { networkFingerprint, WakeWatch } from './engine/base/wake.ts';
import { Windows } from './engine/windows/windows.ts';
import { Writes } from './engine/writes/writes.ts';
import type { Failure } from './domain/base/failure.ts';
import { AccountReader } from './feeds/kit/account.ts';
import { AlertDetailsReader } from './feeds/alerts/details.ts';
import { AlertNotesReader, learnNotes } from './feeds/alerts/notes.ts';
import { Clients } from './feeds/clients.ts';
import { failureCodec, failureRules } from './feeds/failureRules.ts';
import { Feeds, offShiftPerHour, serviceOfFeed } from './feeds/feeds.ts';
import { rotationsKey } from './feeds/rotation/rotations.ts';
import { worldOf } from './feeds/kit/settingsWorld.ts';
import { TicketDetailsReader } from './feeds/queue/details.ts';
import { Credentials } from './platform/credentials.ts';
import { GitHubCredentials } from './platform/githubCredentials.ts';
import { ChannelLog } from './platform/log.ts';
import { LiveSettings } from './platform/settings.ts';
import { vscodeTerminals } from './platform/terminals.ts';
import { quotaOf } from './sources/rateLimit.ts';
import { Alarms } from './ui/alerts/alarms.ts';
import { AlertsLook } from './ui/alerts/look.ts';
import { AttentionKeeper } from './ui/kit/attentionKeeper.ts';
import { Commands } from './ui/kit/commands.ts';
import { addCommands } from './ui/commandTable.ts';
import { LiveLinks } from './ui/links/liveLinks.ts';
import { NotesKeeper } from './ui/alerts/notesKeeper.ts';
import { RotationItem } from './ui/rotation/item.ts';
import { registerTerminalLinks } from './ui/links/terminalLinks.ts';
import { RowLimits } from './ui/kit/rowLimits.ts';
import type { HostContext, Parts, Shell } from './ui/kit/shell.ts';
import { Timeline } from './ui/releases/timeline.ts';
import { openAddress } from './ui/links/uriHandler.ts';
import { viewDefinitions } from './ui/viewTable.ts';
import { Views } from './ui/kit/views.ts';
import { WriteKeeper } from './ui/writes/keeper.ts';

/** Builds the parts and hands them to each other. Waits for nothing and asks no service. */
export function compose(context: HostContext, shell: Shell, clock = systemClock): Parts {
  const { documents } = shell;
  const channel = new ChannelLog();
  const credentials = new Credentials(context.secrets, process.env);
  const secrets = (): readonly string[] => [...credentials.secrets(), ...githubCredentials.secrets()];
  const log = redacting(channel, secrets);
  const githubCredentials = new GitHubCredentials(context.secrets, process.env, log);
  const settings = new LiveSettings(log);

  const store = new Store<Failure>((error) => log.error('store', 'a listener failed', error));
  const pathOf = (name: string): string => join(context.globalStorageUri.fsPath, name);
  const folder = (name: string): Disk => nodeDisk(pathOf(name));
  const sharedFolder = pathOf('shared');
  const disk = nodeDisk(sharedFolder);
  const snapshots = new Snapshots<Failure>({
    ...{ store, disk, clock, log, failures: failureCodec, first: atOnce(sharedFolder, disk) },
    world: () => worldOf(settings.current),
  });
  const windows = new Windows({ disk, clock, log, newId: () => `${process.pid}-${randomUUID()}` });
  const journal = new Journal({ disk: folder('journal'), log, secrets });
  const drafts = new Drafts({ disk: folder('drafts'), clock, log, secrets });
  const writes = new Writes<Failure>({
    ...{ store, clock, log, disk: folder('writes'), newId: randomUUID },
    who: () => account.current?.name,
  });

  const meter = new Meter(clock, (error) => log.error('meter', 'a listener failed', error));
  const allowance = new Allowance({
    ...{ clock, perHour: offShiftPerHour, serviceOf: serviceOfFeed },
    memory: { disk, log, keeps: () => windows.role === 'leader' },
  });
  const clients = new Clients({
    addresses: () => settings.current,
    credentials: () => credentials.atlassian(),
    githubToken: (apiUrl) => githubCredentials.token(apiUrl),
    fetch: (...request) => fetch(...request),
    now: () => clock.now(),
    onExchange: ({ service, operation, status, durationMs, headers }) => {
      log.debug('requests', `${service}: ${operation}, ${status} in ${Math.round(durationMs)} ms`);
      allowance.note(service);
      meter.record({ service, status, quota: headers === undefined ? undefined : quotaOf(headers) });
    },
    log: (line) => log.warn('clients', line),
    governanceWorker: join(context.extensionUri.fsPath, 'dist', 'governanceWorker.js'),
  });
  const rules = failureRules(serviceOfFeed);
  const reading = { store, clock, log, random: Math.random, rules, reader: windows, sparing: allowance };
  const feeds = new Feeds(clients, () => settings.current, reading);
  const account = new AccountReader(clients, store, () => windows.role, clock, log);
  const details = new TicketDetailsReader(clients.jira, () => documents.refresh('ticket'));
  const alertDetails = new AlertDetailsReader(
    clients.ops,
    () => clock.now(),
    (id) => {
      documents.refresh('alert');
      learnNotes(alertNotes, id, alertDetails.state(id));
    },
  );
  const alertNotes = new AlertNotesReader(clients.ops, () => views.repaint('drDre.alerts'), clock, log);
  const writeKinds = lazily(async () =>
    (await import('./feeds/writeKinds.ts')).writeKinds(writes, {
      alerts: {
        ops: clients.ops,
        account: () => account.current,
        rotations: () => store.state(rotationsKey).records.values(),
        readAgain: () => feeds.alerts.burst(),
      },
      rotations: { ops: clients.ops, readAgain: () => feeds.rotations.burst() },
    }),
  );

  const links = new LiveLinks({ store, settings, clock, log });
  const shared = { clock, log, meter, journal, drafts, settings, credentials, githubCredentials };
  const look = new AlertsLook(context.workspaceState);
  const rowLimits = new RowLimits();
  const readers = { account, details, alertDetails, alertNotes };
  const world = { ...shared, ...readers, look, rowLimits, links, store, writes, writeKinds, feeds, windows, clients };
  const views = new Views(shell, viewDefinitions(world), store.onDidChange, clock, log);
  // Before the rest is built: the disk is read meanwhile, and the first rows need nothing else.
  void feeds
    .start(snapshots, windows, (feed) => feed === rotationsKey.name || views.paints(feed))
    .catch((cause: unknown) => log.error('start', 'the feeds did not start', cause));
  const item = new RotationItem(world);
  const attention = new AttentionKeeper(world, views);
  const notes = new NotesKeeper(world, views);
  const wake = new WakeWatch(clock, networkFingerprint, log);
  const timeline = new Timeline(context.extensionUri, world);
  const terminals = vscodeTerminals('terminal');
  const keeper = new WriteKeeper(world, views, documents);
  const commands = new Commands(log);
  const alarms = new Alarms({ ...world, commands, documents, disk });
  addCommands({
    ...world,
    commands,
    views,
    documents,
    timeline,
    terminals,
    extension: context,
    showLog: () => channel.show(),
  });

  const anew = (): void => {
    clients.reset();
    account.reset();
    for (const reader of [details, alertDetails, alertNotes]) reader.reset();
    feeds.reset();
  };
  context.subscriptions.push(
    ...[channel, settings, store, snapshots, writes, feeds, account, views, item, attention, timeline],
    ...[terminals, keeper, alarms, notes, links, wake, windows, clients, allowance],
    registerTerminalLinks(links, { store, documents, timeline }),
    links.onDidChange(() => {
      views.repaintAll('linked');
      for (const kind of ['alert', 'ticket', 'proposal']) documents.refresh(kind);
    }),
    settings.onDidChange(() => {
      anew();
      for (const view of shell.trees.keys()) views.repaint(view);
    }),
    credentials.onDidChange(anew),
    // Before the feeds begin to read: they listen later.
    windows.onDidChangeRole(() => {
      void allowance.recall();
      documents.refresh('meter');
    }),
    wake.onDidWake(() => {
      attention.look();
      item.paint();
      alarms.look();
      feeds.wake();
    }),
    ...[look, rowLimits, look.onDidChange(() => views.repaint('drDre.alerts'))],
    rowLimits.onDidChange(() => views.repaintAll('limited')),
    githubCredentials.onDidChange(() => feeds.resetGitHub()),
    ...[githubCredentials, meter, logHourly(meter, clock, log), meter.onDidChange(() => documents.refresh('meter'))],
    feeds.onDidAskToRenew(anew),
    account.onDidChange(() => views.repaint('drDre.week')),
    store.onDidChange(({ feed }) => void documents.refreshFor(feed)),
    writes.onDidEnd(({ kind, record, state }) => drafts.ended(kind, record, state.kind === 'applied')),
    drafts,
  );
  keeper.start();
  return {
    commands,
    timeline,
    documentSources: async () => (await import('./ui/documentSources.ts')).documentSources(world),
    openAddress: (uri) => openAddress(uri, { store, documents, timeline, log }),
    leave: async () => {
      await drafts.flush();
      await keeper.flush();
      await journal.flush();
      await allowance.keep();
      await snapshots.flush();
      await windows.leave();
    },
  };
}

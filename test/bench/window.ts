import type { Alert } from '../../src/domain/alerts/alert.ts';
import type { Failure } from '../../src/domain/base/failure.ts';
import type { Proposal } from '../../src/domain/proposals/proposal.ts';
import type { Ticket } from '../../src/domain/queue/ticket.ts';
import { systemClock, type Clock } from '../../src/engine/base/clock.ts';
import type { Event } from '../../src/engine/base/emitter.ts';
import type { FeedContext } from '../../src/engine/read/definition.ts';
import { Feed } from '../../src/engine/read/feed.ts';
import { Store, type FeedKey } from '../../src/engine/read/store.ts';
import type { WriteStatus } from '../../src/engine/writes/kind.ts';
import { alertsKey } from '../../src/feeds/alerts/keys.ts';
import { failureRules } from '../../src/feeds/failureRules.ts';
import { serviceOfFeed } from '../../src/feeds/feeds.ts';
import { proposalsKey } from '../../src/feeds/proposals/proposals.ts';
import { queueKey } from '../../src/feeds/queue/queue.ts';
import { rolloutsKey } from '../../src/feeds/releases/keys.ts';
import { LiveLinks } from '../../src/ui/links/liveLinks.ts';
import type { ViewParts } from '../../src/ui/viewTable.ts';
import type { Host } from '../../src/ui/kit/host.ts';
import { memoryLog, rethrow } from '../support/engine/engine.ts';
import { proposal, weekRollout } from '../support/feeds/linkRecords.ts';
import { painted, standIn } from './vscodeStub.ts';
import { benchNow } from './worlds.ts';

const settings = {
  atlassianSite: new URL('https://dfinity.atlassian.net'),
  airflowUrl: new URL('https://airflow.ch1-rel1.dfinity.network'),
  epic: 'DRE-350',
  lints: {},
  quietAfterHours: 24,
  repository: 'dfinity/dre',
  alertFilters: [],
  ticketFilters: [],
  ticketQueries: [],
  ticketLists: [],
  proposalFilters: [],
  proposalTopics: ['ic-os-version-deployment', 'subnet-management', 'node-admin'],
  proposers: ['80', '39', '40'],
  alertPrefixes: ['[prod]', 'IC_'],
  forgottenAfterHours: 4,
};

/** What a window does with an update: the real feeds, store, links and tree views, without VS Code and services. */
export interface BenchWindow {
  readonly links: LiveLinks;
  /** Moves the clock on, as between two reads. */
  advance(ms: number): void;
  /** The feed reads these records. Resolves when the rows that they change have been drawn, with how long that took. */
  readAlerts(records: readonly Alert[]): Promise<number>;
  readTickets(records: readonly Ticket[]): Promise<number>;
  readProposals(records: readonly Proposal[]): Promise<number>;
  /** Resolves when the links of the last update have been built and drawn. */
  settled(): Promise<void>;
  dispose(): void;
}

export async function openBenchWindow(pending: readonly string[]): Promise<BenchWindow> {
  standIn();
  const [{ AlertsViewOptions }, { RowLimits }, { RegisteredTree }, { RowTree }, { Views }, { viewDefinitions }] =
    await Promise.all([
      import('../../src/ui/alerts/viewOptions.ts'),
      import('../../src/ui/kit/rowLimits.ts'),
      import('../../src/ui/kit/registeredTree.ts'),
      import('../../src/ui/kit/rowTree.ts'),
      import('../../src/ui/kit/views.ts'),
      import('../../src/ui/viewTable.ts'),
    ]);
  let ahead = 0;
  const began = performance.now();
  const clock: Clock = {
    now: () => benchNow + ahead + performance.now() - began,
    after: (ms, run) => systemClock.after(ms, run),
  };
  const log = memoryLog();
  const writes = pending.map(acknowledging);
  const store = new Store<Failure>(rethrow);
  const context = { store, clock, log, random: Math.random, rules: failureRules(serviceOfFeed) };
  // Only what the views and the links read.
  const nothing = { get: () => undefined, update: () => Promise.resolve() };
  const live = { current: settings, unfit: [] } as unknown as Host['settings'];
  const links = new LiveLinks({ store, settings: live, clock, log });
  const parts = {
    store,
    links,
    settings: live,
    rowLimits: new RowLimits(),
    queueOptions: { grouping: 'status', filter: undefined },
    proposalsOptions: { grouping: 'deadline', filter: undefined },
    viewOptions: new AlertsViewOptions({ globalState: nothing, workspaceState: nothing }),
    account: { current: undefined },
    alertNotes: { hasNote: () => undefined },
    ticketTexts: () => Promise.resolve({ textsOf: () => undefined }),
    writes: { list: () => writes },
  } as unknown as ViewParts;
  const definitions = viewDefinitions(parts).filter(({ id }) =>
    ['drDre.alerts', 'drDre.queue', 'drDre.proposals'].includes(id),
  );
  const trees = new Map(definitions.map(({ id }) => [id, new RowTree(new RegisteredTree(id))]));
  const views = new Views({ trees, activatedAt: clock.now() }, definitions, store.onDidChange, clock, log);
  views.showAll();
  store.update(rolloutsKey, { status: 'fresh', asOf: benchNow, records: [weekRollout()] });
  store.update(proposalsKey, { status: 'fresh', asOf: benchNow, records: [proposal(138_000n)] });
  const repainting = links.onDidChange(() => {
    for (const { id } of definitions) views.repaint(id);
  });
  const alerts = fedBy(alertsKey, context);
  const queue = fedBy(queueKey, context);
  const proposals = fedBy(proposalsKey, context);
  return {
    links,
    advance: (ms) => (ahead += ms),
    readAlerts: (records) => read(alerts, records, 'drDre.alerts'),
    readTickets: (records) => read(queue, records, 'drDre.queue'),
    readProposals: (records) => read(proposals, records, 'drDre.proposals'),
    settled: async () => {
      await once(links.onDidChange, () => true);
      // When no row changes, nothing is drawn.
      await Promise.race([drawn('drDre.alerts'), new Promise((passed) => setTimeout(passed, answerMs))]);
    },
    dispose: () => {
      for (const each of [alerts.feed, queue.feed, proposals.feed, views, repainting, links, store]) each.dispose();
    },
  };
}

/** A feed that reads what it is given. */
interface Fed<R> {
  readonly feed: Feed<R, Failure>;
  next: readonly R[];
  /** When the last answer was there. */
  answeredAt: number;
}

/** An answer takes so long: what is drawn because a read began is drawn by then. */
const answerMs = 60;

function fedBy<R>(key: FeedKey<R>, context: FeedContext<Failure>): Fed<R> {
  const pace = { activeMs: 50_000, idleMs: 50_000, quietMs: 50_000 };
  const fed: Fed<R> = {
    next: [],
    answeredAt: 0,
    feed: new Feed<R, Failure>(
      {
        key,
        pace,
        staleAfterMs: 600_000,
        fetch: async () => {
          await new Promise((answered) => setTimeout(answered, answerMs));
          fed.answeredAt = performance.now();
          return { kind: 'records', records: fed.next };
        },
      },
      context,
    ),
  };
  return fed;
}

async function read<R>(fed: Fed<R>, records: readonly R[], view: string): Promise<number> {
  fed.next = records;
  await fed.feed.refresh();
  await drawn(view);
  return performance.now() - fed.answeredAt;
}

/** Rejects when a view is not drawn at all: a measurement of nothing must not wait for ever. */
function drawn(view: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${view} was not drawn`)), 30_000);
    late.unref();
    void once(painted.event, ({ id }) => id === view).then(() => {
      clearTimeout(late);
      resolve();
    });
  });
}

function once<T>(event: Event<T>, isIt: (value: T) => boolean): Promise<void> {
  return new Promise((done) => {
    const subscription = event((value) => {
      if (!isIt(value)) return;
      subscription.dispose();
      done();
    });
  });
}

/** What a person did a moment ago. */
function acknowledging(record: string): WriteStatus<Failure> {
  const state = { kind: 'sending' } as const;
  const write = { id: record, kind: 'alerts.acknowledge', feed: alertsKey.name, record, subject: record };
  return {
    ...write,
    title: 'acknowledge',
    at: benchNow,
    state,
    typed: undefined,
    undoUntil: undefined,
    retryable: false,
  };
}

import { peopleOf } from '../domain/rotation/team.ts';
import type { Disposable } from '../engine/base/clock.ts';
import { lazily } from '../engine/base/lazy.ts';
import { alertsKey } from '../feeds/alerts/keys.ts';
import { GitHubLogin } from '../feeds/ci/login.ts';
import { pullRequestsKey } from '../feeds/ci/pullRequests.ts';
import { Clients } from '../feeds/clients.ts';
import { failureRules } from '../feeds/failureRules.ts';
import { Feeds, serviceOfFeed } from '../feeds/feeds.ts';
import { proposalsKey } from '../feeds/proposals/proposals.ts';
import { CreatedTickets } from '../feeds/queue/creation.ts';
import { followListedTickets, isListedAlone } from '../feeds/queue/known.ts';
import { ticketListsKey } from '../feeds/queue/listsKey.ts';
import { queueKey } from '../feeds/queue/queue.ts';
import { rolloutsKey } from '../feeds/releases/keys.ts';
import { rotationsKey } from '../feeds/rotation/keys.ts';
import { changedFeeds, feedScopes } from '../feeds/scope.ts';
import type { WriteKinds } from '../feeds/writeKinds.ts';
import { quotaOf } from '../sources/rateLimit.ts';
import type { EngineParts } from './engine.ts';
import type { HostParts } from './host.ts';
import {
  alertReaders,
  proposalReaders,
  releaseReaders,
  ticketReaders,
  type AlertReaders,
  type ProposalReaders,
  type ReaderEvents,
  type ReleaseReaders,
  type TicketReaders,
} from './readers.ts';
import type { RecordParts } from './records.ts';

/** What is read from the services, and what can be written to them. */
export interface FeedParts extends AlertReaders, TicketReaders, ProposalReaders, ReleaseReaders {
  readonly clients: Clients;
  readonly feeds: Feeds;
  /** For the filter of the CI view. */
  readonly gitHubLogin: GitHubLogin;
  /** All that can be written; loaded when it is first needed. */
  readonly writeKinds: () => Promise<WriteKinds>;
  readonly createdTickets: CreatedTickets;
}

interface FeedsOptions extends ReaderEvents {
  /** The file of the thread that reads the governance canister. */
  readonly governanceWorker: string;
  /** Who is signed in to GitHub was read. */
  readonly onDidReadLogin: () => void;
}

type FeedHost = Pick<HostParts, 'credentials' | 'githubCredentials' | 'log' | 'clock' | 'settings'>;

/** Builds the clients, the feeds and the readers of details. Nothing is read yet. */
export function composeFeeds(
  host: FeedHost,
  records: Pick<RecordParts, 'store' | 'account'>,
  engine: Pick<EngineParts, 'windows' | 'writes' | 'meter' | 'allowance'>,
  options: FeedsOptions,
): { readonly reading: FeedParts; readonly disposables: readonly Disposable[] } {
  const { clock, log, settings } = host;
  const { store } = records;
  const clients = clientsFor(host, engine, options.governanceWorker);
  const feeds = new Feeds(clients, () => settings.current, {
    store,
    clock,
    log,
    random: Math.random,
    rules: failureRules(serviceOfFeed),
    reader: engine.windows,
    sparing: engine.allowance,
  });
  const parts = { clients, store, clock, log, settings };
  const { alertDetails, alertNotes } = alertReaders(parts, options);
  const { details, ticketTexts, ticketLists, ticketQuery } = ticketReaders(parts, options);
  feeds.addBeside({
    name: ticketListsKey.name,
    readNow: async (changed) => {
      const { ticketLists: queries } = settings.current;
      if (queries.length > 0) await (await ticketLists()).readNow(queries, changed);
    },
  });
  const { proposalDetails, namedProposals, decidedProposals } = proposalReaders(parts, options);
  const { hostBatches, hostNodes } = releaseReaders(parts);
  const gitHubLogin = new GitHubLogin(clients.github, options.onDidReadLogin, clock, log);
  const createdTickets = new CreatedTickets();
  const writeKinds = writeKindsFor(host, records, engine, { clients, feeds, alertNotes, createdTickets });
  return {
    reading: {
      clients,
      feeds,
      details,
      alertDetails,
      alertNotes,
      ticketTexts,
      ticketLists,
      ticketQuery,
      proposalDetails,
      namedProposals,
      decidedProposals,
      hostBatches,
      hostNodes,
      gitHubLogin,
      writeKinds,
      createdTickets,
    },
    disposables: [feeds, clients, followListedTickets(store)],
  };
}

/** The clients, whose requests are logged and counted. */
function clientsFor(
  { clock, log, settings, credentials, githubCredentials }: FeedHost,
  { meter, allowance }: Pick<EngineParts, 'meter' | 'allowance'>,
  governanceWorker: string,
): Clients {
  return new Clients({
    addresses: () => settings.current,
    credentials: (addresses) => credentials.atlassian(addresses),
    githubToken: (apiUrl) => githubCredentials.token(apiUrl),
    fetch: (...request) => fetch(...request),
    now: () => clock.now(),
    onExchange: ({ service, operation, status, durationMs, headers }) => {
      log.debug('requests', `${service}: ${operation}, ${status} in ${Math.round(durationMs)} ms`);
      allowance.note(service);
      meter.record({ service, status, quota: headers === undefined ? undefined : quotaOf(headers) });
    },
    log: (line) => log.warn('clients', line),
    governanceWorker,
  });
}

/** All that can be written, with what is read again after it. */
function writeKindsFor(
  { settings }: Pick<HostParts, 'settings'>,
  { store, account }: Pick<RecordParts, 'store' | 'account'>,
  { writes }: Pick<EngineParts, 'writes'>,
  {
    clients,
    feeds,
    alertNotes,
    createdTickets,
  }: Pick<FeedParts, 'clients' | 'feeds' | 'alertNotes' | 'createdTickets'>,
): () => Promise<WriteKinds> {
  return lazily(async () =>
    (await import('../feeds/writeKinds.ts')).writeKinds(writes, {
      alerts: {
        ops: clients.ops,
        around: () => ({
          account: account.current,
          people: peopleOf(store.state(rotationsKey).records.values()),
        }),
        readAgain: () => feeds.alerts.burst(),
        noted: (alertId) => alertNotes.learn(alertId, true),
      },
      rotations: {
        me: () => account.current?.accountId,
        ops: clients.ops,
        readAgain: () => feeds.rotations.burst(),
      },
      queue: {
        jira: clients.jira,
        epic: () => settings.current.epic,
        readAgain: (key) => {
          if (isListedAlone(store, key)) void feeds.readBeside(ticketListsKey.name, key);
          else feeds.queue.burst(store.state(queueKey).records.get(key)?.id ?? createdTickets.of(key)?.id);
        },
        created: createdTickets,
      },
    }),
  );
}

/** The Atlassian credentials changed: what they read is read anew. */
export function readAnew({
  clients,
  details,
  alertDetails,
  alertNotes,
  ticketTexts,
  ticketLists,
  ticketQuery,
  feeds,
}: FeedParts): void {
  clients.reset();
  void ticketTexts().then((reader) => reader.reset());
  for (const reader of [ticketLists, ticketQuery]) void reader().then((each) => each.reset());
  for (const reader of [details, alertDetails, alertNotes]) reader.reset();
  feeds.reset();
}

/** Follows the settings: what reads something else by them begins anew, and nothing else. Returns what takes a change in. */
export function followSettings(
  parts: FeedParts,
  { settings, log }: Pick<HostParts, 'settings' | 'log'>,
  { scopeFolder }: Pick<RecordParts, 'scopeFolder'>,
): () => void {
  const { clients, details, alertDetails, alertNotes, ticketTexts, ticketLists, ticketQuery, feeds } = parts;
  let scopes = feedScopes(settings.current);
  return () => {
    const now = feedScopes(settings.current);
    const changed = changedFeeds(scopes, now);
    scopes = now;
    if (changed.size === 0) return;
    clients.reset();
    if (changed.has(queueKey.name)) {
      details.reset();
      void ticketTexts().then((reader) => reader.reset());
      for (const reader of [ticketLists, ticketQuery]) void reader().then((each) => each.reset());
    }
    if (changed.has(proposalsKey.name)) {
      for (const reader of [parts.proposalDetails, parts.namedProposals, parts.decidedProposals]) {
        void reader().then((each) => each.reset());
      }
    }
    if (changed.has(rolloutsKey.name)) {
      for (const reader of [parts.hostBatches, parts.hostNodes]) void reader().then((each) => each.reset());
    }
    if (changed.has(pullRequestsKey.name)) parts.gitHubLogin.reset();
    if (changed.has(alertsKey.name)) for (const reader of [alertDetails, alertNotes]) reader.reset();
    feeds
      .takeSettings(changed, scopeFolder())
      .catch((cause: unknown) => log.error('feeds', 'the changed settings were not taken in', cause));
  };
}

import type { Disposable } from '../engine/base/clock.ts';
import { peopleOf } from '../domain/rotation/team.ts';
import { lazily } from '../engine/base/lazy.ts';
import { alertsKey } from '../feeds/alerts/keys.ts';
import { AlertDetailsReader } from '../feeds/alerts/details.ts';
import { AlertNotesReader, learnNotes } from '../feeds/alerts/notes.ts';
import { GitHubLogin } from '../feeds/ci/login.ts';
import { pullRequestsKey } from '../feeds/ci/pullRequests.ts';
import { Clients } from '../feeds/clients.ts';
import { failureRules } from '../feeds/failureRules.ts';
import { Feeds, serviceOfFeed } from '../feeds/feeds.ts';
import { changedFeeds, feedScopes } from '../feeds/scope.ts';
import type { DecidedProposalsReader } from '../feeds/proposals/decided.ts';
import type { ProposalDetailsReader } from '../feeds/proposals/details.ts';
import type { NamedProposalsReader } from '../feeds/proposals/named.ts';
import { proposalsKey } from '../feeds/proposals/proposals.ts';
import { queueKey } from '../feeds/queue/queue.ts';
import { TicketDetailsReader } from '../feeds/queue/details.ts';
import { CreatedTickets } from '../feeds/queue/creation.ts';
import { followListedTickets, isListedAlone } from '../feeds/queue/known.ts';
import type { TicketListsReader } from '../feeds/queue/lists.ts';
import { ticketListsKey } from '../feeds/queue/listsKey.ts';
import type { TicketQueryReader } from '../feeds/queue/query.ts';
import type { TicketTextsReader } from '../feeds/queue/texts.ts';
import { rotationsKey } from '../feeds/rotation/keys.ts';
import type { HostBatchReader } from '../feeds/releases/hostBatches.ts';
import type { HostNodesReader } from '../feeds/releases/hostNodes.ts';
import { rolloutsKey } from '../feeds/releases/keys.ts';
import type { WriteKinds } from '../feeds/writeKinds.ts';
import { quotaOf } from '../sources/rateLimit.ts';
import type { EngineParts } from './engine.ts';
import type { HostParts } from './host.ts';
import type { RecordParts } from './records.ts';

/** What is read from the services, and what can be written to them. */
export interface FeedParts {
  readonly clients: Clients;
  readonly feeds: Feeds;
  readonly details: TicketDetailsReader;
  readonly alertDetails: AlertDetailsReader;
  readonly alertNotes: AlertNotesReader;
  /** What the list of tickets does not have; loaded when it is first needed. */
  readonly ticketTexts: () => Promise<TicketTextsReader>;
  /** Further lists of the Queue view; loaded when the settings have one. */
  readonly ticketLists: () => Promise<TicketListsReader>;
  /** Which tickets the query finds that a window filters by; loaded when there is one. */
  readonly ticketQuery: () => Promise<TicketQueryReader>;
  /** Proposals by their ids, for documents and for the tickets that name them; each loaded when it is first needed. */
  readonly proposalDetails: () => Promise<ProposalDetailsReader>;
  readonly namedProposals: () => Promise<NamedProposalsReader>;
  /** Those that were decided lately; loaded when the first of them is read. */
  readonly decidedProposals: () => Promise<DecidedProposalsReader>;
  /** The nodes of the HostOS batches that are unfolded; loaded with the first of them. */
  readonly hostBatches: () => Promise<HostBatchReader>;
  /** The nodes of all HostOS batches; loaded when a person searches for one. */
  readonly hostNodes: () => Promise<HostNodesReader>;
  /** For the filter of the CI view. */
  readonly gitHubLogin: GitHubLogin;
  /** All that can be written; loaded when it is first needed. */
  readonly writeKinds: () => Promise<WriteKinds>;
  readonly createdTickets: CreatedTickets;
}

interface FeedsOptions {
  /** The file of the thread that reads the governance canister. */
  readonly governanceWorker: string;
  /** Details of this kind of document were read. */
  readonly onDidReadDetails: (kind: 'alert' | 'ticket' | 'proposal') => void;
  /** Whether alerts have notes was read. */
  readonly onDidReadNotes: () => void;
  /** Who is signed in to GitHub was read. */
  readonly onDidReadLogin: () => void;
}

/** Builds the clients, the feeds and the readers of details. Nothing is read yet. */
export function composeFeeds(
  {
    clock,
    log,
    settings,
    credentials,
    githubCredentials,
  }: Pick<HostParts, 'credentials' | 'githubCredentials' | 'log' | 'clock' | 'settings'>,
  { store, account, windows, writes, meter, allowance }: RecordParts & EngineParts,
  options: FeedsOptions,
): { readonly reading: FeedParts; readonly disposables: readonly Disposable[] } {
  const clients = new Clients({
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
    governanceWorker: options.governanceWorker,
  });
  const feeds = new Feeds(clients, () => settings.current, {
    store,
    clock,
    log,
    random: Math.random,
    rules: failureRules(serviceOfFeed),
    reader: windows,
    sparing: allowance,
  });
  const details = new TicketDetailsReader(clients.jira, () => options.onDidReadDetails('ticket'));
  const alertDetails = new AlertDetailsReader(
    clients.ops,
    () => clock.now(),
    (id) => {
      options.onDidReadDetails('alert');
      learnNotes(alertNotes, id, alertDetails.state(id));
    },
  );
  const alertNotes = new AlertNotesReader(clients.ops, () => options.onDidReadNotes(), clock, log);
  const ticketTexts = lazily(async () => {
    const { TicketTextsReader: Reader } = await import('../feeds/queue/texts.ts');
    return new Reader(clients.jira, store, clock, log);
  });
  const ticketLists = lazily(async () => {
    const { TicketListsReader: Reader } = await import('../feeds/queue/lists.ts');
    return new Reader(clients.jira, store, clock, log);
  });
  const ticketQuery = lazily(async () => {
    const { TicketQueryReader: Reader } = await import('../feeds/queue/query.ts');
    return new Reader(clients.jira, () => settings.current.epic, store, clock);
  });
  feeds.addBeside({
    name: ticketListsKey.name,
    readNow: async (changed) => {
      const { ticketLists: queries } = settings.current;
      if (queries.length > 0) await (await ticketLists()).readNow(queries, changed);
    },
  });
  const proposalDetails = lazily(async () => {
    const { ProposalDetailsReader: Reader } = await import('../feeds/proposals/details.ts');
    return new Reader(clients.governance, () => options.onDidReadDetails('proposal'));
  });
  const namedProposals = lazily(async () => {
    const { NamedProposalsReader: Reader } = await import('../feeds/proposals/named.ts');
    return new Reader(clients.governance, store, clock, log);
  });
  const decidedProposals = lazily(async () => {
    const { DecidedProposalsReader: Reader } = await import('../feeds/proposals/decided.ts');
    return new Reader(clients.governance, store, clock, log);
  });
  const hostBatches = lazily(async () => {
    const { HostBatchReader: Reader } = await import('../feeds/releases/hostBatches.ts');
    return new Reader(clients.rollouts, store, clock, log, Math.random);
  });
  const hostNodes = lazily(async () => {
    const { HostNodesReader: Reader } = await import('../feeds/releases/hostNodes.ts');
    return new Reader(clients.rollouts, store, clock);
  });
  const gitHubLogin = new GitHubLogin(clients.github, options.onDidReadLogin, clock, log);
  const createdTickets = new CreatedTickets();
  const writeKinds = lazily(async () =>
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

import type { Failure } from '../domain/base/failure.ts';
import { weekRange } from '../domain/base/isoWeek.ts';
import { alertText } from '../domain/alerts/name.ts';
import { isOneOf, proposersOf } from '../domain/proposals/governance.ts';
import { joinedProposal, type Proposal } from '../domain/proposals/proposal.ts';
import type { Journal } from '../engine/disk/journal.ts';
import type { Meter } from '../engine/read/meter.ts';
import type { FeedState, Store } from '../engine/read/store.ts';
import type { Windows } from '../engine/windows/windows.ts';
import type { Writes } from '../engine/writes/writes.ts';
import { alertsKey } from '../feeds/alerts/keys.ts';
import type { AlertDetailsReader } from '../feeds/alerts/details.ts';
import type { Feeds } from '../feeds/feeds.ts';
import type { ProposalDetailsReader } from '../feeds/proposals/details.ts';
import { decidedProposalsKey } from '../feeds/proposals/decidedKey.ts';
import { registryNodesKey, runsKey } from '../feeds/operations/keys.ts';
import { knownProposal } from '../feeds/proposals/known.ts';
import { namedProposalsKey } from '../feeds/proposals/namedKey.ts';
import { proposalsKey } from '../feeds/proposals/proposals.ts';
import type { StatusOf } from '../dre/outcome.ts';
import type { TicketDetailsReader } from '../feeds/queue/details.ts';
import type { TicketTextsReader } from '../feeds/queue/texts.ts';
import { ticketTextsKey } from '../feeds/queue/textsKey.ts';
import { accountKey } from '../feeds/kit/account.ts';
import { isListedAlone, knownTicket, listedTicketsKey } from '../feeds/queue/known.ts';
import { queueKey } from '../feeds/queue/queue.ts';
import { ticketedNow } from '../feeds/queue/ticketed.ts';
import { estimatesNow } from '../feeds/releases/estimates.ts';
import { pastLengthsKey, rolloutsKey, timesKey } from '../feeds/releases/keys.ts';
import { rotationsKey } from '../feeds/rotation/keys.ts';
import { alertDocument } from '../views/alerts/document.ts';
import { alertRow } from '../views/alerts/row.ts';
import { journalDocument, journalTitle } from '../views/journal/document.ts';
import { meterDocument } from '../views/meter/document.ts';
import { notPagedDocument } from '../views/rotation/notPagedDocument.ts';
import { runDocument } from '../views/operations/document.ts';
import { runRow } from '../views/operations/view.ts';
import { namedTitle } from '../dre/targets.ts';
import { pendingActions } from '../views/kit/pendingActions.ts';
import { proposalDocument } from '../views/proposals/document.ts';
import { proposalRow, tallyText } from '../views/proposals/row.ts';
import { firstOf, stuckDocument } from '../views/releases/stuckDocument.ts';
import { isOfNow, stuckNow } from './releases/stuckNotifications.ts';
import { guidelinesDocument, ticketDocument } from '../views/queue/document.ts';
import { ticketRow } from '../views/queue/view.ts';
import { onCallUrl } from '../views/rotation/view.ts';
import type { DocumentSource } from './kit/documents.ts';
import type { RunTerminals } from './operations/runTerminals.ts';
import { notPagedReport, type NotPagedParts } from './rotation/notPagedFacts.ts';
import { lintsNow } from './queue/lints.ts';
import { viewpoint } from './kit/viewpoint.ts';
import type { LiveLinks } from './links/liveLinks.ts';

/** What the documents show, and what reads more of it. */
export interface DocumentParts extends NotPagedParts {
  readonly store: Store<Failure>;
  readonly writes: Writes<Failure>;
  readonly details: TicketDetailsReader;
  readonly ticketTexts: () => Promise<TicketTextsReader>;
  readonly alertDetails: AlertDetailsReader;
  readonly proposalDetails: () => Promise<ProposalDetailsReader>;
  readonly journal: Journal;
  readonly links: LiveLinks;
  readonly meter: Meter;
  readonly feeds: Feeds;
  readonly runTerminals: Pick<RunTerminals, 'stateOf'>;
  /** Whether this window reads the services, or another one does. */
  readonly windows: Pick<Windows, 'role'>;
}

/** The documents by kind. */
export async function documentSources(parts: DocumentParts): Promise<Readonly<Record<string, DocumentSource>>> {
  const { store, account, settings, writes, details, alertDetails, clock, journal, links, meter, feeds, windows } =
    parts;
  const site = (): string => settings.current.atlassianSite.href;
  const proposalDetails = await parts.proposalDetails();
  const proposalOf = (id: string): Proposal | undefined => {
    const { read } = proposalDetails.state(id);
    const listed = store.state(decidedProposalsKey).records.get(id) ?? store.state(proposalsKey).records.get(id);
    return joinedProposal(listed, read === 'none' ? undefined : read);
  };
  const isOurs = (proposal: Proposal): boolean => isOneOf(proposersOf(settings.current.proposers), proposal);
  const statusOf: StatusOf = (id) => knownProposal(store, id)?.status;
  return {
    alert: {
      feeds: [alertsKey.name],
      render(id) {
        const { records, asOf } = store.state(alertsKey);
        const pending = pendingActions(writes.list(alertsKey.name)).get(id);
        alertDetails.follow(id, store.base(alertsKey, id));
        const known = { id, listed: records.get(id), asOf, pending, details: alertDetails.state(id) };
        return alertDocument(known, viewpoint(clock), {
          siteUrl: site(),
          links: links.current,
          runbooks: settings.current.runbooks,
          names: new Map(
            [...store.state(rotationsKey).records.values()].map((schedule) => [schedule.id, schedule.name]),
          ),
        });
      },
      opened: (id) => alertDetails.read(id, store.base(alertsKey, id)),
      title(id) {
        const alert = store.state(alertsKey).records.get(id) ?? alertDetails.state(id).alert.value;
        return alert === undefined ? undefined : alertText(alert);
      },
      row(id) {
        const alert = store.state(alertsKey).records.get(id) ?? alertDetails.state(id).alert.value;
        const pending = pendingActions(writes.list(alertsKey.name)).get(id);
        return alert === undefined
          ? undefined
          : alertRow(alert, viewpoint(clock), site(), { pending, links: links.current });
      },
    },
    ticket: {
      feeds: [queueKey.name, listedTicketsKey.name, ticketTextsKey.name, accountKey.name],
      render(key) {
        const listed = knownTicket(store, key);
        const base = store.base(queueKey, key) ?? store.base(listedTicketsKey, key);
        if (base !== undefined) details.follow(base);
        const { details: full, ...state } = details.state(key);
        // The list has what this window is changing, and may be newer.
        const isNewer = full === undefined || (listed?.updatedAt ?? 0) >= full.updatedAt;
        const ticket = full === undefined || !isNewer ? (full ?? listed) : { ...full, ...listed };
        const isListed = listed !== undefined;
        return ticketDocument(key, { ticket, isListed, ...state }, viewpoint(clock), site(), links.current);
      },
      opened: (key) => details.read(key),
      title(key) {
        const ticket = knownTicket(store, key);
        return ticket === undefined ? undefined : `${key} ${ticket.summary}`;
      },
      async row(key) {
        const ticket = knownTicket(store, key);
        const pending = pendingActions(writes.list(queueKey.name)).get(key);
        if (ticket === undefined) return undefined;
        const from = viewpoint(clock);
        const more = { account: account.current, pending, gist: links.current?.gistOf({ kind: 'ticket', ticket }) };
        // The guidelines are those of the queue.
        if (isListedAlone(store, key)) return ticketRow(ticket, from, site(), more);
        const lints = lintsNow({ settings, store, links, ticketTexts: await parts.ticketTexts() }, ticket, from);
        return ticketRow(ticket, from, site(), { ...more, lints });
      },
    },
    guidelines: {
      feeds: [],
      render(key) {
        const { details: ticket, ...state } = details.state(key);
        return guidelinesDocument(key, { ticket, ...state }, site());
      },
      opened: (key) => details.read(key),
      title: () => 'Queue Guidelines',
    },
    journal: {
      feeds: [],
      title: journalTitle,
      async render(week) {
        const range = weekRange(week);
        const pages = range === undefined ? undefined : await journal.read(range);
        return journalDocument(week, pages, viewpoint(clock));
      },
    },
    proposal: {
      feeds: [
        ...[proposalsKey.name, decidedProposalsKey.name, queueKey.name, ticketTextsKey.name],
        registryNodesKey.name,
      ],
      title: (key) => `Proposal ${key}`,
      render(key) {
        const { status, records } = store.state(proposalsKey);
        if (status === 'fresh') proposalDetails.follow(key, records.has(key));
        const proposal = proposalOf(key);
        const lacksTicket = proposal !== undefined && isOurs(proposal) && ticketedNow(store)(proposal) === false;
        const { records: nodes, asOf: readAt } = store.state(registryNodesKey);
        const registry = readAt === undefined ? undefined : { nodes, readAt };
        const state = { ...proposalDetails.state(key), proposal, lacksTicket, registry };
        return proposalDocument(key, state, viewpoint(clock), links.current, settings.current.repository);
      },
      opened: (key) => proposalDetails.read(key),
      row(key) {
        const proposal = proposalOf(key);
        if (proposal === undefined) return undefined;
        const isTicketed = ticketedNow(store)(proposal) ?? 'notKnown';
        const gist = links.current?.gistOf({ kind: 'proposal', proposal });
        return proposalRow(proposal, viewpoint(clock), { gist, isOurs: isOurs(proposal), isTicketed });
      },
    },
    run: {
      feeds: [runsKey.name, proposalsKey.name, decidedProposalsKey.name, namedProposalsKey.name],
      title(id) {
        const run = store.state(runsKey).records.get(id);
        return run === undefined ? undefined : namedTitle(run);
      },
      render: (id) =>
        runDocument(store.state(runsKey).records.get(id), viewpoint(clock), {
          statusOf,
          terminal: parts.runTerminals.stateOf(id),
        }),
      row(id) {
        const run = store.state(runsKey).records.get(id);
        return run === undefined ? undefined : runRow(run, viewpoint(clock), statusOf);
      },
    },
    stuck: {
      feeds: [rolloutsKey.name, timesKey.name, pastLengthsKey.name, alertsKey.name, proposalsKey.name],
      title: () => 'Stuck Batches',
      render: (id) =>
        stuckDocument(isOfNow({ store, clock }) ? firstOf(stuckNow({ store, clock }), id) : undefined, {
          from: viewpoint(clock),
          airflowUrl: settings.current.airflowUrl.href,
          links: links.current,
          estimates: estimatesNow(store),
          tallyOf: ({ tally }) => (tally === undefined ? undefined : tallyText(tally)),
        }),
    },
    // Read anew whenever it is opened, not when a feed changes: each time costs requests.
    notPaged: {
      feeds: [],
      title: () => 'Troubleshoot Paging',
      render: async () => {
        const report = await notPagedReport(parts);
        const pages = {
          onCall: onCallUrl(site(), settings.current.team),
          alerts: new URL('/jira/ops/alerts', site()).href,
        };
        return notPagedDocument(report, pages, viewpoint(clock));
      },
    },
    meter: {
      title: () => 'Request Meter',
      feeds: feeds.plans().map(({ name }) => name),
      render: () => {
        const stateOf = (name: string): FeedState<unknown, Failure> => store.state({ name, keyOf: String });
        return meterDocument(
          { services: meter.lastHour(), plans: feeds.plans(), role: windows.role, stateOf },
          viewpoint(clock),
        );
      },
    },
  };
}

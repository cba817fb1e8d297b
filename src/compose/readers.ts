import type { Failure } from '../domain/base/failure.ts';
import { lazily } from '../engine/base/lazy.ts';
import type { Store } from '../engine/read/store.ts';
import { AlertDetailsReader } from '../feeds/alerts/details.ts';
import { AlertNotesReader, learnNotes } from '../feeds/alerts/notes.ts';
import type { Clients } from '../feeds/clients.ts';
import type { DecidedProposalsReader } from '../feeds/proposals/decided.ts';
import type { ProposalDetailsReader } from '../feeds/proposals/details.ts';
import type { NamedProposalsReader } from '../feeds/proposals/named.ts';
import { TicketDetailsReader } from '../feeds/queue/details.ts';
import type { TicketListsReader } from '../feeds/queue/lists.ts';
import type { TicketQueryReader } from '../feeds/queue/query.ts';
import type { TicketTextsReader } from '../feeds/queue/texts.ts';
import type { HostBatchReader } from '../feeds/releases/hostBatches.ts';
import type { HostNodesReader } from '../feeds/releases/hostNodes.ts';
import type { HostParts } from './host.ts';

// What is read beside the feeds, for a document, a row or a search: feature by feature.

/** What the readers need. */
export interface ReaderParts extends Pick<HostParts, 'clock' | 'log' | 'settings'> {
  readonly clients: Clients;
  readonly store: Store<Failure>;
}

/** What is called when something was read. */
export interface ReaderEvents {
  /** Details of this kind of document were read. */
  readonly onDidReadDetails: (kind: 'alert' | 'ticket' | 'proposal') => void;
  /** Whether alerts have notes was read. */
  readonly onDidReadNotes: () => void;
}

export interface AlertReaders {
  readonly alertDetails: AlertDetailsReader;
  readonly alertNotes: AlertNotesReader;
}

/** What is read of alerts. */
export function alertReaders(
  { clients, clock, log }: ReaderParts,
  { onDidReadDetails, onDidReadNotes }: ReaderEvents,
): AlertReaders {
  const alertNotes = new AlertNotesReader(clients.ops, () => onDidReadNotes(), clock, log);
  const alertDetails = new AlertDetailsReader(
    clients.ops,
    () => clock.now(),
    (id) => {
      onDidReadDetails('alert');
      learnNotes(alertNotes, id, alertDetails.state(id));
    },
  );
  return { alertDetails, alertNotes };
}

export interface TicketReaders {
  readonly details: TicketDetailsReader;
  /** What the list of tickets does not have; loaded when it is first needed. */
  readonly ticketTexts: () => Promise<TicketTextsReader>;
  /** Further lists of the Queue view; loaded when the settings have one. */
  readonly ticketLists: () => Promise<TicketListsReader>;
  /** Which tickets the query finds that a window filters by; loaded when there is one. */
  readonly ticketQuery: () => Promise<TicketQueryReader>;
}

/** What is read of tickets. */
export function ticketReaders(
  { clients, store, clock, log, settings }: ReaderParts,
  { onDidReadDetails }: ReaderEvents,
): TicketReaders {
  return {
    details: new TicketDetailsReader(clients.jira, () => onDidReadDetails('ticket')),
    ticketTexts: lazily(async () => {
      const { TicketTextsReader: Reader } = await import('../feeds/queue/texts.ts');
      return new Reader(clients.jira, store, clock, log);
    }),
    ticketLists: lazily(async () => {
      const { TicketListsReader: Reader } = await import('../feeds/queue/lists.ts');
      return new Reader(clients.jira, store, clock, log);
    }),
    ticketQuery: lazily(async () => {
      const { TicketQueryReader: Reader } = await import('../feeds/queue/query.ts');
      return new Reader(clients.jira, () => settings.current.epic, store, clock);
    }),
  };
}

export interface ProposalReaders {
  /** Proposals by their ids, for documents and for the tickets that name them; each loaded when it is first needed. */
  readonly proposalDetails: () => Promise<ProposalDetailsReader>;
  readonly namedProposals: () => Promise<NamedProposalsReader>;
  /** Those that were decided lately; loaded when the first of them is read. */
  readonly decidedProposals: () => Promise<DecidedProposalsReader>;
}

/** What is read of proposals. */
export function proposalReaders(
  { clients, store, clock, log }: ReaderParts,
  { onDidReadDetails }: ReaderEvents,
): ProposalReaders {
  return {
    proposalDetails: lazily(async () => {
      const { ProposalDetailsReader: Reader } = await import('../feeds/proposals/details.ts');
      return new Reader(clients.governance, () => onDidReadDetails('proposal'));
    }),
    namedProposals: lazily(async () => {
      const { NamedProposalsReader: Reader } = await import('../feeds/proposals/named.ts');
      return new Reader(clients.governance, store, clock, log);
    }),
    decidedProposals: lazily(async () => {
      const { DecidedProposalsReader: Reader } = await import('../feeds/proposals/decided.ts');
      return new Reader(clients.governance, store, clock, log);
    }),
  };
}

export interface ReleaseReaders {
  /** The nodes of the HostOS batches that are unfolded; loaded with the first of them. */
  readonly hostBatches: () => Promise<HostBatchReader>;
  /** The nodes of all HostOS batches; loaded when a person searches for one. */
  readonly hostNodes: () => Promise<HostNodesReader>;
}

/** What is read of releases. */
export function releaseReaders({ clients, store, clock, log }: ReaderParts): ReleaseReaders {
  return {
    hostBatches: lazily(async () => {
      const { HostBatchReader: Reader } = await import('../feeds/releases/hostBatches.ts');
      return new Reader(clients.rollouts, store, clock, log, Math.random);
    }),
    hostNodes: lazily(async () => {
      const { HostNodesReader: Reader } = await import('../feeds/releases/hostNodes.ts');
      return new Reader(clients.rollouts, store, clock);
    }),
  };
}

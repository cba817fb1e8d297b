import { priorityCounts, priorityWord } from '../../domain/alerts/priorityWords.ts';
import { isUrgent, type Alert } from '../../domain/alerts/alert.ts';
import { alertText } from '../../domain/alerts/name.ts';
import { proposalUrl, releaseTopics, topicName } from '../../domain/proposals/governance.ts';
import type { Proposal } from '../../domain/proposals/proposal.ts';
import { rolloutKey, type Rollout } from '../../domain/releases/rollout.ts';
import { inSentence, rolloutStateText, shortKind } from '../../domain/releases/words.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import { minute, type Instant } from '../../domain/base/time.ts';
import type { JournalEntry } from '../../engine/disk/journal.ts';
import { samePlainData } from '../../engine/base/samePlainData.ts';
import { counted } from '../kit/format.ts';

// What has changed, as lines of the journal. Pure: what was recorded is data that goes in and comes out, the same for all
// windows.

/** What was recorded of the services that the settings point to. A part is absent until its feed was read once. */
export interface Recorded {
  /** In which scope of the settings it was recorded. It has this name on disk. */
  readonly world: string;
  readonly alerts?: RecordedAlerts | undefined;
  /** Ids of proposals and keys of tickets, oldest first. */
  readonly proposals?: readonly string[] | undefined;
  readonly tickets?: readonly string[] | undefined;
  /** The state that a rollout was in, by its key. */
  readonly rollouts?: Readonly<Record<string, string>> | undefined;
}

const recordedParts = ['alerts', 'proposals', 'tickets', 'rollouts'] as const;

interface RecordedAlerts {
  /** When the newest recorded alert was created. */
  readonly until: Instant;
  /** The ids of those that were created shortly before, and when: others may still appear among them. */
  readonly recent: readonly (readonly [id: string, createdAt: Instant])[];
}

/** What is known now; a part is undefined while its feed is not fresh. */
export interface CurrentRecords {
  /** The scope of the settings. */
  readonly scope: string;
  readonly alerts: Iterable<Alert> | undefined;
  readonly proposals: Iterable<Proposal> | undefined;
  readonly tickets: Iterable<Ticket> | undefined;
  /** Keys of tickets of which there is a line already, as they were created from here. */
  readonly createdTickets?: ReadonlySet<string>;
  readonly rollouts: Iterable<Rollout> | undefined;
}

/** Addresses of the pages in the browser. */
export interface PageLinks {
  readonly alert: (id: string) => string;
  readonly ticket: (key: string) => string;
}

export interface Recording {
  readonly entries: readonly JournalEntry[];
  /** The same object when there is nothing new to keep. */
  readonly state: Recorded;
}

/** How long after its creation an alert may first appear in the list. */
const lag = 5 * minute;
/** As many at once, or more, are one line. */
const many = 5;
/** How many keys of a feed are kept; more only where more are there. */
const mostKept = 5_000;

interface RecordedEntries<T> {
  readonly entries: readonly JournalEntry[];
  /** The same object when there is nothing new to keep: it may be long, and is compared every few seconds. */
  readonly recorded: T;
}

/**
 * What has changed since `before`, oldest first, each change once. The first time that a feed is known makes no line: what
 * is there already is only recorded.
 */
export function recordChanges(
  before: Recorded | undefined,
  found: CurrentRecords,
  links: PageLinks,
  now: Instant,
): Recording {
  const state = before?.world === found.scope ? before : { world: found.scope };
  const alerts = found.alerts && alertChanges(state.alerts, [...found.alerts], links, now);
  const proposals = found.proposals && proposalChanges(state.proposals, [...found.proposals], now);
  const tickets = found.tickets && ticketChanges(state.tickets, [...found.tickets], found.createdTickets, links, now);
  const rollouts = found.rollouts && rolloutChanges(state.rollouts, [...found.rollouts], now);
  const parts = { alerts, proposals, tickets, rollouts };
  const recorded: Recorded = {
    world: state.world,
    alerts: alerts?.recorded ?? state.alerts,
    proposals: proposals?.recorded ?? state.proposals,
    tickets: tickets?.recorded ?? state.tickets,
    rollouts: rollouts?.recorded ?? state.rollouts,
  };
  const same = state === before && recordedParts.every((part) => recorded[part] === state[part]);
  const entries = Object.values(parts).flatMap((part) => part?.entries ?? []);
  return { entries: entries.toSorted((a, b) => a.at - b.at), state: same ? state : recorded };
}

function alertChanges(
  recorded: RecordedAlerts | undefined,
  alerts: readonly Alert[],
  links: PageLinks,
  now: Instant,
): RecordedEntries<RecordedAlerts> {
  // When the clock of the service is ahead, later alerts must still be recorded.
  const newest = alerts.reduce(
    (latest, alert) => Math.max(latest, Math.min(alert.createdAt, now)),
    recorded?.until ?? 0,
  );
  const known = new Map(recorded?.recent);
  const all = new Map(known);
  for (const { id, createdAt } of alerts) if (createdAt > newest - lag) all.set(id, createdAt);
  const recent = [...all].filter(([, createdAt]) => createdAt > newest - lag).slice(-mostKept);
  const fresh =
    recorded === undefined
      ? []
      : alerts.filter(({ id, createdAt }) => createdAt > recorded.until - lag && !known.has(id));
  const line = (alert: Alert): JournalEntry => ({
    at: Math.min(alert.createdAt, now),
    what: 'came',
    record: { feed: 'alerts', key: alert.id },
    title: `${priorityWord(alert)} “${alertText(alert)}”`,
    link: links.alert(alert.id),
  });
  // Urgent alerts keep lines of their own in a storm of others.
  const [urgent, rest] = [fresh.filter(isUrgent), fresh.filter((alert) => !isUrgent(alert))];
  const lines = (some: readonly Alert[]): readonly JournalEntry[] =>
    some.length < many ? some.map(line) : [{ at: now, what: 'came', title: storm(some) }];
  const entries = fresh.length < many ? fresh.map(line) : [...lines(urgent), ...lines(rest)];
  const after = { until: newest, recent };
  return { entries, recorded: recorded !== undefined && samePlainData(after, recorded) ? recorded : after };
}

function storm(alerts: readonly Alert[]): string {
  return `${counted(alerts.length, 'alert')} (${priorityCounts(alerts).join(', ')})`;
}

function proposalChanges(
  recorded: readonly string[] | undefined,
  proposals: readonly Proposal[],
  now: Instant,
): RecordedEntries<readonly string[]> {
  const ours = proposals.filter(({ topic }) => releaseTopics.includes(topic));
  const line = (proposal: Proposal): JournalEntry => ({
    at: Math.min(proposal.createdAt, now),
    what: 'came',
    record: { feed: 'proposals', key: `${proposal.id}` },
    title: `proposal ${proposal.id} “${proposal.title}” (${topicName(proposal.topic)})`,
    link: proposalUrl(proposal.id),
  });
  return newKeys(recorded, ours, ({ id }) => `${id}`, line, 'proposal', now);
}

function ticketChanges(
  recorded: readonly string[] | undefined,
  tickets: readonly Ticket[],
  noted: ReadonlySet<string> = new Set(),
  links: PageLinks,
  now: Instant,
): RecordedEntries<readonly string[]> {
  const line = (ticket: Ticket): JournalEntry => ({
    at: now,
    what: 'came',
    record: { feed: 'queue', key: ticket.key },
    title: `ticket ${ticket.key} “${ticket.summary}”`,
    link: links.ticket(ticket.key),
  });
  return newKeys(recorded, tickets, ({ key }) => key, line, 'ticket', now, noted);
}

function newKeys<T>(
  recorded: readonly string[] | undefined,
  records: readonly T[],
  keyOf: (record: T) => string,
  line: (record: T) => JournalEntry,
  noun: string,
  now: Instant,
  noted: ReadonlySet<string> = new Set(),
): RecordedEntries<readonly string[]> {
  const known = new Set(recorded);
  const fresh = records.filter((record) => !known.has(keyOf(record)));
  if (recorded !== undefined && fresh.length === 0) return { entries: [], recorded };
  const all = [...(recorded ?? []), ...fresh.map(keyOf)];
  // What is still there is never removed, or it would be recorded again.
  const there = new Set(records.map(keyOf));
  const gone = all.filter((key) => !there.has(key));
  const room = Math.max(0, mostKept - there.size);
  const kept = all.length <= mostKept ? all : [...gone.slice(Math.max(0, gone.length - room)), ...there];
  if (recorded === undefined) return { entries: [], recorded: kept };
  const toNote = fresh.filter((record) => !noted.has(keyOf(record)));
  const several: JournalEntry = { at: now, what: 'came', title: counted(toNote.length, noun) };
  return { entries: toNote.length < many ? toNote.map(line) : [several], recorded: kept };
}

function rolloutChanges(
  recorded: Readonly<Record<string, string>> | undefined,
  rollouts: readonly Rollout[],
  now: Instant,
): RecordedEntries<Readonly<Record<string, string>>> {
  const states = Object.fromEntries(rollouts.map((rollout) => [rolloutKey(rollout), rollout.state]));
  if (recorded === undefined) return { entries: [], recorded: states };
  const changed = rollouts.filter((rollout) => recorded[rolloutKey(rollout)] !== rollout.state);
  const entries = changed.map((rollout): JournalEntry => {
    return {
      at: now,
      what: 'came',
      record: { feed: 'rollouts', key: rolloutKey(rollout) },
      title: `rollout ${rollout.name} (${shortKind(rollout)}): ${inSentence(rolloutStateText(rollout))}`,
    };
  });
  // A rollout that is missing from one answer is not new when it is there again.
  const all = Object.entries({ ...recorded, ...states }).slice(-mostKept);
  return { entries, recorded: changed.length === 0 ? recorded : Object.fromEntries(all) };
}

/** Whether a value from disk has the form of what was recorded. */
export function isRecorded(value: unknown): value is Recorded {
  if (typeof value !== 'object' || value === null || !('world' in value)) return false;
  const { world, alerts, proposals, tickets, rollouts } = value as Partial<Record<keyof Recorded, unknown>>;
  const isList = (list: unknown): boolean => list === undefined || Array.isArray(list);
  const isTable = (table: unknown): boolean => table === undefined || (typeof table === 'object' && table !== null);
  return (
    typeof world === 'string' && isList(proposals) && isList(tickets) && isTable(rollouts) && isRecordedAlerts(alerts)
  );
}

function isRecordedAlerts(value: unknown): value is RecordedAlerts | undefined {
  if (value === undefined) return true;
  if (typeof value !== 'object' || value === null || !('until' in value) || !('recent' in value)) return false;
  return typeof value.until === 'number' && Array.isArray(value.recent) && value.recent.every(Array.isArray);
}

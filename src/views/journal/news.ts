import { isUrgent, priorities, type Alert } from '../../domain/alerts/alert.ts';
import { proposalUrl, releaseTopics, topicName } from '../../domain/proposals/governance.ts';
import type { Proposal } from '../../domain/proposals/proposal.ts';
import { rolloutKey, type Rollout } from '../../domain/releases/rollout.ts';
import { rolloutStateWords, shortKindWords } from '../../domain/releases/words.ts';
import type { Ticket } from '../../domain/queue/ticket.ts';
import { minute, type Instant } from '../../domain/base/time.ts';
import type { JournalEntry } from '../../engine/disk/journal.ts';
import { samePlainData } from '../../engine/base/samePlainData.ts';
import { counted, grouped } from '../kit/format.ts';

// What came, as lines of the journal. Pure: what was noted is data that goes in and comes out, the same for all windows.

/** What was noted of the world that the settings point to. A part is absent until its feed was read once. */
export interface NewsState {
  readonly world: string;
  readonly alerts?: AlertsNoted;
  /** Ids of proposals and keys of tickets, oldest first. */
  readonly proposals?: readonly string[];
  readonly tickets?: readonly string[];
  /** The state that a rollout was in, by its key. */
  readonly rollouts?: Readonly<Record<string, string>>;
}

const newsParts = ['alerts', 'proposals', 'tickets', 'rollouts'] as const;

interface AlertsNoted {
  /** When the newest alert was created that was noted. */
  readonly until: Instant;
  /** Those that were created shortly before, by id and when: others may still show up among them. */
  readonly recent: readonly (readonly [id: string, createdAt: Instant])[];
}

/** What is known now; a part is absent while its feed is not fresh. */
export interface NewsSources {
  readonly world: string;
  readonly alerts?: Iterable<Alert>;
  readonly proposals?: Iterable<Proposal>;
  readonly tickets?: Iterable<Ticket>;
  readonly rollouts?: Iterable<Rollout>;
}

/** The pages in the browser. */
export interface NewsLinks {
  readonly alert: (id: string) => string;
  readonly ticket: (key: string) => string;
}

export interface News {
  readonly entries: readonly JournalEntry[];
  /** The same object when there is nothing new to remember. */
  readonly state: NewsState;
}

/** An alert shows up in the list a while after it was created. */
const lag = 5 * minute;
/** From here on several that came at once are one line. */
const many = 5;
/** How many keys of a feed are remembered; more only where more are there. */
const mostKept = 5_000;

interface Part<T> {
  readonly entries: readonly JournalEntry[];
  /** The same object when there is nothing new to remember: it may be long, and is looked at every few seconds. */
  readonly noted: T;
}

/**
 * What came since the last look, oldest first: each thing once. At the first look at a feed nothing has come: what is
 * there already is only noted.
 */
export function news(before: NewsState | undefined, found: NewsSources, links: NewsLinks, now: Instant): News {
  const state = before?.world === found.world ? before : { world: found.world };
  const alerts = found.alerts && alertNews(state.alerts, [...found.alerts], links, now);
  const proposals = found.proposals && proposalNews(state.proposals, [...found.proposals], now);
  const tickets = found.tickets && ticketNews(state.tickets, [...found.tickets], links, now);
  const rollouts = found.rollouts && rolloutNews(state.rollouts, [...found.rollouts], now);
  const parts = { alerts, proposals, tickets, rollouts };
  const noted: NewsState = {
    ...state,
    ...(alerts && { alerts: alerts.noted }),
    ...(proposals && { proposals: proposals.noted }),
    ...(tickets && { tickets: tickets.noted }),
    ...(rollouts && { rollouts: rollouts.noted }),
  };
  const same = state === before && newsParts.every((part) => noted[part] === state[part]);
  const entries = Object.values(parts).flatMap((part) => part?.entries ?? []);
  return { entries: entries.toSorted((a, b) => a.at - b.at), state: same ? state : noted };
}

function alertNews(
  noted: AlertsNoted | undefined,
  alerts: readonly Alert[],
  links: NewsLinks,
  now: Instant,
): Part<AlertsNoted> {
  // A clock of the service that is ahead must not hide what comes after.
  const newest = alerts.reduce((latest, alert) => Math.max(latest, Math.min(alert.createdAt, now)), noted?.until ?? 0);
  const known = new Map(noted?.recent);
  const all = new Map(known);
  for (const { id, createdAt } of alerts) if (createdAt > newest - lag) all.set(id, createdAt);
  const recent = [...all].filter(([, createdAt]) => createdAt > newest - lag).slice(-mostKept);
  const fresh =
    noted === undefined ? [] : alerts.filter(({ id, createdAt }) => createdAt > noted.until - lag && !known.has(id));
  const line = (alert: Alert): JournalEntry => ({
    at: Math.min(alert.createdAt, now),
    what: 'came',
    record: { feed: 'alerts', key: alert.id },
    title: `${alert.priority} “${alert.message}”`,
    link: links.alert(alert.id),
  });
  // What is urgent is not lost in a storm of the rest.
  const [urgent, rest] = [fresh.filter(isUrgent), fresh.filter((alert) => !isUrgent(alert))];
  const lines = (some: readonly Alert[]): readonly JournalEntry[] =>
    some.length < many ? some.map(line) : [{ at: now, what: 'came', title: storm(some) }];
  const entries = fresh.length < many ? fresh.map(line) : [...lines(urgent), ...lines(rest)];
  const after = { until: newest, recent };
  return { entries, noted: noted !== undefined && samePlainData(after, noted) ? noted : after };
}

function storm(alerts: readonly Alert[]): string {
  const counts = priorities.flatMap((priority) => {
    const count = alerts.filter((alert) => alert.priority === priority).length;
    return count === 0 ? [] : [`${grouped(count)} ${priority}`];
  });
  return `${counted(alerts.length, 'alert')} (${counts.join(', ')})`;
}

function proposalNews(
  noted: readonly string[] | undefined,
  proposals: readonly Proposal[],
  now: Instant,
): Part<readonly string[]> {
  const ours = proposals.filter(({ topic }) => releaseTopics.includes(topic));
  const line = (proposal: Proposal): JournalEntry => ({
    at: Math.min(proposal.createdAt, now),
    what: 'came',
    record: { feed: 'proposals', key: `${proposal.id}` },
    title: `proposal ${proposal.id} “${proposal.title}” (${topicName(proposal.topic)})`,
    link: proposalUrl(proposal.id),
  });
  return keyNews(noted, ours, ({ id }) => `${id}`, line, 'proposal', now);
}

function ticketNews(
  noted: readonly string[] | undefined,
  tickets: readonly Ticket[],
  links: NewsLinks,
  now: Instant,
): Part<readonly string[]> {
  const line = (ticket: Ticket): JournalEntry => ({
    at: now,
    what: 'came',
    record: { feed: 'queue', key: ticket.key },
    title: `ticket ${ticket.key} “${ticket.summary}”`,
    link: links.ticket(ticket.key),
  });
  return keyNews(noted, tickets, ({ key }) => key, line, 'ticket', now);
}

function keyNews<T>(
  noted: readonly string[] | undefined,
  records: readonly T[],
  keyOf: (record: T) => string,
  line: (record: T) => JournalEntry,
  noun: string,
  now: Instant,
): Part<readonly string[]> {
  const known = new Set(noted);
  const fresh = records.filter((record) => !known.has(keyOf(record)));
  if (noted !== undefined && fresh.length === 0) return { entries: [], noted };
  const all = [...(noted ?? []), ...fresh.map(keyOf)];
  // What is still there is never forgotten, or it would come again.
  const there = new Set(records.map(keyOf));
  const gone = all.filter((key) => !there.has(key));
  const room = Math.max(0, mostKept - there.size);
  const kept = all.length <= mostKept ? all : [...gone.slice(Math.max(0, gone.length - room)), ...there];
  if (noted === undefined) return { entries: [], noted: kept };
  const several: JournalEntry = { at: now, what: 'came', title: counted(fresh.length, noun) };
  return { entries: fresh.length < many ? fresh.map(line) : [several], noted: kept };
}

function rolloutNews(
  noted: Readonly<Record<string, string>> | undefined,
  rollouts: readonly Rollout[],
  now: Instant,
): Part<Readonly<Record<string, string>>> {
  const states = Object.fromEntries(rollouts.map((rollout) => [rolloutKey(rollout), rollout.state]));
  if (noted === undefined) return { entries: [], noted: states };
  const changed = rollouts.filter((rollout) => noted[rolloutKey(rollout)] !== rollout.state);
  const entries = changed.map((rollout): JournalEntry => {
    const { kind, name, state } = rollout;
    return {
      at: now,
      what: 'came',
      record: { feed: 'rollouts', key: rolloutKey(rollout) },
      title: `rollout ${name} (${shortKindWords[kind]}): ${rolloutStateWords[state].toLowerCase()}`,
    };
  });
  // One that is missing from an answer has not come anew when it is there again.
  const all = Object.entries({ ...noted, ...states }).slice(-mostKept);
  return { entries, noted: changed.length === 0 ? noted : Object.fromEntries(all) };
}

/** Whether a value from disk has the form of what was noted. */
export function isNewsState(value: unknown): value is NewsState {
  if (typeof value !== 'object' || value === null || !('world' in value)) return false;
  const { world, alerts, proposals, tickets, rollouts } = value as Partial<Record<keyof NewsState, unknown>>;
  const isList = (list: unknown): boolean => list === undefined || Array.isArray(list);
  const isTable = (table: unknown): boolean => table === undefined || (typeof table === 'object' && table !== null);
  return typeof world === 'string' && isList(proposals) && isList(tickets) && isTable(rollouts) && isNoted(alerts);
}

function isNoted(value: unknown): value is AlertsNoted | undefined {
  if (value === undefined) return true;
  if (typeof value !== 'object' || value === null || !('until' in value) || !('recent' in value)) return false;
  return typeof value.until === 'number' && Array.isArray(value.recent) && value.recent.every(Array.isArray);
}

import type { Alert } from '../alerts/alert.ts';
import { finalStatus, type Proposal } from '../proposals/proposal.ts';
import type { Rollout } from '../releases/rollout.ts';
import type { Ticket } from '../queue/ticket.ts';
import type { Instant } from '../base/time.ts';
import { Batches, type BatchFact } from './batches.ts';
import { subjectKey, type Subject } from './mention.ts';
import { electionOf } from '../proposals/payload.ts';
import { voteOf, votes, type Vote } from './votes.ts';
import type { Subjects } from './subjects.ts';
import type { LinkablePullRequest } from './texts.ts';

/** All records that can be related. */
export interface LinkRecords {
  readonly alerts: Iterable<Alert>;
  readonly rollouts: Iterable<Rollout>;
  readonly proposals: Iterable<Proposal>;
  readonly tickets: Iterable<Ticket>;
  readonly pullRequests: Iterable<LinkablePullRequest>;
}

/** The other end of a link. The record is there when it is known. */
export type LinkEnd =
  | { readonly kind: 'alert'; readonly id: string; readonly alert: Alert | undefined }
  | { readonly kind: 'ticket'; readonly id: string; readonly ticket: Ticket | undefined }
  | { readonly kind: 'proposal'; readonly id: string; readonly proposal: Proposal | undefined }
  | { readonly kind: 'pullRequest'; readonly id: string; readonly pullRequest: LinkablePullRequest | undefined }
  | { readonly kind: 'rollout'; readonly rollout: Rollout }
  | { readonly kind: 'subject'; readonly subject: Subject };

/**
 * Why two records are related, as facts:
 * - `batch`: the rollout's batch upgrades the alert's subnet or node
 * - `names`, `namedBy`: the text of the one names the other
 * - `elects`, `deploys`: a proposal is about a version of a rollout
 * - `same`: both are about the same subnet, node, data center or version
 */
export type LinkReason =
  | { readonly kind: 'batch'; readonly fact: BatchFact }
  | { readonly kind: 'names' }
  | { readonly kind: 'namedBy' }
  | { readonly kind: 'elects' | 'deploys'; readonly version: string }
  | { readonly kind: 'same'; readonly subject: Subject };

export interface Link {
  readonly to: LinkEnd;
  readonly reason: LinkReason;
}

/** A record whose row names related ones. */
export type Linked =
  | { readonly kind: 'ticket'; readonly ticket: Ticket }
  | { readonly kind: 'proposal'; readonly proposal: Proposal }
  | { readonly kind: 'pullRequest'; readonly pullRequest: LinkablePullRequest };

/** The part of it that a row shows, found without searching all links. */
export interface Gist {
  /** The strongest links, five at most. */
  readonly strongest: readonly Link[];
  /** How many alerts are on the places that the record names and are not closed. */
  readonly alerts: number;
  readonly hasRollout: boolean;
}

/** The related records. Every list has the strongest link first and each other end once. */
export interface Links {
  /** The subnets, nodes and data centers that an alert is about, in the order of its text. */
  placesOf(alert: Alert): readonly Subject[];
  /** The strongest link of an alert to a rollout. `now` decides which batches to come are near. */
  batchOf(alert: Alert, now: Instant): BatchFact | undefined;
  ofAlert(alert: Alert, now: Instant): readonly Link[];
  ofTicket(ticket: Ticket): readonly Link[];
  ofProposal(proposal: Proposal): readonly Link[];
  ofPullRequest(pullRequest: LinkablePullRequest): readonly Link[];
  gistOf(linked: Linked): Gist;
  /** The alerts about a place that are not closed, in the order of the store. */
  alertsAt(place: Subject): readonly Alert[];
  /**
   * The newest open proposal that elects a version that a rollout rolls out, or deploys it, on one place if that is given;
   * undefined where none is known.
   */
  openProposal(kind: Vote['kind'], rollout: Rollout, version?: string, place?: Subject): Proposal | undefined;
  /** The ids of the proposals that tickets name and that are not among the records, newest first. */
  readonly unknownProposals: readonly string[];
}

type JoinedRecord =
  | { readonly kind: 'alert'; readonly id: string; readonly alert: Alert }
  | { readonly kind: 'ticket'; readonly id: string; readonly ticket: Ticket }
  | { readonly kind: 'proposal'; readonly id: string; readonly proposal: Proposal }
  | { readonly kind: 'pullRequest'; readonly id: string; readonly pullRequest: LinkablePullRequest };

/**
 * Joins records by what they name, in short steps, one record each, so that the caller can pause in between. `subjects`
 * keeps what was found before, so that only what is new is searched.
 */
export function* joinInSteps(records: LinkRecords, subjects: Subjects): Generator<undefined, Links> {
  subjects.beginJoin();
  const join = new Join([...records.rollouts], subjects);
  yield;
  for (const alert of records.alerts) {
    join.add({ kind: 'alert', id: alert.id, alert }, subjects.ofAlert(alert));
    yield;
  }
  for (const ticket of records.tickets) {
    join.add({ kind: 'ticket', id: ticket.key, ticket }, subjects.ofTicket(ticket));
    yield;
  }
  for (const proposal of records.proposals) {
    join.add({ kind: 'proposal', id: `${proposal.id}`, proposal }, subjects.ofProposal(proposal));
    yield;
  }
  for (const pullRequest of records.pullRequests) {
    const id = pullRequestId(pullRequest, subjects);
    join.add({ kind: 'pullRequest', id, pullRequest }, subjects.ofPullRequest(pullRequest));
    yield;
  }
  return join;
}

/** `owner/name#12`: pull requests are read of the configured repository alone. */
function pullRequestId({ number }: LinkablePullRequest, { known }: Subjects): string {
  return `${known.repository ?? ''}#${number}`;
}

/** What an alert can be about: rows show it. */
function isPlace({ kind }: Subject): boolean {
  return kind === 'subnet' || kind === 'node' || kind === 'dataCenter';
}

class Join implements Links {
  readonly #subjects: Subjects;
  readonly #batches: Batches;
  readonly #rollouts: readonly Rollout[];
  /** The records that name a subject. */
  readonly #naming = new Map<string, JoinedRecord[]>();
  /** The alerts of a place, computed at the first call. It is not called before all records are added. */
  readonly #alertsAt = new Map<string, readonly Alert[]>();
  /** The records by what they are as subjects. */
  readonly #records = new Map<string, JoinedRecord>();

  constructor(rollouts: readonly Rollout[], subjects: Subjects) {
    this.#subjects = subjects;
    this.#rollouts = rollouts;
    this.#batches = new Batches(rollouts);
  }

  /** Adds a record and what it names. */
  add(record: JoinedRecord, subjects: readonly Subject[]): void {
    this.#records.set(subjectKey(record), record);
    for (const subject of subjects) {
      const key = subjectKey(subject);
      const naming = this.#naming.get(key);
      if (naming === undefined) this.#naming.set(key, [record]);
      else naming.push(record);
    }
  }

  placesOf(alert: Alert): readonly Subject[] {
    return this.#subjects.ofAlert(alert).filter(isPlace);
  }

  batchOf(alert: Alert, now: Instant): BatchFact | undefined {
    let best: BatchFact | undefined;
    for (const subject of this.#subjects.ofAlert(alert)) {
      const fact = this.#batches.of(alert, subject, now);
      if (fact?.holdsUp === true) return fact;
      best ??= fact;
    }
    return best;
  }

  ofAlert(alert: Alert, now: Instant): readonly Link[] {
    const subjects = this.#subjects.ofAlert(alert);
    const facts = subjects.map((subject) => this.#batches.of(alert, subject, now)).filter((fact) => fact !== undefined);
    const batches = facts
      .sort((one, other) => Number(other.holdsUp) - Number(one.holdsUp))
      .map((fact): Link => ({ to: { kind: 'rollout', rollout: fact.rollout }, reason: { kind: 'batch', fact } }));
    return distinct([...batches, ...this.#ofRecord({ kind: 'alert', id: alert.id }, subjects)]);
  }

  ofTicket(ticket: Ticket): readonly Link[] {
    return distinct(this.#linksOf({ kind: 'ticket', ticket }));
  }

  ofPullRequest(pullRequest: LinkablePullRequest): readonly Link[] {
    return distinct(this.#linksOf({ kind: 'pullRequest', pullRequest }));
  }

  ofProposal(proposal: Proposal): readonly Link[] {
    return distinct(this.#linksOf({ kind: 'proposal', proposal }));
  }

  gistOf(linked: Linked): Gist {
    const subjects = this.#subjectsOf(linked);
    const [first, ...others] = subjects.filter(isPlace).map((place) => this.alertsAt(place));
    // Most records name one place: its alerts need not be gone through.
    const alerts = others.length === 0 ? (first?.length ?? 0) : new Set([first, ...others].flat()).size;
    const strongest = distinct(this.#linksOf(linked), inGist);
    // The rollouts that a text names come last, so that they may not be among the strongest.
    const mayHaveMore = strongest.length >= inGist && linked.kind !== 'proposal';
    const hasRollout =
      strongest.some(({ to }) => to.kind === 'rollout') || (mayHaveMore && this.#rolloutsNamed(subjects).length > 0);
    return { strongest, alerts, hasRollout };
  }

  openProposal(
    kind: Vote['kind'],
    { kind: of, revision }: Rollout,
    version = revision,
    place?: Subject,
  ): Proposal | undefined {
    const naming = this.#naming.get(subjectKey({ kind: 'version', id: version ?? '' })) ?? [];
    const proposals = naming.flatMap((record) => (record.kind === 'proposal' ? [record.proposal] : []));
    return proposals
      .filter(
        ({ status, nnsFunction = 0 }) => status === 'open' && voteOf(nnsFunction, kind)?.rollouts.includes(of) === true,
      )
      .filter((proposal) => {
        const named = this.#subjects.ofProposal(proposal);
        if (place !== undefined && !named.some((each) => each.kind === place.kind && each.id === place.id)) {
          return false;
        }
        return named.find((each) => each.kind === 'version')?.id === version;
      })
      .sort((a, b) => (a.id < b.id ? 1 : -1))[0];
  }

  alertsAt(place: Subject): readonly Alert[] {
    const key = subjectKey(place);
    let alerts = this.#alertsAt.get(key);
    if (alerts === undefined) {
      alerts = (this.#naming.get(key) ?? []).flatMap((each) =>
        each.kind === 'alert' && each.alert.status !== 'closed' ? [each.alert] : [],
      );
      this.#alertsAt.set(key, alerts);
    }
    return alerts;
  }

  get unknownProposals(): readonly string[] {
    const prefix = subjectKey({ kind: 'proposal', id: '' });
    return [...this.#naming]
      .filter(([key, naming]) => key.startsWith(prefix) && !this.#records.has(key) && naming.some(isTicket))
      .map(([key]) => key.slice(prefix.length))
      .sort((a, b) => b.length - a.length || (a < b ? 1 : -1));
  }

  #subjectsOf(linked: Linked): readonly Subject[] {
    switch (linked.kind) {
      case 'ticket':
        return this.#subjects.ofTicket(linked.ticket);
      case 'proposal':
        return this.#subjects.ofProposal(linked.proposal);
      case 'pullRequest':
        return this.#subjects.ofPullRequest(linked.pullRequest);
    }
  }

  /** The strongest first, an end perhaps several times. */
  *#linksOf(linked: Linked): Generator<Link> {
    const subjects = this.#subjectsOf(linked);
    switch (linked.kind) {
      case 'ticket':
        yield* this.#ofRecord({ kind: 'ticket', id: linked.ticket.key }, subjects);
        yield* this.#rolloutsNamed(subjects);
        return;
      case 'pullRequest':
        yield* this.#ofRecord({ kind: 'pullRequest', id: pullRequestId(linked.pullRequest, this.#subjects) }, subjects);
        yield* this.#rolloutsNamed(subjects);
        return;
      case 'proposal':
        yield* this.#rolloutsVotedOn(linked.proposal, subjects);
        yield* this.#ofRecord({ kind: 'proposal', id: `${linked.proposal.id}` }, subjects);
    }
  }

  /**
   * The links of every kind of record: what it names, what names it, what has the same subject, and the places
   * themselves.
   */
  *#ofRecord(self: Subject, subjects: readonly Subject[]): Generator<Link> {
    const own = subjectKey(self);
    const others = subjects.filter((subject) => subjectKey(subject) !== own);
    const isOther = (record: JoinedRecord): boolean => subjectKey(record) !== own;
    const naming = (subject: Subject): readonly JoinedRecord[] => this.#naming.get(subjectKey(subject)) ?? [];
    for (const subject of others) {
      const to = this.#endOf(subject);
      if (to !== undefined) yield { to, reason: { kind: 'names' } };
    }
    for (const to of naming(self)) if (isOther(to)) yield { to, reason: { kind: 'namedBy' } };
    for (const subject of others) {
      if (!isPlace(subject) && subject.kind !== 'version') continue;
      for (const to of naming(subject)) {
        if (isOther(to) && !isClosed(to)) yield { to, reason: { kind: 'same', subject } };
      }
    }
    for (const subject of others) {
      if (this.#endOf(subject) === undefined && subject.kind !== 'release') {
        yield { to: { kind: 'subject', subject }, reason: { kind: 'names' } };
      }
    }
  }

  #endOf(subject: Subject): LinkEnd | undefined {
    const record = this.#records.get(subjectKey(subject));
    if (record !== undefined) return record;
    const { kind, id } = subject;
    switch (kind) {
      case 'ticket':
        return { kind, id, ticket: undefined };
      case 'proposal':
        return { kind, id, proposal: undefined };
      case 'pullRequest':
        return { kind, id, pullRequest: undefined };
      case 'alert':
        return { kind, id, alert: undefined };
      case 'subnet':
      case 'node':
      case 'dataCenter':
      case 'nodeProvider':
      case 'release':
      case 'version':
        return undefined;
    }
  }

  /** The rollouts that a text names by release or version. */
  #rolloutsNamed(subjects: readonly Subject[]): readonly Link[] {
    return this.#rollouts.flatMap((rollout): readonly Link[] => {
      const release = subjects.some(({ kind, id }) => kind === 'release' && rollout.name.startsWith(id));
      const to = { kind: 'rollout', rollout } as const;
      if (release) return [{ to, reason: { kind: 'names' } }];
      const version = subjects.find((subject) => rollsOut(rollout, subject));
      return version === undefined ? [] : [{ to, reason: { kind: 'same', subject: version } }];
    });
  }

  #rolloutsVotedOn(proposal: Proposal, subjects: readonly Subject[]): readonly Link[] {
    const vote = votes.get(proposal.nnsFunction ?? 0);
    if (vote === undefined) return [];
    const election = electionOf(proposal.nnsFunction, proposal.payload);
    // What is voted on is in the payload. A text names the version that it is about first, and then those that it retires.
    const [version] =
      election === undefined
        ? subjects.filter((subject) => subject.kind === 'version')
        : [election.elects].flatMap((id) => (id === undefined ? [] : [{ kind: 'version', id } as const]));
    if (version === undefined) return [];
    return this.#rollouts
      .filter((rollout) => !rollout.simulated && vote.rollouts.includes(rollout.kind))
      .filter((rollout) => rollsOut(rollout, version))
      .map((rollout) => ({ to: { kind: 'rollout', rollout }, reason: { kind: vote.kind, version: version.id } }));
  }
}

function rollsOut(rollout: Rollout, { kind, id }: Subject): boolean {
  if (kind !== 'version') return false;
  return (
    rollout.revision === id || rollout.batches.some(({ targets }) => targets.some(({ revision }) => revision === id))
  );
}

function isTicket({ kind }: JoinedRecord): boolean {
  return kind === 'ticket';
}

function isClosed(record: JoinedRecord): boolean {
  if (record.kind === 'alert') return record.alert.status === 'closed';
  if (record.kind === 'proposal') return finalStatus(record.proposal) !== undefined;
  return record.kind === 'ticket' && record.ticket.status.category === 'done';
}

/** How many links a gist has. */
export const inGist = 5;

/** Each other end once, with its first and so strongest reason; no more than `most`. */
function distinct(links: Iterable<Link>, most = Infinity): readonly Link[] {
  const ends = new Map<string, Link>();
  for (const link of links) {
    const key = endKey(link.to);
    if (!ends.has(key)) ends.set(key, link);
    if (ends.size >= most) break;
  }
  return [...ends.values()];
}

function endKey(end: LinkEnd): string {
  switch (end.kind) {
    case 'rollout':
      return `rollout/${end.rollout.kind}/${end.rollout.name}`;
    case 'subject':
      return subjectKey(end.subject);
    case 'alert':
    case 'ticket':
    case 'proposal':
    case 'pullRequest':
      return subjectKey(end);
  }
}

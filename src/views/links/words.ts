import { capitalized } from '../../domain/base/capitalized.ts';
import { firstGroup, shortCommit } from '../../domain/base/ids.ts';
import { priorityWord } from '../../domain/alerts/priorityWords.ts';
import type { Alert } from '../../domain/alerts/alert.ts';
import { alertText } from '../../domain/alerts/name.ts';
import type { BatchFact } from '../../domain/links/batches.ts';
import type { Gist, Link, LinkEnd, Links } from '../../domain/links/join.ts';
import type { MentionKind, Subject } from '../../domain/links/mention.ts';
import type { Proposal } from '../../domain/proposals/proposal.ts';
import { shortKind } from '../../domain/releases/words.ts';
import { hour, second } from '../../domain/base/time.ts';
import type { RowToken } from '../kit/row.ts';
import { counted, moment, shortDuration, shorten, type Viewpoint } from '../kit/format.ts';

// Related records, in short texts for rows, hovers and documents.

const nouns: Readonly<Record<MentionKind, string>> = {
  subnet: 'subnet',
  node: 'node',
  dataCenter: 'data center',
  nodeProvider: 'node provider',
  proposal: 'proposal',
  ticket: 'ticket',
  pullRequest: 'pull request',
  release: 'release',
  version: 'version',
  alert: 'alert',
};

/** An id as short as people say it: the first group of a principal, the first seven digits of a commit. */
function shortId({ kind, id }: Subject): string {
  switch (kind) {
    case 'subnet':
    case 'node':
    case 'nodeProvider':
      return firstGroup(id);
    case 'version':
      return shortCommit(id);
    case 'dataCenter':
    case 'proposal':
    case 'ticket':
    case 'pullRequest':
    case 'release':
    case 'alert':
      return id;
  }
}

/** "subnet o3ow2", "data center dm1". */
export function subjectText(subject: Subject): string {
  return `${nouns[subject.kind]} ${shortId(subject)}`;
}

/** "6m after batch 12", said of an alert. */
function batchText({ batch, stage, startedAt, plannedStart, afterMs }: BatchFact, from: Viewpoint): string {
  const name = stage === undefined ? `batch ${batch}` : `${stage} batch ${batch}`;
  if (startedAt === undefined || afterMs === undefined) return `${name} planned ${moment(plannedStart, from)}`;
  const apart = Math.abs(afterMs) < 10 * second ? 'just' : shortDuration(Math.abs(afterMs));
  return `${apart} ${afterMs < 0 ? 'before' : 'after'} ${name}`;
}

/** Said of an alert that the rollout waits for. */
const holdsUpText = 'holds up rollout';

/** A batch further away than this is shown in the hover alone. */
const nearBatch = hour;

/** What an alert's row says of the rollout: that it waits for this alert, or which batch was near or comes. */
export function alertFacts(batch: BatchFact | undefined, from: Viewpoint): readonly string[] {
  if (batch === undefined) return [];
  if (batch.holdsUp) return [holdsUpText];
  return Math.abs(batch.afterMs ?? 0) > nearBatch ? [] : [batchText(batch, from)];
}

/** What an alert is about, as short as people say it, for its name. */
export function alertPlaces(alert: Alert, links: Links): readonly string[] {
  return links.placesOf(alert).map(shortId);
}

/** What the menu of an alert offers of what is related to it: the timeline at its batch, and the other alerts on its places. */
export function alertTokens(alert: Alert, batch: BatchFact | undefined, links: Links): readonly RowToken[] {
  const hasOthers = links.placesOf(alert).some((place) => links.alertsAt(place).some(({ id }) => id !== alert.id));
  return [...(batch === undefined ? [] : (['ofRollout'] as const)), ...(hasOthers ? (['alerted'] as const) : [])];
}

/** The lines of an alert's hover. */
export function alertHover(
  alert: Alert,
  batch: BatchFact | undefined,
  links: Links,
  from: Viewpoint,
): readonly string[] {
  const places = links.placesOf(alert).slice(0, 5);
  const near = batch === undefined ? '' : `${batchText(batch, from)} (${shortKind(batch.rollout)})`;
  return [
    ...places.map(({ kind, id }) => capitalized(`${nouns[kind]} ${id}`)),
    ...(batch === undefined ? [] : [capitalized(batch.holdsUp ? `${holdsUpText}, ${near}` : near)]),
  ];
}

/** The alerts on a subnet or node that are not closed. */
export interface AlertCount {
  /** "3 alerts". */
  readonly text: string;
  /** The first of them, for the hover. */
  readonly lines: readonly string[];
}

/** What a subnet's or node's row says of the alerts on it; undefined when there is none. */
export function alertCount(place: Subject, links: Links): AlertCount | undefined {
  const alerts = links.alertsAt(place);
  if (alerts.length === 0) return undefined;
  const lines = alerts.slice(0, 5).map((alert) => `${priorityWord(alert)} ${shorten(alertText(alert), 100)}`);
  return { text: counted(alerts.length, 'alert'), lines };
}

/** Why two records are related, from the side of the shown one. Empty when the link alone says it. */
export function reasonText({ to, reason }: Link, from: Viewpoint): string {
  switch (reason.kind) {
    case 'batch':
      return `${reason.fact.holdsUp ? `${holdsUpText}, ` : ''}${batchText(reason.fact, from)}`;
    case 'names':
      return 'named here';
    case 'namedBy':
      return 'names this';
    case 'elects':
      return `this elects its version ${shortCommit(reason.version)}`;
    case 'deploys':
      return `this deploys its version ${shortCommit(reason.version)}`;
    case 'same':
      if (reason.subject.kind !== 'version') return `on the same ${subjectText(reason.subject)}`;
      // A text can name a version that it is not about, such as the one before.
      return `${to.kind === 'rollout' ? 'this names its' : 'also names'} ${subjectText(reason.subject)}`;
  }
}

/** What a record is called in the hover of another: its kind, its id where people use it, and its title. */
function endText(end: LinkEnd): string {
  const titled = (head: string, title = ''): string => (title === '' ? head : `${head} ${shorten(title, 100)}`);
  switch (end.kind) {
    case 'rollout':
      return `${shortKind(end.rollout)} ${end.rollout.name}`;
    case 'subject':
      return subjectText(end.subject);
    case 'alert':
      return end.alert === undefined ? 'alert' : titled(`${priorityWord(end.alert)} alert`, alertText(end.alert));
    case 'ticket':
      return titled(end.id, end.ticket?.summary);
    case 'proposal':
      return `${titled(`proposal ${end.id}`, end.proposal?.title)} (${proposalState(end.proposal)})`;
    case 'pullRequest':
      return titled(`pull request ${end.id}`, end.pullRequest?.title);
  }
}

/** How a proposal stands, in the words of the governance canister. One that was not read, or is not there, is not known. */
export function proposalState(proposal: Pick<Proposal, 'status'> | undefined): string {
  return proposal === undefined || proposal.status === 'unspecified' ? 'status not known' : proposal.status;
}

/** What a ticket's row says of the proposals that it names: how one stands, or how many stand how. */
export function proposalFacts({ strongest }: Gist): readonly string[] {
  const named = strongest.flatMap(({ to, reason }) => (to.kind === 'proposal' && reason.kind === 'names' ? [to] : []));
  const [first, another] = named;
  if (first === undefined) return [];
  if (another === undefined) return [`proposal ${first.id} ${proposalState(first.proposal)}`];
  const counts = new Map<string, number>();
  for (const { proposal } of named) {
    const state = proposalState(proposal);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return [`proposals: ${[...counts].map(([state, count]) => `${count} ${state}`).join(', ')}`];
}

/** What the row of a ticket, proposal or pull request says of the records related to it. */
export function recordFacts({ strongest, alerts }: Gist): readonly string[] {
  const votes = strongest.flatMap(({ to, reason }) =>
    to.kind === 'rollout' && (reason.kind === 'elects' || reason.kind === 'deploys')
      ? [`${reason.kind} ${to.rollout.name}`]
      : [],
  );
  return [...votes.slice(0, 1), ...(alerts === 0 ? [] : [counted(alerts, 'alert')])];
}

/** What its menu offers of them: the timeline of a rollout, and the alerts on the places that it names. */
export function recordTokens({ alerts, hasRollout }: Gist): readonly RowToken[] {
  return [...(hasRollout ? (['ofRollout'] as const) : []), ...(alerts === 0 ? [] : (['alerted'] as const))];
}

/** The lines of its hover: the strongest, but for the tickets that it shows itself. The document has all of them. */
export function recordHover({ strongest }: Gist, from: Viewpoint, shown: readonly string[] = []): readonly string[] {
  const records = strongest.filter(
    ({ to }) => to.kind !== 'subject' && !(to.kind === 'ticket' && shown.includes(to.id)),
  );
  return records.map((link) => {
    const title = capitalized(endText(link.to));
    // A title that names the place says the reason as well.
    const { reason } = link;
    const isSaid =
      reason.kind === 'same' &&
      reason.subject.kind !== 'version' &&
      title.split(/[^\w-]+/).includes(shortId(reason.subject));
    return isSaid ? title : `${title}${beforeReason}${reasonText(link, from)}`;
  });
}

/** Between a record and why it is related: titles have colons of their own. */
export const beforeReason = ' — ';

/** Nothing is related, or nothing is known yet. */
export const noGist: Gist = { strongest: [], alerts: 0, hasRollout: false };

import type { Alert } from '../../domain/alerts/alert.ts';
import type { Failure } from '../../domain/base/failure.ts';
import type { Link, Links } from '../../domain/links/join.ts';
import { rolloutKey } from '../../domain/releases/rollout.ts';
import type { Store } from '../../engine/read/store.ts';
import { alertsKey, closedAlertsKey } from '../../feeds/alerts/keys.ts';
import { pullRequestsKey } from '../../feeds/ci/pullRequests.ts';
import { knownProposal } from '../../feeds/proposals/known.ts';
import { knownTicket } from '../../feeds/queue/known.ts';
import type { Row } from '../../views/kit/row.ts';
import type { Host } from '../kit/host.ts';
import type { LiveLinks } from './liveLinks.ts';

export interface RelatedParts extends Pick<Host, 'clock'> {
  readonly store: Store<Failure>;
  readonly links: Pick<LiveLinks, 'current'>;
}

/** Where the timeline opens for a row: at the rollout, and the batch, that it is about. */
export interface TimelineTarget {
  /** `rolloutKey`. */
  readonly rollout: string;
  /** `rowId`. */
  readonly batch: string | undefined;
}

/** The rollout that a row is about or that its record is related to; undefined where none is known. */
export function timelineTarget({ record, batch }: Row, parts: RelatedParts): TimelineTarget | undefined {
  if (record?.kind === 'rollout') return { rollout: record.key, batch };
  for (const { to, reason } of linksOf(record, parts)) {
    if (to.kind !== 'rollout') continue;
    return { rollout: rolloutKey(to.rollout), batch: reason.kind === 'batch' ? reason.fact.row : undefined };
  }
  return undefined;
}

/** The alerts that a record is related to and that are not closed. */
export function relatedAlerts({ record }: Row, parts: RelatedParts): readonly Alert[] {
  return linksOf(record, parts).flatMap(({ to }) =>
    to.kind === 'alert' && to.alert !== undefined && to.alert.status !== 'closed' ? [to.alert] : [],
  );
}

function linksOf(record: Row['record'], { store, links: { current }, clock }: RelatedParts): readonly Link[] {
  return record === undefined || current === undefined ? [] : (ofRecord(record, store, current, clock.now()) ?? []);
}

function ofRecord(
  { kind, key }: NonNullable<Row['record']>,
  store: Store<Failure>,
  links: Links,
  now: number,
): readonly Link[] | undefined {
  switch (kind) {
    case 'alert': {
      const alert = store.state(alertsKey).records.get(key) ?? store.state(closedAlertsKey).records.get(key);
      return alert === undefined ? undefined : links.ofAlert(alert, now);
    }
    case 'ticket': {
      const ticket = knownTicket(store, key);
      return ticket === undefined ? undefined : links.ofTicket(ticket);
    }
    case 'proposal': {
      const proposal = knownProposal(store, key);
      return proposal === undefined ? undefined : links.ofProposal(proposal);
    }
    case 'pullRequest': {
      const pullRequest = store.state(pullRequestsKey).records.get(key);
      return pullRequest === undefined ? undefined : links.ofPullRequest(pullRequest);
    }
    case 'rollout':
    case 'rotation':
    case 'shift':
    case 'override':
    case 'workflowRun':
    case 'run':
    case 'setting':
      return undefined;
  }
}

import { moreUrgent } from '../../domain/alerts/groups.ts';
import { capitalized } from '../../domain/base/capitalized.ts';
import { priorityWord } from '../../domain/alerts/priorityWords.ts';
import { groupedBy } from '../../domain/base/groupedBy.ts';
import { heading, link, list, paragraph, remark, type Block, type Inline } from '../../domain/documents/tree.ts';
import { alertText } from '../../domain/alerts/name.ts';
import type { Link, LinkEnd, LinkReason } from '../../domain/links/join.ts';
import { subjectPage } from '../../domain/links/pages.ts';
import { recordAddress } from '../../domain/links/recordAddress.ts';
import { rolloutKey } from '../../domain/releases/rollout.ts';
import { shortKind } from '../../domain/releases/words.ts';
import { shorten, type Viewpoint } from '../kit/format.ts';
import { beforeReason, proposalState, reasonText, subjectText } from './words.ts';

/** More than this is no longer read; the views have all. */
const most = 20;

/**
 * The section of a document that names the records that its own is linked to; empty when there are none. Those with the
 * same reason are together, and it is said once.
 */
export function linksPart(links: readonly Link[], from: Viewpoint): readonly Block[] {
  if (links.length === 0) return [];
  const byReason = groupedBy(links.slice(0, most), (each) => reasonText(each, from));
  const items = [...byReason].map(([reason, [first, ...others]]): readonly Block[] => {
    if (first === undefined) return [];
    if (others.length === 0) return [paragraph(...recordOf(first), `${beforeReason}${reason}`)];
    const ordered = alertsFirst([first, ...others]);
    return [paragraph(`${capitalized(reason)}:`), list(ordered.map((each) => [paragraph(...recordOf(each))]))];
  });
  const rest = links.length > most ? [remark(`And ${links.length - most} more.`)] : [];
  return [heading(2, 'Related'), list(items), ...rest];
}

/** The alerts, the most urgent one first, and then the rest as it was. */
function alertsFirst(links: readonly Link[]): readonly Link[] {
  const alerts = links.flatMap((each) => (each.to.kind === 'alert' ? [{ each, alert: each.to.alert }] : []));
  const sorted = alerts.toSorted((one, other) =>
    one.alert === undefined || other.alert === undefined ? 0 : moreUrgent(one.alert, other.alert),
  );
  return [...sorted.map(({ each }) => each), ...links.filter(({ to }) => to.kind !== 'alert')];
}

/** The other record, with its link and title. */
function recordOf({ to, reason }: Link): Inline[] {
  const title = titleOf(to);
  const head = headOf(to, reason);
  return title === '' ? head : [...head, ` ${shorten(title, 120)}`];
}

/** The link of an end: to our own document or timeline, there at the batch that it is about, or to a public page. */
function headOf(end: LinkEnd, reason: LinkReason): Inline[] {
  switch (end.kind) {
    case 'rollout': {
      const { rollout } = end;
      const text = `${shortKind(rollout)} ${rollout.name}`;
      const address = { kind: 'rollout', key: rolloutKey(rollout) } as const;
      return [link(recordAddress(reason.kind === 'batch' ? { ...address, batch: reason.fact.row } : address), text)];
    }
    case 'subject': {
      const text = capitalized(subjectText(end.subject));
      const page = subjectPage(end.subject);
      return [page === undefined ? text : link(page, text)];
    }
    case 'alert':
      return [
        link(
          recordAddress({ kind: 'alert', key: end.id }),
          end.alert === undefined ? 'Alert' : `${priorityWord(end.alert)} alert`,
        ),
        ...(end.alert === undefined ? [] : [` (${end.alert.unknownStatus ?? end.alert.status})`]),
      ];
    case 'ticket':
      return [
        link(recordAddress({ kind: 'ticket', key: end.id }), end.id),
        ...(end.ticket === undefined ? [] : [` (${end.ticket.status.name})`]),
      ];
    case 'proposal':
      return [
        link(recordAddress({ kind: 'proposal', key: end.id }), `Proposal ${end.id}`),
        ` (${proposalState(end.proposal)})`,
      ];
    case 'pullRequest': {
      const page = subjectPage(end);
      const text = `Pull request ${end.id}`;
      return [page === undefined ? text : link(page, text)];
    }
  }
}

function titleOf(end: LinkEnd): string {
  switch (end.kind) {
    case 'alert':
      return end.alert === undefined ? '' : alertText(end.alert);
    case 'ticket':
      return end.ticket?.summary ?? '';
    case 'proposal':
      return end.proposal?.title ?? '';
    case 'pullRequest':
      return end.pullRequest?.title ?? '';
    case 'rollout':
    case 'subject':
      return '';
  }
}

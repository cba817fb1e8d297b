import type { Failure } from '../../domain/base/failure.ts';
import type { Store } from '../../engine/read/store.ts';
import type { HostNodesReader, NodesEnd, UnreadBatch } from '../../feeds/releases/hostNodes.ts';
import { rolloutsKey } from '../../feeds/releases/keys.ts';
import { counted, moment } from '../../views/kit/format.ts';
import { explain } from '../../views/kit/sentences.ts';
import { findable } from '../../views/releases/find.ts';
import type { Host } from '../kit/host.ts';
import { inform, warn } from '../kit/messages.ts';
import { pickOne } from '../kit/picks.ts';
import { progressInNotification } from '../kit/progress.ts';
import { viewpoint } from '../kit/viewpoint.ts';
import type { LazyTimeline } from './timeline/lazy.ts';

export interface FindingParts extends Pick<Host, 'clock'> {
  readonly timeline: Pick<LazyTimeline, 'open'>;
  readonly store: Store<Failure>;
  readonly hostNodes: () => Promise<HostNodesReader>;
}

/**
 * Asks for a subnet or node and opens the timeline at its batch. The nodes of HostOS batches are read when a person requests
 * them, as the dashboard returns those for one batch at a time; the list is there again then.
 */
export async function findTarget(parts: FindingParts): Promise<void> {
  const { store, timeline } = parts;
  const hostNodes = await parts.hostNodes();
  for (;;) {
    const targets = findable(store.state(rolloutsKey).records.values(), hostNodes.known());
    const unread = hostNodes.unread();
    if (targets.length + unread.length === 0) {
      inform('No rollout that is known names subnets or nodes.');
      return;
    }
    const found = targets.map((target) => ({ ...target, unread: undefined }));
    const more = unread.length === 0 ? [] : [readingEntry(unread)];
    const picked = await pickOne([...found, ...more], {
      title: 'Find Subnet or Node',
      placeHolder: 'Type the beginning of the ID of a subnet or node',
      matchOnDetail: true,
    });
    if (picked === undefined) return;
    if (picked.unread === undefined) return timeline.open(picked.rollout, { batch: picked.batch });
    showEnd(await readNodes(hostNodes, picked.unread), parts);
  }
}

/** The entry that reads the nodes which are not known yet. */
function readingEntry(unread: readonly UnreadBatch[]): {
  readonly label: string;
  readonly detail: string;
  readonly icon: string;
  readonly alwaysShow: true;
  readonly unread: readonly UnreadBatch[];
} {
  const rollouts = [...new Set(unread.map(({ name }) => name.rollout))].join(', ');
  return {
    label: `Read the nodes of ${counted(unread.length, 'HostOS batch', 'HostOS batches')}…`,
    detail: `HostOS ${rollouts}: the dashboard lists the nodes of one batch at a time`,
    icon: 'cloud-download',
    alwaysShow: true,
    unread,
  };
}

function readNodes(hostNodes: HostNodesReader, unread: readonly UnreadBatch[]): Thenable<NodesEnd> {
  const abort = new AbortController();
  return progressInNotification(
    'Reading HostOS nodes',
    (report) =>
      hostNodes.read(unread, abort.signal, (done) =>
        report({ message: `${done} of ${counted(unread.length, 'batch', 'batches')}`, increment: 100 / unread.length }),
      ),
    () => abort.abort(),
  );
}

/** Says why not all was read; nothing where a person has cancelled. */
function showEnd(end: NodesEnd, { clock }: Pick<FindingParts, 'clock'>): void {
  switch (end.kind) {
    case 'all':
    case 'cancelled':
      return;
    case 'failed':
      warn(`Not all nodes were read. ${explain(end.failure).title}.`);
      return;
    case 'limit':
      warn(
        `Not all nodes were read: no more requests are sent to the dashboard in this hour. Try again after ${moment(end.at, viewpoint(clock))}.`,
      );
  }
}

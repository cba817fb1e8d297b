import * as vscode from 'vscode';
import type { Alert } from '../../domain/alerts/alert.ts';
import { alertText } from '../../domain/alerts/name.ts';
import { priorityWord } from '../../domain/alerts/priorityWords.ts';
import type { Failure } from '../../domain/base/failure.ts';
import { commitPage, rolloutDashboardPage } from '../../domain/links/pages.ts';
import { batchKeyOf } from '../../domain/releases/batchKey.ts';
import { hostBatchName } from '../../domain/releases/hostBatch.ts';
import type { Batch, Rollout } from '../../domain/releases/rollout.ts';
import { rowId } from '../../domain/releases/timeline/rowId.ts';
import type { Store } from '../../engine/read/store.ts';
import { rolloutsKey } from '../../feeds/releases/keys.ts';
import type { Row } from '../../views/kit/row.ts';
import { placeOf } from '../../views/links/places.ts';
import { linkTo } from '../../views/releases/opening.ts';
import type { Handlers } from '../kit/commands.ts';
import type { Documents } from '../kit/documents.ts';
import type { Host } from '../kit/host.ts';
import { linkedRows, openPages } from '../kit/linkedRows.ts';
import { inform } from '../kit/messages.ts';
import { pickOne } from '../kit/picks.ts';
import type { Views } from '../kit/views.ts';
import { timelineTarget, relatedAlerts } from '../links/relatedTo.ts';
import type { LiveLinks } from '../links/liveLinks.ts';
import type { FindingParts } from './finding.ts';
import type { LazyTimeline } from './timeline/lazy.ts';

export interface ReleaseCommandParts extends Pick<Host, 'settings'>, FindingParts {
  readonly timeline: Pick<LazyTimeline, 'open' | 'activeRollout'>;
  readonly store: Store<Failure>;
  readonly views: Pick<Views, 'ids' | 'selection'>;
  readonly links: Pick<LiveLinks, 'current'>;
  readonly documents: Pick<Documents, 'open'>;
}

/** The commands for rollouts. */
export function releaseCommands(parts: ReleaseCommandParts): Handlers {
  const { timeline, views, store, settings } = parts;
  /** The page of a rollout in Airflow. */
  const pageOf = (key: string | undefined): string | undefined => {
    const rollout = key === undefined ? undefined : store.state(rolloutsKey).records.get(key);
    return rollout === undefined ? undefined : linkTo(rollout.url, settings.current.airflowUrl.href);
  };
  /** The page in Airflow of what a link in a hover names: a rollout, a batch or a subnet. */
  const taskPage = (row: Row): string | undefined => {
    const { rollout, batch } = shownBy(row, store);
    const place = batch?.targets.find(({ id }) => id === row.copied);
    const url = (place ?? batch ?? rollout)?.url;
    return url === undefined ? undefined : linkTo(url, settings.current.airflowUrl.href);
  };
  return {
    'drDre.releases.openTimeline': async ({ rows }) => {
      const [row] = rows;
      const place = row === undefined ? undefined : timelineTarget(row, parts);
      if (row !== undefined && place === undefined) {
        inform("Can't open the timeline: no rollout that was read is related to this.");
      } else await timeline.open(place?.rollout, { keepFocus: row !== undefined, batch: place?.batch });
    },
    'drDre.releases.saveTimeline': async ({ rows }) => {
      const picked = await pickOne(imageFormats, { title: 'Save Timeline as Image', placeHolder: 'Select a format' });
      if (picked !== undefined) await timeline.open(meant(rows[0], timeline.activeRollout), { wanted: picked.format });
    },
    'drDre.releases.copyTimeline': ({ rows }) =>
      timeline.open(meant(rows[0], timeline.activeRollout), { wanted: 'markdown' }),
    'drDre.releases.compareTimeline': ({ rows }) =>
      timeline.open(meant(rows[0], timeline.activeRollout), { compare: true }),
    'drDre.releases.findSubnet': async () => (await import('./finding.ts')).findTarget(parts),
    'drDre.releases.openStuck': ({ rows }) => {
      const [row] = rows;
      const isOfBatch = row?.record?.kind === 'rollout' && row.batch !== undefined;
      return parts.documents.open('stuck', isOfBatch ? batchKeyOf(row.record.key, row.batch) : 'now');
    },
    'drDre.releases.openAlerts': ({ rows }) =>
      openAlerts(parts, rows.length > 0 ? rows : views.ids.flatMap((id) => views.selection(id))),
    'drDre.releases.openPlace': ({ rows }) =>
      openPagesOf(selectedOf(views, rows), ({ placePage }) => placePage, 'a subnet or node'),
    'drDre.releases.openCommit': ({ rows }) =>
      openPagesOf(
        selectedOf(views, rows),
        ({ commit }) => (commit === undefined ? undefined : commitPage(commit)),
        'a row with a commit',
      ),
    'drDre.releases.openProposal': async ({ rows }) => {
      const proposal = selectedOf(views, rows).find((row) => row.proposal !== undefined)?.proposal;
      if (proposal === undefined) inform('Select a row with a proposal in the Releases view.');
      else await parts.documents.open('proposal', proposal);
    },
    'drDre.releases.openForum': ({ rows }) =>
      openPagesOf(selectedOf(views, rows), ({ forumPage }) => forumPage, 'a row with a forum thread'),
    'drDre.releases.openNotes': ({ rows }) =>
      openPagesOf(selectedOf(views, rows), ({ notesPage }) => notesPage, 'a row with release notes'),
    'drDre.releases.openRolloutDashboard': ({ rows }) =>
      openPagesOf(
        selectedOf(views, rows),
        (row) => {
          const { rollout, batch } = shownBy(row, store);
          return rollout === undefined
            ? undefined
            : rolloutDashboardPage(settings.current.rolloutsUrl.origin, rollout, batch);
        },
        'a rollout or batch',
      ),
    'drDre.releases.copyCommit': async ({ rows }) => {
      const commits = new Set(selectedOf(views, rows).flatMap(({ commit }) => commit ?? []));
      if (commits.size > 0) await vscode.env.clipboard.writeText([...commits].join('\n'));
      else inform('Select a row with a commit in the Releases view.');
    },
    'drDre.releases.openInAirflow': async ({ rows }) => {
      const [row] = rows;
      const shown =
        row === undefined ? pageOf(timeline.activeRollout) : row.link === undefined ? taskPage(row) : undefined;
      if (shown !== undefined) return openPages([shown]);
      const linked = await linkedRows(views, ['drDre.releases'], rows);
      await openPages(linked.map(({ link }) => link));
    },
  };
}

const imageFormats = [
  { label: 'SVG', description: 'sharp at any size', format: 'svg' },
  { label: 'PNG', description: 'for chats', format: 'png' },
] as const;

/** The rollout of a row, else the one that the timeline shows. */
function meant(row: Row | undefined, shown: string | undefined): string | undefined {
  return row?.record?.kind === 'rollout' ? row.record.key : shown;
}

/** Opens the alert that is related to these rows, or about their subnets and nodes; of several the one that a person picks. */
async function openAlerts(
  parts: Pick<ReleaseCommandParts, 'store' | 'links' | 'documents' | 'clock'>,
  rows: readonly Row[],
): Promise<void> {
  const alerts = [...new Set(rows.flatMap((row) => alertsOf(row, parts)))];
  const [first, another] = alerts;
  if (first === undefined) {
    inform('Nothing with related alerts is selected in the views of Dr. DRE.');
    return;
  }
  const entries = alerts.map((alert) => ({ label: alertText(alert), description: priorityWord(alert), id: alert.id }));
  const picked =
    another === undefined
      ? first
      : await pickOne(entries, {
          title: 'Open Related Alerts',
          placeHolder: 'Select an alert',
        });
  if (picked !== undefined) await parts.documents.open('alert', picked.id);
}

/** The rows of a command, or those that are selected in the Releases view. */
function selectedOf(views: Pick<Views, 'selection'>, rows: readonly Row[]): readonly Row[] {
  return rows.length > 0 ? rows : views.selection('drDre.releases');
}

/** Opens the pages of rows, each once; `what` has one. */
async function openPagesOf(
  rows: readonly Row[],
  pageOf: (row: Row) => string | undefined,
  what: string,
): Promise<void> {
  const pages = new Set(rows.flatMap((row) => pageOf(row) ?? []));
  if (pages.size === 0) inform(`Select ${what} in the Releases view.`);
  else await openPages([...pages]);
}

/** The rollout that a row is about, and the batch if it is about one. */
function shownBy(
  { record, batch }: Row,
  store: Store<Failure>,
): { readonly rollout: Rollout | undefined; readonly batch: Batch | undefined } {
  const rollout = record?.kind === 'rollout' ? store.state(rolloutsKey).records.get(record.key) : undefined;
  return { rollout, batch: rollout?.batches.find((each) => rowId(each) === batch) };
}

/** The alerts that are not closed and related to a record, or about what the row of a batch, subnet or node stands for. */
function alertsOf(row: Row, parts: Pick<ReleaseCommandParts, 'store' | 'links' | 'clock'>): readonly Alert[] {
  const { store, links } = parts;
  if (row.record?.kind !== 'rollout') return relatedAlerts(row, parts);
  const { rollout, batch } = shownBy(row, store);
  if (rollout === undefined || batch === undefined) return [];
  // The nodes of a HostOS batch are not among its targets.
  if (row.copied !== undefined && hostBatchName(rollout, batch) !== undefined) {
    return links.current?.alertsAt({ kind: 'node', id: row.copied }) ?? [];
  }
  return batch.targets
    .filter(({ id }) => row.copied === undefined || row.copied === id)
    .flatMap((target) => links.current?.alertsAt(placeOf(rollout, target)) ?? []);
}

import { pullRequestsKey } from '../../feeds/ci/pullRequests.ts';
import { workflowRunsKey } from '../../feeds/ci/workflowRuns.ts';
import { ciView } from '../../views/ci/view.ts';
import type { Row } from '../../views/kit/row.ts';
import type { Handlers } from '../kit/commands.ts';
import type { Host } from '../kit/host.ts';
import { openPages } from '../kit/linkedRows.ts';
import { inform } from '../kit/messages.ts';
import { pickOne } from '../kit/picks.ts';
import { viewpoint } from '../kit/viewpoint.ts';
import type { Views } from '../kit/views.ts';
import { ciViewCommands, type CiViewParts } from './viewCommands.ts';

export interface CiCommandParts extends Pick<Host, 'settings' | 'clock'>, CiViewParts {
  readonly views: Pick<Views, 'selection'>;
}

/** The commands for pull requests and workflow runs. */
export function ciCommands(parts: CiCommandParts): Handlers {
  return { ...ciViewCommands(parts), 'drDre.ci.open': ({ rows }) => openCiPage(parts, rows) };
}

/** Opens the pages of the rows, or of the selected rows where there are none; without any, the page that a person picks. */
async function openCiPage(
  parts: Pick<CiCommandParts, 'views' | 'clock' | 'settings' | 'store'>,
  rows: readonly Row[],
): Promise<void> {
  const used = rows.length > 0 ? rows : parts.views.selection('drDre.ci');
  const links = used.flatMap((row) => row.link ?? pageOf(row.record, parts) ?? []);
  const chosen = links.length > 0 ? undefined : await chosenLink(parts);
  await openPages([...new Set(chosen === undefined ? links : [chosen])]);
}

type KnownPages = Pick<CiCommandParts, 'clock' | 'settings' | 'store'>;

/** The page of a pull request or workflow run that a link in a hover names. */
function pageOf(record: Row['record'], parts: KnownPages): string | undefined {
  if (record === undefined) return undefined;
  const { kind, key } = record;
  return rowsWithPages(parts).find((row) => row.record?.kind === kind && row.record.key === key)?.link;
}

function rowsWithPages({ store, settings, clock }: KnownPages): readonly Row[] {
  const watched = { githubApi: settings.current.githubApi.href, repository: settings.current.repository };
  const model = ciView(store.state(pullRequestsKey), store.state(workflowRunsKey), viewpoint(clock), watched);
  return model.rows.flatMap(withPages);
}

async function chosenLink(parts: KnownPages): Promise<string | undefined> {
  const entries = rowsWithPages(parts).map(({ label, description = '', link }) => ({ label, description, link }));
  if (entries.length === 0) {
    inform('No pull request or workflow run is known now.');
    return undefined;
  }
  const picked = await pickOne(entries, {
    placeHolder: 'Select a pull request or workflow run',
    matchOnDescription: true,
  });
  return picked?.link;
}

function withPages(row: Row): readonly Row[] {
  return [...(row.link === undefined ? [] : [row]), ...(row.children ?? []).flatMap(withPages)];
}

import { counted } from '../../views/kit/format.ts';
import type { Row } from '../../views/kit/row.ts';
import { confirm } from './confirm.ts';
import { inform } from './messages.ts';
import { openPage } from './openPage.ts';
import { pickSeveral } from './picks.ts';
import type { Views } from './views.ts';

/** A row whose record has a page. */
export interface LinkedRow extends Row {
  readonly link: string;
}

/** At most this many pages are opened without asking. */
const manyPages = 5;

/**
 * The rows with a page that a command is for: `rows`, or else those selected in these views. When rows are selected in
 * several views, a person picks from them; when in none, a message says so.
 */
export async function linkedRows(
  views: Pick<Views, 'selection'>,
  ids: readonly string[],
  rows: readonly Row[],
): Promise<readonly LinkedRow[]> {
  const named = rows.filter(isLinked);
  if (named.length > 0) return named;
  const selections = ids.map((id) => views.selection(id).filter(isLinked)).filter((each) => each.length > 0);
  const [only, another] = selections;
  if (only === undefined) {
    inform('Nothing with a page is selected in the views of Dr. DRE.');
    return [];
  }
  if (another === undefined) return only;
  const entries = selections.flat().map((row) => ({ label: row.label, description: row.description ?? '', row }));
  const picked = await pickSeveral(entries, { placeHolder: 'Select pages' });
  return (picked ?? []).map(({ row }) => row);
}

/** Opens pages in the browser; asks first when they are many. */
export async function openPages(links: readonly string[]): Promise<void> {
  if (links.length > manyPages) {
    const open = `Open ${counted(links.length, 'Page')}`;
    if (!(await confirm({ severity: 'warning', text: `${open} in the browser?`, yes: open }))) return;
  }
  for (const link of links) await openPage(link);
}

function isLinked(row: Row): row is LinkedRow {
  return row.link !== undefined;
}

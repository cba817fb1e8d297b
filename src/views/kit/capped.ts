import { eachRow } from './faults.ts';
import { counted } from './format.ts';
import type { Row } from './row.ts';

/** How many rows a group shows at first, and how many more with each click: VS Code draws what it is given at once. */
export const rowsAtOnce = 100;

/**
 * Makes rows of the first `limit` items, and one row behind them that brings more. `id` is the group's, `rowId` returns the id of
 * an item's row.
 */
export function cappedRows<T>(
  items: readonly T[],
  limit: number,
  group: { readonly id: string; readonly noun: string; readonly rowId: (item: T) => string },
  toRow: (item: T) => Row,
): readonly Row[] {
  const rows = eachRow(items.slice(0, limit), group.rowId, toRow);
  const left = items.length - rows.length;
  if (left <= 0) return rows;
  const label = `Show ${Math.min(left, rowsAtOnce)} more`;
  return [
    ...rows,
    {
      id: moreId(group.id),
      label,
      description: `${counted(left, group.noun)} not shown`,
      icon: { id: 'unfold' },
      tokens: [],
      spoken: `${label}: ${counted(left, group.noun)} not shown`,
      command: 'drDre.showMore',
    },
  ];
}

const suffix = '/more';

function moreId(group: string): string {
  return `${group}${suffix}`;
}

/** The group that a row would bring more of; undefined for other rows. */
export function groupOfMore(row: Row): string | undefined {
  return row.command === 'drDre.showMore' ? row.id.slice(0, -suffix.length) : undefined;
}

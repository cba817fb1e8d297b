import type { Mark } from './marks.ts';
import type { Timeline } from './timeline.ts';

/** What belongs to something: batches (`rowId`), and subnets or nodes. */
export interface Belongings {
  readonly rows: ReadonlySet<string>;
  readonly targets: ReadonlySet<string>;
}

/** What belongs to any of these marks. */
export function belongingsOf(marks: readonly Mark[], timeline: Timeline): Belongings {
  const targets = new Set(marks.flatMap((mark) => mark.targets));
  const rows = timeline.groups.flatMap((group) => group.rows);
  const belongs = (row: (typeof rows)[number]): boolean =>
    row.cells.some(({ id }) => targets.has(id)) ||
    marks.some(({ ofAll, during }) => {
      const run = row.actual ?? row.predicted ?? row.planned;
      return ofAll || (during !== null && run !== undefined && run.start < during.end && run.end > during.start);
    });
  return { rows: new Set(rows.filter(belongs).map(({ id }) => id)), targets };
}

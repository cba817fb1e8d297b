import type { Row } from './row.ts';

/**
 * The rows with ids of which no two are the same in the whole tree: of rows with one id the later ones get a number
 * behind it. VS Code shows no view at all in which an id occurs twice. Rows whose ids are unique stay the same objects.
 */
export function uniqueIds(rows: readonly Row[]): readonly Row[] {
  return renamed(rows, new Set());
}

function renamed(rows: readonly Row[], taken: Set<string>): readonly Row[] {
  const result = rows.map((row) => {
    const id = freeId(row.id, taken);
    taken.add(id);
    const children = row.children === undefined ? undefined : renamed(row.children, taken);
    if (id === row.id && children === row.children) return row;
    return children === undefined ? { ...row, id } : { ...row, id, children };
  });
  return result.every((row, index) => row === rows[index]) ? rows : result;
}

function freeId(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id;
  let number = 2;
  while (taken.has(`${id}#${number}`)) number++;
  return `${id}#${number}`;
}

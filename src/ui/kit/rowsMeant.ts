import type { Row } from '../../views/kit/row.ts';
import type { Views } from './views.ts';

/** The rows that a command is for. `ask`: a person must confirm which, and these are the proposal. */
export interface Meant {
  readonly rows: readonly Row[];
  readonly ask: boolean;
}

/**
 * Which rows a command is for. A row that a menu or a key names stands for the whole selection when it is part of it. The
 * palette names none: then it is the selection, or, when another row has the keyboard focus, whatever the person picks.
 */
export async function rowsMeant(
  views: Pick<Views, 'selection' | 'focusedRow'>,
  view: string,
  rows: readonly Row[],
): Promise<Meant> {
  const selection = views.selection(view);
  const isSelected = ({ id }: Row): boolean => selection.some((row) => row.id === id);
  const [first, another] = rows;
  if (first !== undefined) {
    return { rows: another === undefined && isSelected(first) ? selection : rows, ask: false };
  }
  const focused = await views.focusedRow(view);
  if (focused === undefined || isSelected(focused)) return { rows: selection, ask: false };
  return { rows: [focused], ask: true };
}

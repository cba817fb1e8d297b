import type { Failure } from '../../domain/base/failure.ts';
import type { FeedState } from '../../engine/read/store.ts';
import { grouped, type Viewpoint } from './format.ts';
import { frame, problemRow, type Frame } from './frame.ts';
import type { Icon, Row } from './row.ts';

/** A part of a view that is read on its own. */
export interface Section extends Frame {
  /** Unique in the view. */
  readonly id: string;
  readonly label: string;
  /** Dim text behind the label while all is well. */
  readonly count: string;
  readonly icon?: Icon;
  readonly expanded?: boolean;
  /** Lines for the hover, where the label does not say all. */
  readonly hover?: readonly string[];
}

/** A group with its own trouble, age and emptiness: what is wrong with it is shown inside of it. */
export function sectionRow(state: FeedState<unknown, Failure>, from: Viewpoint, section: Section): Row {
  const { id, label, count, icon, expanded, hover } = section;
  const model = frame(state, from, section);
  const problem = section.rows.length === 0 ? problemRow(state, from) : undefined;
  const rows = problem === undefined ? model.rows : [problem];
  const remark: Row[] =
    model.message === undefined || problem !== undefined
      ? []
      : [{ id: '!remark', label: model.message, tokens: [], spoken: model.message }];
  // Several sections may have a problem: a row's id is unique in the whole view.
  const children = [...rows, ...remark].map((row) =>
    row.id.startsWith('!') ? { ...row, id: `${id}/${row.id}` } : row,
  );
  const isCurrent = state.status === 'fresh';
  const facts = [count, state.skipped === 0 ? '' : `${grouped(state.skipped)} not read`].filter((text) => text !== '');
  const description = isCurrent
    ? facts.join(', ')
    : [facts.join(', '), model.asOf ?? 'not read yet'].filter((text) => text !== '').join(' · ');
  const wrong = problemRow(state, from);
  return {
    id,
    label,
    description,
    icon: wrong?.icon ?? icon,
    tokens: [],
    hover,
    spoken: [label, description, wrong?.label].filter((text) => text !== undefined).join(', '),
    children,
    expanded: expanded ?? false,
  };
}

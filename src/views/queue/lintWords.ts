import type { TicketLint } from '../../domain/queue/lints.ts';
import type { Row } from '../kit/row.ts';

/** How the lints of tickets are worded, and what is offered against each. */
interface LintWords {
  /** In the row. Undefined where the row says it anyhow. */
  readonly word: string | undefined;
  /** In the hover and in the list of quick fixes, without a full stop. */
  readonly sentence: string;
  /** The verbs that can put it right, the most likely first. */
  readonly fixes: readonly string[];
}

/** By lint. */
export const lintWords: Readonly<Record<TicketLint, LintWords>> = {
  unassigned: { word: undefined, sentence: 'Has no assignee', fixes: ['assignToMe', 'assign'] },
  proposalOpen: { word: 'proposal open', sentence: 'Done, but its proposal is still open', fixes: ['transition'] },
  proposalExecuted: {
    word: 'proposal executed',
    sentence: 'Open, but its proposal has been executed',
    fixes: ['transition'],
  },
  unexplained: { word: 'no reason', sentence: 'Flagged without a reason', fixes: ['comment', 'link', 'unblock'] },
  quiet: { word: 'no update', sentence: 'In progress without an update', fixes: ['comment', 'transition'] },
  unclear: {
    word: 'unclear',
    sentence: 'Requests a proposal without requirements or expected outcome',
    fixes: ['editDescription', 'comment'],
  },
  noContext: {
    word: 'no context',
    sentence: 'In progress with neither description nor comment: nothing to hand over',
    fixes: ['comment', 'editDescription'],
  },
  scopeChanged: { word: 'scope changed', sentence: 'Its scope has changed since work began', fixes: ['moveOut'] },
};

/** What is said beside the title of the Queue view. */
export const notTended = 'not tended today';

/** The row of the Week view that says so. A click leads to the queue. */
export const notTendedRow: Row = {
  id: 'queue/notTended',
  label: 'Queue',
  description: notTended,
  icon: { id: 'warning', color: 'drDre.warning' },
  tokens: [],
  hover: ['Queue: not tended today', 'No ticket of the queue has been updated today.'],
  spoken: 'Queue: not tended today. No ticket of the queue has been updated today.',
  command: 'drDre.queue.focus',
};

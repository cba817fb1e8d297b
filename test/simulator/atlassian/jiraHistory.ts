import { people } from '../world.ts';
import * as jira from './jiraModel.ts';
import type { SimChange, SimIssue } from './jiraModel.ts';

type Item = SimChange['items'][number];

/** What the history of an issue notes of an edit, besides its status (atlassian.md 3.8). */
export function editItems(before: SimIssue, now: SimIssue): readonly Item[] {
  const items: Item[] = [];
  const note = (field: string, id: string, from: readonly [string | null, string], to: typeof from): void => {
    if (from[1] === to[1]) return;
    items.push({ field, fieldId: id, from: from[0], fromString: from[1], to: to[0], toString: to[1] });
  };
  note('summary', 'summary', [null, before.summary], [null, now.summary]);
  note('assignee', 'assignee', personOf(before), personOf(now));
  const flag = ({ flagged }: SimIssue): readonly [string, string] => (flagged ? ['[10019]', 'Impediment'] : ['', '']);
  note('Flagged', jira.flagField, flag(before), flag(now));
  return items;
}

function personOf({ assignee }: SimIssue): readonly [string | null, string] {
  return [assignee ?? null, people.find(({ accountId }) => accountId === assignee)?.name ?? ''];
}

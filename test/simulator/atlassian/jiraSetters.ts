import { people } from '../world.ts';
import { isFields, type Refusal } from './http.ts';
import { document, jiraError } from './jiraHttp.ts';
import * as jira from './jiraModel.ts';
import type { SimIssue } from './jiraModel.ts';
import { siteFields } from './jiraSiteFields.ts';
import type { Switches } from './switches.ts';

// How the fields of an issue are set (atlassian.md 3.3).

type Setter = (issue: SimIssue, value: unknown) => void;

/** What sets each field, or refuses its value. */
export function fieldSetters(
  find: (keyOrId: string) => SimIssue | undefined,
  switches: Switches,
): Readonly<Record<string, Setter>> {
  return {
    summary: (of, value) => {
      if (typeof value !== 'string' || value.trim() === '') {
        throw jiraError(400, [], { summary: 'You must specify a summary of the issue.' });
      }
      if (value.length > 255) throw jiraError(400, [], { summary: "Summary can't exceed 255 characters." });
      of.summary = value;
    },
    description: (of, value) => {
      of.description = value === null ? null : document(value, 'description');
    },
    labels: (of, value) => {
      const labels = Array.isArray(value) ? (value as unknown[]).map(String) : [];
      if (labels.some((label) => /\s/.test(label))) {
        throw jiraError(400, [], { labels: "The label can't contain spaces." });
      }
      of.labels = [...new Set(labels)];
    },
    priority: (of, value) => {
      const { id, name } = isFields(value) ? value : {};
      const found = jira.issuePriorities.find((each) => each.id === id || each.name === name);
      if (found === undefined) throw jiraError(400, [], { priority: 'The priority selected is invalid.' });
      of.priority = found.id;
    },
    assignee: (of, value) => {
      const { accountId, id } = isFields(value) ? value : {};
      setAssignee(of, value === null ? null : (accountId ?? id));
    },
    duedate: (of, value) => {
      if (value !== null && !/^\d{4}-\d\d-\d\d$/.test(plain(value))) {
        throw jiraError(400, [], { duedate: 'Date value must be in the format yyyy-MM-dd.' });
      }
      of.due = value === null ? undefined : plain(value);
    },
    parent: (of, value) => {
      if (switches.epicLink) throw notOnScreen('parent');
      const { key, id, none } = isFields(value) ? value : {};
      if (none === true) {
        of.parent = undefined;
        return;
      }
      const parent = find(String(key ?? id));
      if (parent?.type.hierarchyLevel !== 1) {
        throw jiraError(400, [], { parent: 'Given parent work item does not belong to appropriate hierarchy.' });
      }
      of.parent = parent.key;
    },
    [jira.flagField]: (of, value) => {
      if (!switches.flagOnScreen) throw notOnScreen(jira.flagField);
      const options: unknown[] = Array.isArray(value) ? value : [];
      for (const option of options) {
        const { value: name, id } = isFields(option) ? option : {};
        if (name !== switches.flagOption && id !== '10019') {
          throw jiraError(400, [], { [jira.flagField]: `Option value '${String(name)}' is not valid` });
        }
      }
      of.flagged = options.length > 0;
    },
    [jira.epicLinkField]: (of, value) => {
      if (!switches.epicLink) throw notOnScreen(jira.epicLinkField);
      if (value === null) {
        of.parent = undefined;
        return;
      }
      const epic = find(plain(value));
      if (epic?.type.hierarchyLevel !== 1) throw jiraError(400, [], { [jira.epicLinkField]: 'data was not an epic' });
      of.parent = epic.key;
    },
    [jira.teamField]: (of, value) => {
      if (!switches.teamRequired) throw notOnScreen(jira.teamField);
      const { id } = isFields(value) ? value : {};
      const team = jira.teams.find((each) => each.id === id);
      if (team === undefined) {
        throw jiraError(400, [], { [jira.teamField]: `Option id '${plain(id)}' is not valid` });
      }
      of.team = team.id;
    },
    ...Object.fromEntries(
      siteFields.map(({ id, refuses }): [string, Setter] => [
        id,
        (of, value) => {
          if (!switches.siteFieldsRequired) throw notOnScreen(id);
          const refused = refuses(value);
          if (refused !== undefined) throw jiraError(400, [], { [id]: refused });
          of.site = { ...of.site, [id]: value };
        },
      ]),
    ),
  };
}

export function setAssignee(of: SimIssue, accountId: unknown): void {
  const wanted = accountId === '-1' ? people[1]?.accountId : accountId;
  if (wanted !== null && !people.some((person) => person.accountId === wanted)) {
    throw jiraError(400, [], { assignee: `User '${plain(wanted)}' does not exist.` });
  }
  of.assignee = wanted === null ? undefined : plain(wanted);
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

export function notOnScreen(field: string): Refusal {
  return jiraError(400, [], {
    [field]: `Field '${field}' cannot be set. It is not on the appropriate screen, or unknown.`,
  });
}

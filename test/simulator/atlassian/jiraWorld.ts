import { epicKey, people, subnets, type World } from '../world.ts';
import * as jira from './jiraModel.ts';
import type { SimIssue, SimLink } from './jiraModel.ts';
import { guidelines } from './writtenGuidelines.ts';
import { beside, besideKeys, dana, links, say, troubled, written, type Written } from './writtenIssues.ts';

// The issues of the simulated week: the written ones, and in a big world many more.

/** Number of the first ticket: the epic's follows. */
const firstNumber = Number(epicKey.split('-')[1]) + 1;

export interface JiraState {
  readonly issues: Map<string, SimIssue>;
  links: SimLink[];
}

export function makeIssues(world: World): JiraState {
  const random = world.random('issues');
  const size = world.sizeOf('tickets') ?? written.length;
  const all: SimIssue[] = [
    makeIssue(world, epicKey, {
      summary: 'DRE Ops Rotation queue',
      status: jira.inProgress,
      created: '2024-01-15T09:00:00Z',
      type: jira.epicType,
      description: guidelines,
      outside: true,
    }),
    ...beside.map((each, index) => makeIssue(world, besideKeys[index] ?? '', { ...each, outside: true })),
    ...written.slice(0, size).map((each, index) => makeIssue(world, `DRE-${firstNumber + index}`, each)),
  ];
  for (let index = written.length; index < size; index += 1) all.push(grown(world, random, index));
  const issues = new Map(all.map((issue) => [issue.key, issue]));
  const keyOf = (end: number | string): string => (typeof end === 'string' ? end : `DRE-${firstNumber + end}`);
  return {
    issues,
    links: links
      .map(([source, typeId, target], index) => ({
        id: `${10_500 + index}`,
        typeId,
        source: keyOf(source),
        target: keyOf(target),
      }))
      .filter(({ source, target }) => issues.has(source) && issues.has(target)),
  };
}

/** The id that goes with a key: keys count, and so do ids. */
export function idOf(key: string): string {
  return `${10_050 + Number(key.split('-')[1])}`;
}

function makeIssue(world: World, key: string, each: Written): SimIssue {
  const created = world.at(each.created);
  const last = each.comments?.at(-1)?.at ?? each.created;
  const updated = world.at(each.updated ?? last);
  const over = each.status.category === 'done';
  const assignee = each.assignee === undefined ? undefined : people[each.assignee]?.accountId;
  const day = (iso: string): string => new Date(world.at(`${iso}T12:00:00Z`)).toISOString().slice(0, 10);
  return {
    id: idOf(key),
    key,
    summary: each.summary,
    description: each.description ?? null,
    type: each.type ?? jira.taskType,
    status: each.status,
    assignee,
    reporter: dana.accountId,
    priority: each.priority ?? '3',
    labels: [...(each.labels ?? [])],
    parent: each.outside === true ? undefined : epicKey,
    created,
    updated,
    statusChanged: updated,
    resolution: over ? '10000' : undefined,
    resolved: over ? updated : undefined,
    due: each.due === undefined ? undefined : day(each.due),
    flagged: each.flagged ?? false,
    comments: (each.comments ?? []).map((comment, index) => ({
      id: `${Number(idOf(key)) * 100 + index}`,
      author: (people[comment.by] ?? dana).accountId,
      updateAuthor: (people[comment.by] ?? dana).accountId,
      body: comment.body,
      created: world.at(comment.at),
      updated: world.at(comment.at),
    })),
    attachments: (each.files ?? []).map(([name, type, size], index) => ({
      id: `${Number(idOf(key)) * 10 + index}`,
      name,
      type,
      size,
    })),
    changes:
      each.status === jira.toDo
        ? []
        : [
            {
              id: `${Number(idOf(key)) + 2_000}`,
              author: assignee ?? dana.accountId,
              created: updated,
              items: [
                {
                  field: 'status',
                  fieldId: 'status',
                  from: jira.toDo.id,
                  fromString: jira.toDo.name,
                  to: each.status.id,
                  toString: each.status.name,
                },
              ],
            },
          ],
    properties: {},
    rank: `0|i${Number(idOf(key)).toString(36).padStart(6, '0')}:`,
  };
}

/** One of the many of a big world. */
function grown(world: World, random: () => number, index: number): SimIssue {
  const subnet = subnets[Math.floor(random() * subnets.length)]?.split('-')[0] ?? troubled;
  const created = Math.floor(world.startAt - random() * 90 * 86_400_000);
  const status = jira.statuses[Math.floor(random() * jira.statuses.length)] ?? jira.toDo;
  const assignee = Math.floor(random() * 6);
  const issue = makeIssue(world, `DRE-${firstNumber + index}`, {
    summary: `Follow up on subnet ${subnet}, part ${index}`,
    status,
    created: '2026-08-26T13:00:00Z',
    labels: ['subnet', ['rollout', 'topology', 'alerts'][index % 3] ?? ''],
    description: say(`Opened from an alert on ${subnet}.`),
    flagged: random() < 0.05,
    assignee: assignee < people.length ? assignee : undefined,
  });
  const updated = Math.floor(created + random() * (world.startAt - created));
  return {
    ...issue,
    created,
    updated,
    statusChanged: updated,
    resolved: issue.resolved === undefined ? undefined : updated,
  };
}

import { guestRevision, people, rcName, troubledSubnet } from '../world.ts';
import { type AdfNode, bullets, code, doc, heading, link, mention, panel, paragraph, steps, text } from './adf.ts';
import * as jira from './jiraModel.ts';

// The tickets of the believable Wednesday: the queue under the epic in every condition, and two issues beside it.

export interface Written {
  readonly summary: string;
  readonly status: jira.SimStatus;
  readonly created: string;
  readonly updated?: string;
  /** Index into the team; nobody when absent. */
  readonly assignee?: number | undefined;
  readonly priority?: '1' | '2' | '3' | '4' | '5';
  readonly labels?: readonly string[];
  readonly description?: AdfNode;
  readonly flagged?: boolean;
  readonly type?: jira.IssueType;
  readonly due?: string;
  readonly comments?: readonly { readonly by: number; readonly at: string; readonly body: AdfNode }[];
  readonly files?: readonly (readonly [name: string, type: string, size: number])[];
  readonly outside?: boolean;
}

export const troubled = troubledSubnet.split('-')[0] ?? '';
export const [dana] = people;
const [, eli, noor] = people;
export const say = (...content: (string | AdfNode)[]): AdfNode => doc(paragraph(...content));

export const written: readonly Written[] = [
  {
    summary: `Subnet ${troubled} is stuck in the upgrade of batch 12`,
    status: jira.inProgress,
    created: '2026-08-26T13:35:00Z',
    updated: '2026-08-26T13:44:00Z',
    assignee: 0,
    priority: '1',
    labels: ['rollout', 'subnet'],
    description: doc(
      heading(2, 'What happened'),
      paragraph('Batch 12 of ', text(rcName, 'code'), ' reached ', text(troubledSubnet, 'code'), ' at 13:01 UTC.'),
      panel('warning', paragraph('The rollout waits for its alerts to go.')),
      heading(2, 'To do'),
      steps(
        'Look at the replica logs of the nodes that did not restart',
        paragraph('Compare with version ', text(guestRevision.slice(0, 12), 'code')),
        paragraph('Ask ', mention(eli?.accountId ?? '', 'Eli Second'), ' before anything is restarted'),
      ),
      code('shell', 'dre subnet whatif --help | head -n 20'),
      paragraph(text('Dashboard', 'strong', link('https://grafana.example.com/d/subnet')), ' of the last hour.'),
    ),
    comments: [
      { by: 0, at: '2026-08-26T13:40:00Z', body: say('Nine of thirteen nodes run the old version.') },
      {
        by: 1,
        at: '2026-08-26T13:44:00Z',
        body: doc(
          paragraph('Seen this in July, see ', { type: 'inlineCard', attrs: { url: 'https://forum.dfinity.org/t/1' } }),
          { type: 'blockquote', content: [paragraph('restart of the orchestrator helped')] },
        ),
      },
    ],
  },
  {
    summary: 'Take the nodes of bo1 out of subnet pae4o before the maintenance',
    status: jira.inProgress,
    created: '2026-08-26T12:45:00Z',
    updated: '2026-08-26T13:05:00Z',
    assignee: 0,
    priority: '2',
    labels: ['node-provider', 'topology'],
    due: '2026-08-27',
    description: say('Asked in #eng-dre. Maintenance is tomorrow at 08:00 UTC.'),
  },
  {
    summary: 'Weekly proposals: topology changes',
    status: jira.toDo,
    created: '2026-08-24T07:10:00Z',
    assignee: 0,
    labels: ['weekly'],
    description: doc(
      {
        type: 'taskList',
        attrs: { localId: 'weekly' },
        content: [
          { type: 'taskItem', attrs: { localId: 'w1', state: 'DONE' }, content: [text('Dead nodes')] },
          { type: 'taskItem', attrs: { localId: 'w2', state: 'TODO' }, content: [text('Topology')] },
          { type: 'taskItem', attrs: { localId: 'w3', state: 'TODO' }, content: [text('Reward adjustments')] },
        ],
      },
      { type: 'rule' },
    ),
  },
  {
    summary: 'Remove dead nodes of the last week',
    status: jira.doneStatus,
    created: '2026-08-24T07:05:00Z',
    updated: '2026-08-25T15:30:00Z',
    assignee: 0,
    labels: ['weekly'],
    comments: [{ by: 0, at: '2026-08-25T15:30:00Z', body: say('Done with proposal 138084.') }],
  },
  {
    summary: 'Update dependencies: pull request of the bot fails in CI',
    status: jira.toDo,
    created: '2026-08-24T09:00:00Z',
    assignee: 0,
    labels: ['ci'],
    type: jira.bugType,
    description: say('Pull request 2038 has been red since Monday: ', text('pinned dependency is yanked', 'em'), '.'),
  },
  {
    summary: 'Firewall rules for the new scrapers in dm1',
    status: jira.toDo,
    created: '2026-08-20T10:00:00Z',
    updated: '2026-08-25T09:00:00Z',
    assignee: 1,
    labels: ['observability', 'dc:dm1'],
    description: say('Cannot be done before the switch upgrade.'),
  },
  {
    summary: 'Upgrade the unassigned nodes of bo1',
    status: jira.waiting,
    created: '2026-08-21T11:00:00Z',
    updated: '2026-08-26T09:40:00Z',
    assignee: 1,
    flagged: true,
    labels: ['rollout', 'dc:bo1'],
    comments: [{ by: 1, at: '2026-08-26T09:40:00Z', body: say('Waiting for the provider since yesterday.') }],
  },
  {
    summary: 'Rotate the HSM of the rollout neuron',
    status: jira.waiting,
    created: '2026-08-10T08:00:00Z',
    updated: '2026-08-14T08:00:00Z',
    assignee: 2,
    flagged: true,
    labels: ['security'],
  },
  {
    summary: 'Document the recovery of a stalled subnet',
    status: jira.inProgress,
    created: '2026-07-28T08:00:00Z',
    updated: '2026-08-05T16:20:00Z',
    assignee: 2,
    priority: '4',
    labels: ['docs'],
    description: doc(
      paragraph('The page is from 2024. Parts that are wrong:'),
      bullets('roles', {
        type: 'paragraph',
        content: [text('names of '), text('commands', 'strike'), { type: 'hardBreak' }, text('and flags')],
      }),
    ),
  },
  {
    summary: 'Alert on certificates of boundary nodes fires too early',
    status: jira.toDo,
    created: '2026-08-25T07:40:00Z',
    priority: '4',
    labels: ['alerts'],
  },
  { summary: 'Ask providers of dead nodes for an update', status: jira.toDo, created: '2026-08-26T07:15:00Z' },
  {
    summary: 'Disk of two hosts in dm1 is nearly full',
    status: jira.inProgress,
    created: '2026-08-26T10:25:00Z',
    assignee: 1,
    priority: '2',
    labels: ['hostos', 'dc:dm1'],
    files: [
      ['df of both hosts.txt', 'text/plain', 2_310],
      ['<img src=x>.png', 'image/png', 1_480_000],
    ],
    comments: Array.from({ length: 6 }, (_, index) => ({
      by: index % 2,
      at: `2026-08-26T1${index < 4 ? 0 : 1}:${30 + index * 4}:00Z`,
      body: say(`Update ${index + 1} of the provider.`),
    })),
  },
  {
    summary: 'Votes on the proposals of the weekend were late',
    status: jira.doneStatus,
    created: '2026-08-24T08:00:00Z',
    updated: '2026-08-26T08:30:00Z',
    assignee: 0,
    labels: ['postmortem'],
  },
  {
    summary: 'Grow subnet 4zbus by two nodes',
    status: jira.toDo,
    created: '2026-08-18T12:00:00Z',
    updated: '2026-08-19T12:00:00Z',
    assignee: 3,
    labels: ['topology', 'subnet'],
    description: say('Needs the decision of ', mention(noor?.accountId ?? '', 'Noor Third'), '.'),
  },
  {
    summary: 'Release notes of the HostOS lack the firmware',
    status: jira.toDo,
    created: '2026-08-26T11:40:00Z',
    assignee: 0,
    type: jira.bugType,
    labels: ['release'],
  },
  {
    summary: 'Replace the node that is degraded in subnet pae4o',
    status: jira.inProgress,
    created: '2026-08-26T11:55:00Z',
    assignee: 0,
    labels: ['topology'],
  },
  {
    summary: 'Slack bot answers twice',
    status: jira.toDo,
    created: '2026-06-02T08:00:00Z',
    updated: '2026-06-03T08:00:00Z',
    assignee: 1,
    priority: '5',
    labels: ['tools'],
  },
  {
    summary: 'Add <script>alert(1)</script> & "quotes" to the title – 東京 🧑‍🚀',
    status: jira.toDo,
    created: '2026-08-22T08:00:00Z',
    labels: ['tools'],
    description: doc(
      paragraph('[a link](command:workbench.action.quit) and ', text('<b>html</b>', 'underline'), ' as text only'),
      code('', 'no language\n\ttabs and `backticks` ```\n'),
      {
        type: 'table',
        content: [
          { type: 'tableRow', content: [{ type: 'tableHeader', content: [paragraph('a | b')] }] },
          { type: 'tableRow', content: [{ type: 'tableCell', content: [paragraph('c')] }] },
        ],
      },
    ),
  },
  {
    summary: 'Handoff notes of last week',
    status: jira.doneStatus,
    created: '2026-08-24T07:00:00Z',
    updated: '2026-08-24T09:30:00Z',
    assignee: 3,
    labels: ['handoff'],
  },
  {
    summary: 'Node provider asks about rewards of July',
    status: jira.waiting,
    created: '2026-08-19T14:00:00Z',
    updated: '2026-08-26T06:50:00Z',
    assignee: 0,
    labels: ['node-provider', 'rewards'],
  },
  {
    summary: 'Scrape of dm1 is slow since the switch upgrade',
    status: jira.toDo,
    created: '2026-08-25T17:30:00Z',
    labels: ['observability', 'dc:dm1'],
    type: jira.bugType,
  },
  {
    summary: 'Retire API boundary node in an1',
    status: jira.doneStatus,
    created: '2026-08-17T08:00:00Z',
    updated: '2026-08-24T10:00:00Z',
    assignee: 2,
    labels: ['boundary'],
  },
  {
    summary: 'Alert for rollouts that wait longer than two hours',
    status: jira.toDo,
    created: '2026-08-13T08:00:00Z',
    updated: '2026-08-20T08:00:00Z',
    priority: '4',
    labels: ['alerts', 'rollout'],
  },
  {
    summary: 'Check the health of the GuestOS that is elected today',
    status: jira.toDo,
    created: '2026-08-26T11:22:00Z',
    assignee: 0,
    priority: '2',
    due: '2026-08-26',
    labels: ['release'],
  },
];

/** Issues of the project that are not in the queue, and who blocks whom in it (by position). */
export const beside: readonly Written[] = [
  { summary: 'Switch upgrade in dm1', status: jira.inProgress, created: '2026-08-12T08:00:00Z', assignee: 2 },
  {
    summary: 'New HSMs arrive',
    status: jira.doneStatus,
    created: '2026-08-01T08:00:00Z',
    updated: '2026-08-21T08:00:00Z',
  },
];

export const besideKeys = ['DRE-348', 'DRE-349'];

export const links: readonly (readonly [source: number | string, type: string, target: number | string])[] = [
  ['DRE-348', '10000', 5],
  ['DRE-349', '10000', 7],
  [0, '10000', 6],
  [0, '10000', 23],
  [1, '10003', 15],
  [11, '10003', 20],
];

import type { Alert } from '../../src/domain/alerts/alert.ts';
import type { Proposal } from '../../src/domain/proposals/proposal.ts';
import type { Ticket } from '../../src/domain/queue/ticket.ts';
import { toAlert } from '../../src/sources/atlassian/ops/mapping.ts';
import { silentReport } from '../support/sources/silentReport.ts';

/** The instant of the benches. */
export const benchNow = Date.UTC(2026, 7, 26, 13, 50, 11);

/** Alerts as the service sends them, through our own mapping. The same for the same number. */
export function manyAlerts(count: number): readonly Alert[] {
  return Array.from({ length: count }, (_, index) => {
    const alert = toAlert(JSON.parse(JSON.stringify(wireAlert(index))), silentReport);
    if (alert === undefined) throw new Error('the mapping refuses the alerts of the bench');
    return alert;
  });
}

function wireAlert(index: number): unknown {
  const created = benchNow - index * 61_000;
  const acknowledged = index % 3 === 0;
  return {
    id: `9b251e07-73c9-4907-9996-${index.toString(16).padStart(12, '0')}-${created}`,
    tinyId: `${index % 10_000}`,
    createdAt: new Date(created).toISOString(),
    updatedAt: new Date(created + 30_000).toISOString(),
    message: `[prod] IC_Replica_Behind: node ${index} of o3ow2 is ${index % 500} blocks behind`,
    entity: 'o3ow2',
    source: 'alertmanager.prod',
    status: 'open',
    alias: `IC_Replica_Behind/${index}`,
    tags: ['prod', `shard:${index % 7}`],
    extraProperties: { runbook: 'https://runbooks.example.com/ic/behind', severity: 'page' },
    description: `Finalization rate is 0 for 5m on ${index % 34} of 34 nodes.`,
    acknowledged,
    ackTime: acknowledged ? new Date(created + 20_000).toISOString() : undefined,
    owner: acknowledged ? 'Dana Oncall' : '',
    count: 1 + (index % 9),
    snoozed: false,
    integrationName: 'DRE Prometheus',
    priority: `P${1 + (index % 5)}`,
    responders: [{ id: '85f14c10-5bd7-4e98-aee5-511ce1f80086', type: 'team' }],
    actions: [],
    seen: index % 2 === 0,
  };
}

/** Tickets of the queue's epic. */
export function manyTickets(count: number): readonly Ticket[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `${20_000 + index}`,
    key: `DRE-${400 + index}`,
    summary: `Replace node ${index} of subnet o3ow2, see proposal ${138_000 + index}`,
    type: 'Task',
    status:
      index % 4 === 0
        ? { id: '3', name: 'In Progress', category: 'indeterminate' as const }
        : { id: '1', name: 'To Do', category: 'new' as const },
    priority: 'Medium',
    assignee: undefined,
    labels: ['queue'],
    flagged: index % 50 === 0,
    blockedBy: [],
    links: [],
    due: undefined,
    createdAt: benchNow - index * 3_600_000,
    updatedAt: benchNow - index * 600_000,
  }));
}

/** Open proposals of all topics and proposers, with ids that a double cannot hold. */
export function manyProposals(count: number): readonly Proposal[] {
  const own = [80n, 39n, 40n];
  return Array.from({ length: count }, (_, index) => ({
    id: 2n ** 53n + 1n + BigInt(index),
    title: `Replace a node in subnet o3ow2, round ${index}`,
    summary: `Node ${index} of o3ow2 is dead. `.repeat(40),
    url: '',
    topic: index % 19,
    status: 'open' as const,
    proposer: own[index % 4] ?? 4_711n,
    createdAt: benchNow - index * 60_000,
    deadline: benchNow + index * 60_000,
    tally: { yes: BigInt(index), no: 1n, total: 10_000n, at: benchNow },
    action: 'ExecuteNnsFunction',
    nnsFunction: 31,
  }));
}

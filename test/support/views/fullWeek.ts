import type { Alert } from '../../../src/domain/alerts/alert.ts';
import { day, hour, minute } from '../../../src/domain/base/time.ts';
import type { Run } from '../../../src/domain/operations/run.ts';
import { alert as anyAlert } from '../feeds/alertBuilder.ts';
import { proposal, pullRequest, ticket } from '../feeds/linkRecords.ts';
import { at, batch, finished, rollout, target, wednesday } from '../feeds/rolloutBuilder.ts';
import { rotation, shift } from '../feeds/rotationBuilder.ts';
import { dreRun, runEnd } from '../operations/runBuilder.ts';

// The records of a week in which much has to be said at once.

let made = 0;
function alert(priority: Alert['priority'], message: string, ageMs: number, more: Partial<Alert> = {}): Alert {
  return anyAlert(`${made++}`, { priority, message, createdAt: wednesday - ageMs, ...more });
}

const dana = { accountId: 'dana', name: 'Dana Oncall' };
const eli = { accountId: 'eli', name: 'Eli Second' };
const acknowledged = { status: 'acknowledged', acknowledgedAt: wednesday - 5 * minute } as const;

export const alerts = [
  alert('P1', '[prod] IC_Replica_NotFinalizing on o3ow2: finalization rate is 0 for 5m', 10 * minute, { count: 2 }),
  alert('P1', '[prod] IC_Subnet_UpgradeStuck: o3ow2 has not finished upgrading', 19 * minute, {
    ...acknowledged,
    owner: eli.name,
    count: 4,
  }),
  alert('P2', '[prod] IC_Replica_Behind: 3 nodes of o3ow2 are 120 blocks behind', 27 * minute, {
    ...acknowledged,
    owner: dana.name,
    count: 7,
  }),
  alert('P2', 'mainnet-scraper is expired', 2 * hour),
  alert('P2', '[prod] Boundary node bn-fr1: certificate expires in 6d', 4 * hour, {
    status: 'snoozed',
    snoozedUntil: wednesday + hour,
    owner: dana.name,
  }),
  alert('P2', '[prod] IC_HostOS_DiskFull: /var/lib of 2 hosts in dm1 over 90 %', 3 * hour, {
    status: 'acknowledged',
    acknowledgedAt: wednesday - 3 * hour,
    owner: 'Alexandra Third',
  }),
  alert('P3', '[prod] IC_Consensus_LowNotarizationRate (csyj4)', 100 * minute, { ...acknowledged, owner: eli.name }),
  alert('P3', '[prod] IC_PrometheusTargetDown: 2 nodes (pae4o)', 79 * minute),
  alert('P3', '[prod] IC_Metrics_CardinalityExplosion: http_request_duration exceeds 2.5M series', 6 * hour, {
    count: 1_024,
  }),
];

export const tickets = [
  ticket('DRE-351', {
    summary: 'Subnet o3ow2 is stuck in the upgrade of batch 12',
    updatedAt: wednesday - 6 * minute,
    assignee: dana,
    status: { id: '3', name: 'In Progress', category: 'indeterminate' },
  }),
  ticket('DRE-352', {
    summary: 'Take the nodes of bo1 out of subnet pae4o',
    updatedAt: wednesday - 3 * day,
    assignee: eli,
    blockedBy: [
      {
        relation: 'is blocked by',
        key: 'DRE-9',
        summary: 'Move',
        status: { id: '3', name: 'In Progress', category: 'indeterminate' },
      },
    ],
  }),
  ticket('DRE-359', { summary: 'Document the recovery of a stalled subnet', updatedAt: wednesday - 20 * day }),
  ticket('DRE-354', {
    summary: 'Rotate the keys of the boundary nodes',
    updatedAt: wednesday - 9 * day,
    assignee: dana,
    flagged: true,
  }),
  ticket('DRE-355', {
    summary: 'Upgrade the unassigned nodes',
    updatedAt: wednesday - 30 * hour,
    due: '2026-08-27',
  }),
];

const tally = { yes: 83n, no: 1n, total: 1_000n, at: wednesday };
export const proposals = [
  proposal(138_063n, {
    title: 'Publish the latency between data centers',
    topic: 4,
    deadline: wednesday + 24 * minute,
    tally,
    proposer: 9_383_571_398_983_269_667n,
  }),
  proposal(138_072n, {
    title: 'Replace nodes in subnet pae4o',
    topic: 7,
    deadline: wednesday + 2 * day,
    tally: { ...tally, yes: 517n },
  }),
  proposal(138_123n, {
    title: 'Update subnet o3ow2 to replica version 79c01052b5f7f49d3cf53d04d696cb2893294cd3',
    deadline: wednesday + 3 * hour,
    tally: { ...tally, yes: 1_000n },
  }),
];

export const rollouts = [
  rollout({
    state: 'problem',
    batches: [
      finished(1, at(0, 9), ['aaaaa']),
      finished(2, at(0, 11), ['bbbbb']),
      batch(12, at(2, 10), {
        actualStart: at(2, 13),
        state: 'error',
        targets: [target('o3ow2', { state: 'error' }), target('opn46', { state: 'waiting_for_alerts_gone' })],
      }),
      batch(13, at(2, 15)),
    ],
  }),
  rollout({
    kind: 'rollout_ic_os_to_mainnet_nodes',
    name: 'rc--2026-08-13_03-55',
    state: 'main',
    batches: [
      batch(3, at(2, 13), { stage: 'main', actualStart: at(2, 13), state: 'waiting_until_nodes_healthy' }),
      batch(4, at(2, 15), { stage: 'main', plannedNodes: 44 }),
    ],
  }),
];

const updatedAt = wednesday - 2 * day;
export const pulls = [
  pullRequest(2035, {
    title: 'chore(deps): bump jsdom from 26.1.0 to 27.0.1',
    origin: 'dependencies',
    author: 'dependabot[bot]',
    updatedAt,
    checks: { state: 'passing', workflows: ['Build'], looked: ['Build'] },
  }),
  pullRequest(2036, {
    title: 'chore(deps): bump the python-dependencies group across 1 directory with 5 updates',
    origin: 'dependencies',
    author: 'dependabot[bot]',
    updatedAt,
    checks: { state: 'failing', workflows: ['Build and test'], looked: ['Build and test'] },
  }),
  pullRequest(2044, {
    title: 'build(deps): bump actions/checkout from 5.0.1 to 5.1.0',
    origin: 'dependencies',
    author: 'dependabot[bot]',
    updatedAt,
    checks: { state: 'waiting', workflows: ['Build'], looked: ['Build'] },
  }),
];

export const schedules = [
  rotation({
    id: 's1',
    name: 'DRE Ops Rotation',
    current: [eli],
    until: wednesday + 2 * day,
    next: { people: [{ accountId: 'dana', name: 'Dana Oncall' }], from: wednesday + 2 * day },
    shifts: [
      shift('2026-08-26T00:00Z', '2026-08-28T13:50Z', [eli]),
      shift('2026-08-31T09:00Z', '2026-09-01T09:00Z', [eli], 'override'),
      shift('2026-09-07T09:00Z', '2026-09-08T09:00Z', [{ accountId: 'sasha', name: 'Sasha Fourth' }], 'forwarding'),
    ],
  }),
];

export const dreRuns: readonly Run[] = [
  dreRun('r1', wednesday - 5 * minute, { title: 'Replace nodes of a subnet' }),
  dreRun('r2', wednesday - hour, { end: runEnd(wednesday - 50 * minute) }),
  dreRun('r3', wednesday - 2 * hour, {
    title: 'Propose to update unassigned nodes',
    end: runEnd(wednesday - hour, { ending: 'failed', exitCode: 1 }),
  }),
];

import { subnets, troubledSubnet } from '../world.ts';
import type { Priority } from './alertModel.ts';

// The alerts of the believable Wednesday. Subnets are real; what is said about them is invented.

export interface Written {
  readonly at: string;
  readonly priority: Priority;
  readonly message: string;
  readonly subnet?: number;
  readonly entity?: string;
  readonly description?: string;
  readonly count?: number;
  readonly last?: string;
  readonly acked?: { readonly at: string; readonly by: number; readonly note?: string };
  readonly snoozed?: string;
  readonly closed?: string;
  readonly tags?: readonly string[];
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly actions?: readonly string[];
  readonly integration?: 'Prometheus' | 'API' | 'Heartbeat';
  readonly alias?: string;
}

const troubled = subnets.indexOf(troubledSubnet);
export const runbook = (name: string): { runbook: string } => ({ runbook: `https://runbooks.example.com/ic/${name}` });

export const written: readonly Written[] = [
  {
    at: '2026-08-26T13:31:20Z',
    priority: 'P1',
    message: '[prod] IC_Subnet_UpgradeStuck: o3ow2 has not finished upgrading',
    subnet: troubled,
    description: `Subnet ${troubledSubnet} was proposed version 79c01052b5f7 half an hour ago; 9 of 13 nodes run the old one.\nSee proposal 138123.`,
    count: 4,
    last: '2026-08-26T13:48:02Z',
    tags: ['prod', 'rollout', `subnet:${troubledSubnet}`],
    properties: { ...runbook('subnet-upgrade-stuck'), batch: '12', proposal: '138123', severity: 'page' },
    actions: ['RestartReplica'],
  },
  {
    at: '2026-08-26T13:40:05Z',
    priority: 'P1',
    message: '[prod] IC_Replica_NotFinalizing on o3ow2: finalization rate is 0 for 5m',
    subnet: troubled,
    description: 'Finalization rate is 0 for 5m on 9 of 13 nodes.',
    count: 2,
    last: '2026-08-26T13:46:10Z',
    properties: { ...runbook('not-finalizing'), severity: 'page' },
  },
  {
    at: '2026-08-26T13:22:41Z',
    priority: 'P2',
    message: '[prod] IC_Replica_Behind: 3 nodes of o3ow2 are 120 blocks behind',
    subnet: troubled,
    acked: { at: '2026-08-26T13:25:00Z', by: 0, note: 'Looking. They fell behind when batch 12 began.' },
    count: 7,
    last: '2026-08-26T13:47:30Z',
  },
  {
    at: '2026-08-26T12:58:14Z',
    priority: 'P2',
    message: '[prod] IC_Node_Unassigned_Upgrade: 4 unassigned nodes run an old GuestOS',
    entity: 'unassigned-nodes',
    acked: { at: '2026-08-26T13:02:10Z', by: 0 },
    description: 'The unassigned nodes follow after the last batch. DRE-357 tracks the ones of bo1.',
  },
  {
    at: '2026-08-26T11:05:00Z',
    priority: 'P2',
    message: 'mainnet-scraper is expired',
    entity: 'mainnet-scraper',
    integration: 'Heartbeat',
    tags: ['watchdog'],
    alias: 'heartbeat/mainnet-scraper',
  },
  {
    at: '2026-08-26T10:12:33Z',
    priority: 'P2',
    message: '[prod] IC_HostOS_DiskFull: /var/lib of 2 hosts in dm1 over 90 %',
    entity: 'dm1',
    tags: ['prod', 'hostos', 'dc:dm1'],
    acked: { at: '2026-08-26T10:20:00Z', by: 1, note: 'Ticket with the node provider is DRE-362.' },
    count: 12,
    last: '2026-08-26T13:44:00Z',
  },
  {
    at: '2026-08-26T09:30:00Z',
    priority: 'P2',
    message: '[prod] Boundary node bn-fr1: certificate expires in 6d',
    entity: 'bn-fr1',
    tags: ['boundary'],
    snoozed: '2026-08-27T07:00:00Z',
    acked: { at: '2026-08-26T09:35:00Z', by: 0 },
    properties: { ...runbook('certificates'), autoRenew: true },
  },
  {
    at: '2026-08-26T08:01:19Z',
    priority: 'P3',
    message:
      '<b>CRITICAL</b> &lt;script&gt;alert(1)&lt;/script&gt; [fix](command:workbench.action.quit) from <i>old</i> bot',
    entity: 'legacy-bot',
    description:
      '<img src=x onerror=alert(1)><a href="command:workbench.action.quit">acknowledge all</a>\n\n| not | a table |',
    integration: 'API',
    tags: ['<script>', 'legacy'],
  },
  {
    at: '2026-08-26T07:45:52Z',
    priority: 'P3',
    message:
      '[prod] IC_Metrics_CardinalityExplosion: replica_http_request_duration_seconds_bucket of the job ic-replica exceeds 2.5M series now',
    entity: 'victoria-metrics-short-term-retention',
    description: 'line of a very long description that says little '.repeat(300).slice(0, 14_900),
    count: 1_024,
    last: '2026-08-26T13:49:58Z',
  },
  {
    at: '2026-08-26T07:40:00Z',
    priority: 'P3',
    message: '📈 Zürich‮ lenap‬ ne̋tzwerk​ 🧑‍🚀 東京 عنوان: packet loss > 0,5 ‰',
    entity: 'zh1',
    tags: ['dc:zh1', 'überwachung'],
    snoozed: '2026-08-26T14:10:00Z',
  },
  {
    at: '2026-08-26T13:05:40Z',
    priority: 'P3',
    message: '[prod] IC_PrometheusTargetDown: 1 node',
    subnet: 4,
    count: 3,
  },
  { at: '2026-08-26T12:31:07Z', priority: 'P3', message: '[prod] IC_PrometheusTargetDown: 2 nodes', subnet: 18 },
  { at: '2026-08-26T12:10:44Z', priority: 'P3', message: '[prod] IC_Consensus_LowNotarizationRate', subnet: 7 },
  {
    at: '2026-08-26T11:52:15Z',
    priority: 'P3',
    message: '[prod] IC_Node_Replaced: node is degraded, take it out of the subnet',
    subnet: 18,
    acked: { at: '2026-08-26T12:00:00Z', by: 0, note: 'Will be in the next topology proposal: DRE-353.' },
    properties: { node: 'anudy-m6vfi-lphxb-sazpy-la4ti-2hriw-c67ny-butfn-axcel-otvuh-oqe' },
  },
  {
    at: '2026-08-26T11:20:31Z',
    priority: 'P3',
    message: '[prod] IC_Orchestrator_Restarted 3 times in 10m',
    subnet: 22,
  },
  {
    at: '2026-08-26T10:48:02Z',
    priority: 'P3',
    message: '[prod] IC_Canister_CyclesLow: rewards canister',
    entity: 'rewards',
  },
  {
    at: '2026-08-26T10:02:55Z',
    priority: 'P3',
    message: '[prod] IC_StateSync_Slow: 41 minutes on one node',
    subnet: 11,
    acked: { at: '2026-08-26T10:05:00Z', by: 2 },
  },
  { at: '2026-08-26T09:15:26Z', priority: 'P3', message: '[prod] IC_Firewall_RulesStale on 6 hosts', entity: 'an1' },
  {
    at: '2026-08-26T08:50:00Z',
    priority: 'P3',
    message: '[prod] IC_XNet_CertificationLatencyHigh',
    subnet: 2,
    snoozed: '2026-08-26T15:00:00Z',
  },
  { at: '2026-08-26T06:40:12Z', priority: 'P4', message: '[prod] CI: pinned dependency is yanked', entity: 'ci' },
  {
    at: '2026-08-26T05:20:00Z',
    priority: 'P4',
    message: '[staging] IC_Replica_Behind',
    entity: 'staging-1',
    count: 55,
  },
  {
    at: '2026-08-26T04:12:48Z',
    priority: 'P4',
    message: '[prod] IC_NNS_NeuronMaturityLow: rollout neuron',
    entity: 'neuron-80',
    acked: { at: '2026-08-26T07:30:00Z', by: 0 },
  },
  { at: '2026-08-26T02:02:02Z', priority: 'P4', message: '[prod] IC_LogVolumeHigh: 3x of last week', subnet: 30 },
  {
    at: '2026-08-25T21:17:09Z',
    priority: 'P4',
    message: '[prod] IC_GuestOS_ClockSkew 180 ms on two nodes',
    subnet: 15,
    snoozed: '2026-08-28T07:00:00Z',
  },
  {
    at: '2026-08-25T18:05:00Z',
    priority: 'P5',
    message: '[prod] Dashboard panel has no data: batch duration',
    entity: 'grafana',
  },
  {
    at: '2026-08-25T16:00:00Z',
    priority: 'P5',
    message: '[prod] Weekly report of node rewards is late',
    entity: 'rewards',
  },
  { at: '2026-08-24T09:12:00Z', priority: 'P5', message: '[prod] Unused firewall rule', entity: 'fr2', count: 2 },
  {
    at: '2026-08-26T12:40:00Z',
    priority: 'P1',
    message: '[prod] IC_Subnet_Stalled: 5 minutes without a block',
    subnet: 20,
    closed: '2026-08-26T12:52:30Z',
    acked: { at: '2026-08-26T12:41:10Z', by: 0 },
  },
  {
    at: '2026-08-26T11:30:00Z',
    priority: 'P2',
    message: '[prod] IC_Replica_Behind: 2 nodes',
    subnet: 24,
    closed: '2026-08-26T11:44:00Z',
  },
  {
    at: '2026-08-26T09:58:00Z',
    priority: 'P2',
    message: '[prod] IC_Replica_NotFinalizing',
    subnet: 9,
    closed: '2026-08-26T10:03:11Z',
    count: 2,
  },
  {
    at: '2026-08-26T08:22:00Z',
    priority: 'P3',
    message: '[prod] IC_PrometheusTargetDown: 1 node',
    subnet: 33,
    closed: '2026-08-26T08:30:00Z',
  },
  {
    at: '2026-08-26T07:10:00Z',
    priority: 'P3',
    message: '[prod] IC_StateSync_Slow',
    subnet: 12,
    closed: '2026-08-26T07:55:20Z',
    acked: { at: '2026-08-26T07:12:00Z', by: 0 },
  },
  {
    at: '2026-08-26T03:33:00Z',
    priority: 'P3',
    message: '[prod] IC_Orchestrator_Restarted',
    subnet: 26,
    closed: '2026-08-26T03:41:00Z',
  },
  {
    at: '2026-08-25T22:48:00Z',
    priority: 'P2',
    message: '[prod] Boundary node bn-sg1 unreachable',
    entity: 'bn-sg1',
    closed: '2026-08-25T22:59:00Z',
  },
  {
    at: '2026-08-25T20:15:00Z',
    priority: 'P3',
    message: '[prod] IC_HostOS_Reboot: unexpected',
    entity: 'bo1',
    closed: '2026-08-25T20:30:00Z',
  },
  {
    at: '2026-08-25T19:00:00Z',
    priority: 'P4',
    message: '[prod] IC_LogVolumeHigh',
    subnet: 41,
    closed: '2026-08-25T23:00:00Z',
  },
  {
    at: '2026-08-25T17:42:00Z',
    priority: 'P3',
    message: '[prod] IC_Consensus_LowNotarizationRate',
    subnet: 5,
    closed: '2026-08-25T18:01:00Z',
  },
  {
    at: '2026-08-25T16:30:00Z',
    priority: 'P5',
    message: '[staging] Heartbeat test',
    entity: 'test',
    integration: 'API',
    closed: '2026-08-25T16:31:00Z',
  },
  {
    at: '2026-08-25T15:05:00Z',
    priority: 'P2',
    message: 'prometheus-watchdog is expired',
    entity: 'prometheus-watchdog',
    integration: 'Heartbeat',
    closed: '2026-08-25T15:20:00Z',
  },
  {
    at: '2026-08-25T14:20:00Z',
    priority: 'P3',
    message: '[prod] IC_XNet_CertificationLatencyHigh',
    subnet: 36,
    closed: '2026-08-25T14:55:00Z',
  },
];

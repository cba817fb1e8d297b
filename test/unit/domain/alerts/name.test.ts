import assert from 'node:assert/strict';
import { alertNames, type Named, type NameOptions } from '../../../../src/domain/alerts/name.ts';
import { assertLinear } from '../../../support/base/processorTime.ts';

const hiddenPrefixes = ['[prod]', 'IC_'];

function nameOf(message: string, more: Partial<Named & NameOptions & { readonly longest: number }> = {}): string {
  const { alias = '', entity = '', tinyId = '4711', longest = 24, cluster, places = [] } = more;
  return alertNames(
    { message, alias, entity, tinyId },
    { hiddenPrefixes: more.hiddenPrefixes ?? hiddenPrefixes, cluster, places },
  )(longest);
}

/** Messages as monitoring writes them, and the names of at most 24 characters, or of as many as are given. */
const golden: readonly (readonly [message: string, name: string, longest?: number])[] = [
  ['[prod] IC_Replica_NotFinalizing on o3ow2: finalization rate is 0 for 5m', 'NotFinalizing o3ow2'],
  ['[prod] IC_Replica_NotFinalizing subnet tdb26', 'NotFinalizing tdb26'],
  ['[prod] NotFinalizing subnet tdb26', 'NotFinali… tdb26', 16],
  ['[prod] NoQuorumReached on o3ow2', 'NoQuorumR… o3ow2', 16],
  ['[prod] LowNotarizationRate (csyj4)', 'LowNotari… csyj4', 16],
  ['[prod] NodeUnhealthy on o3ow2', 'Unhealthy o3ow2', 16],
  ['[prod] IC_Replica_NotFinalizing', 'Replica_NotFinalizing'],
  ['[prod] IC_Subnet_UpgradeStuck: o3ow2 has not finished upgrading', 'UpgradeStuck o3ow2'],
  ['[prod] IC_Replica_Behind: 3 nodes of o3ow2 are 120 blocks behind', 'Replica_Behind o3ow2'],
  ['[prod] IC_Node_Unassigned_Upgrade: 4 unassigned nodes run an old GuestOS', 'Node_Unassigned_Upgrade'],
  ['mainnet-scraper is expired', 'mainnet-scraper is expired', 31],
  ['rollout-controller is expired', 'rollout-controller is expired', 31],
  ['[prod] IC_HostOS_DiskFull: /var/lib of 2 hosts in dm1 over 90 %', 'HostOS_DiskFull dm1'],
  ['[prod] Boundary node bn-fr1: certificate expires in 6d', 'Boundary node bn-fr1…'],
  ['[prod] Boundary node bn-sg1 unreachable', 'Boundary node bn-sg1…'],
  [
    '<b>CRITICAL</b> &lt;script&gt;alert(1)&lt;/script&gt; [fix](command:workbench.action.quit) from <i>old</i> bot',
    '<b>CRITICAL</b>…',
  ],
  [
    '[prod] IC_Metrics_CardinalityExplosion: replica_http_request_duration_seconds_bucket of the job ic-replica exceeds 2.5M series now',
    'CardinalityExplosion',
  ],
  ['📈 Zürich\u202e lenap\u202c ne̋tzwerk\u200b 🧑‍🚀 東京 عنوان: packet loss > 0,5 ‰', '📈 Zürich lenap ne̋tzwerk 🧑‍🚀…', 31],
  ['[prod] IC_PrometheusTargetDown: 1 node (pae4o)', 'TargetDown pae4o'],
  ['[prod] IC_PrometheusTargetDown: 2 nodes (qxesv)', 'TargetDown qxesv'],
  ['[prod] IC_Consensus_LowNotarizationRate (csyj4)', 'LowNotarizationRa… csyj4'],
  ['[prod] IC_Node_Replaced: node is degraded, take it out of the subnet (pae4o)', 'Node_Replaced pae4o'],
  ['[prod] IC_Orchestrator_Restarted 3 times in 10m (lspz2)', 'Restarted lspz2'],
  ['[prod] IC_Canister_CyclesLow: rewards canister', 'Canister_CyclesLow'],
  ['[prod] IC_StateSync_Slow: 41 minutes on one node (k44fs)', 'StateSync_Slow k44fs'],
  ['[prod] IC_Firewall_RulesStale on 6 hosts', 'Firewall_RulesStale'],
  ['[prod] IC_XNet_CertificationLatencyHigh (x33ed)', 'CertificationLate… x33ed'],
  ['[prod] CI: pinned dependency is yanked', 'CI: pinned dependency is yanked', 31],
  ['[staging] IC_Replica_Behind', '[staging] Replica_Behind'],
  ['[prod] IC_NNS_NeuronMaturityLow: rollout neuron', 'NNS_NeuronMaturityLow'],
  ['[prod] IC_LogVolumeHigh: 3x of last week (4zbus)', 'LogVolumeHigh 4zbus'],
  ['[prod] IC_GuestOS_ClockSkew 180 ms on two nodes (gmq5v)', 'GuestOS_ClockSkew gmq5v'],
  ['[prod] Dashboard panel has no data: batch duration', 'Dashboard panel has no data…', 31],
  ['[prod] Weekly report of node rewards is late', 'Weekly report of node rewards…', 31],
  ['[prod] Unused firewall rule', 'Unused firewall rule'],
  ['[prod] IC_Subnet_Stalled: 5 minutes without a block (nl6hn)', 'Subnet_Stalled nl6hn'],
  ['[prod] IC_Replica_Behind: 2 nodes (snjp4)', 'Replica_Behind snjp4'],
  ['[prod] IC_HostOS_Reboot: unexpected', 'HostOS_Reboot'],
  ['[staging] Heartbeat test', '[staging] Heartbeat test'],
  ['[prod] IC_Replica_Behind 1207 on 2fq7c', 'Replica_Behind 2fq7c'],
  ['[prod] IC_PrometheusTargetDown 41 on yinp6', 'TargetDown yinp6'],
  ['[staging] IC_Replica_NotFinalizing on 3hhby: finalization rate is 0 for 5m', '[staging] NotFina… 3hhby'],
  ['[staging] IC_Consensus_LowNotarizationRate on 3hhby', '[staging] LowNota… 3hhby'],
  ['[testnet-a] IC_Replica_Behind on w4rem', '[testnet-a] Behind w4rem'],
  ['[prod]IC_Replica_Behind on 5kdm2', 'Replica_Behind 5kdm2'],
  ['[prod]  IC_Replica_Behind   on   5kdm2', 'Replica_Behind 5kdm2'],
  ['IC_Replica_Behind on mpubz-g52jc-grhjo-5oze5-qcj74-sex34-omprz-ivnsm-qvvhr-rfzpv-vae', 'Replica_Behind mpubz'],
  [
    '[prod] IC_Replica_Behind on subnet mpubz-g52jc-grhjo-5oze5-qcj74-sex34-omprz-ivnsm-qvvhr-rfzpv-vae: 3 nodes',
    'Replica_Behind mpubz',
  ],
  ['[prod] IC_Node_Down: node anudy-m6vfi-lphxb-sazpy-la4ti-2hriw-c67ny-butfn-axcel-otvuh-oqe in zh1', 'Node_Down zh1'],
  ['[prod] IC_Node_Down: anudy-m6vfi-lphxb-sazpy-la4ti-2hriw-c67ny-butfn-axcel-otvuh-oqe', 'Node_Down: anudy'],
  [
    '[prod] IC_Replica_Version_Mismatch: 79c01052b5f7f49d3cf53d04d696cb2893294cd3 expected on nl6hn',
    'Version_Mismatch nl6hn',
  ],
  ['Version 79c01052b5f7f49d3cf53d04d696cb2893294cd3 is not elected', 'Version 79c0105 is not elected', 30],
  ['Subnet mpubz-g52jc-grhjo-5oze5-qcj74-sex34-omprz-ivnsm-qvvhr-rfzpv-vae stalled', 'Subnet mpubz stalled'],
  ['[prod] IC_Subnet_CatchUpPackageMissing for e66qm', 'CatchUpPackageMis… e66qm'],
  ['[prod] IC_Ingress_RejectionRateHigh on yqbqe: 14 %', 'RejectionRateHigh yqbqe'],
  ['[prod] IC_Execution_RoundTooLong on pzp6e: 4.2s', 'RoundTooLong pzp6e'],
  ['[prod] IC_Canister_QueueFull: lhg73 has 500 messages', 'Canister_QueueFull lhg73'],
  ['[prod] IC_Canister_HeapNearLimit: ryjl3-tyaaa-aaaaa-aaaba-cai at 3.8 GiB', 'HeapNearLimit ryjl3'],
  ['[prod] IC_ECDSA_SigningQueueLong on fuqsr', 'SigningQueueLong fuqsr'],
  ['[prod] IC_ThresholdSchnorr_PreSignaturesLow on 2fq7c', 'PreSignaturesLow 2fq7c'],
  ['[prod] IC_Bitcoin_AdapterBehind: w4rem is 3 blocks behind', 'AdapterBehind w4rem'],
  ['[prod] IC_HTTPOutcalls_TimeoutsHigh on eq6en', 'TimeoutsHigh eq6en'],
  ['[prod] IC_Registry_ReplicationLag on 3 nodes', 'Registry_ReplicationLag'],
  ['[prod] IC_NNS_ProposalStuck: 138123 is adopted and not executed for 20m', 'NNS_ProposalStuck'],
  ['[prod] IC_NNS_Governance_HeapHigh', 'NNS_Governance_HeapHigh'],
  ['[prod] IC_SNS_SwapStuck on x33ed', 'SNS_SwapStuck x33ed'],
  ['[prod] IC_Boundary_5xxRateHigh at bn-fr1', '5xxRateHigh bn-fr1'],
  ['[prod] IC_Boundary_CertificateExpiresSoon: bn-zh2 in 6d', 'CertificateExpir… bn-zh2'],
  ['[prod] IC_ApiBoundaryNode_Unhealthy: api-bn-sg1-dll04', 'Unhealt… api-bn-sg1-dll04'],
  ['[prod] IC_HostOS_TemperatureHigh on zh1-dll23.zh1.dfinity.network', 'TemperatureHi… zh1-dll23'],
  ['[prod] IC_HostOS_BMCUnreachable: 4 hosts in aw1', 'BMCUnreachable aw1'],
  ['[prod] IC_HostOS_NodeExporterDown on fr1-dll07', 'NodeExporterD… fr1-dll07'],
  ['[prod] IC_GuestOS_BootLoop on an1-spm12', 'BootLoop an1-spm12'],
  ['[prod] IC_GuestOS_EncryptedDiskFailed on bo1-dll11: LUKS header', 'EncryptedDisk… bo1-dll11'],
  ['[prod] IC_GuestOS_MemoryPressure on lspz2', 'MemoryPressure lspz2'],
  ['[prod] IC_NodeProvider_RewardsLate', 'NodeProvider_RewardsLate'],
  ['[prod] IC_DataCenter_Down: mu1', 'DataCenter_Down mu1'],
  ['[prod] IC_DataCenter_PacketLoss from zh1 to sg1 over 2 %', 'PacketLoss zh1'],
  ['[prod] IC_P2P_ConnectionsLow on io67a: 7 of 12', 'P2P_ConnectionsLow io67a'],
  ['[prod] IC_Consensus_MultipleRanks on snjp4', 'MultipleRanks snjp4'],
  ['[prod] IC_Consensus_BlockTimeHigh: qdvhd 2.1s', 'Consensus_BlockTimeHigh'],
  ['[prod] IC_StateManager_CheckpointSlow on uzr34', 'CheckpointSlow uzr34'],
  ['[prod] IC_StateManager_Diverged on o3ow2: node anudy', 'Diverged o3ow2'],
  ['[prod] IC_CatchUp_Loop: brlsh since 20m', 'CatchUp_Loop: brlsh…'],
  ['[prod] IC_Orchestrator_UpgradeFailed on cv73p', 'UpgradeFailed cv73p'],
  ['[prod] IC_Orchestrator_RebootLoop: 2 nodes of opn46', 'RebootLoop opn46'],
  ['[prod] IC_SSHAccess_KeysStale on 12 nodes', 'SSHAccess_KeysStale'],
  ['[prod] IC_Prometheus_RuleEvaluationSlow', 'RuleEvaluationSlow'],
  ['[prod] IC_Prometheus_DiskFull: prometheus-zh1 over 85 %', 'DiskFull prometheus-zh1'],
  ['[prod] VictoriaMetrics_IngestionLag 4m', 'IngestionLag 4m'],
  ['[prod] VectorSinkErrors: elasticsearch', 'VectorSinkErrors'],
  ['[prod] LokiRequestErrors', 'LokiRequestErrors'],
  ['[prod] KubePodCrashLooping: airflow-scheduler-0', 'KubePodCrashLooping'],
  ['[prod] KubeJobFailed: node-rewards-28734210', 'KubeJobFailed'],
  ['[prod] KubePersistentVolumeFillingUp: elasticsearch-data-2', 'PersistentVolumeFilling…'],
  ['[prod] Watchdog', 'Watchdog'],
  ['[prod] DeadMansSwitch', 'DeadMansSwitch'],
  ['[prod] InstanceDown: 10.31.0.141:9100', 'InstanceDown'],
  ['[prod] HostHighCPU on dre-airflow', 'HostHighCPU'],
  ['Rollout rc--2026-08-20_03-30: batch 12 waits for 2 h', 'Rollout rc--2026-08-20_03-30…'],
  ['Airflow: DAG rollout_ic_os_to_mainnet_subnets failed', 'Airflow: DAG…'],
  ['[prod] Airflow task failed: wait_until_no_alerts', 'Airflow task failed…'],
  ['Slack bot cannot post to #eng-release-bots', 'Slack bot cannot post…'],
  ['Public dashboard is slow: p95 is 4.2 s', 'Public dashboard is slow: p95…', 31],
  ['Grafana: alert rule evaluation failed', 'Grafana: alert rule evaluation…', 31],
  ['[FIRING:1] IC_Replica_Behind (o3ow2 prod)', 'Replica_Behind o3ow2'],
  ['[P1] IC_Subnet_Stalled on 6pbhf', '[P1] Stalled 6pbhf'],
  ['ic_replica_behind o3ow2', 'ic_replica_behind o3ow2'],
  ['IC_A_Rule_With_A_Very_Long_Name_That_Goes_On_And_On on o3ow2', 'Rule_With_A_Very… o3ow2'],
  ['Averylongwordwithoutanyspaceorunderscorethatgoeson', 'Averylongwordwithoutanyspaceor…', 31],
  ['[prod]', '[prod]'],
  ['IC_', 'IC_'],
  ['[prod] IC_Metrics_ScrapeSlow: 12 targets over 10s', 'Metrics_ScrapeSlow'],
  ['[prod] IC_Canister_OutOfCycles: rwlgt has 3 T left', 'Canister_OutOfCycles'],
  ['[prod] IC_Node_Rewards_Missing for provider x33ed', 'Node_Rewards_Missing'],
  ['[prod] IC_Subnet_Halted: csyj4', 'Subnet_Halted csyj4'],
];

describe('the name of an alert', () => {
  for (const [message, name, longest = 24] of golden) {
    it(`is “${name}” for “${message}”`, () => assert.equal(nameOf(message, { longest }), name));
  }

  it('is known for a hundred messages', () => assert.ok(golden.length >= 100));

  it('of a message in words has the characters that it is given, and is never cut within a word', () => {
    const message = '[prod] Boundary node bn-fr1: certificate expires in 6d';
    assert.deepEqual(
      [60, 40, 31, 22].map((longest) => nameOf(message, { longest })),
      [
        'Boundary node bn-fr1: certificate expires in 6d',
        'Boundary node bn-fr1: certificate…',
        'Boundary node bn-fr1…',
        'Boundary node bn-fr1…',
      ],
    );
  });

  it('names what links know of, where the message does not say it', () => {
    const slow = '[prod] IC_StateSync_Slow: 41 minutes on one node';
    assert.equal(nameOf(slow, { places: ['k44fs', 'dm1'] }), 'StateSync_Slow k44fs');
    assert.equal(nameOf('[prod] IC_Replica_Behind: shefu of dm1', { places: ['dm1', 'shefu'] }), 'Replica_Behind dm1');
    assert.equal(nameOf('[prod] Disk is full', { places: ['dm1'], longest: 31 }), 'Disk is full (dm1)');
    assert.equal(
      nameOf('[prod] Disk of a host in dm1 is full', { places: ['dm1'], longest: 31 }),
      'Disk of a host in dm1 is full',
    );
    assert.equal(
      nameOf('[prod] One of the disks of a host in dm1', { places: ['dm1'], longest: 31 }),
      'One of the disks… (dm1)',
    );
  });

  it('leaves out the cluster that its group names, and the prefixes of the settings only', () => {
    assert.equal(nameOf('[staging] IC_Replica_Behind', { cluster: 'staging' }), 'Replica_Behind');
    assert.equal(nameOf('[prod] IC_Replica_Behind', { hiddenPrefixes: [] }), '[prod] IC_Replica_Behind');
    assert.equal(nameOf('[eu] ACME_Disk_Full', { hiddenPrefixes: ['ACME_', '[eu]', ''] }), 'Disk_Full');
  });

  it('falls back to the alias, the entity and the number of an alert without a message', () => {
    assert.equal(nameOf(' \u200b', { alias: 'IC_Replica_Behind/o3ow2' }), 'Replica_Behind o3ow2');
    assert.equal(nameOf('', { entity: 'bn-fr1' }), 'bn-fr1');
    assert.equal(nameOf(''), '#4711');
  });

  it('has no direction marks, no line breaks, and no half characters', () => {
    assert.equal(nameOf('disk \u202eis\u2066 full\r\non\tdm1\u0000'), 'disk is full on dm1');
    assert.equal(nameOf('🧑‍🚀'.repeat(30), { longest: 31 }), `${'🧑‍🚀'.repeat(10)}…`);
  });

  it('is short and made in a time that grows with the message, whatever it is', () => {
    for (const part of ['a', 'a ', '_', 'A_', '[', '[a]', '(', 'aaaaa-', 'a1.', ': ', 'on ', '-', 'IC_']) {
      const name = nameOf(part.repeat(20_000));
      assert.ok(name.length > 0 && name.length <= 60, `${part}: ${name.length}`);
      assertLinear(nameOf, part, 5_000);
    }
  });
});

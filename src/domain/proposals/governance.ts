import { notesFolders, type Os } from '../base/os.ts';
import type { Proposal } from './proposal.ts';

// What the numbers of the NNS governance canister mean (dre.md 8). Public facts; no personal names.

/** The governance topics by number (dre.md 8.1), in words. 11 is retired. */
const topics: Readonly<Record<number, string>> = {
  0: 'Unspecified',
  1: 'Neuron Management',
  2: 'Exchange Rate',
  3: 'Network Economics',
  4: 'Governance',
  5: 'Node Admin',
  6: 'Participant Management',
  7: 'Subnet Management',
  8: 'Application Canister Management',
  9: 'KYC',
  10: 'Node Provider Rewards',
  12: 'IC OS Version Deployment',
  13: 'IC OS Version Election',
  14: 'SNS & Community Fund',
  15: 'API Boundary Node Management',
  16: 'Subnet Rental',
  17: 'Protocol Canister Management',
  18: 'Service Nervous System Management',
};

/** The topics of a release engineering team's work, the most frequent first (dre.md 8.1). */
export const releaseTopics: readonly number[] = [12, 13, 7, 5, 15, 3, 6, 4];

/** A topic in words; "Topic 42" when it is new to us. */
export function topicName(topic: number): string {
  return topics[topic] ?? `Topic ${topic}`;
}

/** The numbers of topics by their words in the options of dre ("ic-os-version-deployment"); other words are left out. */
export function topicsOf(words: readonly string[]): readonly number[] {
  return Object.entries(topics).flatMap(([topic, name]) => (words.includes(topicWord(name)) ? [Number(topic)] : []));
}

/** The word of a topic in the options of dre (dre.md 8.1). */
function topicWord(name: string): string {
  return name.toLowerCase().replaceAll('&', 'and').replaceAll(' ', '-');
}

/** The NNS functions by number (dre.md 8.3), including retired ones, which old proposals have. */
const nnsFunctions: Readonly<Record<number, string>> = {
  1: 'CreateSubnet',
  2: 'AddNodeToSubnet',
  3: 'NnsCanisterInstall',
  4: 'NnsCanisterUpgrade',
  5: 'BlessReplicaVersion',
  6: 'RecoverSubnet',
  7: 'UpdateConfigOfSubnet',
  8: 'AssignNoid',
  9: 'NnsRootUpgrade',
  10: 'IcpXdrConversionRate',
  11: 'DeployGuestosToAllSubnetNodes',
  12: 'ClearProvisionalWhitelist',
  13: 'RemoveNodesFromSubnet',
  14: 'SetAuthorizedSubnetworks',
  15: 'SetFirewallConfig',
  16: 'UpdateNodeOperatorConfig',
  17: 'StopOrStartNnsCanister',
  18: 'RemoveNodes',
  19: 'UninstallCode',
  20: 'UpdateNodeRewardsTable',
  21: 'AddOrRemoveDataCenters',
  22: 'UpdateUnassignedNodesConfig',
  23: 'RemoveNodeOperators',
  24: 'RerouteCanisterRanges',
  25: 'AddFirewallRules',
  26: 'RemoveFirewallRules',
  27: 'UpdateFirewallRules',
  28: 'PrepareCanisterMigration',
  29: 'CompleteCanisterMigration',
  30: 'AddSnsWasm',
  31: 'ChangeSubnetMembership',
  32: 'UpdateSubnetType',
  33: 'ChangeSubnetTypeAssignment',
  34: 'UpdateSnsWasmSnsSubnetIds',
  35: 'UpdateAllowedPrincipals',
  36: 'RetireReplicaVersion',
  37: 'InsertSnsWasmUpgradePathEntries',
  38: 'ReviseElectedGuestosVersions',
  39: 'BitcoinSetConfig',
  40: 'UpdateElectedHostosVersions',
  41: 'UpdateNodesHostosVersion',
  42: 'HardResetNnsRootToVersion',
  43: 'AddApiBoundaryNodes',
  44: 'RemoveApiBoundaryNodes',
  46: 'UpdateApiBoundaryNodesVersion',
  47: 'DeployGuestosToSomeApiBoundaryNodes',
  48: 'DeployGuestosToAllUnassignedNodes',
  49: 'UpdateSshReadonlyAccessForAllUnassignedNodes',
  50: 'ReviseElectedHostosVersions',
  51: 'DeployHostosToSomeNodes',
  52: 'SubnetRentalRequest',
  53: 'PauseCanisterMigrations',
  54: 'UnpauseCanisterMigrations',
  55: 'SetSubnetOperationalLevel',
};

/** An NNS function by its API name; "NNS function 99" when it is new to us. */
export function nnsFunctionName(nnsFunction: number): string {
  return nnsFunctions[nnsFunction] ?? `NNS function ${nnsFunction}`;
}

/** The neuron of the release automation: all rollout proposals are its own (dre.md 8.4). */
const releaseAutomationNeuron = 80n;

/** The proposers whose proposals `dre vote` votes for (dre.md 8.4). */
export const acceptedProposers: readonly bigint[] = [
  releaseAutomationNeuron,
  39n,
  40n,
  46n,
  58n,
  61n,
  77n,
  17511507705568200227n,
];

/** The neurons that a setting names, by their ids as text; what is no id is left out. */
export function proposersOf(ids: readonly string[]): readonly bigint[] {
  return ids.filter((id) => /^[0-9]{1,20}$/.test(id)).map(BigInt);
}

/** Whether one of these neurons made a proposal. */
export function isOneOf(proposers: readonly bigint[], { proposer }: Pick<Proposal, 'proposer'>): boolean {
  return proposer !== undefined && proposers.includes(proposer);
}

/** What a neuron is for, where that is public (dre.md 8.4); undefined for all others. */
export function neuronRole(neuron: bigint): string | undefined {
  switch (neuron) {
    case releaseAutomationNeuron:
      return 'release automation';
    case 27n:
      return 'DFINITY foundation';
    case 49n:
      return 'staging';
    case 123n:
      return 'dry run';
    default:
      return acceptedProposers.includes(neuron) ? 'trusted proposer' : undefined;
  }
}

/** The proposal's page on the public dashboard (dre.md 8.5). */
export function proposalUrl(id: bigint): string {
  return `https://dashboard.internetcomputer.org/proposal/${id.toString()}`;
}

/**
 * Where the release notes of a version are once they are published (dre.md 5.1). `repository` as `owner/name`, `commit` in
 * full.
 */
export function releaseNotesUrl(repository: string, os: Os, commit: string): string {
  return `https://github.com/${repository}/blob/main/${notesFolders[os]}/${commit}.md`;
}

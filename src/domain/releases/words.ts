import type {
  Batch,
  CellState,
  Engine,
  EngineState,
  HostStage,
  Rollout,
  RolloutKind,
  RolloutState,
  Target,
} from './rollout.ts';

// The dashboard's closed vocabularies in words that people read (rollout-dashboard.md 2).

/** What a rollout upgrades. */
export const kindWords: Readonly<Record<RolloutKind, string>> = {
  rollout_ic_os_to_mainnet_subnets: 'GuestOS on subnets',
  rollout_ic_os_to_mainnet_api_boundary_nodes: 'GuestOS on API boundary nodes',
  rollout_ic_os_to_mainnet_nodes: 'HostOS on nodes',
  unknown: 'Of a kind that is not known',
};

/** The same, as short as is clear. */
export const shortKindWords: Readonly<Record<RolloutKind, string>> = {
  rollout_ic_os_to_mainnet_subnets: 'GuestOS',
  rollout_ic_os_to_mainnet_api_boundary_nodes: 'API boundary nodes',
  rollout_ic_os_to_mainnet_nodes: 'HostOS',
  unknown: 'Unknown kind',
};

/** What a rollout upgrades, as short as is clear, with the dashboard's own word where that is none that is known. */
export function shortKind({ kind, unknownKind }: Pick<Rollout, 'kind' | 'unknownKind'>): string {
  return marked(shortKindWords[kind], unknownKind);
}

/** How a rollout stands, with the dashboard's own word where that is none that is known. */
export function rolloutStateText({ state, unknownState }: Pick<Rollout, 'state' | 'unknownState'>): string {
  return marked(rolloutStateWords[state], unknownState);
}

/** Whether a word is one of those that are known for the state of a batch, subnet or node. */
export function isCellState(word: string): word is CellState {
  return Object.hasOwn(cellStateWords, word);
}

/** How a batch, subnet or node stands: the dashboard's own word, marked, where that is none that is known. */
export function cellStateText({ state, unknownState }: Pick<Target, 'state' | 'unknownState'>): string {
  return unknownState === undefined ? cellStateWords[state] : `Unknown: “${unknownState}”`;
}

/** The same within a sentence: the dashboard's own words keep their capital letters. */
export function inSentence(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}

function marked(words: string, own: string | undefined): string {
  return own === undefined ? words : `${words}, “${own}”`;
}

export const rolloutStateWords: Readonly<Record<RolloutState, string>> = {
  failed: 'Failed',
  problem: 'Problem',
  preparing: 'Preparing',
  waiting: 'Waiting to start',
  upgrading_subnets: 'Upgrading subnets',
  upgrading_unassigned_nodes: 'Upgrading unassigned nodes',
  upgrading_api_boundary_nodes: 'Upgrading API boundary nodes',
  canary: 'Canary',
  main: 'Main',
  unassigned: 'Unassigned nodes',
  stragglers: 'Stragglers',
  complete: 'Complete',
  unknown: 'In a state that is not known',
};

/** `waiting_for_election` waits for NNS votes, despite its name (rollout-dashboard.md 2.3). */
export const cellStateWords: Readonly<Record<CellState, string>> = {
  error: 'Error',
  predecessor_failed: 'Blocked by a failed task',
  pending: 'Pending',
  waiting: 'Waiting to start',
  determining_targets: 'Determining targets',
  proposing: 'Proposing',
  waiting_for_election: 'Waiting for votes',
  waiting_for_adoption: 'Waiting for adoption',
  waiting_for_alerts_gone: 'Waiting for alerts to clear',
  waiting_until_nodes_healthy: 'Waiting for healthy nodes',
  complete: 'Complete',
  skipped: 'Skipped',
  unknown: 'Unknown to Airflow',
};

const stageWords: Readonly<Record<HostStage, string>> = {
  canary: 'Canary',
  main: 'Main',
  unassigned: 'Unassigned nodes',
  stragglers: 'Stragglers',
  unknown: 'A stage that is not known',
};

/** A stage of HostOS, with the dashboard's own word where that is none that is known. */
export function stageText({
  stage,
  unknownStage,
}: Pick<Batch, 'stage'> & { readonly unknownStage?: string | undefined }): string {
  return stage === undefined ? '' : marked(stageWords[stage], unknownStage);
}

/** What an engine that does not run means for its rollouts; undefined when it runs (rollout-dashboard.md 2.1). */
export function engineText({ state, unknownState }: Pick<Engine, 'state' | 'unknownState'>): string | undefined {
  const words = engineWords[state];
  return state === 'unknown' && words !== undefined ? `${marked(words, unknownState)}.` : words;
}

/** Shown where Airflow's scheduler has taken no decision on any running rollout for a while. */
export const nothingMoves = "Nothing moves: Airflow's scheduler or the dashboard has stopped.";

const engineWords: Readonly<Record<EngineState, string | undefined>> = {
  active: undefined,
  paused: 'Airflow has paused these rollouts: running tasks finish, nothing new starts.',
  inactive: 'Airflow no longer has the workflow of these rollouts: nothing new starts.',
  broken: 'Airflow cannot load the workflow of these rollouts: what is shown may be out of date.',
  unknown: 'What the dashboard says of the workflow of these rollouts is not known',
};

import type {
  Batch,
  CellState,
  EngineState,
  RolloutKind,
  RolloutState,
  Target,
} from '../../domain/releases/rollout.ts';
import { candidateOf } from '../../domain/releases/release.ts';
import type { Stay } from '../../domain/releases/times/stays.ts';
import { stepOf } from '../../domain/releases/steps.ts';
import { shortKindWords } from '../../domain/releases/words.ts';
import { minute, type Instant } from '../../domain/base/time.ts';
import { moment, shortDuration, shorten, spokenDuration, type Viewpoint } from '../kit/format.ts';
import type { Icon } from '../kit/row.ts';

export const stateIcons: Record<RolloutState, Icon> = {
  failed: { id: 'error', color: 'problemsErrorIcon.foreground' },
  problem: { id: 'warning', color: 'drDre.warning' },
  preparing: { id: 'loading~spin' },
  waiting: { id: 'watch' },
  upgrading_subnets: { id: 'play-circle', color: 'charts.blue' },
  upgrading_unassigned_nodes: { id: 'play-circle', color: 'charts.blue' },
  upgrading_api_boundary_nodes: { id: 'play-circle', color: 'charts.blue' },
  canary: { id: 'play-circle', color: 'charts.blue' },
  main: { id: 'play-circle', color: 'charts.blue' },
  unassigned: { id: 'play-circle', color: 'charts.blue' },
  stragglers: { id: 'play-circle', color: 'charts.blue' },
  complete: { id: 'pass', color: 'charts.green' },
  unknown: { id: 'question', color: 'drDre.warning' },
};

const running: Icon = { id: 'play-circle', color: 'charts.blue' };
export const cellIcons: Record<CellState, Icon> = {
  error: { id: 'error', color: 'problemsErrorIcon.foreground' },
  predecessor_failed: { id: 'error', color: 'problemsErrorIcon.foreground' },
  pending: { id: 'circle-large-outline' },
  waiting: { id: 'watch' },
  determining_targets: running,
  proposing: running,
  waiting_for_election: { id: 'law', color: 'charts.blue' },
  waiting_for_adoption: running,
  waiting_for_alerts_gone: { id: 'bell', color: 'charts.blue' },
  waiting_until_nodes_healthy: { id: 'bell', color: 'charts.blue' },
  complete: { id: 'pass', color: 'charts.green' },
  skipped: { id: 'debug-step-over' },
  unknown: { id: 'question' },
};

/** What the rows of batches and subnets say of their state: as short as is clear. */
const stateWords: Record<CellState, string> = {
  error: 'error',
  predecessor_failed: 'blocked',
  pending: 'planned',
  waiting: 'waits to start',
  determining_targets: 'finds targets',
  proposing: 'proposes',
  waiting_for_election: 'waits for votes',
  waiting_for_adoption: 'waits for adoption',
  waiting_for_alerts_gone: 'waits for alerts',
  waiting_until_nodes_healthy: 'waits for nodes',
  complete: 'complete',
  skipped: 'skipped',
  unknown: 'unknown to Airflow',
};

export const rowKindWords: Record<RolloutKind, string> = {
  ...shortKindWords,
  rollout_ic_os_to_mainnet_api_boundary_nodes: 'API nodes',
};

export const engineIcons: Record<EngineState, Icon> = {
  broken: { id: 'error', color: 'problemsErrorIcon.foreground' },
  paused: { id: 'debug-pause', color: 'drDre.warning' },
  inactive: { id: 'circle-slash', color: 'drDre.warning' },
  active: { id: 'pass', color: 'charts.green' },
  unknown: { id: 'question', color: 'drDre.warning' },
};

/** From so much on a rollout counts as late. */
export const lateFrom = 10 * minute;

export function isDone(batch: Batch): boolean {
  return batch.state === 'complete' || batch.state === 'skipped';
}

/** A state as rows say it: the dashboard's own word, marked, where it is none that is known. */
export function stateWord({ state, unknownState }: Pick<Target, 'state' | 'unknownState'>): string {
  return unknownState === undefined ? stateWords[state] : `unknown: “${unknownState}”`;
}

/** The same of a subnet or node: one that is adopted may wait for its batch alone. */
export function targetWord(target: Target): string {
  switch (stepOf(target)) {
    case 'adopted':
      return 'adopted, alerts next';
    case 'ready':
      return 'ready, waits for batch';
    case undefined:
      return stateWord(target);
  }
}

/** What is shown of a time in a state: nothing in its first minute. */
export function notableStay(stay: Stay | undefined, from: Viewpoint): Stay | undefined {
  return stay === undefined || from.now - stay.since < minute ? undefined : stay;
}

/** How long something is in its state, for a row: "2h"; "2h+" where it was not seen to begin. */
export function shortStay({ since, began }: Stay, from: Viewpoint): string {
  return `${shortDuration(from.now - since)}${began ? '' : '+'}`;
}

/** How long something is in its state: "2h"; "at least 2h" where it was not seen to begin. */
function stayLength({ since, began }: Stay, from: Viewpoint, length = shortDuration): string {
  return `${began ? '' : 'at least '}${length(from.now - since)}`;
}

/** The same as a line of a hover. */
export function stayLine(stay: Stay, from: Viewpoint): string {
  const since = moment(stay.since, from);
  return `In this state for ${stayLength(stay, from)}, ${stay.began ? 'since' : 'watched since'} ${since}`;
}

/** The same for a screen reader. */
export function spokenStay(stay: Stay, from: Viewpoint): string {
  return `for ${stayLength(stay, from, spokenDuration)}`;
}

/** How something is, and for how long: "paused for 2h"; "paused" alone where that is new or not known. */
export function lasting(word: string, since: Instant | undefined, from: Viewpoint, length = shortDuration): string {
  const text = since === undefined ? 'now' : length(from.now - since);
  return text === 'now' ? word : `${word} for ${text}`;
}

/** A release candidate by its day, as all else is the same in the rows of a week; another name cut short. */
export function shortCandidate(name: string): string {
  return candidateOf(name)?.shortName ?? shorten(name, 14);
}

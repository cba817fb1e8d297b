import { subnets, type World } from '../world.ts';
import { simPrincipal } from './principal.ts';
import { conf, header, hostKind, iso, link, type Rollout } from './rollout.ts';

// The rollout of HostOS: its stages, and the detail of one batch at a time (rollout-dashboard.md 1, 1.3, 2.4).

export const hostRun = 'rc--2026-08-13_03-55';
const minuteMs = 60_000;

/** What a batch goes through, and how many minutes after it began it gets there. */
const course: readonly (readonly [state: string, task: string, word: string, minutes: number])[] = [
  ['determining_targets', 'collect_nodes', 'Running', 0],
  ['proposing', 'create_proposal_if_none_exists', 'Running', 1],
  ['waiting_for_election', 'wait_until_proposal_is_accepted', 'UpForReschedule', 2],
  ['waiting_for_adoption', 'wait_for_revision_adoption', 'UpForReschedule', 14],
  ['waiting_until_nodes_healthy', 'wait_until_nodes_healthy', 'UpForReschedule', 40],
  ['complete', 'join', 'Success', 55],
];

interface Stage {
  readonly name: string;
  readonly count: number;
  readonly firstStart: string;
  readonly nodes: number;
  readonly tolerance: string | null;
}

const stages: readonly Stage[] = [
  { name: 'canary', count: 4, firstStart: '2026-08-25T07:00:00Z', nodes: 5, tolerance: null },
  { name: 'main', count: 14, firstStart: '2026-08-26T03:20:00Z', nodes: 42, tolerance: '5%' },
  { name: 'unassigned', count: 3, firstStart: '2026-08-27T07:00:00Z', nodes: 100, tolerance: '15%' },
  { name: 'stragglers', count: 0, firstStart: '2026-08-28T07:00:00Z', nodes: 0, tolerance: '100%' },
];

/** Somebody let the health check of this batch pass. */
const bypassed = { stage: 'canary', number: 3 };

const selectors = {
  assignment: 'unassigned',
  owner: 'DFINITY',
  nodes_per_group: 1,
  group_by: null,
  status: 'Healthy',
  datacenter: null,
  subnet_healthy_threshold: null,
};

/** What the list and the detail of a batch have in common. */
interface Head {
  readonly planned_start_time: string;
  readonly actual_start_time: string | null;
  readonly end_time: string | null;
  readonly state: string;
  readonly comment: string;
  readonly display_url: string;
}

/** What a test makes of the rollout: batches that are skipped by `stage_number`, and when somebody marked the run as failed. */
export interface HostChanges {
  readonly skipped: ReadonlySet<string>;
  readonly givenUpAt: number | undefined;
}

const noHostChanges: HostChanges = { skipped: new Set(), givenUpAt: undefined };

interface At {
  readonly head: Head;
  /** Minutes since it began; negative before. */
  readonly minutes: number;
}

function batchAt(world: World, { name, firstStart }: Stage, number: number, changes: HostChanges): At {
  const planned = world.at(firstStart) + (number - 1) * 60 * minuteMs;
  // Given up, nothing goes on: what was done by then stays so, and all else is skipped (0.1).
  const now = Math.min(world.now(), changes.givenUpAt ?? Infinity);
  const minutes = (now - planned) / minuteMs;
  const reached = course.findLast(([, , , at]) => minutes >= at);
  const isDone = reached?.[0] === 'complete';
  const isSkipped =
    (changes.givenUpAt !== undefined && !isDone) || (minutes >= 0 && changes.skipped.has(`${name}_${number}`));
  const [state, task, word] = reached ?? ['pending', 'plan', undefined];
  const path = `${name}_${number}.${isSkipped ? 'join' : task}`;
  const shown = isSkipped ? 'Skipped' : word;
  const head: Head = {
    planned_start_time: `${new Date(planned).toISOString().slice(0, 19)}Z`,
    actual_start_time: minutes >= 0 ? iso(planned + 3_000) : null,
    end_time: isDone ? iso(planned + 55 * minuteMs) : null,
    state: isSkipped ? 'skipped' : state,
    comment: shown === undefined ? `Task ${path} has no known state` : `Task ${path} in state ${shown}`,
    display_url: link(hostKind, hostRun, path),
  };
  return { head, minutes };
}

/** The whole rollout. Its state is the stage that it is in, which is the first that is not done. */
export function hostRollout(world: World, changes = noHostChanges): Rollout {
  const isDone = (stage: Stage): boolean =>
    Array.from({ length: stage.count }, (_, index) => batchAt(world, stage, index + 1, changes).head.state).every(
      (each) => each === 'complete' || each === 'skipped',
    );
  const reached = stages.find((stage) => !isDone(stage))?.name ?? 'complete';
  const state = changes.givenUpAt === undefined ? reached : 'failed';
  return {
    ...header(world, hostKind, hostRun, '2026-08-25T06:41:07Z', state),
    stages: hostStages(world, changes),
    conf: conf('59c42492cd6ee3ef5e60cd35d7b766e7bfd085da'),
  };
}

/** The stages of the whole state. */
function hostStages(world: World, changes: HostChanges): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    stages.map((stage) => [
      stage.name,
      Object.fromEntries(
        Array.from({ length: stage.count }, (_, index) => {
          const { head, minutes } = batchAt(world, stage, index + 1, changes);
          const actual = minutes >= 1 ? stage.nodes : null;
          return [index + 1, { ...head, planned_nodes: stage.nodes, selectors, actual_nodes: actual }];
        }),
      ),
    ]),
  );
}

/** An answer of the batch endpoint: a body, or a sentence with its status. */
export type HostBatchAnswer =
  { readonly status: 200; readonly body: Record<string, unknown> } | { readonly status: number; readonly text: string };

/** The detail of a batch as the dashboard answers, with all the ways in which it has none (1.1). */
export function hostBatch(
  world: World,
  [kind, run, stageName, written]: readonly [kind: string, run: string, stage: string, number: string],
  changes = noHostChanges,
): HostBatchAnswer {
  if (!/^\d+$/.test(written)) return { status: 400, text: 'Invalid URL: Cannot parse batch number' };
  const number = Number(written);
  if (kind !== hostKind) return { status: 400, text: 'The requested DAG run is not a HostOS rollout' };
  const stage = stages.find(({ name }) => name === stageName);
  if (stage === undefined) return { status: 400, text: 'Invalid stage name' };
  if (number < 1 || number > 100) return { status: 400, text: 'Invalid batch number' };
  if (run !== hostRun) return { status: 404, text: 'The requested DAG run does not correspond to any rollout' };
  if (number > stage.count) return { status: 209, text: 'Requested batch is not yet in rollout but may appear later' };
  const { head, minutes } = batchAt(world, stage, number, changes);
  const nodes = nodesOf(stage, number);
  const chosen = minutes >= 1 && head.state !== 'skipped' ? nodes : undefined;
  const body = {
    stage: stage.name,
    batch_number: number,
    ...head,
    selectors,
    tolerance: stage.tolerance,
    planned_nodes: nodes,
    actual_nodes: chosen ?? null,
    upgraded_nodes: chosen === undefined || minutes < 14 ? null : wordsOf(chosen, (at) => adoption(at, minutes)),
    alerting_nodes: chosen === undefined || minutes < 40 ? null : wordsOf(chosen, (at) => health(at, minutes)),
    adoption_checks_bypassed: minutes < 40 ? null : false,
    health_checks_bypassed: minutes < 55 ? null : stage.name === bypassed.stage && number === bypassed.number,
  };
  return { status: 200, body };
}

type Node = Readonly<Record<'node_id' | 'node_provider_id' | 'dc_id' | 'status', string>> & {
  readonly assignment: string | null;
};

const centers = ['at2', 'br1', 'ch3', 'fr2', 'ge1', 'mtl1', 'sg3', 'zh5'];

function nodesOf({ name, nodes }: Stage, number: number): readonly Node[] {
  return Array.from({ length: nodes }, (_, index) => {
    const assigned = name === 'main' ? subnets[index % subnets.length] : undefined;
    return {
      node_id: simPrincipal(`node ${name} ${number} ${index}`),
      node_provider_id: simPrincipal(`provider ${index % 9}`),
      assignment: assigned ?? null,
      dc_id: centers[index % centers.length] ?? 'zh5',
      status: index % 17 === 16 ? 'Degraded' : 'Healthy',
    };
  });
}

function wordsOf(nodes: readonly Node[], word: (index: number) => string): Record<string, string> {
  return Object.fromEntries(nodes.map(({ node_id: id }, index) => [id, word(index)]));
}

/** They come back one after another; the last one, where there are many, not at all. */
function adoption(index: number, minutes: number): string {
  if (index === 41) return 'AWOL';
  return minutes >= 15 + index * 0.6 ? 'upgraded' : 'pending';
}

function health(index: number, minutes: number): string {
  if (index === 41) return 'unknown';
  return index % 13 === 5 && minutes < 50 ? 'alerting' : 'OK';
}

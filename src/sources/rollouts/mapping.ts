import * as z from 'zod/mini';
import type {
  Batch,
  CellState,
  EngineState,
  HostStage,
  Rollout,
  RolloutBoard,
  RolloutKind,
  RolloutState,
  Target,
} from '../../domain/releases/rollout.ts';
import { cellStateWords, rolloutStateWords, shortKindWords } from '../../domain/releases/words.ts';
import { parseInstant } from '../../domain/base/time.ts';

// The dashboard's v2 state (rollout-dashboard.md 1.3) to the domain.

const nullableText = z.optional(z.nullable(z.string()));
const times = { planned_start_time: z.string(), actual_start_time: nullableText, end_time: nullableText };
const cell = { state: z.string(), comment: z.optional(z.string()), display_url: z.optional(z.string()) };
const guestBatch = z.object({
  ...times,
  subnets: z.array(z.object({ ...cell, subnet_id: z.string(), git_revision: z.optional(z.string()) })),
});
const boundaryBatch = z.object({ ...times, ...cell, api_boundary_nodes: z.array(z.object({ node_id: z.string() })) });
const hostBatch = z.object({
  ...times,
  ...cell,
  planned_nodes: z.optional(z.nullable(z.number())),
  actual_nodes: z.optional(z.nullable(z.number())),
});
const rolloutSchema = z.object({
  name: z.string(),
  kind: z.string(),
  state: z.string(),
  display_url: z.optional(z.string()),
  note: nullableText,
  dispatch_time: z.string(),
  last_scheduling_decision: nullableText,
  conf: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
  batches: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
  stages: z.optional(z.nullable(z.record(z.string(), z.record(z.string(), z.unknown())))),
});
const stateSchema = z.object({
  rollouts: z.array(z.unknown()),
  rollout_engine_states: z.optional(z.record(z.string(), z.string())),
});

const stages: readonly HostStage[] = ['canary', 'main', 'unassigned', 'stragglers'];

/** What tells a rollout from all others; empty where one that cannot be read does not say it. */
export interface RolloutName {
  readonly kind: string;
  readonly name: string;
}

/** Rollouts that could be read, newest first, and those that could not. */
export interface ReadRollouts {
  readonly rollouts: readonly Rollout[];
  readonly unreadable: readonly RolloutName[];
}

/** The whole state; undefined when it is not one. */
export function toBoard(raw: unknown): (RolloutBoard & ReadRollouts) | undefined {
  const parsed = stateSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  return { ...toRollouts(parsed.data.rollouts), engines: toEngines(parsed.data.rollout_engine_states ?? {}) };
}

/** A list of rollouts, one by one: what cannot be read is named. */
export function toRollouts(raw: readonly unknown[]): ReadRollouts {
  const read = raw.map((each) => toRollout(each) ?? { unreadable: nameOf(each) });
  return {
    rollouts: read.flatMap((each) => ('unreadable' in each ? [] : [each])),
    unreadable: read.flatMap((each) => ('unreadable' in each ? [each.unreadable] : [])),
  };
}

const nameSchema = z.object({ kind: z.catch(z.string(), ''), name: z.catch(z.string(), '') });

function nameOf(raw: unknown): RolloutName {
  const parsed = nameSchema.safeParse(raw);
  return parsed.success ? parsed.data : { kind: '', name: '' };
}

/** The engines' states by kind; unknown kinds and words are left out. */
export function toEngines(raw: Readonly<Record<string, string>>): RolloutBoard['engines'] {
  const engines: Partial<Record<RolloutKind, EngineState>> = {};
  for (const [kind, state] of Object.entries(raw)) {
    const known = (['broken', 'paused', 'inactive', 'active'] as const).find((each) => each === state);
    if (isKind(kind) && known !== undefined) engines[kind] = known;
  }
  return engines;
}

function isKind(word: string): word is RolloutKind {
  return Object.hasOwn(shortKindWords, word);
}

function isRolloutState(word: string): word is RolloutState {
  return Object.hasOwn(rolloutStateWords, word);
}

/** A word that is new to us must not look like progress: it is shown as unknown. */
function cellState(word: string): CellState {
  return Object.hasOwn(cellStateWords, word) ? (word as CellState) : 'unknown';
}

function toRollout(raw: unknown): Rollout | undefined {
  const parsed = rolloutSchema.safeParse(raw);
  if (!parsed.success) return undefined;
  const { name, kind, state, conf } = parsed.data;
  const dispatchedAt = parseInstant(parsed.data.dispatch_time);
  if (!isKind(kind) || !isRolloutState(state) || dispatchedAt === undefined) return undefined;
  const batches = batchesOf(kind, parsed.data.batches ?? {}, parsed.data.stages ?? {});
  if (batches === undefined) return undefined;
  const revision = conf?.['git_revision'];
  return {
    kind,
    name,
    state,
    url: parsed.data.display_url ?? '',
    note: parsed.data.note ?? undefined,
    dispatchedAt,
    lastSchedulingDecision: parseInstant(parsed.data.last_scheduling_decision),
    revision: typeof revision === 'string' ? revision : undefined,
    simulated: conf?.['simulate'] === true,
    batches,
    planned: kind === 'rollout_ic_os_to_mainnet_nodes' ? isPresent(parsed.data.stages) : batches.length > 0,
  };
}

function isPresent(value: unknown): boolean {
  return value !== null && value !== undefined;
}

function batchesOf(
  kind: RolloutKind,
  batches: Readonly<Record<string, unknown>>,
  byStage: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): readonly Batch[] | undefined {
  switch (kind) {
    case 'rollout_ic_os_to_mainnet_subnets':
      return allOf(batches, toGuestBatch);
    case 'rollout_ic_os_to_mainnet_api_boundary_nodes':
      return allOf(batches, toBoundaryBatch);
    case 'rollout_ic_os_to_mainnet_nodes': {
      const parts = stages.map((stage) =>
        allOf(byStage[stage] ?? {}, (number, raw) => toHostBatch(stage, number, raw)),
      );
      return parts.some((part) => part === undefined) ? undefined : parts.flatMap((part) => part ?? []);
    }
  }
}

/** In the order of their numbers; undefined when one cannot be read, as a rollout with a hole would mislead. */
function allOf(
  raw: Readonly<Record<string, unknown>>,
  map: (number: number, raw: unknown) => Batch | undefined,
): readonly Batch[] | undefined {
  const batches = Object.entries(raw).map(([number, batch]) =>
    /^\d{1,4}$/.test(number) ? map(Number(number), batch) : undefined,
  );
  const read = batches.filter((batch) => batch !== undefined);
  return read.length === batches.length ? read.sort((a, b) => a.number - b.number) : undefined;
}

function timesOf(raw: {
  planned_start_time: string;
  actual_start_time?: string | null | undefined;
  end_time?: string | null | undefined;
}): Pick<Batch, 'plannedStart' | 'actualStart' | 'end'> | undefined {
  const plannedStart = parseInstant(raw.planned_start_time);
  if (plannedStart === undefined) return undefined;
  return { plannedStart, actualStart: parseInstant(raw.actual_start_time), end: parseInstant(raw.end_time) };
}

function toGuestBatch(number: number, raw: unknown): Batch | undefined {
  const parsed = guestBatch.safeParse(raw);
  const when = parsed.success ? timesOf(parsed.data) : undefined;
  if (!parsed.success || when === undefined) return undefined;
  const targets = parsed.data.subnets.map((subnet): Target => ({
    id: subnet.subnet_id,
    state: cellState(subnet.state),
    comment: subnet.comment ?? '',
    url: subnet.display_url ?? '',
    revision: subnet.git_revision,
  }));
  const least = leastAdvanced(targets);
  return {
    number,
    stage: undefined,
    ...when,
    state: least?.state ?? 'unknown',
    comment: least?.comment ?? '',
    url: least?.url ?? '',
    targets,
    plannedNodes: undefined,
    actualNodes: undefined,
  };
}

/** Trouble first, then from not begun to done (the order of the dashboard's own enum, rollout-dashboard.md 2.2). */
const advance: readonly CellState[] = [
  'error',
  'predecessor_failed',
  'unknown',
  'pending',
  'waiting',
  'determining_targets',
  'proposing',
  'waiting_for_election',
  'waiting_for_adoption',
  'waiting_for_alerts_gone',
  'waiting_until_nodes_healthy',
  'complete',
  'skipped',
];

function leastAdvanced(targets: readonly Target[]): Target | undefined {
  return [...targets].sort((a, b) => advance.indexOf(a.state) - advance.indexOf(b.state))[0];
}

function toBoundaryBatch(number: number, raw: unknown): Batch | undefined {
  const parsed = boundaryBatch.safeParse(raw);
  const when = parsed.success ? timesOf(parsed.data) : undefined;
  if (!parsed.success || when === undefined) return undefined;
  const { comment = '', display_url: url = '' } = parsed.data;
  const state = cellState(parsed.data.state);
  const targets = parsed.data.api_boundary_nodes.map(({ node_id: id }): Target => ({
    id,
    state,
    comment,
    url,
    revision: undefined,
  }));
  return {
    number,
    stage: undefined,
    ...when,
    state,
    comment,
    url,
    targets,
    plannedNodes: undefined,
    actualNodes: undefined,
  };
}

function toHostBatch(stage: HostStage, number: number, raw: unknown): Batch | undefined {
  const parsed = hostBatch.safeParse(raw);
  const when = parsed.success ? timesOf(parsed.data) : undefined;
  if (!parsed.success || when === undefined) return undefined;
  return {
    number,
    stage,
    ...when,
    state: cellState(parsed.data.state),
    comment: parsed.data.comment ?? '',
    url: parsed.data.display_url ?? '',
    targets: [],
    plannedNodes: parsed.data.planned_nodes ?? undefined,
    actualNodes: parsed.data.actual_nodes ?? undefined,
  };
}

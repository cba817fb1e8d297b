import * as z from 'zod/mini';
import type {
  Batch,
  CellState,
  Engine,
  EngineState,
  HostStage,
  Rollout,
  RolloutBoard,
  RolloutKind,
  RolloutState,
  Target,
} from '../../domain/releases/rollout.ts';
import { leastAdvanced } from '../../domain/releases/steps.ts';
import { cellStateWords, rolloutStateWords, shortKindWords } from '../../domain/releases/words.ts';
import type { Instant } from '../../domain/base/time.ts';
import { count, each, instant, object, readFields, recordOf, text, type Report, type Values } from '../records.ts';
import { mostRows } from '../answerText.ts';

// The dashboard's v2 state (rollout-dashboard.md 1.3) to the domain.

const timeFields = { planned_start_time: instant, actual_start_time: instant, end_time: instant };
const cellFields = { state: text, comment: text, display_url: text };
const subnetFields = { ...cellFields, git_revision: text };
const batchFields = {
  ...timeFields,
  ...cellFields,
  subnets: each(z.unknown()),
  api_boundary_nodes: each(z.unknown()),
  planned_nodes: count,
  actual_nodes: count,
};
const rolloutFields = {
  state: text,
  display_url: text,
  note: text,
  dispatch_time: instant,
  last_scheduling_decision: instant,
  conf: object,
  batches: object,
  stages: object,
};

const stages: readonly Exclude<HostStage, 'unknown'>[] = ['canary', 'main', 'unassigned', 'stragglers'];
const engineStates: readonly Exclude<EngineState, 'unknown'>[] = ['broken', 'paused', 'inactive', 'active'];

/** What identifies a rollout; empty where one that cannot be read does not say it. */
export interface RolloutName {
  readonly kind: string;
  readonly name: string;
}

/** Rollouts that could be read, newest first, and those that could not. */
export interface ReadRollouts {
  readonly rollouts: readonly Rollout[];
  readonly unreadable: readonly RolloutName[];
}

/** The whole state, as far as it could be read. */
export type ReadBoard = RolloutBoard & ReadRollouts;

/** The whole state; undefined when it is not one. */
export function toBoard(raw: unknown, report: Report): ReadBoard | undefined {
  const record = recordOf(raw);
  if (!Array.isArray(record?.['rollouts'])) return undefined;
  return {
    ...toRollouts(record['rollouts'], report),
    engines: toEngines(recordOf(record['rollout_engine_states']) ?? {}, report),
  };
}

/** A list of rollouts, one by one: what cannot be read is named. */
export function toRollouts(raw: readonly unknown[], report: Report): ReadRollouts {
  const read = raw.slice(0, mostRows).map((each) => toRollout(each, report) ?? { unreadable: nameOf(each) });
  return {
    rollouts: read.flatMap((each) => ('unreadable' in each ? [] : [each])),
    unreadable: read.flatMap((each) => ('unreadable' in each ? [each.unreadable] : [])),
  };
}

function nameOf(raw: unknown): RolloutName {
  const { kind, name } = recordOf(raw) ?? {};
  return { kind: typeof kind === 'string' ? kind : '', name: typeof name === 'string' ? name : '' };
}

/** The engines by kind. */
export function toEngines(raw: Readonly<Record<string, unknown>>, report: Report): RolloutBoard['engines'] {
  return Object.entries(raw).map(([word, stateWord]): Engine => {
    const kind = isKind(word) ? word : 'unknown';
    if (kind === 'unknown') report.newWord('engine', word, 'kind', word);
    const named: Pick<Engine, 'kind' | 'unknownKind'> = kind === 'unknown' ? { kind, unknownKind: word } : { kind };
    const state = engineStates.find((each) => each === stateWord) ?? 'unknown';
    if (state !== 'unknown') return { ...named, state };
    if (typeof stateWord !== 'string') {
      report.unclear('engine', word, 'state');
      return { ...named, state };
    }
    report.newWord('engine', word, 'state', stateWord);
    return { ...named, state, unknownState: stateWord };
  });
}

function isKind(word: string): word is Exclude<RolloutKind, 'unknown'> {
  return word !== 'unknown' && Object.hasOwn(shortKindWords, word);
}

function isRolloutState(word: string): word is Exclude<RolloutState, 'unknown'> {
  return word !== 'unknown' && Object.hasOwn(rolloutStateWords, word);
}

/** What is read of one rollout, for the log. */
interface Of {
  readonly id: string;
  readonly report: Report;
  /**
   * Stands for the start of a batch that cannot be read, as the dashboard itself does it (rollout-dashboard.md 0 #10).
   */
  readonly dispatchedAt: Instant;
}

/** A word that is new to us must not be shown as progress: it is shown as it came. */
function cellState({ id, report }: Of, word: string | undefined): Pick<Target, 'state' | 'unknownState'> {
  if (word === undefined) return { state: 'unknown' };
  if (Object.hasOwn(cellStateWords, word)) return { state: word as CellState };
  report.newWord('rollout', id, 'state of a cell', word);
  return { state: 'unknown', unknownState: word };
}

/** The rollout, whatever its lesser fields are; undefined for a record without kind, name or any instant. */
function toRollout(raw: unknown, report: Report): Rollout | undefined {
  const record = recordOf(raw) ?? {};
  const { kind: kindWord, name } = nameOf(raw);
  const id = `${kindWord}/${name}`;
  if (kindWord === '' || name === '') {
    report.skipped('rollout', id, kindWord === '' ? 'kind' : 'name');
    return undefined;
  }
  const kind = isKind(kindWord) ? kindWord : 'unknown';
  if (kind === 'unknown') report.newWord('rollout', id, 'kind', kindWord);
  const found = readFields(record, rolloutFields, (field) => report.unclear('rollout', id, field));
  const dispatchedAt = found.dispatch_time ?? found.last_scheduling_decision;
  if (dispatchedAt === undefined) {
    report.skipped('rollout', id, 'dispatch_time');
    return undefined;
  }
  const word = found.state ?? '';
  const state = isRolloutState(word) ? word : 'unknown';
  if (state === 'unknown') report.newWord('rollout', id, 'state', word);
  const batches = batchesOf(kind, found.batches ?? {}, found.stages ?? {}, { id, report, dispatchedAt });
  const revision = found.conf?.['git_revision'];
  return {
    kind,
    unknownKind: kind === 'unknown' ? kindWord : undefined,
    name,
    state,
    unknownState: state === 'unknown' && word !== '' ? word : undefined,
    url: found.display_url ?? '',
    note: found.note,
    dispatchedAt,
    lastSchedulingDecision: found.last_scheduling_decision,
    revision: typeof revision === 'string' ? revision : undefined,
    simulated: found.conf?.['simulate'] === true,
    batches,
    planned: kind === 'rollout_ic_os_to_mainnet_nodes' ? isPresent(record['stages']) : batches.length > 0,
  };
}

function isPresent(value: unknown): boolean {
  return value !== null && value !== undefined;
}

type Raw = Readonly<Record<string, unknown>>;

function batchesOf(kind: RolloutKind, batches: Raw, byStage: Raw, of: Of): readonly Batch[] {
  switch (kind) {
    case 'rollout_ic_os_to_mainnet_subnets':
      return allOf(batches, of, (number, raw) => toGuestBatch(number, raw, of));
    case 'rollout_ic_os_to_mainnet_api_boundary_nodes':
      return allOf(batches, of, (number, raw) => toBoundaryBatch(number, raw, of));
    case 'rollout_ic_os_to_mainnet_nodes':
      return [...stages, ...newStages(byStage, of)].flatMap((word) => {
        const stage = stages.find((each) => each === word) ?? 'unknown';
        const named: StageName = stage === 'unknown' ? { stage, unknownStage: word } : { stage };
        return allOf(recordOf(byStage[word]) ?? {}, of, (number, raw) => toHostBatch(named, number, raw, of));
      });
    case 'unknown':
      return [];
  }
}

/** The words of stages that are new to us. */
function newStages(byStage: Raw, { id, report }: Of): readonly string[] {
  const words = Object.keys(byStage).filter((word) => !stages.some((each) => each === word));
  for (const word of words) report.newWord('rollout', id, 'stage', word);
  return words;
}

/** In the order of their numbers. One that cannot be read is there as unknown: leaving it out would mislead. */
function allOf(raw: Raw, { id, report }: Of, map: (number: number, raw: BatchValues) => Batch): readonly Batch[] {
  const batches = Object.entries(raw).flatMap(([number, batch]) => {
    if (!/^\d{1,4}$/.test(number)) {
      report.unclear('rollout', id, 'the number of a batch');
      return [];
    }
    const unclear = (field: string): void => report.unclear('rollout', id, `batch ${number} ${field}`);
    if (recordOf(batch) === undefined) unclear('as a whole');
    const read = map(Number(number), readFields(recordOf(batch) ?? {}, batchFields, unclear));
    return [`${read.number}` === number ? read : { ...read, writtenNumber: number }];
  });
  return batches.sort((a, b) => a.number - b.number);
}

type BatchValues = Values<typeof batchFields>;

function timesOf(raw: BatchValues, { dispatchedAt }: Of): Pick<Batch, 'plannedStart' | 'actualStart' | 'end'> {
  const actualStart = raw.actual_start_time;
  return { plannedStart: raw.planned_start_time ?? actualStart ?? dispatchedAt, actualStart, end: raw.end_time };
}

function toGuestBatch(number: number, raw: BatchValues, of: Of): Batch {
  const targets = (raw.subnets ?? []).flatMap((subnet) => toSubnet(subnet, of));
  const least = leastAdvanced(targets);
  return {
    number,
    stage: undefined,
    ...timesOf(raw, of),
    state: least?.state ?? 'unknown',
    unknownState: least?.unknownState,
    comment: least?.comment ?? '',
    url: least?.url ?? '',
    targets,
    plannedNodes: undefined,
    actualNodes: undefined,
  };
}

function toSubnet(raw: unknown, of: Of): Target[] {
  const record = recordOf(raw) ?? {};
  const id = record['subnet_id'];
  if (typeof id !== 'string') {
    of.report.unclear('rollout', of.id, 'subnet_id');
    return [];
  }
  const found = readFields(record, subnetFields, (field) => of.report.unclear('rollout', of.id, `subnet ${field}`));
  return [
    {
      id,
      ...cellState(of, found.state),
      comment: found.comment ?? '',
      url: found.display_url ?? '',
      revision: found.git_revision,
    },
  ];
}

function toBoundaryBatch(number: number, raw: BatchValues, of: Of): Batch {
  const { comment = '', display_url: url = '' } = raw;
  const state = cellState(of, raw.state);
  const targets = (raw.api_boundary_nodes ?? []).flatMap((node): Target[] => {
    const id = recordOf(node)?.['node_id'];
    if (typeof id === 'string') return [{ id, ...state, comment, url, revision: undefined }];
    of.report.unclear('rollout', of.id, 'node_id');
    return [];
  });
  return {
    number,
    stage: undefined,
    ...timesOf(raw, of),
    ...state,
    comment,
    url,
    targets,
    plannedNodes: undefined,
    actualNodes: undefined,
  };
}

type StageName = Pick<Batch, 'stage' | 'unknownStage'>;

function toHostBatch(stage: StageName, number: number, raw: BatchValues, of: Of): Batch {
  return {
    number,
    ...stage,
    ...timesOf(raw, of),
    ...cellState(of, raw.state),
    comment: raw.comment ?? '',
    url: raw.display_url ?? '',
    targets: [],
    plannedNodes: raw.planned_nodes,
    actualNodes: raw.actual_nodes,
  };
}

import { day, minute, type Instant } from '../../base/time.ts';
import { rolloutKey, type Batch, type CellState, type Rollout, type RolloutKind } from '../rollout.ts';
import { course } from '../steps.ts';
import { rowId } from '../timeline/rowId.ts';
import { Stays } from './stays.ts';
import type { TimesLine } from './lines.ts';

/** How long something usually takes, milliseconds: the middle of what was seen, and between what the middle half lies. */
export interface Usual {
  readonly low: number;
  readonly median: number;
  readonly high: number;
  /** How many were seen. */
  readonly count: number;
}

/** What batches and their tasks took in past weeks, as it was recorded; of one kind of rollouts. */
export interface PastLengths {
  readonly kind: string;
  /** The newest last. `rollout` is a `rolloutKey`, `batch` a `rowId`. */
  readonly batches: readonly { readonly rollout: string; readonly batch: string; readonly ms: number }[];
  /** By state: each stands for a task. The newest last. */
  readonly tasks: readonly { readonly state: string; readonly ms: number }[];
}

/** How long the batches of a kind of rollouts usually take. */
export interface KindEstimates {
  /** By position (`rowId`), where enough were seen. */
  readonly batches: Readonly<Record<string, Usual>>;
  /** All of the kind, whatever their position. */
  readonly all: Usual | undefined;
  /** By state of a batch, where enough were seen. */
  readonly tasks: Readonly<Record<string, Usual>>;
}

/** Of fewer nothing is concluded. */
const fewest = 3;
/** Of a position or a task no more are kept, the newest. */
const mostOfEach = 20;
/** Longer ones are of a rollout that somebody held up. */
const longest = 2 * day;

/** Undefined where there is none. The numbers are finite and not negative. */
export function usualOf(lengths: readonly number[]): Usual | undefined {
  const sorted = lengths.filter((ms) => ms > 0 && ms <= longest).sort((a, b) => a - b);
  const at = (part: number): number => {
    const place = part * (sorted.length - 1);
    const lower = sorted[Math.floor(place)] ?? 0;
    const upper = sorted[Math.ceil(place)] ?? lower;
    return lower + (upper - lower) * (place - Math.floor(place));
  };
  if (sorted.length === 0) return undefined;
  return { low: at(0.25), median: at(0.5), high: at(0.75), count: sorted.length };
}

/** The length of a finished batch that had something to do; undefined when it is not known. */
function lengthOf({ actualStart, end, state }: Batch): number | undefined {
  if (actualStart === undefined || end === undefined || end <= actualStart || state === 'skipped') return undefined;
  return end - actualStart;
}

/** How long the steps of a kind take, by the listed rollouts and the record of past weeks. Simulated ones do not count. */
export function estimatesOf(
  kind: RolloutKind,
  rollouts: Iterable<Rollout>,
  past: PastLengths | undefined,
): KindEstimates {
  const batches = new Map<string, number[]>();
  const tasks = new Map<string, number[]>();
  const add = (to: Map<string, number[]>, key: string, ms: number): void => {
    const known = to.get(key);
    if (known === undefined) to.set(key, [ms]);
    else known.push(ms);
  };
  const listed = new Set<string>();
  for (const rollout of rollouts) {
    if (rollout.kind !== kind) continue;
    listed.add(rolloutKey(rollout));
    if (rollout.simulated) continue;
    for (const batch of rollout.batches) {
      const ms = lengthOf(batch);
      if (ms !== undefined) add(batches, rowId(batch), ms);
    }
  }
  for (const { rollout, batch, ms } of past?.batches ?? []) if (!listed.has(rollout)) add(batches, batch, ms);
  for (const { state, ms } of past?.tasks ?? []) add(tasks, state, ms);
  return { batches: enough(batches), all: usualOf([...batches.values()].flat()), tasks: enough(tasks) };
}

/**
 * How long a batch goes on that is in this state for so long, by what this task and those after it usually take. Undefined
 * where that is not known of the task.
 */
export function restOf(
  { tasks }: Pick<KindEstimates, 'tasks'>,
  state: CellState,
  forMs: number,
): Omit<Usual, 'count'> | undefined {
  const at = course.indexOf(state);
  const own = tasks[state];
  if (at === -1 || own === undefined) return undefined;
  const following = course.slice(at + 1).flatMap((each) => tasks[each] ?? []);
  const rest = (part: (of: Usual) => number): number =>
    following.reduce((sum, each) => sum + part(each), Math.max(0, part(own) - forMs));
  return { low: rest(({ low }) => low), median: rest(({ median }) => median), high: rest(({ high }) => high) };
}

function enough(lengths: ReadonlyMap<string, readonly number[]>): Readonly<Record<string, Usual>> {
  const usual = [...lengths].map(([key, each]) => [key, usualOf(each.slice(-mostOfEach))] as const);
  return Object.fromEntries(
    usual.filter((entry): entry is [string, Usual] => entry[1] !== undefined && entry[1].count >= fewest),
  );
}

const resting: ReadonlySet<string> = new Set<CellState>(['pending', 'waiting', 'complete', 'skipped', 'unknown']);
/** Neither belongs to the course of a batch: how long an error lasts says nothing of a task. */
const troubled: ReadonlySet<string> = new Set<CellState>(['error', 'predecessor_failed']);

/**
 * Reads what batches and tasks took from the lines of the record, week after week. Only what was watched from its beginning to
 * its end counts.
 */
export class PastReader {
  readonly #stays: Stays;
  /** The batches by rollout and place, as far as they were watched. */
  readonly #runs = new Map<string, { rollout: string; batch: string; start: Instant; end: Instant; whole: boolean }>();
  readonly #tasks: { kind: string; state: string; ms: number }[] = [];

  constructor() {
    this.#stays = new Stays(({ rollout, place, state, since, until, began, ended }) => {
      if (place.includes('/') || resting.has(state)) return;
      const key = `${rollout} ${place}`;
      const known = this.#runs.get(key);
      const whole = began && ended;
      if (known === undefined) this.#runs.set(key, { rollout, batch: place, start: since, end: until, whole });
      else {
        known.whole &&= whole;
        known.end = until;
      }
      if (whole && !troubled.has(state)) this.#tasks.push({ kind: kindOf(rollout), state, ms: until - since });
    });
  }

  take(lines: Iterable<TimesLine>): void {
    for (const line of lines) this.#stays.take(line);
  }

  /** What is known so far, by kind. */
  lengths(): readonly PastLengths[] {
    const runs = [...this.#runs.values()].filter(({ rollout, batch, whole, start, end }) => {
      const state = this.#stays.rollouts.get(rollout)?.stays.get(batch)?.state;
      return whole && state === 'complete' && end - start > minute;
    });
    const kinds = new Set([...runs.map(({ rollout }) => kindOf(rollout)), ...this.#tasks.map(({ kind }) => kind)]);
    return [...kinds].map((kind) => ({
      kind,
      batches: newest(
        runs
          .filter(({ rollout }) => kindOf(rollout) === kind)
          .map(({ rollout, batch, start, end }) => ({ rollout, batch, ms: end - start })),
        ({ batch }) => batch,
      ),
      tasks: newest(
        this.#tasks.filter((task) => task.kind === kind).map(({ state, ms }) => ({ state, ms })),
        ({ state }) => state,
      ),
    }));
  }
}

/** The kind is what a `rolloutKey` begins with. */
function kindOf(rollout: string): string {
  return rollout.split('/', 1)[0] ?? rollout;
}

function newest<T>(all: readonly T[], keyOf: (each: T) => string): readonly T[] {
  const counts = new Map<string, number>();
  return all
    .toReversed()
    .filter((each) => {
      const count = (counts.get(keyOf(each)) ?? 0) + 1;
      counts.set(keyOf(each), count);
      return count <= mostOfEach;
    })
    .toReversed();
}

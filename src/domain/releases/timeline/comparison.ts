import { hour, week, type Instant, type Span } from '../../base/time.ts';
import type { CellState, Rollout } from '../rollout.ts';
import type { TimesLine } from '../times/lines.ts';
import { Stays, type EndedStay } from '../times/stays.ts';
import { rowId } from './rowId.ts';

/** When a batch (`rowId`) of another rollout ran; `end` is null where it is not known. */
export interface BatchRun {
  readonly row: string;
  readonly start: Instant;
  readonly end: Instant | null;
}

/** When the batches of another rollout ran, to compare with. Plain JSON. */
export interface ComparedRuns {
  /** Its name: free text. */
  readonly name: string;
  readonly runs: readonly BatchRun[];
}

/** Of more batches the last ones are left out. */
export const mostRuns = 500;

/** The batches of a rollout that began, as the dashboard shows it. */
export function runsOf({ batches }: Rollout): readonly BatchRun[] {
  return batches
    .flatMap((batch) =>
      batch.actualStart === undefined ? [] : [{ row: rowId(batch), start: batch.actualStart, end: batch.end ?? null }],
    )
    .slice(0, mostRuns);
}

const resting: ReadonlySet<string> = new Set<CellState>(['pending', 'waiting', 'complete', 'skipped', 'unknown']);

/** Reads from the lines of the record, week after week, when the batches of rollouts ran that the dashboard lists no more. */
export class RunsReader {
  readonly #stays: Stays;
  /** By rollout and batch. */
  readonly #runs = new Map<string, Map<string, BatchRun>>();

  constructor() {
    this.#stays = new Stays((stay) => this.#take(stay));
  }

  take(lines: Iterable<TimesLine>): void {
    for (const line of lines) this.#stays.take(line);
  }

  /** By `rolloutKey`; only those of which the beginning of a batch was seen. */
  runs(): ReadonlyMap<string, readonly BatchRun[]> {
    return new Map([...this.#runs].map(([rollout, runs]) => [rollout, [...runs.values()].slice(0, mostRuns)]));
  }

  #take({ rollout, place, state, since, until, began, ended }: EndedStay): void {
    if (place.includes('/') || resting.has(state)) return;
    const runs = this.#runs.get(rollout) ?? new Map<string, BatchRun>();
    const known = runs.get(place);
    if (known === undefined && !began) return;
    this.#runs.set(rollout, runs.set(place, { row: place, start: known?.start ?? since, end: ended ? until : null }));
  }
}

/** A batch beside the same one of another rollout. */
export interface Compared extends Span {
  /** Whether it is known when the other one ended. */
  readonly isOver: boolean;
  /** How much later than the other one it began, in milliseconds; negative when earlier. */
  readonly later: number | undefined;
  /** How much longer it took, in milliseconds; negative when shorter. */
  readonly longer: number | undefined;
}

/** Plans of two weeks differ by less. */
const sameWeekdayMs = 36 * hour;

/**
 * The runs of another rollout, moved to the time of this one, by batch: by whole weeks where both began at about the same time
 * of the week, else so that both begin at the same time.
 */
export function comparisons(rollout: Rollout, { runs }: ComparedRuns): ReadonlyMap<string, Compared> {
  const own = new Map(runsOf(rollout).map((run) => [run.row, run]));
  const shift = shiftOf(rollout, runs);
  return new Map(
    runs.map(({ row, start, end }) => {
      const mine = own.get(row);
      const tookMine = mine === undefined || mine.end === null ? undefined : mine.end - mine.start;
      return [
        row,
        {
          start: start + shift,
          end: (end ?? start) + shift,
          isOver: end !== null,
          later: mine === undefined ? undefined : mine.start - start - shift,
          longer: tookMine === undefined || end === null ? undefined : tookMine - (end - start),
        },
      ];
    }),
  );
}

function shiftOf({ batches, dispatchedAt }: Rollout, runs: readonly BatchRun[]): number {
  const planned = batches.map(({ plannedStart }) => plannedStart);
  const began = planned.length === 0 ? dispatchedAt : Math.min(...planned);
  const other = Math.min(...runs.map(({ start }) => start));
  if (!Number.isFinite(other)) return 0;
  const weeks = Math.round((began - other) / week) * week;
  return Math.abs(began - other - weeks) <= sameWeekdayMs ? weeks : began - other;
}

import { day, type Instant, type Span } from '../../base/time.ts';

/**
 * What else happens on the axis of a rollout:
 * - `cut`: a release candidate was branched
 * - `election`: the day on which the versions of a release are due to be elected
 * - `deadline`: the voting on a proposal of the rollout ends
 * - `alert`: an alert that is not closed about a subnet or node of the rollout began
 * - `shift`: somebody else goes on call
 */
export type MarkKind = 'cut' | 'election' | 'deadline' | 'alert' | 'shift';

/** A record that a mark stands for: an alert by its id, a proposal by its number. */
export interface OpenedByMark {
  readonly kind: 'alert' | 'proposal';
  readonly id: string;
}

export interface Mark {
  /** Unique among the marks of a rollout. */
  readonly id: string;
  readonly kind: MarkKind;
  readonly at: Instant;
  /** Only the day is known (UTC): `at` is its noon. */
  readonly wholeDay: boolean;
  /** Plain text, partly from outside. */
  readonly text: string;
  readonly urgent: boolean;
  /** The subnets or nodes that it belongs to: full principals. */
  readonly targets: readonly string[];
  /** It belongs to the rollout as a whole. */
  readonly ofAll: boolean;
  /** The batches that run in this time belong to it; null where time says nothing. */
  readonly during: Span | null;
  /** What it opens; null for nothing. */
  readonly opens: OpenedByMark | null;
}

/** Of more marks those that are further from now are left out. */
export const mostMarks = 200;

/** An axis is not made longer for what is further from the batches than this, in milliseconds. */
const nearMs = 10 * day;

/** The instants that the axis is to hold: those of what is about the rollout as a whole, and of deadlines. */
export function wantedOnAxis(marks: readonly Mark[], around: Span): readonly Instant[] {
  return marks
    .filter(({ kind, ofAll }) => (ofAll && kind !== 'shift') || kind === 'deadline')
    .map(({ at }) => at)
    .filter((at) => at > around.start - nearMs && at < around.end + nearMs);
}

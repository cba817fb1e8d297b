/**
 * Whether a list holds all there is. `reason` is the end of a sentence: "only the first 1,000 were read". `remark` is what
 * else there is to say of it, a sentence without a full stop: "The oldest come first".
 */
export type Completeness = ({ readonly kind: 'complete' } | { readonly kind: 'partial'; readonly reason: string }) & {
  readonly remark?: string;
};

/** A list that may be partial: it says whether it was read to its end, and how many records of it could not be read. */
export interface Listed<T> {
  readonly records: readonly T[];
  /** How many records could not be read and are left out. */
  readonly skipped: number;
  readonly completeness: Completeness;
}

export const complete: Completeness = { kind: 'complete' };

/** Partial for a reason; complete without one. */
export function completenessOf(reason: string | undefined): Completeness {
  return reason === undefined ? complete : { kind: 'partial', reason };
}

/** Several lists together: partial if one of them is, for the reason of the first of these. */
export function completenessOfAll(...parts: readonly Completeness[]): Completeness {
  return parts.find(({ kind }) => kind === 'partial') ?? complete;
}

/** Whether nothing is missing: only then does the absence of a record say that there is none. */
export function isWhole({ skipped, completeness }: Omit<Listed<unknown>, 'records'>): boolean {
  return skipped === 0 && completeness.kind === 'complete';
}

import type { AnyKind, Confirmation, RequestedWrite } from './kind.ts';

/** When to read, after each other, what became of a receipt (atlassian.md 2.4). */
const confirmAfterMs = [500, 1_000, 2_000, 3_000, 4_000, 8_000];
/** When to check, after each other, whether the service shows the change: lists lag behind. */
const readBackAfterMs = [0, 2_000, 4_000, 8_000];
/** No read is waited for longer. */
const longestReadMs = 30_000;
/** A pause that a service requires is kept up to this length, as a person waits. */
const longestRetryAfterMs = 60_000;

/** What finding out needs from around it. */
export interface FindOutParts {
  /** Resolves after so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
  /** The promise, or the other value when it takes longer; the other value also when it rejects. */
  readonly within: <T>(ms: number, promise: Promise<T>, otherwise: T) => Promise<T>;
  /** The result is not needed any more. */
  readonly ended: () => boolean;
}

/**
 * Finds out what became of a write, without sending anything: by its receipt, then by reading back. `pending` and
 * `unknown` mean that it could not be found out, `absent` that the record is there and still lacks it.
 */
export async function findOut<F>(
  kind: AnyKind<F>,
  requested: RequestedWrite<unknown>,
  receipt: string | undefined,
  parts: FindOutParts,
): Promise<Confirmation<F>> {
  const unknown = { kind: 'unknown', failure: undefined } as const;
  let last: Confirmation<F> = unknown;
  if (receipt !== undefined && kind.confirm !== undefined) {
    last = await readRepeatedly(async () => kind.confirm?.(receipt, requested) ?? unknown, confirmAfterMs, parts);
    if (isSettled(last)) return last;
  }
  if (kind.readBack === undefined || parts.ended()) return last;
  // What was just read is what is there: only lists lag behind.
  const delays = requested.reread === undefined ? readBackAfterMs : readBackAfterMs.slice(0, 1);
  return readRepeatedly(async () => kind.readBack?.(requested) ?? unknown, delays, parts);
}

async function readRepeatedly<F>(
  read: () => Promise<Confirmation<F>>,
  delays: readonly number[],
  parts: FindOutParts,
): Promise<Confirmation<F>> {
  let answer: Confirmation<F> = { kind: 'unknown', failure: undefined };
  for (const delay of delays) {
    const requiredMs = answer.kind === 'unknown' ? (answer.retryAfterMs ?? 0) : 0;
    await parts.wait(Math.max(delay, Math.min(requiredMs, longestRetryAfterMs)));
    if (parts.ended()) break;
    answer = await parts.within<Confirmation<F>>(longestReadMs, read(), { kind: 'unknown', failure: undefined });
    if (isSettled(answer)) break;
  }
  return answer;
}

/** Whether reading again would find nothing else. */
function isSettled<F>({ kind }: Confirmation<F>): boolean {
  return kind === 'applied' || kind === 'refused' || kind === 'overtaken';
}

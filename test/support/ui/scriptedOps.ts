import type { Failure, FailureKind } from '../../../src/domain/base/failure.ts';
import { complete } from '../../../src/domain/base/listed.ts';
import { fail, ok, type Result } from '../../../src/domain/base/result.ts';
import type { Jira } from '../../../src/sources/atlassian/jira/client.ts';
import type { Ops } from '../../../src/sources/atlassian/ops/client.ts';
import type { FakeClock } from '../engine/fakeClock.ts';

/** What the service does with a call that changes something. Where a call has no receipt, it is applied at once. */
export type Manner =
  | 'applies'
  | 'cannotBeReached'
  | 'appliesLate'
  | 'refuses'
  | 'refusesLater'
  | 'neverApplies'
  | 'answersNothing'
  | 'asksToWait';

export const lateMs = 1_000;
export const waitMs = 5_000;

/** The calls that read, by method. */
export type Reads = Readonly<Record<string, () => unknown>>;

/** A list that could be read whole. */
export function listed(...records: readonly unknown[]): Result<unknown, Failure> {
  return ok({ records, skipped: 0, completeness: complete });
}

/** A failure of the service. */
export function failing(kind: FailureKind, retryAfterMs?: number): Result<never, Failure> {
  return fail({ kind, service: 'ops', operation: 'test', retryAfterMs });
}

/** A service that does with each call what a test says, whatever the call is. What it holds is for the test to say. */
export class ScriptedOps {
  /** The calls that change something, in their order. */
  readonly calls: string[] = [];
  /** The manner of the next calls by method; without one it applies them. */
  readonly manners = new Map<string, Manner>();
  readonly #clock: FakeClock;
  readonly #reads: Reads;
  readonly #applied: (method: string, args: readonly unknown[]) => unknown;
  readonly #answer: unknown;
  #last: Manner = 'applies';

  /** `applied` is called for each call that was applied; the answer is what it returns, or else `answer`. */
  constructor(
    clock: FakeClock,
    reads: Reads,
    applied: (method: string, args: readonly unknown[]) => unknown = () => undefined,
    answer: { readonly body: unknown } = { body: { requestId: 'r1' } },
  ) {
    this.#answer = answer.body;
    this.#clock = clock;
    this.#reads = { requestStatus: () => this.#status(), ...reads };
    this.#applied = applied;
  }

  /** The client of alerts, as the product uses it. Each method that reads nothing counts as one that changes something. */
  get client(): Ops {
    return this.#client as Ops;
  }

  /** The client of tickets. */
  get jira(): Jira {
    return this.#client as Jira;
  }

  get #client(): object {
    const methods = new Proxy(
      {},
      {
        // It is awaited, and must not look like a promise.
        get: (_, name) => (typeof name === 'string' && name !== 'then' ? this.#method(name) : undefined),
      },
    );
    return methods;
  }

  #method(name: string): (...args: readonly unknown[]) => Promise<unknown> {
    const read = this.#reads[name];
    return read === undefined ? (...args) => this.#change(name, args) : () => Promise.resolve(read());
  }

  async #change(name: string, args: readonly unknown[]): Promise<Result<unknown, Failure>> {
    this.calls.push(name);
    const manner = this.manners.get(name) ?? 'applies';
    this.#last = manner;
    switch (manner) {
      case 'applies':
        return ok(this.#applied(name, args) ?? this.#answer);
      case 'refusesLater':
      case 'neverApplies':
        return ok(this.#answer);
      case 'appliesLate':
        await new Promise<void>((resolve) => void this.#clock.after(lateMs, resolve));
        return ok(this.#applied(name, args) ?? this.#answer);
      case 'refuses':
        return failing('forbidden');
      case 'cannotBeReached':
        return fail({ kind: 'unreachable', service: 'ops', operation: 'test', notSent: true });
      case 'answersNothing':
        return failing('timeout');
      case 'asksToWait':
        this.manners.delete(name);
        return failing('rateLimited', waitMs);
    }
  }

  #status(): Result<unknown, Failure> {
    if (this.#last === 'neverApplies') return ok('pending');
    return ok(this.#last === 'refusesLater' ? { applied: false, reason: 'Your plan lacks it' } : { applied: true });
  }
}

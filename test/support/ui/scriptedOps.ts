import type { Alert } from '../../../src/domain/alerts/alert.ts';
import type { Failure, FailureKind } from '../../../src/domain/base/failure.ts';
import { complete } from '../../../src/domain/base/listed.ts';
import { fail, ok, type Result } from '../../../src/domain/base/result.ts';
import type { Ops } from '../../../src/sources/atlassian/ops/client.ts';
import type { FakeClock } from '../engine/fakeClock.ts';

/** What the service does with a call that changes something. Where a call has no receipt, it is applied at once. */
export type Manner =
  'applies' | 'appliesLate' | 'refuses' | 'refusesLater' | 'neverApplies' | 'answersNothing' | 'asksToWait';

export const lateMs = 1_000;
export const waitMs = 5_000;

/** An alert service that does with each call what a test says, whatever the call is. It changes no alert. */
export class ScriptedOps {
  /** The calls that change something, in their order. */
  readonly calls: string[] = [];
  /** The manner of the next calls by method; without one it applies them. */
  readonly manners = new Map<string, Manner>();
  readonly #clock: FakeClock;
  readonly #alert: Alert;
  readonly #reads: Readonly<Record<string, () => Result<unknown, Failure>>>;
  #last: Manner = 'applies';

  constructor(clock: FakeClock, alert: Alert) {
    this.#clock = clock;
    this.#alert = alert;
    const listed = (...records: readonly unknown[]) => ok({ records, skipped: 0, completeness: complete });
    this.#reads = {
      requestStatus: () => this.#status(),
      getAlert: () => ok(this.#alert),
      listNotes: () => listed(),
      listEscalations: () => listed({ id: 'e1', name: 'The escalation' }),
      scheduleMembers: () => ok([{ accountId: '2', name: 'Eli' }]),
    };
  }

  /** The client, as the product uses it. Each method that reads nothing counts as one that changes something. */
  get client(): Ops {
    const methods = new Proxy(
      {},
      {
        // It is awaited, and must not look like a promise.
        get: (_, name) => (typeof name === 'string' && name !== 'then' ? this.#method(name) : undefined),
      },
    );
    return methods as Ops;
  }

  #method(name: string): () => Promise<Result<unknown, Failure>> {
    const read = this.#reads[name];
    return read === undefined ? () => this.#change(name) : () => Promise.resolve(read());
  }

  async #change(name: string): Promise<Result<unknown, Failure>> {
    this.calls.push(name);
    const manner = this.manners.get(name) ?? 'applies';
    this.#last = manner;
    switch (manner) {
      case 'applies':
      case 'refusesLater':
      case 'neverApplies':
        return ok({ requestId: 'r1' });
      case 'appliesLate':
        await new Promise<void>((resolve) => void this.#clock.after(lateMs, resolve));
        return ok({ requestId: 'r1' });
      case 'refuses':
        return this.#fail('forbidden');
      case 'answersNothing':
        return this.#fail('timeout');
      case 'asksToWait':
        this.manners.delete(name);
        return this.#fail('rateLimited', waitMs);
    }
  }

  #status(): Result<unknown, Failure> {
    if (this.#last === 'neverApplies') return ok('pending');
    return ok(this.#last === 'refusesLater' ? { applied: false, reason: 'Your plan lacks it' } : { applied: true });
  }

  #fail(kind: FailureKind, retryAfterMs?: number): Result<unknown, Failure> {
    return fail({ kind, service: 'ops', operation: 'test', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
  }
}

import type { Failure } from '../../domain/base/failure.ts';
import { completenessOf } from '../../domain/base/listed.ts';
import { ok, type Result } from '../../domain/base/result.ts';
import type { Rotation } from '../../domain/rotation/rotation.ts';
import { minute, second, type Instant } from '../../domain/base/time.ts';
import { samePlainData } from '../../engine/base/samePlainData.ts';
import type { FeedContext, FeedDefinition } from '../../engine/read/definition.ts';
import type { Ops } from '../../sources/atlassian/ops/client.ts';
import { rotationsKey } from './keys.ts';

/** A schedule that was known counts as gone when it is still not found after so long. */
const acceptedAfterMs = 45 * second;

/** Reads the schedules that the settings name. `schedules`: role to name. A sparing read takes them in turn. */
export function rotationsFeed(
  ops: () => Promise<Ops>,
  schedules: () => Readonly<Record<string, string>>,
  { store, clock }: Pick<FeedContext<Failure>, 'store' | 'clock'>,
): FeedDefinition<Rotation, Failure> {
  /** What reads of this window brought last, by the schedule's name: the store has whether it was taken in. */
  const brought = new Map<string, Omit<ScheduleRead, 'name'>>();

  /** What is known of all schedules but the one that was read longest ago. */
  function spared(): ReadonlyMap<string, ScheduleRead> {
    const asOf = store.state(rotationsKey).asOf ?? 0;
    const records = [...store.served(rotationsKey).values()];
    const all = Object.entries(schedules()).map(([role, name]): ScheduleRead => {
      const record = records.find((each) => each.role === role && isNamed(each, name));
      const own = brought.get(name);
      // A read that was dropped, or that another window's came after, says nothing of what is known.
      const isOwn = own !== undefined && samePlainData(own.record, record);
      return { name, record, at: isOwn ? Math.max(own.at, asOf) : record === undefined ? 0 : asOf };
    });
    const others = all.toSorted((a, b) => a.at - b.at).slice(1);
    return new Map(others.filter(({ at }) => at > 0).map((each) => [each.name, each]));
  }

  /** When a schedule that is known was first not found, by its name: that is not accepted yet. */
  const missingSince = new Map<string, Instant>();

  /**
   * What is known of a schedule that is suddenly not found, as happens while the service is in trouble: who is on call
   * must not be removed for that. Undefined once a read some time later says the same.
   */
  function doubted(name: string, role: string): ScheduleRead | undefined {
    const state = store.state(rotationsKey);
    const record = [...store.served(rotationsKey).values()].find((each) => each.role === role && isNamed(each, name));
    const now = clock.now();
    const since = missingSince.get(name) ?? now;
    if (record === undefined || Math.abs(now - since) >= acceptedAfterMs) return undefined;
    missingSince.set(name, since);
    return { name, record, at: state.asOf ?? 0 };
  }

  /** Undefined when there is no such schedule. */
  async function readOne(
    name: string,
    role: string,
    known: ScheduleRead | undefined,
    signal: AbortSignal,
  ): Promise<Result<Rotation | undefined, Failure>> {
    if (known !== undefined) return ok(known.record);
    const read = await (await ops()).rotation(name, role, signal);
    return !read.ok && isMissing(read.failure) ? ok(undefined) : read;
  }

  return {
    key: rotationsKey,
    // A read costs three requests for each schedule: any more often would break the budget of the service.
    pace: { activeMs: 10 * minute, idleMs: 30 * minute, quietMs: 90 * minute },
    requests: 3,
    staleAfterMs: 45 * minute,
    async fetch(signal, sparing) {
      const records: Rotation[] = [];
      const missing: string[] = [];
      let asOf = clock.now();
      let isDoubted = false;
      const known = sparing ? spared() : new Map<string, ScheduleRead>();
      for (const [role, name] of Object.entries(schedules())) {
        const at = known.get(name)?.at ?? clock.now();
        const read = await readOne(name, role, known.get(name), signal);
        if (!read.ok) return { kind: 'failed', failure: read.failure };
        const kept = read.value === undefined ? doubted(name, role) : undefined;
        if (kept === undefined) missingSince.delete(name);
        else isDoubted = true;
        const { record, at: from } = kept ?? { record: read.value, at };
        brought.set(name, { record, at: from });
        asOf = Math.min(asOf, from);
        if (record === undefined) missing.push(name);
        else records.push(record);
      }
      const reason = `there is no schedule named ${missing.join(' or ')}, or you may not see it`;
      return {
        kind: 'records',
        records,
        asOf,
        doubted: isDoubted,
        // Where none is found, the view says so by itself.
        completeness: completenessOf(missing.length === 0 || records.length === 0 ? undefined : reason),
      };
    },
  };
}

interface ScheduleRead {
  readonly name: string;
  /** Undefined when there was none of this name. */
  readonly record: Rotation | undefined;
  readonly at: Instant;
}

/** The service finds a schedule by its name in any case. */
function isNamed(rotation: Rotation, name: string): boolean {
  return rotation.name.toLowerCase() === name.toLowerCase();
}

/** The service answered, and there is no such schedule. A 404 of the service itself is a failure like others. */
function isMissing(failure: Failure): boolean {
  return failure.kind === 'notFound' && failure.status === undefined;
}

/** Whether a record from disk has the form of a rotation. */
export function isStoredRotation(record: unknown): record is Rotation {
  const parts = ['role', 'shifts', 'current', 'restrictions'];
  return typeof record === 'object' && record !== null && parts.every((part) => part in record);
}

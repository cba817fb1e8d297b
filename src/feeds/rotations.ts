import type { Failure } from '../domain/failure.ts';
import type { Rotation } from '../domain/rotation.ts';
import { minute } from '../domain/time.ts';
import type { FeedDefinition } from '../engine/feed.ts';
import type { FeedKey } from '../engine/store.ts';
import type { Ops } from '../sources/atlassian/ops/client.ts';

/** The schedules of the settings and who holds them, by schedule id. */
export const rotationsKey: FeedKey<Rotation> = { name: 'rotations', keyOf: (rotation) => rotation.id };

/** Reads the schedules that the settings name. `schedules`: role to name. */
export function rotationsFeed(
  ops: () => Promise<Ops>,
  schedules: () => Readonly<Record<string, string>>,
): FeedDefinition<Rotation, Failure> {
  return {
    key: rotationsKey,
    // A read costs three requests for each schedule: any oftener would break the budget of the service.
    pace: { activeMs: 10 * minute, idleMs: 30 * minute, quietMs: 180 * minute },
    staleAfterMs: 45 * minute,
    async fetch(signal) {
      const records: Rotation[] = [];
      const missing: string[] = [];
      for (const [role, name] of Object.entries(schedules())) {
        const read = await (await ops()).rotation(name, role, signal);
        if (read.ok) records.push(read.value);
        else if (isMissing(read.failure)) missing.push(name);
        else return { kind: 'failed', failure: read.failure };
      }
      if (missing.length === 0) return { kind: 'records', records };
      const reason = `there is no schedule named ${missing.join(' or ')}, or you may not see it`;
      return { kind: 'records', records, completeness: { kind: 'partial', reason } };
    },
  };
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

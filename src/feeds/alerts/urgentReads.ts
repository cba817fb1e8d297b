import { isUrgent, type Alert } from '../../domain/alerts/alert.ts';
import type { Failure } from '../../domain/base/failure.ts';
import { isWhole, type Listed } from '../../domain/base/listed.ts';
import type { Instant } from '../../domain/base/time.ts';
import type { FeedContext, Fetched } from '../../engine/read/definition.ts';
import type { FeedKey } from '../../engine/read/store.ts';
import type { Ops } from '../../sources/atlassian/ops/client.ts';
import { alertsKey } from './keys.ts';

/** That the urgent alerts were read: when, is the state's `asOf`. One record once they were, or none. */
export interface UrgentRead {
  readonly list: 'urgent';
}

/** When the open alerts of priority P1 and P2 were read last, where that was after the list of all. */
export const urgentReadKey: FeedKey<UrgentRead> = { name: 'urgentAlerts', keyOf: ({ list }) => list };

/** What pages, in the service's query language (atlassian.md 2.3). */
const query = 'status: open AND (priority: P1 OR priority: P2)';
/** For each page of the list of all there are so many reads of what is urgent. */
const readsForEachPage = 5;
/** From so many urgent alerts on it is doubted that all of them are gone: fewer may well end at once. */
const several = 3;
/** Longer lists are read no less often than lists of so many pages. */
const mostPages = 4;

interface Swept extends Listed<Alert> {
  /** Another one after the credentials or addresses changed. */
  readonly client: Ops;
  readonly team: string;
  readonly asOf: Instant;
  readonly pages: number;
}

/**
 * While the list of all alerts takes several requests, most reads bring only what is urgent, in one request and at the full
 * pace: in a storm the next P1 must not wait for the rest.
 */
export class UrgentReads {
  readonly #context: Pick<FeedContext<Failure>, 'store' | 'clock'>;
  #swept: Omit<Swept, 'records'> | undefined;
  #reads = 0;

  constructor(context: Pick<FeedContext<Failure>, 'store' | 'clock'>) {
    this.#context = context;
  }

  /** The list of all was read. */
  swept(list: Swept): void {
    this.#swept = list;
    this.#reads = 0;
  }

  /**
   * Reads what is urgent and lays it over what is known. Undefined when it is time for the list of all: also when several
   * are suddenly gone, as a service in trouble may say. Where the list of all is empty too, the feed doubts it.
   */
  async read(client: Ops, team: string, signal: AbortSignal): Promise<Fetched<Alert, Failure> | undefined> {
    const swept = this.#swept;
    if (swept === undefined || swept.pages < 2 || swept.client !== client || swept.team !== team) return undefined;
    this.#reads++;
    if (this.#reads >= readsForEachPage * Math.min(swept.pages, mostPages)) return undefined;
    const { store, clock } = this.#context;
    const now = clock.now();
    const read = await client.listAlerts({ query, team, isProved: true, onlyNewest: true, signal });
    if (!read.ok) return { kind: 'failed', failure: read.failure };
    const known = [...store.served(alertsKey).values()];
    const isEmpty = read.value.alerts.length + read.value.skipped === 0;
    if (isEmpty && known.filter(isUrgent).length >= several) return undefined;
    store.update(urgentReadKey, { status: 'fresh', asOf: now, records: [{ list: 'urgent' }] });
    const { asOf, completeness } = swept;
    // Of those that cannot be read now, the list of all may have had some.
    const skipped = Math.max(swept.skipped, read.value.skipped);
    return { kind: 'records', records: merged(known, read.value), asOf, skipped, completeness, pages: 1 };
  }
}

/** Newest first. What was urgent and is not in a whole list of it is no longer: the list of all has what it is now. */
function merged(
  known: readonly Alert[],
  urgent: { readonly alerts: readonly Alert[] } & Omit<Listed<Alert>, 'records'>,
): readonly Alert[] {
  const now = new Map(urgent.alerts.map((alert) => [alert.id, alert]));
  const whole = isWhole(urgent);
  const rest = known.filter((alert) => !now.has(alert.id) && !(whole && isUrgent(alert)));
  return [...now.values(), ...rest].sort((one, other) => other.createdAt - one.createdAt);
}

/** Whether a record from disk has the form of such a read. */
export function isStoredUrgentRead(record: unknown): record is UrgentRead {
  return typeof record === 'object' && record !== null && 'list' in record && record.list === 'urgent';
}

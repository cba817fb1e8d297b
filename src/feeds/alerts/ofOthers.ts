import type { Failure } from '../../domain/base/failure.ts';
import type { FeedContext } from '../../engine/read/definition.ts';
import type { FeedKey, Store } from '../../engine/read/store.ts';

/** How many alerts the list of open or of closed ones leaves out because they are certainly another team's. */
export interface OfOthers {
  readonly list: 'open' | 'closed';
  readonly count: number;
}

/** What the lists of alerts left out when they were read last. One that never left out any has no record. */
export const ofOthersKey: FeedKey<OfOthers> = { name: 'alertsOfOthers', keyOf: ({ list }) => list };

/** How many alerts each list leaves out. */
export type CountsOfOthers = Readonly<Record<OfOthers['list'], number>>;

export function countsOfOthers(store: Store<Failure>): CountsOfOthers {
  const { records } = store.state(ofOthersKey);
  return { open: records.get('open')?.count ?? 0, closed: records.get('closed')?.count ?? 0 };
}

/** Notes how many alerts a list leaves out, and says it in the log when that changes. */
export function noteOfOthers(
  { store, clock, log }: Pick<FeedContext<Failure>, 'store' | 'clock' | 'log'>,
  list: OfOthers['list'],
  count: number,
): void {
  if (countsOfOthers(store)[list] === count) return;
  log.info('alerts', `left out of the ${list} ones because they are other teams': ${count}`);
  const others = [...store.state(ofOthersKey).records.values()].filter((each) => each.list !== list);
  store.update(ofOthersKey, { status: 'fresh', asOf: clock.now(), records: [...others, { list, count }] });
}

/** Whether a record from disk has the form of such a count. */
export function isStoredOfOthers(record: unknown): record is OfOthers {
  return (
    typeof record === 'object' &&
    record !== null &&
    'list' in record &&
    'count' in record &&
    typeof record.count === 'number'
  );
}

import type { Failure } from '../../domain/base/failure.ts';
import type { TicketGrouping } from '../../domain/queue/groupings.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';
import type { Store } from '../../engine/read/store.ts';
import type { Windows } from '../../engine/windows/windows.ts';
import { listedTicketsKey } from '../../feeds/queue/known.ts';
import type { TicketQueryReader } from '../../feeds/queue/query.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import type { Host } from '../kit/host.ts';
import { RepeatedReading } from '../kit/repeatedReading.ts';
import type { ViewOptions } from '../kit/viewOptions.ts';

export interface QueryReadingParts extends Pick<Host, 'clock' | 'log'> {
  readonly store: Store<Failure>;
  readonly ticketQuery: () => Promise<TicketQueryReader>;
  readonly queueOptions: ViewOptions<TicketGrouping>;
  readonly windows: Pick<Windows, 'attention' | 'onDidChangeAttention'>;
}

/** Reads again from Jira which tickets a query finds, while this window filters the Queue view by it and the view is visible. */
export function queryReading({
  store,
  ticketQuery,
  queueOptions,
  windows,
  clock,
  log,
}: QueryReadingParts): Pick<RepeatedReading, 'read' | 'dispose'> {
  const lifetime = new Lifetime();
  const query = (): string | undefined =>
    queueOptions.filter?.kind === 'query' && windows.attention(queueKey.name) !== 'quiet'
      ? queueOptions.filter.query
      : undefined;
  const afterTickets = (run: () => void): Disposable =>
    store.onDidChange(({ feed, added, changed, removed }) => {
      if (feed !== queueKey.name && feed !== listedTicketsKey.name) return;
      if (query() === undefined || added.length + changed.length + removed.length === 0) return;
      void ticketQuery().then((reader) => {
        reader.noteChange();
        run();
      });
    });
  const reading = lifetime.own(
    new RepeatedReading({
      clock,
      log,
      scope: 'queue',
      trouble: 'the tickets of the filter were not read from Jira',
      events: [queueOptions.onDidChange, windows.onDidChangeAttention, afterTickets],
      read() {
        const jql = query();
        return jql === undefined ? undefined : ticketQuery().then((reader) => reader.readWhenDue(jql));
      },
    }),
  );
  return { read: () => reading.read(), dispose: () => lifetime.dispose() };
}

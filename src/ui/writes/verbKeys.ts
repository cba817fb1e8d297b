import type { Failure } from '../../domain/base/failure.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';
import type { FeedState, Store } from '../../engine/read/store.ts';
import { alertsKey } from '../../feeds/alerts/keys.ts';
import { listedTicketsKey } from '../../feeds/queue/known.ts';
import { queueKey } from '../../feeds/queue/queue.ts';
import { contextKey } from '../kit/contextKey.ts';
import type { Host } from '../kit/host.ts';

interface VerbKeyParts extends Pick<Host, 'settings'> {
  readonly store: Store<Failure>;
}

/**
 * Sets the context keys for whether it is known that there is no alert and no ticket to do something to: the palette
 * offers what is done to them until then.
 */
export function keepVerbContextKeys({ store, settings }: VerbKeyParts): Disposable {
  const lifetime = new Lifetime();
  const setNoAlerts = contextKey<boolean>('drDre.alerts.none');
  const setNoTickets = contextKey<boolean>('drDre.queue.none');
  const update = (): void => {
    setNoAlerts(isNone(store.state(alertsKey)));
    const queue = store.state(queueKey);
    const listed = store.state(listedTicketsKey);
    // Without further lists their tickets are never read.
    const hasLists = settings.current.ticketLists.length > 0;
    setNoTickets(queue.status === 'notSignedIn' || (isNone(queue) && (!hasLists || isNone(listed))));
  };
  lifetime.own(store.onDidChange(update));
  lifetime.own(settings.onDidChange(update));
  update();
  return lifetime;
}

function isNone({ status, records }: FeedState<unknown, Failure>): boolean {
  return status === 'notSignedIn' || (status === 'fresh' && records.size === 0);
}

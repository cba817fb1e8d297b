import type { Alert } from '../../domain/alerts/alert.ts';
import type { FeedKey } from '../../engine/read/store.ts';

/** The team's alerts that are not closed, by id. */
export const alertsKey: FeedKey<Alert> = { name: 'alerts', keyOf: (alert) => alert.id };

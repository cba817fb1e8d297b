import type { Alert, Team } from '../../domain/alerts/alert.ts';
import type { Heartbeat } from '../../domain/alerts/heartbeat.ts';
import type { FeedKey } from '../../engine/read/store.ts';

/** The team's alerts that are not closed, by id. */
export const alertsKey: FeedKey<Alert> = { name: 'alerts', keyOf: (alert) => alert.id };

/** The alerts that were closed in the last day, by id. Read only while they are shown. */
export const closedAlertsKey: FeedKey<Alert> = { name: 'closedAlerts', keyOf: (alert) => alert.id };

/** The team's heartbeats, by name. */
export const heartbeatsKey: FeedKey<Heartbeat> = { name: 'heartbeats', keyOf: (heartbeat) => heartbeat.name };

/** The team of the settings, once the service has returned its name: one record, or none. */
export const teamKey: FeedKey<Team> = { name: 'team', keyOf: (team) => team.id };

/** Whether a record from disk has the form of an alert. */
export function isStoredAlert(record: unknown): record is Alert {
  return (
    typeof record === 'object' && record !== null && 'id' in record && 'priority' in record && 'createdAt' in record
  );
}

/** Whether a record from disk has the form of a team. */
export function isStoredTeam(record: unknown): record is Team {
  return (
    typeof record === 'object' &&
    record !== null &&
    'name' in record &&
    typeof record.name === 'string' &&
    'id' in record
  );
}

/** Whether a record from disk has the form of a heartbeat. */
export function isStoredHeartbeat(record: unknown): record is Heartbeat {
  return typeof record === 'object' && record !== null && 'intervalMs' in record && 'alertMessage' in record;
}

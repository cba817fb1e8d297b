import type { Instant } from '../../../domain/base/time.ts';
import type { Atlassian } from '../connection.ts';
import { type AlertActions, createAlertActions } from './actions.ts';
import { type AlertReads, createAlertReads } from './alerts.ts';
import { createHeartbeats, type Heartbeats } from './heartbeats.ts';
import { createNotes, type Notes } from './notes.ts';
import { createNotificationRules, type NotificationRules } from './notificationRules.ts';
import { createOverrides, type Overrides } from './overrides.ts';
import { createPeople } from './people.ts';
import { createResponders, type Responders } from './responders.ts';
import { createSchedules, type Schedules } from './schedules.ts';
import { createTeams, type Teams } from './teams.ts';

/** The alert operations API of Jira Service Management (atlassian.md 2): one file a subject. */
export interface Ops
  extends AlertReads, AlertActions, Notes, Schedules, Overrides, Heartbeats, NotificationRules, Teams, Responders {}

/** `now` is the wall clock: timelines begin there, and what lies in the past is refused. */
export function createOps(connection: Atlassian, now: () => Instant): Ops {
  const people = createPeople(connection);
  const teams = createTeams(connection);
  const responders = createResponders(connection, people, teams);
  return {
    ...createAlertReads(connection, teams),
    ...createAlertActions(connection, now),
    ...createNotes(connection),
    ...createSchedules(connection, people, responders, now),
    ...createOverrides(connection, people, now),
    ...createHeartbeats(connection),
    ...createNotificationRules(connection),
    ...responders,
    ...teams,
  };
}

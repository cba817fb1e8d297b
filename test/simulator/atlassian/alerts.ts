import { people, type SimPerson, teamId, type World } from '../world.ts';
import type { Priority, SimAlert, SimResponder } from './alertModel.ts';
import { makeAlerts, plainAlert } from './alertWorld.ts';
import { type Clock, Lag, type Mark, uuid } from './clock.ts';
import type { Fields } from './http.ts';
import { escalations, schedules, teams } from './opsWorld.ts';
import type { Switches } from './switches.ts';

// What alerts do (atlassian.md 2.4): actions are accepted at once and have their effect a moment later; their request
// status is 404 until then. Nothing here runs by itself: what is due is done when something is read (`settle`).

/** An action that a person may ask for, with what it needs. */
export type AlertAction =
  | { readonly name: 'Acknowledge' | 'UnAcknowledge' | 'Close' }
  | { readonly name: 'Delete' }
  | { readonly name: 'Snooze'; readonly until: number }
  | { readonly name: 'Assign'; readonly accountId: string }
  | { readonly name: 'EscalateToNext'; readonly escalationId: string }
  | { readonly name: 'AddResponder'; readonly responder: SimResponder }
  | { readonly name: 'ExecuteCustomAction'; readonly action: string }
  | { readonly name: 'AddTags' | 'RemoveTags'; readonly tags: readonly string[] }
  | { readonly name: 'AddExtraProperties'; readonly properties: Fields }
  | { readonly name: 'RemoveExtraProperties'; readonly keys: readonly string[] }
  | { readonly name: 'UpdatePriority'; readonly priority: Priority }
  | { readonly name: 'UpdateMessage' | 'UpdateDescription'; readonly text: string };

/** What a new alert is made of; the rest has the service's standard. */
export interface NewAlert {
  readonly message: string;
  readonly alias?: string | undefined;
  readonly description?: string | undefined;
  readonly entity?: string | undefined;
  readonly source?: string | undefined;
  readonly priority?: Priority | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly actions?: readonly string[] | undefined;
  readonly extraProperties?: Fields | undefined;
  readonly responders?: readonly SimResponder[] | undefined;
  readonly note?: string | undefined;
}

/** The answer to a request status, once there is one. */
export interface RequestStatus {
  readonly action: string;
  readonly processedAt: number;
  readonly success: boolean;
  readonly status: string;
  readonly alertId: string;
  readonly alias: string;
}

interface Pending {
  readonly id: string;
  readonly mark: Mark;
  readonly apply: () => Omit<RequestStatus, 'processedAt'>;
}

export interface AlertStore {
  get(id: string): SimAlert | undefined;
  byAlias(alias: string): SimAlert | undefined;
  /** As the list knows them: it may lag behind. */
  listed(): SimAlert[];
  /** Accepts an action on any id; returns the request id. */
  act(id: string, action: AlertAction, by: SimPerson): string;
  create(alert: NewAlert, by: SimPerson): string;
  request(id: string): RequestStatus | undefined;
  /** At once, as from an integration: no request. */
  raise(alert: NewAlert): void;
  /** `count` alerts, spread evenly over this time. */
  storm(count: number, overMs: number): void;
  addNote(alert: SimAlert, note: string, by: SimPerson): SimAlert['notes'][number];
  /** Lets everything happen that is due by now. */
  settle(): void;
}

const week = 7 * 24 * 3_600_000;

export function createAlerts(world: World, clock: Clock, switches: Switches): AlertStore {
  const random = world.random('alert actions');
  const alerts = new Map(makeAlerts(world).map((alert) => [alert.id, alert]));
  const index = new Lag<SimAlert>(clock, () => switches.alertListLagMs);
  const statuses = new Map<string, RequestStatus>();
  let pending: Pending[] = [];
  let storms: { mark: Mark; count: number; overMs: number; raised: number }[] = [];
  let lastTinyId = Math.max(...[...alerts.values()].map(({ tinyId }) => Number(tinyId)));

  function accept(apply: Pending['apply']): string {
    const id = uuid(random);
    if (!switches.writesNeverApply) pending.push({ id, mark: clock.mark(), apply });
    return id;
  }

  function settle(): void {
    wakeSnoozed();
    raiseStorms();
    const due = pending.filter(({ mark }) => clock.elapsed(mark) >= switches.actionDelayMs);
    pending = pending.filter((each) => !due.includes(each));
    for (const { id, apply } of due) statuses.set(id, { ...apply(), processedAt: clock.now() });
  }

  function wakeSnoozed(): void {
    const now = clock.now();
    for (const alert of alerts.values()) {
      if (alert.snoozedUntil === undefined || alert.snoozedUntil > now) continue;
      const until = alert.snoozedUntil;
      change(alert, () => wake(alert, until));
    }
  }

  function raiseStorms(): void {
    for (const storm of storms) {
      const elapsed = clock.elapsed(storm.mark);
      const share = storm.overMs <= 0 ? 1 : Math.min(1, elapsed / storm.overMs);
      for (; storm.raised < Math.floor(storm.count * share); storm.raised += 1) {
        // Each is created at the time when it was due, not at the time of the read.
        const due = ((storm.raised + 1) / storm.count) * storm.overMs;
        insert(stormAlert(storm.raised), clock.now() - Math.max(0, Math.floor(elapsed - due)));
      }
    }
    storms = storms.filter(({ raised, count }) => raised < count);
  }

  function change(alert: SimAlert, write: () => void): void {
    index.wrote(alert.id, switches.alertListLagMs > 0 ? structuredClone(alert) : undefined);
    write();
  }

  function insert(given: NewAlert, now = clock.now()): SimAlert {
    lastTinyId += 1;
    const id = `${uuid(random)}-${now}`;
    const alert = plainAlert({
      ...given,
      id,
      tinyId: `${lastTinyId}`,
      createdAt: now,
      alias: given.alias ?? id,
      responders: given.responders ?? [{ id: teamId, type: 'team' }],
    });
    index.wrote(id, undefined);
    alerts.set(id, alert);
    return alert;
  }

  function perform(id: string, action: AlertAction, by: SimPerson): Omit<RequestStatus, 'processedAt'> {
    const alert = alerts.get(id);
    const answer = { action: action.name, alertId: id, alias: alert?.alias ?? '' };
    if (alert === undefined) return { ...answer, success: false, status: 'Alert does not exist' };
    const problem = switches.failActions === '' ? whyNot(alert, action) : switches.failActions;
    if (problem !== undefined) return { ...answer, success: false, status: problem };
    change(alert, () => {
      if (action.name === 'Delete') alerts.delete(id);
      else effect(alert, action, by);
    });
    return { ...answer, success: true, status: done[action.name] };
  }

  function whyNot(alert: SimAlert, action: AlertAction): string | undefined {
    switch (action.name) {
      case 'Acknowledge':
      case 'UnAcknowledge':
        return alert.closedAt === undefined ? undefined : 'Alert is already closed';
      case 'Snooze':
        if (alert.closedAt !== undefined) return 'Closed alert cannot be snoozed';
        return switches.snoozeOverWeek === 'fails' && action.until - clock.now() > week
          ? 'Snooze end time cannot be later than a week'
          : undefined;
      case 'Assign':
        return people.some(({ accountId }) => accountId === action.accountId) ? undefined : 'User does not exist';
      case 'EscalateToNext':
        return escalations.some((each) => each.id === action.escalationId) ? undefined : 'Escalation does not exist';
      case 'AddResponder':
        return isKnown(action.responder) ? undefined : 'Responder does not exist';
      case 'ExecuteCustomAction':
        return alert.actions.includes(action.action) ? undefined : `Alert has no action [${action.action}]`;
      default:
        return undefined;
    }
  }

  function effect(alert: SimAlert, action: Exclude<AlertAction, { name: 'Delete' }>, by: SimPerson): void {
    const now = clock.now();
    const log = (text: string): void => {
      alert.updatedAt = now;
      alert.logs.push({ at: now, type: 'alertRecipient', text, owner: by.email });
    };
    switch (action.name) {
      case 'Acknowledge':
        alert.snoozedUntil = undefined;
        if (!alert.acknowledged) acknowledge(alert, by.accountId, now);
        return log('Alert acknowledged via API');
      case 'UnAcknowledge':
        if (!alert.acknowledged) return;
        unacknowledge(alert);
        return log('Alert un-acknowledged via API');
      case 'Close':
        alert.snoozedUntil = undefined;
        alert.closedAt ??= now;
        alert.closedBy ??= by.accountId;
        return log('Alert closed via API');
      case 'Snooze':
        if (action.until <= now) wake(alert, now);
        else alert.snoozedUntil = action.until;
        return log(`Alert snoozed until ${new Date(action.until).toISOString()}`);
      case 'Assign':
        alert.owner = action.accountId;
        if (switches.assignAcknowledges) acknowledge(alert, action.accountId, now);
        return log(`Alert assigned to ${action.accountId}`);
      case 'EscalateToNext':
        return log('Alert escalated to the next rule');
      case 'AddResponder':
        if (!alert.responders.some(({ id }) => id === action.responder.id)) alert.responders.push(action.responder);
        return log(`Responder added: ${action.responder.type} ${action.responder.id}`);
      case 'ExecuteCustomAction':
        return log(`Custom action ${action.action} executed`);
      case 'AddTags':
        alert.tags = [...new Set([...alert.tags, ...action.tags])];
        return log(`Tags added: ${action.tags.join(', ')}`);
      case 'RemoveTags':
        alert.tags = alert.tags.filter((tag) => !action.tags.includes(tag));
        return log(`Tags removed: ${action.tags.join(', ')}`);
      case 'AddExtraProperties':
        alert.extraProperties = { ...alert.extraProperties, ...action.properties };
        return log(`Extra properties added: ${Object.keys(action.properties).join(', ')}`);
      case 'RemoveExtraProperties':
        alert.extraProperties = Object.fromEntries(
          Object.entries(alert.extraProperties).filter(([key]) => !action.keys.includes(key)),
        );
        return log(`Extra properties removed: ${action.keys.join(', ')}`);
      case 'UpdatePriority':
        alert.priority = action.priority;
        return log(`Priority set to ${action.priority}`);
      case 'UpdateMessage':
        alert.message = action.text;
        return log('Message updated');
      case 'UpdateDescription':
        alert.description = action.text;
        return log('Description updated');
    }
  }

  function add(given: NewAlert, by: SimPerson): Omit<RequestStatus, 'processedAt'> {
    if (switches.failActions !== '') {
      return { action: 'Create', alertId: '', alias: '', success: false, status: switches.failActions };
    }
    const open = given.alias === undefined ? undefined : byAlias(given.alias);
    const alert = open ?? insert(given);
    if (open !== undefined) change(open, () => repeat(open, clock.now()));
    else alert.logs.push({ at: clock.now(), type: 'system', text: 'Alert created via API', owner: by.email });
    if (given.note !== undefined) addNote(alert, given.note, by);
    return { action: 'Create', alertId: alert.id, alias: alert.alias, success: true, status: 'Created alert' };
  }

  function byAlias(alias: string): SimAlert | undefined {
    return [...alerts.values()].find((alert) => alert.alias === alias && alert.closedAt === undefined);
  }

  function addNote(alert: SimAlert, note: string, by: SimPerson): SimAlert['notes'][number] {
    const now = clock.now();
    const made = {
      id: `${now}${String(alert.notes.length + 1).padStart(6, '0')}`,
      createdAt: now,
      updatedAt: now,
      note,
      owner: by.accountId,
    };
    change(alert, () => {
      alert.notes.push(made);
      alert.updatedAt = now;
      alert.logs.push({ at: now, type: 'alertRecipient', text: 'Note added', owner: by.email });
    });
    return made;
  }

  return {
    get: (id) => alerts.get(id),
    byAlias,
    listed: () => index.known(alerts),
    act: (id, action, by) => accept(() => perform(id, action, by)),
    create: (alert, by) => accept(() => add(alert, by)),
    request: (id) => statuses.get(id),
    raise: (given) => {
      const open = given.alias === undefined ? undefined : byAlias(given.alias);
      if (open === undefined) insert(given);
      else change(open, () => repeat(open, clock.now()));
    },
    storm: (count, overMs) => void storms.push({ mark: clock.mark(), count, overMs, raised: 0 }),
    addNote,
    settle,
  };
}

/** Known: `Created alert`, `Alert does not exist`. The others are invented after them (atlassian.md 2.4). */
const done: Readonly<Record<AlertAction['name'], string>> = {
  Acknowledge: 'Acknowledged alert',
  UnAcknowledge: 'Unacknowledged alert',
  Close: 'Closed alert',
  Delete: 'Deleted alert',
  Snooze: 'Snoozed alert',
  Assign: 'Assigned alert',
  EscalateToNext: 'Escalated alert',
  AddResponder: 'Added responder to alert',
  ExecuteCustomAction: 'Executed custom action',
  AddTags: 'Added tags to alert',
  RemoveTags: 'Removed tags from alert',
  AddExtraProperties: 'Added extra properties to alert',
  RemoveExtraProperties: 'Removed extra properties from alert',
  UpdatePriority: 'Updated priority of alert',
  UpdateMessage: 'Updated message of alert',
  UpdateDescription: 'Updated description of alert',
};

function acknowledge(alert: SimAlert, accountId: string, now: number): void {
  alert.acknowledged = true;
  alert.acknowledgedAt = now;
  alert.acknowledgedBy = accountId;
  alert.owner = accountId;
}

function unacknowledge(alert: SimAlert): void {
  alert.acknowledged = false;
  alert.acknowledgedAt = undefined;
  alert.acknowledgedBy = undefined;
}

/** The end of a snooze: the alert is open again, and not acknowledged even if it had been (2.4.1). */
function wake(alert: SimAlert, at: number): void {
  alert.snoozedUntil = undefined;
  unacknowledge(alert);
  alert.updatedAt = at;
  alert.logs.push({ at, type: 'system', text: 'Snooze ended', owner: 'system' });
}

function repeat(alert: SimAlert, now: number): void {
  alert.count += 1;
  alert.lastOccurredAt = now;
  alert.updatedAt = now;
  alert.logs.push({ at: now, type: 'system', text: `Alert count is now ${alert.count}`, owner: 'system' });
}

function isKnown({ id, type }: SimResponder): boolean {
  switch (type) {
    case 'team':
      return teams.some((team) => team.id === id);
    case 'user':
      return people.some(({ accountId }) => accountId === id);
    case 'escalation':
      return escalations.some((each) => each.id === id);
    case 'schedule':
      return schedules.some((each) => each.id === id);
  }
}

function stormAlert(index: number): NewAlert {
  return {
    message: `[prod] IC_PrometheusTargetDown node ${index + 1} of the storm`,
    alias: `storm/${index}/${Math.floor(index / 7)}`,
    entity: `node-${index}`,
    priority: 'P3',
    tags: ['prod', 'storm'],
  };
}

import { people } from '../world.ts';
import { type AlertAction, type AlertStore, type NewAlert } from './alerts.ts';
import { type AlertNote, priorities, type Priority, type SimAlert, type SimResponder } from './alertModel.ts';
import { parseAlertQuery, QueryError, type QueryNames } from './alertQuery.ts';
import { type Call, type Fields, isFields, noContent, ok, Refusal, type Reply, type Routes } from './http.ts';
import {
  instant,
  iso,
  linksTo,
  notFound,
  object,
  opsError,
  optionalText,
  text,
  texts,
  unprocessable,
} from './opsHttp.ts';
import { wholeNumber } from './opsHttp.ts';
import { otherTeamId, schedules, teams } from './opsWorld.ts';
import type { Clock } from './clock.ts';
import type { Switches } from './switches.ts';

// Alerts over HTTP: atlassian.md 2.2 to 2.5.

const furthest = 20_000;
const week = 7 * 24 * 3_600_000;

export function alertRoutes(alerts: AlertStore, clock: Clock, switches: Switches): Routes {
  /** A member of the own team is also one of the other; who is in the other alone sees what names that one. */
  function maySee(call: Call, alert: SimAlert | undefined): boolean {
    if (call.caller?.token === 'noOps' || switches.teamAccess === 'none') return false;
    return switches.teamAccess === 'member' || alert?.responders.some(({ id }) => id === otherTeamId) === true;
  }

  /** 403 for one who may not see it, 404 for an id that is none; a tinyId is none. */
  function visible(call: Call, id: string): SimAlert {
    if (!maySee(call, alerts.get(id))) {
      throw new Refusal(opsError(403, 'You are not authorized to see this alert', 'FORBIDDEN'));
    }
    const alert = alerts.get(id);
    if (alert === undefined) throw notFound('Alert does not exist');
    return alert;
  }

  function accepted(requestId: string, status = 202): Reply {
    return ok({ result: 'Request will be processed', requestId, took: 0.195 }, status);
  }

  /** 202 whatever the id: an unknown one fails later. One who may not see alerts knows none. */
  function act(call: Call, action: AlertAction): Reply {
    const { person } = required(call);
    return accepted(
      alerts.act(
        maySee(call, alerts.get(call.param('id'))) ? call.param('id') : `hidden ${call.param('id')}`,
        action,
        person,
      ),
    );
  }

  function list(call: Call): Reply {
    const size = wholeNumber(call, 'size', 20, 1, 100);
    const offset = wholeNumber(call, 'offset', 0, 0, Number.MAX_SAFE_INTEGER);
    if (offset + size >= furthest) throw unprocessable(`[offset + size] must be lower than ${furthest}`);
    const sort = oneOf(call, 'sort', ['insertedAt', 'createdAt', 'lastOccurredAt', 'priority']);
    const order = oneOf(call, 'order', ['desc', 'asc']);
    const test = queryOf(call.query.get('query') ?? '', switches);
    const found = alerts.listed().filter((alert) => maySee(call, alert) && test(alert) && inWindow(call, alert));
    const by = sortKey(sort);
    found.sort((one, other) => (order === 'asc' ? by(one) - by(other) : by(other) - by(one)));
    const more = offset + size < found.length;
    return ok({
      values: found.slice(offset, offset + size).map((alert) => listed(alert)),
      count: found.length,
      links: linksTo(call, switches, more ? { offset: `${offset + size}`, size: `${size}` } : undefined),
    });
  }

  function inWindow(call: Call, alert: SimAlert): boolean {
    const from = wholeNumber(call, 'from', 0, 0, Number.MAX_SAFE_INTEGER);
    const to = wholeNumber(call, 'to', Number.MAX_SAFE_INTEGER, 0, Number.MAX_SAFE_INTEGER);
    if (switches.fromTo === 'nothing') return true;
    const at = switches.fromTo === 'createdAt' ? alert.createdAt : alert.lastOccurredAt;
    return at >= from && at <= to;
  }

  function listed(alert: SimAlert): Fields {
    const { description, extraProperties, ...thin } = body(alert);
    return switches.listOmitsDetails ? thin : { ...thin, description, extraProperties };
  }

  function body(alert: SimAlert): Fields {
    return {
      id: alert.id,
      tinyId: alert.tinyId,
      createdAt: iso(alert.createdAt),
      updatedAt: iso(alert.updatedAt),
      message: alert.message,
      entity: alert.entity,
      source: alert.source,
      status: statusOf(alert, switches),
      alias: alert.alias,
      tags: alert.tags,
      extraProperties: alert.extraProperties,
      description: alert.description,
      acknowledged: alert.acknowledged,
      ackTime: alert.acknowledgedAt === undefined ? undefined : iso(alert.acknowledgedAt),
      closeTime: alert.closedAt === undefined ? undefined : iso(alert.closedAt),
      count: alert.count,
      owner: alert.owner === undefined ? '' : personText(alert.owner, switches.ownerForm),
      snoozed: alert.snoozedUntil !== undefined,
      snoozedUntil: alert.snoozedUntil === undefined ? undefined : iso(alert.snoozedUntil),
      [switches.lastOccurredSpelling]: iso(alert.lastOccurredAt),
      integrationType: alert.integrationType,
      integrationName: alert.integrationName,
      priority: alert.priority,
      responders: alert.responders,
      actions: alert.actions,
      seen: alert.seen,
    };
  }

  function noteBody(note: AlertNote): Fields {
    return {
      id: note.id,
      createdAt: iso(note.createdAt),
      updatedAt: iso(note.updatedAt),
      note: note.note,
      owner: personText(note.owner, switches.noteOwnerForm),
    };
  }

  function noteOf(call: Call): { alert: SimAlert; note: AlertNote } {
    const alert = visible(call, call.param('alertId'));
    const note = alert.notes.find(({ id }) => id === call.param('id'));
    if (note === undefined) throw unprocessable('Note does not exist');
    return { alert, note };
  }

  function create(call: Call): Reply {
    const given = newAlert(call.body());
    return accepted(alerts.create(given, required(call).person), switches.createAlertStatus);
  }

  /** A list whose pages are found by an opaque cursor: the place of the last record and its time. */
  function cursorPage<T>(
    call: Call,
    all: readonly T[],
    at: (one: T) => number,
    order: string,
    show: (one: T) => Fields,
  ): Reply {
    const size = wholeNumber(call, 'size', 20, 1, 100);
    const inOrder = order === 'newestFirst' ? all.toReversed() : all;
    const after = call.query.get('after');
    const start = after === null ? 0 : Number(/^\d+_(\d+)$/.exec(after)?.[1] ?? NaN);
    if (Number.isNaN(start)) throw unprocessable('[after] is not a cursor');
    const end = start + size;
    const last = inOrder[end - 1];
    const next = end < inOrder.length && last !== undefined ? { after: `${at(last)}_${end}` } : undefined;
    return ok({ values: inOrder.slice(start, end).map(show), links: linksTo(call, switches, next) });
  }

  const snooze = (call: Call): Reply => {
    const until = instant(call.body()['endTime'], 'endTime');
    if (switches.snoozeOverWeek === 'refused' && until - clock.now() > week) {
      throw unprocessable('Snooze end time cannot be later than a week');
    }
    return act(call, { name: 'Snooze', until });
  };
  const deleteBody = (call: Call): Fields => (switches.deleteWithBody ? call.body() : {});

  return {
    'GET /alerts': list,
    'POST /alerts': create,
    'GET /alerts/alias': (call) => {
      const alert = alerts.byAlias(call.query.get('alias') ?? '');
      return ok(body(visible(call, alert?.id ?? '')));
    },
    'GET /alerts/requests/{id}': (call) => {
      const found = alerts.request(call.param('id'));
      if (found === undefined) throw notFound('Request not found. It might not be processed, yet.');
      return ok({
        action: found.action,
        processedAt: iso(found.processedAt),
        integrationId: '',
        [switches.requestStatusKey]: found.success,
        status: found.status,
        alertId: found.alertId,
        alias: found.alias,
      });
    },
    'GET /alerts/{id}': (call) => ok(body(visible(call, call.param('id')))),
    'DELETE /alerts/{id}': (call) => act(call, { name: 'Delete' }),
    // These three take no body; whatever is sent along is dropped (atlassian.md 0.1 #5).
    'POST /alerts/{id}/acknowledge': (call) => act(call, { name: 'Acknowledge' }),
    'POST /alerts/{id}/unacknowledge': (call) => act(call, { name: 'UnAcknowledge' }),
    'POST /alerts/{id}/close': (call) => act(call, { name: 'Close' }),
    'POST /alerts/{id}/snooze': snooze,
    'POST /alerts/{id}/assign': (call) => act(call, { name: 'Assign', accountId: text(call.body(), 'accountId') }),
    'POST /alerts/{id}/escalate': (call) =>
      act(call, { name: 'EscalateToNext', escalationId: text(call.body(), 'escalationId') }),
    'POST /alerts/{id}/responders': (call) => act(call, { name: 'AddResponder', responder: responder(call.body()) }),
    'POST /alerts/{id}/action': (call) =>
      act(call, { name: 'ExecuteCustomAction', action: text(call.body(), 'actionName') }),
    'POST /alerts/{id}/tags': (call) => act(call, { name: 'AddTags', tags: texts(call.body(), 'tags') }),
    'DELETE /alerts/{id}/tags': (call) => act(call, { name: 'RemoveTags', tags: texts(deleteBody(call), 'tags') }),
    'POST /alerts/{id}/extra-properties': (call) =>
      act(call, { name: 'AddExtraProperties', properties: object(call.body(), 'extraProperties') }),
    'DELETE /alerts/{id}/extra-properties': (call) =>
      act(call, { name: 'RemoveExtraProperties', keys: texts(deleteBody(call), 'keys') }),
    'PATCH /alerts/{id}/priority': (call) =>
      act(call, { name: 'UpdatePriority', priority: priority(call.body()['priority']) }),
    'PATCH /alerts/{id}/message': (call) =>
      act(call, { name: 'UpdateMessage', text: text(call.body(), 'message', 130) }),
    'PATCH /alerts/{id}/description': (call) =>
      act(call, { name: 'UpdateDescription', text: text(call.body(), 'description', 15_000) }),
    'GET /alerts/{id}/notes': (call) =>
      cursorPage(call, visible(call, call.param('id')).notes, (one) => one.createdAt, switches.notesOrder, noteBody),
    'POST /alerts/{id}/notes': (call) => {
      const alert = visible(call, call.param('id'));
      return ok(noteBody(alerts.addNote(alert, text(call.body(), 'note', 25_000), required(call).person)));
    },
    'PATCH /alerts/{alertId}/notes/{id}': (call) => {
      const { alert, note } = noteOf(call);
      note.note = text(call.body(), 'note', 25_000);
      note.updatedAt = alert.updatedAt = clock.now();
      return ok(noteBody(note));
    },
    'DELETE /alerts/{alertId}/notes/{id}': (call) => {
      const { alert, note } = noteOf(call);
      alert.notes = alert.notes.filter((each) => each !== note);
      alert.updatedAt = clock.now();
      return noContent;
    },
    'GET /alerts/{id}/logs': (call) =>
      cursorPage(
        call,
        visible(call, call.param('id')).logs,
        (one) => one.at,
        switches.logsOrder,
        ({ at, type, text: said, owner }) => ({ logTime: iso(at), logType: type, log: said, owner }),
      ),
  };
}

/** What an alert is made of, from a request or from a test that raises one. */
export function newAlert(body: Fields): NewAlert {
  const several = <T>(name: string, one: (value: unknown) => T): { [key: string]: T[] } => {
    const value = body[name];
    if (value === undefined || value === null) return {};
    if (!Array.isArray(value) || value.length > 50) throw unprocessable(`[${name}] must be a list of at most 50`);
    return { [name]: value.map(one) };
  };
  const one = (name: string, most: number): { [key: string]: string } => {
    const value = optionalText(body, name, most);
    return value === undefined ? {} : { [name]: value };
  };
  return {
    message: text(body, 'message', 130),
    ...one('alias', 512),
    ...one('description', 15_000),
    ...one('entity', 512),
    ...one('source', 100),
    ...one('note', 25_000),
    ...several('tags', String),
    ...several('actions', String),
    ...several('responders', (each) => responder(isFields(each) ? each : {})),
    priority: body['priority'] === undefined ? undefined : priority(body['priority']),
    extraProperties: body['extraProperties'] === undefined ? undefined : object(body, 'extraProperties'),
  };
}

function required(call: Call): NonNullable<Call['caller']> {
  if (call.caller === undefined) throw new Refusal({ status: 401, body: { code: 401, message: 'Unauthorized' } });
  return call.caller;
}

function statusOf(alert: SimAlert, { alertStatusForm }: Switches): string {
  if (alert.closedAt !== undefined) return 'closed';
  if (alertStatusForm === 'booleans') return 'open';
  return alert.snoozedUntil !== undefined ? 'snoozed' : alert.acknowledged ? 'acked' : 'open';
}

function personText(accountId: string, form: 'displayName' | 'email' | 'accountId'): string {
  const person = people.find((each) => each.accountId === accountId);
  if (person === undefined || form === 'accountId') return accountId;
  return form === 'email' ? person.email : person.name;
}

function queryOf(query: string, switches: Switches): (alert: SimAlert) => boolean {
  const names: QueryNames = {
    statusQuery: switches.statusQuery,
    createdAtQuery: switches.createdAtQuery,
    person: (accountId) => [
      switches.ownerQuery === 'accountId' ? accountId : (personOf(accountId)?.email ?? accountId),
    ],
    responder: (id) => {
      const person = personOf(id);
      const named = [...teams, ...schedules].find((each) => each.id === id)?.name;
      return [id, named, person?.name, person?.email].filter((name) => name !== undefined);
    },
  };
  try {
    return parseAlertQuery(query, names);
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    throw new Refusal(opsError(switches.badQueryStatus, error.message, 'INVALID_QUERY'));
  }
}

function personOf(accountId: string): (typeof people)[number] | undefined {
  return people.find((each) => each.accountId === accountId);
}

function sortKey(sort: string): (alert: SimAlert) => number {
  switch (sort) {
    case 'lastOccurredAt':
      return (alert) => alert.lastOccurredAt;
    case 'priority':
      // Descending begins with the most urgent.
      return (alert) => -priorities.indexOf(alert.priority);
    default:
      return (alert) => alert.createdAt;
  }
}

function oneOf(call: Call, name: string, allowed: readonly [string, ...string[]]): string {
  const value = call.query.get(name) ?? allowed[0];
  if (!allowed.includes(value)) throw unprocessable(`Query parameter [${name}] must be one of ${allowed.join(', ')}`);
  return value;
}

function priority(value: unknown): Priority {
  if (typeof value !== 'string' || !priorities.includes(value)) throw unprocessable('[priority] must be P1 to P5');
  return value as Priority;
}

function responder(body: Fields): SimResponder {
  const type = body['type'];
  if (type !== 'team' && type !== 'user' && type !== 'escalation' && type !== 'schedule') {
    throw unprocessable('[type] must be team, user, escalation or schedule');
  }
  return { id: text(body, 'id'), type };
}

import { people, type World } from '../world.ts';
import { type Clock, uuid } from './clock.ts';
import { type Call, type Fields, noContent, ok, Refusal, type Reply, type Routes } from './http.ts';
import { basePeriods, finalPeriods, type Period } from './onCall.ts';
import { instant, iso, notFound, object, offsetPage, opsError, text, unprocessable, wholeNumber } from './opsHttp.ts';
import { escalations, makeForwardings, makeSchedules, type Participant, teams } from './opsWorld.ts';
import type { SimOverride, SimRotation, SimSchedule } from './opsWorld.ts';
import type { Switches } from './switches.ts';
import { instantOf, wallClock } from './zone.ts';

// Schedules over HTTP: atlassian.md 2.6.

interface OnCallParticipant {
  readonly id: string;
  readonly type: string;
  readonly onCallParticipants?: readonly OnCallParticipant[] | undefined;
  readonly forwardedFrom?: OnCallParticipant | undefined;
}

const paging = { standard: 25, most: 50 };
const day = 24 * 3_600_000;
const year = 365 * day;

export function scheduleRoutes(world: World, clock: Clock, switches: Switches): Routes {
  const schedules = makeSchedules(world);
  const forwardings = makeForwardings(world);
  const random = world.random('overrides');

  function schedule(call: Call, name = 'scheduleId'): SimSchedule {
    const id = call.param(name);
    const found = schedules.find((each) => each.id === id);
    if (found === undefined) throw notFound(`No schedule exists with id [${id}]`);
    if (call.caller?.token === 'noOps') {
      throw new Refusal(opsError(403, 'You are not authorized to see this schedule', 'FORBIDDEN'));
    }
    return found;
  }

  function rotation(call: Call): SimRotation {
    const id = call.param('id');
    const found = schedule(call).rotations.find((each) => each.id === id);
    if (found === undefined) throw notFound(`No schedule rotation exists with id [${encodeURIComponent(id)}]`);
    return found;
  }

  function list(call: Call): Reply {
    const query = (call.query.get('query') ?? '').toLowerCase();
    const found = schedules.filter(({ name }) => {
      if (call.caller?.token === 'noOps') return false;
      const have = name.toLowerCase();
      return query === '' || (query.endsWith('*') ? have.startsWith(query.slice(0, -1)) : have === query);
    });
    const expand = expansions(call);
    const shown = found.map((each) => scheduleBody(each, expand.includes('rotation')));
    return ok({ ...offsetPage(call, switches, shown, paging), _expands: expand });
  }

  const final = (of: SimSchedule, one: SimRotation, from: number, to: number): Period[] =>
    finalPeriods(of, one, from, to, { forwardings, beyondHours: switches.overrideBeyondHours });

  function onCalls(call: Call): Reply {
    const at = dateOf(call, clock);
    const of = schedule(call);
    const participants = participantsAt(of, at);
    return isFlat(call) ? ok({ onCallUsers: users(participants) }) : ok({ onCallParticipants: participants });
  }

  function participantsAt(of: SimSchedule, at: number): OnCallParticipant[] {
    return of.rotations.flatMap((one) => final(of, one, at, at + 1).flatMap((period) => participant(period, at)));
  }

  function nextOnCalls(call: Call): Reply {
    const at = dateOf(call, clock);
    const of = schedule(call);
    const next = of.rotations.flatMap((one) => {
      const [first, ...later] = final(of, one, at, at + year);
      const now = first !== undefined && first.start <= at ? first : undefined;
      const coming = now === undefined ? [first, ...later] : later;
      const change = coming.find(
        (period) => period?.responder.id !== now?.responder.id && period?.responder.type !== 'noone',
      );
      return change === undefined ? [] : participant(change, change.start);
    });
    if (isFlat(call)) return ok({ nextOnCallUsers: users(next) });
    return ok({
      nextOnCallParticipants: switches.nextOnCallNesting === 'onCallParticipants' ? next : next.map(renamed),
    });
  }

  function participant(period: Period, at: number): OnCallParticipant[] {
    const { responder, from } = period;
    if (responder.type === 'noone' || responder.id === undefined) return [];
    const inner = members(responder, at);
    return [
      {
        id: responder.id,
        type: responder.type,
        onCallParticipants: inner,
        forwardedFrom: from === undefined ? undefined : { id: from, type: 'user' },
      },
    ];
  }

  /** Whom a team or an escalation stands for. */
  function members(responder: Participant, at: number): OnCallParticipant[] | undefined {
    if (responder.type === 'team') {
      const team = teams.find(({ id }) => id === responder.id);
      return (team?.members ?? []).map((id) => ({ id, type: 'user' }));
    }
    if (responder.type !== 'escalation') return undefined;
    const known = escalations.some(({ id }) => id === responder.id);
    const paged = schedules.find(({ name }) => name === 'DRE Alerts');
    return known && paged !== undefined ? participantsAt(paged, at) : [];
  }

  function timeline(call: Call): Reply {
    const of = schedule(call);
    const unit = call.query.get('intervalUnit') ?? 'weeks';
    if (unit !== 'days' && unit !== 'weeks' && unit !== 'months') throw unprocessable('[intervalUnit] is not known');
    const interval = wholeNumber(call, 'interval', 1, 1, 1_000);
    const date = dateOf(call, clock);
    const { start, end } = windowOf(date, interval, unit, switches.timelineZone === 'UTC' ? 'UTC' : of.timezone);
    if (date < clock.now() - year || end > clock.now() + 2 * year + 31 * day) {
      throw unprocessable('Timeline can be fetched from 1 year back to 2 years ahead');
    }
    const whole = (only?: Period['type']): Fields => ({
      rotations: of.rotations.map((one, order) => {
        const periods = only === 'base' ? basePeriods(of, one, start, end) : final(of, one, start, end);
        const shown = only === undefined ? periods : periods.filter(({ type }) => type === only);
        return {
          id: one.id,
          name: one.name,
          order: order + 1,
          deleted: false,
          periods: shown
            .flatMap((period) => (only === undefined ? split(period, clock.now()) : [period]))
            .map(periodBody),
        };
      }),
    });
    const expand = expansions(call);
    return ok({
      startDate: iso(start),
      endDate: iso(end),
      finalTimeline: whole(),
      baseTimeline: expand.includes('base') ? whole('base') : undefined,
      overrideTimeline: expand.includes('override') ? whole('override') : undefined,
      forwardingTimeline: expand.includes('forwarding') ? whole('forwarding') : undefined,
      _expands: expand,
    });
  }

  function override(call: Call): SimOverride {
    const alias = call.param('alias');
    const found = schedule(call).overrides.find((each) => each.alias === alias);
    if (found === undefined) throw notFound(`No schedule override exists with alias [${alias}]`);
    return found;
  }

  function readOverride(call: Call, alias: string): SimOverride {
    const body = call.body();
    const responder = object(body, 'responder');
    const type = responder['type'];
    if (type !== 'user' && type !== 'noone') throw unprocessable('[responder.type] must be user or noone');
    const id = type === 'user' ? text(responder, 'id') : undefined;
    if (id !== undefined && !people.some(({ accountId }) => accountId === id)) {
      throw unprocessable('User does not exist');
    }
    const startDate = instant(body['startDate'], 'startDate');
    const endDate = instant(body['endDate'], 'endDate');
    if (endDate <= startDate) throw unprocessable('[endDate] must be after [startDate]');
    const known = schedule(call).rotations.map((each) => each.id);
    const rotationIds = body['rotationIds'] ?? undefined;
    if (
      rotationIds !== undefined &&
      !(Array.isArray(rotationIds) && rotationIds.every((each) => known.includes(each)))
    ) {
      throw unprocessable('No schedule rotation exists with this id');
    }
    return {
      alias,
      responder: id === undefined ? { type } : { type, id },
      startDate,
      endDate,
      rotationIds: rotationIds as string[] | undefined,
    };
  }

  return {
    'GET /schedules': list,
    'GET /schedules/{id}': (call) => ok(scheduleBody(schedule(call, 'id'), true)),
    'GET /schedules/{scheduleId}/rotations': (call) =>
      ok(offsetPage(call, switches, schedule(call).rotations.map(rotationBody), paging)),
    'GET /schedules/{scheduleId}/rotations/{id}': (call) => ok(rotationBody(rotation(call))),
    'GET /schedules/{scheduleId}/on-calls': onCalls,
    'GET /schedules/{scheduleId}/next-on-calls': nextOnCalls,
    'GET /schedules/{scheduleId}/timeline': timeline,
    'GET /schedules/{scheduleId}/overrides': (call) => {
      const current = schedule(call).overrides.filter(({ endDate }) => endDate > clock.now());
      return ok(offsetPage(call, switches, current.map(overrideBody), paging));
    },
    'POST /schedules/{scheduleId}/overrides': (call) => {
      const of = schedule(call);
      const made = readOverride(call, uuid(random));
      of.overrides = [...of.overrides, made];
      return ok(overrideBody(made), 201);
    },
    'GET /schedules/{scheduleId}/overrides/{alias}': (call) => ok(overrideBody(override(call))),
    'PUT /schedules/{scheduleId}/overrides/{alias}': (call) => {
      const old = override(call);
      const made = readOverride(call, old.alias);
      const of = schedule(call);
      of.overrides = of.overrides.map((each) => (each === old ? made : each));
      return ok(overrideBody(made));
    },
    'DELETE /schedules/{scheduleId}/overrides/{alias}': (call) => {
      const old = override(call);
      const of = schedule(call);
      of.overrides = of.overrides.filter((each) => each !== old);
      return noContent;
    },
    'GET /forwarding-rules': (call) =>
      ok(
        offsetPage(
          call,
          switches,
          call.caller?.token === 'noOps'
            ? []
            : forwardings.map((rule) => ({ ...rule, startDate: iso(rule.startDate), endDate: iso(rule.endDate) })),
          { standard: 20, most: 100 },
        ),
      ),
  };
}

function scheduleBody(schedule: SimSchedule, withRotations: boolean): Fields {
  const { id, name, description, timezone, enabled, teamId } = schedule;
  const rotations = withRotations ? { rotations: schedule.rotations.map(rotationBody) } : {};
  return { id, name, description, timezone, enabled, teamId, ...rotations };
}

function rotationBody(rotation: SimRotation): Fields {
  const { startDate, endDate, ...rest } = rotation;
  return { ...rest, startDate: iso(startDate), endDate: endDate === undefined ? undefined : iso(endDate) };
}

function overrideBody(override: SimOverride): Fields {
  return {
    ...override,
    startDate: iso(override.startDate),
    endDate: iso(override.endDate),
    rotationIds: override.rotationIds ?? null,
  };
}

function periodBody(period: Period | (Omit<Period, 'type'> & { type: 'historical' })): Fields {
  const responder = { ...period.responder };
  return {
    startDate: iso(period.start),
    endDate: iso(period.end),
    type: period.type,
    from: period.from === undefined ? undefined : { id: period.from, type: 'user', deleted: false },
    responder,
    flattenedResponders: responder.type === 'noone' ? undefined : flattened(period.responder),
  };
}

function flattened(responder: Participant): Participant[] {
  if (responder.type !== 'team') return [responder];
  const team = teams.find(({ id }) => id === responder.id);
  return (team?.members ?? []).map((id) => ({ id, type: 'user' }));
}

/** A period that is over is sent as it happened; one that runs now is sent in two pieces. */
function split(period: Period, now: number): (Period | (Omit<Period, 'type'> & { type: 'historical' }))[] {
  if (period.start >= now) return [period];
  if (period.end <= now) return [{ ...period, type: 'historical' }];
  return [
    { ...period, end: now, type: 'historical' },
    { ...period, start: now },
  ];
}

function windowOf(
  date: number,
  interval: number,
  unit: 'days' | 'weeks' | 'months',
  zone: string,
): { start: number; end: number } {
  const midnight = Math.floor(wallClock(date, zone) / day) * day;
  const shown = new Date(midnight);
  switch (unit) {
    case 'days':
      return { start: instantOf(midnight, zone), end: instantOf(midnight + interval * day, zone) };
    case 'weeks': {
      const monday = midnight - ((shown.getUTCDay() + 6) % 7) * day;
      return { start: instantOf(monday, zone), end: instantOf(monday + interval * 7 * day, zone) };
    }
    case 'months': {
      const first = (offset: number): number => Date.UTC(shown.getUTCFullYear(), shown.getUTCMonth() + offset, 1);
      return { start: instantOf(first(0), zone), end: instantOf(first(interval), zone) };
    }
  }
}

function users(participants: readonly OnCallParticipant[]): string[] {
  const ids = participants.flatMap((each) =>
    each.onCallParticipants === undefined ? [each.id] : users(each.onCallParticipants),
  );
  return [...new Set(ids)];
}

function renamed(participant: OnCallParticipant): Fields {
  const { onCallParticipants, ...rest } = participant;
  return onCallParticipants === undefined ? rest : { ...rest, nextOnCallParticipants: onCallParticipants.map(renamed) };
}

function isFlat(call: Call): boolean {
  return call.query.get('flat') === 'true';
}

function dateOf(call: Call, clock: Clock): number {
  const date = call.query.get('date');
  return date === null ? clock.now() : instant(date, 'date');
}

/** `expand=a,b` and `expand=a&expand=b`. */
function expansions(call: Call): string[] {
  return call.query.getAll('expand').flatMap((each) => each.split(',').filter((name) => name !== ''));
}

import type { World } from '../world.ts';
import type { Clock } from './clock.ts';
import { type Call, type Fields, noContent, ok, Refusal, type Reply, type Routes } from './http.ts';
import { notFound, offsetPage, opsError, optionalText, text, texts, unprocessable } from './opsHttp.ts';
import { escalations, integrations, makeHeartbeats, type SimHeartbeat, teams } from './opsWorld.ts';
import { teamId as ownTeamId } from '../world.ts';
import type { Switches } from './switches.ts';

// Teams, escalations, heartbeats and integrations over HTTP: atlassian.md 2.7.

const paging = { standard: 20, most: 100 };
const unitMs = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 };

export function teamRoutes(world: World, clock: Clock, switches: Switches): Routes {
  let heartbeats = makeHeartbeats(world);

  /** The teams that the caller sees. */
  function seenTeams(call: Call): typeof teams {
    if (call.caller?.token === 'noOps' || switches.teamAccess === 'none') return [];
    return switches.teamAccess === 'member' ? teams : teams.filter(({ id }) => id !== ownTeamId);
  }

  /** Takes the id with and without `og-` (6 #13); says whether the team has what is asked for. */
  function isOwnTeam(call: Call): boolean {
    const id = call.param('teamId').replace(/^og-/, '');
    const known = teams.some((team) => team.id === id);
    // Only escalations are described to answer 404 for a team that is none.
    if (!known && call.path.includes('/escalations')) throw notFound(`No team exists with id [${id}]`);
    if (!seenTeams(call).some((team) => team.id === id)) {
      throw new Refusal(opsError(403, 'You are not a member of the team', 'FORBIDDEN'));
    }
    return id === ownTeamId;
  }

  function paid(): void {
    if (switches.heartbeatsPaid) return;
    throw new Refusal(opsError(402, 'Please upgrade your pricing plan for Heartbeat Monitoring', 'PAYMENT_REQUIRED'));
  }

  function heartbeat(call: Call): SimHeartbeat {
    const name = call.query.get('name') ?? '';
    const found = isOwnTeam(call) ? heartbeats.find((each) => each.name === name) : undefined;
    if (found === undefined) throw notFound(`No heartbeat exists with name [${name}]`);
    return found;
  }

  function listHeartbeats(call: Call): Reply {
    paid();
    const name = call.query.get('name');
    const all = isOwnTeam(call) ? heartbeats.filter((each) => name === null || each.name === name) : [];
    return ok(
      offsetPage(
        call,
        switches,
        all.map((each) => heartbeatBody(each, clock.now())),
        paging,
      ),
    );
  }

  function createHeartbeat(call: Call): Reply {
    paid();
    isOwnTeam(call);
    const body = call.body();
    const name = text(body, 'name', 200);
    if (heartbeats.some((each) => each.name === name)) throw unprocessable('A heartbeat of this name exists');
    const made: SimHeartbeat = {
      name,
      description: '',
      interval: interval(body) ?? refuse('interval'),
      intervalUnit: unit(body) ?? refuse('intervalUnit'),
      enabled: body['enabled'] === true,
      alertMessage: `${name} is expired`,
      alertTags: [],
      alertPriority: 'P3',
      lastPing: undefined,
      alive: false,
    };
    change(made, body);
    heartbeats = [...heartbeats, made];
    return ok(heartbeatBody(made, clock.now()), 201);
  }

  return {
    'GET /teams': (call) =>
      ok({
        platformTeams: seenTeams(call).map(({ id, name }) => ({
          teamId: switches.teamIdPrefix ? `og-${id}` : id,
          teamName: name,
        })),
      }),
    'GET /teams/{teamId}/escalations': (call) =>
      ok(offsetPage(call, switches, isOwnTeam(call) ? escalations.map(({ body }) => body) : [], paging)),
    'GET /teams/{teamId}/escalations/{id}': (call) => {
      const found = isOwnTeam(call) ? escalations.find(({ id }) => id === call.param('id')) : undefined;
      if (found === undefined) throw notFound('Escalation does not exist');
      return ok(found.body);
    },
    'GET /teams/{teamId}/heartbeats': listHeartbeats,
    'POST /teams/{teamId}/heartbeats': createHeartbeat,
    'PATCH /teams/{teamId}/heartbeats': (call) => {
      paid();
      const found = heartbeat(call);
      change(found, call.body());
      return ok(heartbeatBody(found, clock.now()), 201);
    },
    'DELETE /teams/{teamId}/heartbeats': (call) => {
      paid();
      const found = heartbeat(call);
      heartbeats = heartbeats.filter((each) => each !== found);
      return noContent;
    },
    // Answers PONG for a name that does not exist too.
    'GET /teams/{teamId}/heartbeats/ping': (call) => {
      paid();
      const found = isOwnTeam(call) ? heartbeats.find(({ name }) => name === call.query.get('name')) : undefined;
      if (found !== undefined) found.lastPing = clock.now();
      return ok({ message: 'PONG - Heartbeat received' }, 202);
    },
    'GET /integrations': (call) =>
      ok(
        offsetPage(call, switches, call.caller?.token === 'noOps' ? [] : integrations, { standard: 100, most: 1_000 }),
      ),
  };
}

function heartbeatBody(heartbeat: SimHeartbeat, now: number): Fields {
  const {
    name,
    description,
    interval: every,
    intervalUnit,
    enabled,
    alertMessage,
    alertTags,
    alertPriority,
  } = heartbeat;
  return {
    name,
    description,
    interval: every,
    enabled,
    alertMessage,
    alertTags,
    alertPriority,
    // Lower case in requests, capitalised in answers.
    intervalUnit: `${intervalUnit.charAt(0).toUpperCase()}${intervalUnit.slice(1)}`,
    status: statusOf(heartbeat, now),
    ownerTeamId: ownTeamId,
  };
}

function statusOf(heartbeat: SimHeartbeat, now: number): string {
  if (!heartbeat.enabled) return 'Off';
  if (heartbeat.alive) return 'Responsive';
  if (heartbeat.lastPing === undefined) return 'Pending';
  return now - heartbeat.lastPing > heartbeat.interval * unitMs[heartbeat.intervalUnit] ? 'Unresponsive' : 'Responsive';
}

function change(heartbeat: SimHeartbeat, body: Fields): void {
  heartbeat.interval = interval(body) ?? heartbeat.interval;
  heartbeat.intervalUnit = unit(body) ?? heartbeat.intervalUnit;
  heartbeat.description = optionalText(body, 'description', 10_000) ?? heartbeat.description;
  heartbeat.alertMessage = optionalText(body, 'alertMessage', 130) ?? heartbeat.alertMessage;
  heartbeat.alertPriority = optionalText(body, 'alertPriority', 2) ?? heartbeat.alertPriority;
  if (body['alertTags'] !== undefined) heartbeat.alertTags = texts(body, 'alertTags');
  if (typeof body['enabled'] === 'boolean') heartbeat.enabled = body['enabled'];
}

function interval(body: Fields): number | undefined {
  const value = body['interval'];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
    throw unprocessable('[interval] is no number');
  }
  return value;
}

function unit(body: Fields): 'minutes' | 'hours' | 'days' | undefined {
  const value = body['intervalUnit'];
  if (value === undefined) return undefined;
  if (value !== 'minutes' && value !== 'hours' && value !== 'days') throw unprocessable('[intervalUnit] is not known');
  return value;
}

function refuse(name: string): never {
  throw unprocessable(`[${name}] must not be empty`);
}

import { people, subnets, teamId, troubledSubnet, type World } from '../world.ts';
import type { AlertLog, SimAlert } from './alertModel.ts';
import type { NewAlert } from './alerts.ts';
import { uuid } from './clock.ts';
import { runbook, written, type Written } from './writtenAlerts.ts';

// The alerts of the simulated week: the written ones, and in a big world many more.

/** All alerts of a world, the oldest first. */
export function makeAlerts(world: World): SimAlert[] {
  const random = world.random('alerts');
  const size = world.sizeOf('alerts') ?? written.length;
  const alerts = written.slice(0, size).map((each) => believable(world, random, each));
  for (let index = alerts.length; index < size; index += 1) alerts.push(grown(world, random, index));
  return alerts
    .sort((one, other) => one.createdAt - other.createdAt)
    .map((alert, index) => ({ ...alert, tinyId: `${4_672 + index}` }));
}

/** An alert as it is when it is created; the rest as the service fills it in. */
export function plainAlert(
  given: NewAlert & { id: string; tinyId: string; createdAt: number; alias: string },
): SimAlert {
  return {
    id: given.id,
    tinyId: given.tinyId,
    createdAt: given.createdAt,
    updatedAt: given.createdAt,
    message: given.message,
    description: given.description ?? '',
    alias: given.alias,
    entity: given.entity ?? '',
    source: given.source ?? '127.0.0.1',
    integrationType: 'API',
    integrationName: 'DRE API',
    priority: given.priority ?? 'P3',
    count: 1,
    lastOccurredAt: given.createdAt,
    acknowledged: false,
    acknowledgedAt: undefined,
    acknowledgedBy: undefined,
    snoozedUntil: undefined,
    closedAt: undefined,
    closedBy: undefined,
    owner: undefined,
    seen: false,
    tags: [...(given.tags ?? [])],
    actions: [...(given.actions ?? [])],
    extraProperties: { ...given.extraProperties },
    responders: [...(given.responders ?? [{ id: teamId, type: 'team' as const }])],
    notes: [],
    logs: [],
  };
}

function believable(world: World, random: () => number, each: Written): SimAlert {
  const createdAt = world.at(each.at) + Math.floor(random() * 1000);
  const subnet = each.subnet === undefined ? undefined : (subnets[each.subnet] ?? '');
  const entity = each.entity ?? subnet ?? '';
  const integration = each.integration ?? 'Prometheus';
  const short = subnet?.split('-')[0];
  const message = short === undefined || each.message.includes(short) ? each.message : `${each.message} (${short})`;
  const alert = plainAlert({
    // Both forms of ids are in use (atlassian.md 2.2).
    id: integration === 'API' ? uuid(random) : `${uuid(random)}-${createdAt}`,
    tinyId: '',
    createdAt,
    message,
    alias: each.alias ?? `${each.message.replace(/^\[\w+\] /, '').split(/[ :]/)[0]}/${entity}`,
    entity,
    source: integration === 'Prometheus' ? 'alertmanager.prod' : integration.toLowerCase(),
    priority: each.priority,
    tags: each.tags ?? ['prod', ...(subnet === undefined ? [] : [`subnet:${subnet}`])],
    actions: each.actions ?? [],
    extraProperties: each.properties ?? {},
    description: each.description ?? '',
  });
  const made: SimAlert = {
    ...alert,
    integrationType: integration,
    integrationName: integration === 'Prometheus' ? 'DRE Prometheus' : `DRE ${integration}`,
    count: each.count ?? 1,
    lastOccurredAt: each.last === undefined ? createdAt : world.at(each.last),
    seen: each.acked !== undefined || each.closed !== undefined,
  };
  made.logs.push(log(createdAt + 300, 'system', `Alert created via ${made.integrationName}[${integration}]`, 'system'));
  history(world, made, each);
  made.updatedAt = Math.max(made.lastOccurredAt, ...made.logs.map(({ at }) => at));
  return made;
}

function history(world: World, alert: SimAlert, each: Written): void {
  if (each.acked !== undefined) {
    const person = people[each.acked.by] ?? people[0];
    const at = world.at(each.acked.at);
    alert.acknowledged = true;
    alert.acknowledgedAt = at;
    alert.acknowledgedBy = person.accountId;
    alert.owner = person.accountId;
    alert.logs.push(log(at, 'alertRecipient', 'Alert acknowledged via web', person.email));
    if (each.acked.note !== undefined) {
      const noted = at + 60_000;
      alert.notes.push({
        id: `${noted}000001`,
        createdAt: noted,
        updatedAt: noted,
        note: each.acked.note,
        owner: person.accountId,
      });
      alert.logs.push(log(noted, 'alertRecipient', 'Note added', person.email));
    }
  }
  if (each.snoozed !== undefined) {
    alert.snoozedUntil = world.at(each.snoozed);
    const at = alert.createdAt + 600_000;
    alert.logs.push(log(at, 'alertRecipient', `Alert snoozed until ${iso(alert.snoozedUntil)}`, people[0].email));
  }
  if (each.closed !== undefined) {
    alert.closedAt = world.at(each.closed);
    alert.closedBy = alert.acknowledgedBy;
    alert.logs.push(log(alert.closedAt, 'system', 'Alert closed via DRE Prometheus[Prometheus]', 'system'));
  }
}

/** One of the many of a big world: a week of alerts, three in five of them open. */
function grown(world: World, random: () => number, index: number): SimAlert {
  const names = ['IC_Replica_Behind', 'IC_PrometheusTargetDown', 'IC_StateSync_Slow', 'IC_Orchestrator_Restarted'];
  const subnet = subnets[Math.floor(random() * subnets.length)] ?? troubledSubnet;
  const createdAt = Math.floor(world.startAt - random() * 7 * 24 * 3_600_000);
  const priority = (['P2', 'P3', 'P3', 'P4', 'P5'] as const)[Math.floor(random() * 5)] ?? 'P3';
  const name = names[index % names.length] ?? '';
  const alert = plainAlert({
    id: `${uuid(random)}-${createdAt}`,
    tinyId: '',
    createdAt,
    message: `[prod] ${name} ${index} on ${subnet.split('-')[0]}`,
    alias: `${name}/${index}`,
    entity: subnet,
    source: 'alertmanager.prod',
    priority,
    tags: ['prod', `subnet:${subnet}`],
    extraProperties: runbook(name),
    description: `Firing since ${iso(createdAt)} on ${1 + (index % 13)} of 13 nodes.`,
  });
  const state = random();
  const later = Math.min(world.startAt, createdAt + 600_000);
  if (state > 0.6 && state <= 0.75) {
    alert.acknowledged = true;
    alert.acknowledgedAt = later;
    alert.acknowledgedBy = people[index % people.length]?.accountId;
    alert.owner = alert.acknowledgedBy;
  } else if (state > 0.75 && state <= 0.8) alert.snoozedUntil = world.startAt + 3_600_000 * (1 + (index % 20));
  else if (state > 0.8) alert.closedAt = later;
  alert.updatedAt = state > 0.6 ? later : createdAt;
  alert.logs.push(log(createdAt, 'system', 'Alert created via DRE Prometheus[Prometheus]', 'system'));
  return alert;
}

function log(at: number, type: string, text: string, owner: string): AlertLog {
  return { at, type, text, owner };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}

import { people, teamId, type World } from '../world.ts';
import { localTime } from './zone.ts';

// Teams, schedules, escalations, heartbeats and the rest of the configuration of operations (atlassian.md 2.6, 2.7).

export interface SimTeam {
  readonly id: string;
  readonly name: string;
  readonly members: readonly string[];
}

export interface Participant {
  readonly type: 'user' | 'team' | 'escalation' | 'noone';
  readonly id?: string;
}

export interface DaySpan {
  readonly startDay: Weekday;
  readonly endDay: Weekday;
  readonly startHour: number;
  readonly startMin: number;
  readonly endHour: number;
  readonly endMin: number;
}

export type TimeRestriction =
  | { readonly type: 'time-of-day'; readonly restriction: Omit<DaySpan, 'startDay' | 'endDay'> }
  | { readonly type: 'weekday-and-time-of-day'; readonly restrictions: readonly DaySpan[] };

export interface SimRotation {
  readonly id: string;
  readonly name: string;
  readonly startDate: number;
  readonly endDate?: number;
  readonly type: 'daily' | 'weekly' | 'hourly';
  readonly length: number;
  readonly participants: readonly Participant[];
  readonly timeRestriction?: TimeRestriction;
}

export interface SimOverride {
  readonly alias: string;
  readonly responder: { readonly type: 'user' | 'noone'; readonly id?: string };
  readonly startDate: number;
  readonly endDate: number;
  /** Undefined: all rotations. */
  readonly rotationIds: readonly string[] | undefined;
}

export interface SimSchedule {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly timezone: string;
  readonly enabled: boolean;
  readonly teamId: string;
  readonly rotations: readonly SimRotation[];
  /** The one made later wins. */
  overrides: SimOverride[];
}

export interface SimForwarding {
  readonly id: string;
  readonly fromUserId: string;
  readonly toUserId: string;
  readonly startDate: number;
  readonly endDate: number;
}

export interface SimHeartbeat {
  readonly name: string;
  description: string;
  interval: number;
  intervalUnit: 'minutes' | 'hours' | 'days';
  enabled: boolean;
  alertMessage: string;
  alertTags: readonly string[];
  alertPriority: string;
  /** Undefined: never. */
  lastPing: number | undefined;
  /** Something outside pings it all the time. */
  readonly alive: boolean;
}

export const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
export type Weekday = (typeof weekdays)[number];

const [dana, eli, noor, sasha] = people.map(({ accountId }) => accountId);
const members = [dana, eli, noor, sasha].filter((id) => id !== undefined);
const user = (id: string): Participant => ({ type: 'user', id });

export const otherTeamId = '5e1d1a3f-0c3f-4b53-8f2c-7a9f0f1d2c3b';
export const teams: readonly SimTeam[] = [
  { id: teamId, name: 'DRE', members },
  { id: otherTeamId, name: 'Node Providers', members: members.slice(1, 3) },
];

const ids = {
  alerts: 'f8f2a4ec-54b2-4513-865b-8cb3b81c9544',
  ops: '0b7f3c52-8a0f-4d0c-9e4e-3c1c5a1d7e21',
  standby: '7c9b1d58-64f2-4c47-a7b4-d6f1f4a5e302',
};
const alertsRotationId = '3ce33f53-69be-4b92-8d34-a1df0efe642e';
export const schedules: readonly { readonly id: string; readonly name: string }[] = [
  { id: ids.alerts, name: 'DRE Alerts' },
  { id: ids.ops, name: 'DRE Ops Rotation' },
  { id: ids.standby, name: 'Node Providers Standby' },
];

export const escalations: readonly { readonly id: string; readonly body: unknown }[] = [
  {
    id: '69291859-ed73-4396-8b74-c61a3c810cdf',
    body: {
      id: '69291859-ed73-4396-8b74-c61a3c810cdf',
      name: 'DRE escalation',
      description: '',
      enabled: true,
      rules: [
        { condition: 'if-not-acked', notifyType: 'default', delay: 1, recipient: { id: ids.alerts, type: 'schedule' } },
        { condition: 'if-not-acked', notifyType: 'next', delay: 10, recipient: { id: ids.alerts, type: 'schedule' } },
        { condition: 'if-not-closed', notifyType: 'all', delay: 60, recipient: { id: teamId, type: 'team' } },
      ],
      repeat: { waitInterval: 10, count: 2, resetRecipientStates: true, closeAlertAfterAll: false },
    },
  },
];

export const integrations: readonly unknown[] = [
  {
    id: '22334455-1288-414d-b0cc-e725ba3331f7',
    name: 'DRE Prometheus',
    type: 'Prometheus',
    enabled: true,
    teamId,
  },
  { id: '8a6b0a0e-9f59-49f0-8e86-1d1c0f3a7b10', name: 'DRE API', type: 'API', enabled: true, teamId },
];

/** The two schedules of the team and one of another, with Dana on call this week in both of the team's. */
export function makeSchedules(world: World): SimSchedule[] {
  const timezone = 'Europe/Zurich';
  // Mondays at 09:00 in Zurich; twelve weeks before the written one, so that Dana has it.
  const weekly = {
    startDate: world.at('2026-06-01T07:00:00Z'),
    type: 'weekly' as const,
    length: 1,
    participants: members.map(user),
  };
  const team = { timezone, enabled: true, teamId };
  return [
    {
      ...team,
      id: ids.alerts,
      name: 'DRE Alerts',
      description: 'Pages, in working hours',
      rotations: [
        {
          ...weekly,
          id: alertsRotationId,
          name: 'Weekly',
          timeRestriction: { type: 'weekday-and-time-of-day', restrictions: workingHours(world, timezone) },
        },
      ],
      overrides: [
        {
          alias: '1f0d2b3c-5a4e-4f6a-8b7c-9d0e1f2a3b4c',
          responder: { type: 'user', id: noor ?? '' },
          startDate: world.at('2026-08-25T12:00:00Z'),
          endDate: world.at('2026-08-25T15:00:00Z'),
          rotationIds: undefined,
        },
        {
          alias: 'c73c3ffa-dcc3-4f28-ad13-d150ec108fc9',
          responder: { type: 'user', id: eli ?? '' },
          startDate: world.at('2026-08-28T10:00:00Z'),
          endDate: world.at('2026-08-28T16:00:00Z'),
          rotationIds: [alertsRotationId],
        },
      ],
    },
    {
      ...team,
      id: ids.ops,
      name: 'DRE Ops Rotation',
      description: 'Who is @dr-dre',
      rotations: [{ ...weekly, id: '9d3a7e60-2c54-4e6b-bd0e-41d4f2b7c8a1', name: 'Weekly' }],
      overrides: [],
    },
    {
      id: ids.standby,
      name: 'Node Providers Standby',
      description: '',
      timezone: 'UTC',
      enabled: true,
      teamId: otherTeamId,
      rotations: [
        {
          id: '0c829882-7de3-431e-8b64-8edcca7606d8',
          name: 'Daily',
          startDate: world.at('2026-08-24T00:00:00Z'),
          type: 'daily',
          length: 2,
          participants: [{ type: 'noone' }, { type: 'team', id: otherTeamId }],
        },
      ],
      overrides: [],
    },
  ];
}

/** Noor is away in the week after next and has Sasha take her pages. */
export function makeForwardings(world: World): SimForwarding[] {
  return [
    {
      id: '6667cb5b-a5ce-4550-9469-1dbcabac6ffb',
      fromUserId: noor ?? '',
      toUserId: sasha ?? '',
      startDate: world.at('2026-09-09T07:00:00Z'),
      endDate: world.at('2026-09-11T07:00:00Z'),
    },
  ];
}

export function makeHeartbeats(world: World): SimHeartbeat[] {
  const heartbeat = (name: string, more: Partial<SimHeartbeat>): SimHeartbeat => ({
    name,
    description: '',
    interval: 10,
    intervalUnit: 'minutes',
    enabled: true,
    alertMessage: `${name} is expired`,
    alertTags: ['watchdog'],
    alertPriority: 'P2',
    lastPing: undefined,
    alive: false,
    ...more,
  });
  return [
    heartbeat('prometheus-watchdog', { alive: true, description: 'The alerting pipeline of the observability stack' }),
    heartbeat('mainnet-scraper', { interval: 1, intervalUnit: 'hours', lastPing: world.at('2026-08-26T10:05:00Z') }),
    heartbeat('weekly-topology-report', { interval: 7, intervalUnit: 'days', enabled: false, alertPriority: 'P5' }),
    heartbeat('rollout-controller', { alertPriority: 'P3' }),
  ];
}

/**
 * 09:00 to 18:00 in Zurich, Monday to Friday, moved with the world: at its start it is Wednesday afternoon for the
 * team, whatever the clock of the machine says.
 */
function workingHours(world: World, timezone: string): DaySpan[] {
  return [24, 25, 26, 27, 28].map((day) => {
    const start = localTime(world.at(`2026-08-${day}T07:00:00Z`), timezone);
    const end = localTime(world.at(`2026-08-${day}T16:00:00Z`), timezone);
    return {
      startDay: weekdays[start.weekday] ?? 'monday',
      endDay: weekdays[end.weekday] ?? 'monday',
      startHour: start.hour,
      startMin: start.minute,
      endHour: end.hour,
      endMin: end.minute,
    };
  });
}

import { people, type World } from '../world.ts';
import { uuid } from './clock.ts';
import { type Call, type Fields, ok, type Routes } from './http.ts';
import { notFound, offsetPage, unprocessable } from './opsHttp.ts';
import { schedules } from './opsWorld.ts';
import type { Switches } from './switches.ts';

// The notification rules and contacts of the caller, as the service's OpenAPI has them: notification-rules,
// notification-rules/{ruleId}/steps, users/contacts. Read only.

const paging = { standard: 20, most: 100 };

type Method = 'email' | 'sms' | 'voice' | 'mobile';

interface Rule extends Fields {
  readonly id: string;
  readonly steps: readonly Fields[];
}

export function notificationRoutes(world: World, switches: Switches): Routes {
  const random = world.random('notification rules');
  const ids = Array.from({ length: 16 }, () => uuid(random));
  const id = (index: number): string => ids[index] ?? '';

  /** What the switch says about this person's set-up; one without Operations has none. */
  const isSet = (call: Call): boolean => switches.pagingSetup !== 'none' && call.caller?.token !== 'noOps';

  function contacts(call: Call): (Fields & { readonly id: string })[] {
    if (!isSet(call)) return [];
    const { email = '' } = call.caller?.person ?? {};
    const contact = (at: number, method: Method, to: string, disabledReason?: string): Fields & { id: string } => ({
      id: id(at),
      method,
      to,
      status: disabledReason === undefined ? { enabled: true } : { enabled: false, disabledReason },
      applyOrder: at,
    });
    const off = switches.pagingSetup === 'contactsOff' ? 'Deactivated by user' : undefined;
    return [
      contact(0, 'email', email, off),
      contact(1, 'mobile', 'Pixel 9', off),
      contact(2, 'voice', '41-440000000', off),
      contact(3, 'sms', '41-440000000', 'Not verified'),
    ];
  }

  function rules(call: Call): Rule[] {
    if (!isSet(call)) return [];
    const { email = '' } = call.caller?.person ?? {};
    const step = (at: number, sendAfter: number, method: Method, to: string): Fields => ({
      id: id(at),
      sendAfter,
      contact: { method, to },
      enabled: switches.pagingSetup !== 'stepsOff',
    });
    const enabled = switches.pagingSetup !== 'rulesOff';
    const has = (limit: typeof switches.pagingSetup): boolean => [limit, 'narrow'].includes(switches.pagingSetup);
    const lowPriority = {
      type: 'match-all-conditions',
      conditions: [{ field: 'priority', not: false, operation: 'equals', expectedValue: 'P5', order: 0 }],
    };
    const workday = {
      type: 'time-of-day',
      restriction: { startHour: 9, startMin: 0, endHour: 18, endMin: 0 },
    };
    const delay = has('late') ? 60 : 0;
    return [
      {
        id: id(4),
        name: 'New alert',
        actionType: 'create-alert',
        criteria: has('someAlerts') ? lowPriority : { type: 'match-all' },
        timeRestriction: has('hours') ? workday : undefined,
        order: 0,
        steps: has('emailOnly')
          ? [step(5, delay, 'email', email)]
          : [step(5, delay, 'mobile', 'Pixel 9'), step(6, delay + 5, 'voice', '41-440000000')],
        repeat: { loopAfter: 10, enabled: true },
        enabled,
      },
      {
        id: id(7),
        name: 'New alert, low priority',
        actionType: 'create-alert',
        criteria: lowPriority,
        timeRestriction: workday,
        order: 1,
        steps: [step(8, 0, 'email', email)],
        enabled,
      },
      {
        id: id(9),
        name: 'Before the shift',
        actionType: 'schedule-start',
        criteria: { type: 'match-all' },
        notificationTime: ['1-day-ago', 'just-before'],
        schedules: schedules.slice(0, 2).map((schedule) => schedule.id),
        order: 0,
        steps: [step(10, 0, 'email', email)],
        enabled: true,
      },
    ];
  }

  function rule(call: Call, name: string): Rule {
    const found = rules(call).find((each) => each.id === call.param(name));
    if (found === undefined) throw notFound(`No notification rule exists with id [${call.param(name)}]`);
    return found;
  }

  return {
    'GET /notification-rules': (call) => ok(offsetPage(call, switches, rules(call), paging)),
    'GET /notification-rules/{id}': (call) => ok(rule(call, 'id')),
    'GET /notification-rules/{ruleId}/steps': (call) =>
      ok(offsetPage(call, switches, rule(call, 'ruleId').steps, paging)),
    'GET /users/contacts': (call) => {
      const target = call.query.get('targetAccountId');
      if (target !== null && !people.some(({ accountId }) => accountId === target)) {
        throw unprocessable('User does not exist');
      }
      return ok(offsetPage(call, switches, contacts(call), paging));
    },
    'GET /users/contacts/{id}': (call) => {
      const found = contacts(call).find((each) => each.id === call.param('id'));
      if (found === undefined) throw notFound('Contact does not exist');
      const { id: contactId, method, to, status } = found;
      return ok({ id: contactId, method, to, status });
    },
  };
}

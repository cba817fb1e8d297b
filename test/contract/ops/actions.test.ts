import assert from 'node:assert/strict';
import type { Alert } from '../../../src/domain/alerts/alert.ts';
import type { Accepted } from '../../../src/sources/atlassian/ops/actions.ts';
import type { Ops } from '../../../src/sources/atlassian/ops/client.ts';
import { people, teamId, tokens } from '../../simulator/world.ts';
import { kindOf, opsFixture, valueOf } from '../../support/sources/atlassianFixture.ts';

const hour = 3_600_000;
const escalationId = '69291859-ed73-4396-8b74-c61a3c810cdf';
const eli = people[1] ?? people[0];

describe('what can be done to an alert', () => {
  const fixture = opsFixture();
  const now = (): number => fixture.simulator.world().now();
  const turn = (name: string, value: unknown): void => fixture.simulator.switch('atlassian', name, value);

  /** An alert that every verb has something to do with. */
  async function target(query = 'action: RestartReplica AND status: open'): Promise<Alert> {
    const [alert] = valueOf(await fixture.ops().listAlerts({ query })).alerts;
    assert.ok(alert !== undefined);
    return alert;
  }

  interface Verb {
    readonly name: string;
    readonly query?: string;
    readonly send: (ops: Ops, id: string) => Accepted;
    /** What the alert shows afterwards that it did not show before. */
    readonly shows: (alert: Alert) => boolean;
    /** Where the alert itself does not show it. */
    readonly logs?: RegExp;
    readonly call: string;
  }
  const acknowledged = 'acknowledged: true AND snoozed: false AND status: open';
  const verbs: readonly Verb[] = [
    {
      name: 'acknowledge',
      send: (ops, id) => ops.acknowledge(id),
      shows: ({ status, owner }) => status === 'acknowledged' && owner === people[0].name,
      call: 'POST /acknowledge',
    },
    {
      name: 'unacknowledge',
      query: acknowledged,
      send: (ops, id) => ops.unacknowledge(id),
      shows: ({ status, acknowledgedAt }) => status === 'open' && acknowledgedAt === undefined,
      call: 'POST /unacknowledge',
    },
    {
      name: 'close',
      send: (ops, id) => ops.close(id),
      shows: ({ status, closedAt }) => status === 'closed' && closedAt !== undefined,
      call: 'POST /close',
    },
    {
      name: 'snooze',
      send: (ops, id) => ops.snooze(id, now() + hour),
      shows: ({ status, snoozedUntil }) => status === 'snoozed' && snoozedUntil === Math.floor(now() + hour),
      call: 'POST /snooze',
    },
    {
      name: 'assign',
      send: (ops, id) => ops.assign(id, eli.accountId),
      shows: ({ owner }) => owner === eli.name,
      call: 'POST /assign',
    },
    {
      name: 'escalate',
      send: (ops, id) => ops.escalate(id, escalationId),
      shows: () => true,
      logs: /escalated/,
      call: 'POST /escalate',
    },
    {
      name: 'add tags',
      send: (ops, id) => ops.addTags(id, ['looked at', 'ü']),
      shows: ({ tags }) => tags.includes('looked at') && tags.includes('ü'),
      call: 'POST /tags',
    },
    {
      name: 'remove tags',
      send: (ops, id) => ops.removeTags(id, ['prod']),
      shows: ({ tags }) => !tags.includes('prod') && tags.includes('rollout'),
      call: 'DELETE /tags',
    },
    {
      name: 'change priority',
      send: (ops, id) => ops.setPriority(id, 'P4'),
      shows: ({ priority }) => priority === 'P4',
      call: 'PATCH /priority',
    },
  ];

  for (const { name, query, send, shows, logs, call } of verbs) {
    const looksDone = async (id: string): Promise<boolean> => {
      if (!shows(valueOf(await fixture.ops().getAlert(id)))) return false;
      const entries = logs === undefined ? [] : valueOf(await fixture.ops().listLog(id)).records;
      return logs === undefined || entries.some(({ text }) => logs.test(text));
    };

    describe(name, () => {
      it('is accepted, applied and confirmed, in one call', async () => {
        const { id } = await target(query);
        assert.ok(!(await looksDone(id)));
        const { requestId } = valueOf(await send(fixture.ops(), id));
        assert.deepEqual(valueOf(await fixture.ops().requestStatus(requestId)), { applied: true });
        assert.ok(await looksDone(id));
        const [method, action] = call.split(' ');
        const writes = fixture.wire.calls.filter((each) => !each.startsWith('GET'));
        assert.deepEqual(writes, [`${method} /v1/alerts/${id}${action}`]);
      });

      it('is pending while it waits', async () => {
        turn('actionDelayMs', 60_000);
        const { id } = await target(query);
        const { requestId } = valueOf(await send(fixture.ops(), id));
        assert.equal(valueOf(await fixture.ops().requestStatus(requestId)), 'pending');
        assert.ok(!(await looksDone(id)));
        fixture.simulator.advance(61_000);
        assert.deepEqual(valueOf(await fixture.ops().requestStatus(requestId)), { applied: true });
      });

      it('stays pending when the service loses it', async () => {
        turn('writesNeverApply', true);
        const { id } = await target(query);
        const { requestId } = valueOf(await send(fixture.ops(), id));
        fixture.simulator.advance(hour);
        assert.equal(valueOf(await fixture.ops().requestStatus(requestId)), 'pending');
        assert.ok(!(await looksDone(id)));
      });

      it('fails later with the reason of the service', async () => {
        turn('failActions', 'Your account plan does not support this.');
        const { id } = await target(query);
        const { requestId } = valueOf(await send(fixture.ops(), id));
        assert.deepEqual(valueOf(await fixture.ops().requestStatus(requestId)), {
          applied: false,
          reason: 'Your account plan does not support this.',
        });
        assert.ok(!(await looksDone(id)));
      });

      it('for an alert that does not exist is accepted and fails later', async () => {
        const { requestId } = valueOf(await send(fixture.ops(), '9b251e07-73c9-4907-9996-8cb53a6a20d0'));
        const status = valueOf(await fixture.ops().requestStatus(requestId));
        assert.deepEqual(status, { applied: false, reason: 'Alert does not exist' });
      });

      it('is not sent with what is no id of an alert', async () => {
        assert.equal(kindOf(await send(fixture.ops(), '../teams')), 'rejected');
        assert.deepEqual(fixture.wire.calls, []);
      });

      const faults = [
        ['outage', 'unreachable'],
        ['forbidden', 'forbidden'],
        ['rateLimited', 'rateLimited'],
        ['server', 'server'],
        ['garbage', 'malformed'],
        ['wrongShape', 'malformed'],
      ] as const;
      it(`says ${[...new Set(faults.map(([, kind]) => kind))].join(', ')} when that is what happens`, async () => {
        const { id } = await target(query);
        fixture.wire.checkAnswers = false;
        for (const [fault, kind] of faults) {
          fixture.simulator.fault('atlassianApi', { kind: fault, times: 1 });
          assert.equal(kindOf(await send(fixture.ops(), id)), kind, fault);
        }
      });
    });
  }

  it('shows in the alert itself at once, though the list lags behind', async () => {
    turn('alertListLagMs', 60_000);
    const { id } = await target();
    valueOf(await fixture.ops().acknowledge(id));
    assert.equal(valueOf(await fixture.ops().getAlert(id)).status, 'acknowledged');
    assert.equal((await target()).status, 'open');
    fixture.simulator.advance(61_000);
    assert.equal((await target()).status, 'acknowledged');
  });

  it('is confirmed by either name of the answer', async () => {
    turn('requestStatusKey', 'success');
    const { id } = await target();
    const { requestId } = valueOf(await fixture.ops().acknowledge(id));
    assert.deepEqual(valueOf(await fixture.ops().requestStatus(requestId)), { applied: true });
  });

  it('that was carried out before the connection broke is not reported as refused', async () => {
    const { id } = await target();
    turn('dropAfterWrite', 1);
    assert.equal(kindOf(await fixture.ops().acknowledge(id)), 'unreachable');
    assert.equal(valueOf(await fixture.ops().getAlert(id)).status, 'acknowledged');
  });

  it('snoozes into the future only: the service would page at once', async () => {
    const { id } = await target();
    for (const until of [now(), now() - 1, NaN, Infinity]) {
      assert.equal(kindOf(await fixture.ops().snooze(id, until)), 'rejected');
    }
    assert.ok(!fixture.wire.calls.some((call) => call.startsWith('POST')));
  });

  it('wakes a snoozed alert un-acknowledged', async () => {
    const { id } = await target(acknowledged);
    valueOf(await fixture.ops().snooze(id, now() + hour));
    await fixture.ops().getAlert(id);
    fixture.simulator.advance(hour + 1);
    const woken = valueOf(await fixture.ops().getAlert(id));
    assert.deepEqual([woken.status, woken.acknowledgedAt], ['open', undefined]);
  });

  const tooLong = { fails: 'applied later: no', refused: 'rejected', accepted: 'applied' } as const;
  for (const [snoozeOverWeek, outcome] of Object.entries(tooLong)) {
    it(`returns what the service says of a snooze of ten days: ${outcome}`, async () => {
      turn('snoozeOverWeek', snoozeOverWeek);
      const { id } = await target();
      const sent = await fixture.ops().snooze(id, now() + 240 * hour);
      if (!sent.ok) return assert.equal(sent.failure.kind, outcome);
      const status = valueOf(await fixture.ops().requestStatus(sent.value.requestId));
      assert.equal(status !== 'pending' && status.applied, snoozeOverWeek === 'accepted');
    });
  }

  for (const assignAcknowledges of [false, true]) {
    it(`leaves it to the service whether assigning acknowledges (${assignAcknowledges})`, async () => {
      turn('assignAcknowledges', assignAcknowledges);
      const { id } = await target();
      valueOf(await fixture.ops().assign(id, eli.accountId));
      assert.equal(valueOf(await fixture.ops().getAlert(id)).acknowledgedAt !== undefined, assignAcknowledges);
    });
  }

  it('reports that tags cannot be removed: no right to delete, or a gateway that drops the body', async () => {
    const { id } = await target();
    turn('scopes', ['read:ops-alert:jira-service-management', 'write:ops-alert:jira-service-management']);
    const unscoped = await fixture.ops(tokens.atlassian.scoped).removeTags(id, ['prod']);
    assert.equal(kindOf(unscoped), 'unauthorized');
    turn('deleteWithBody', false);
    assert.equal(kindOf(await fixture.ops().removeTags(id, ['prod'])), 'rejected');
  });

  it('does not send what is empty or no id', async () => {
    const { id } = await target();
    const ops = fixture.ops();
    const sent = [
      ops.addTags(id, []),
      ops.addTags(id, [' ']),
      ops.removeTags(id, []),
      ops.assign(id, ''),
      ops.escalate(id, '../x'),
      ops.requestStatus('..'),
    ];
    for (const each of await Promise.all<Awaited<(typeof sent)[number]>>(sent)) assert.equal(kindOf(each), 'rejected');
    assert.ok(!fixture.wire.calls.some((call) => /^(POST|DELETE)/.test(call)));
  });

  it('fails later for one who is no user, and for what is no escalation', async () => {
    const { id } = await target();
    const ops = fixture.ops();
    for (const sent of [await ops.assign(id, 'nobody'), await ops.escalate(id, teamId)]) {
      const status = valueOf(await ops.requestStatus(valueOf(sent).requestId));
      assert.ok(status !== 'pending' && !status.applied && status.reason !== '');
    }
  });
});

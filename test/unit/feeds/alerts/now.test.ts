import assert from 'node:assert/strict';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import { fail, ok } from '../../../../src/domain/base/result.ts';
import { alertsNow } from '../../../../src/feeds/alerts/now.ts';
import type { Ops } from '../../../../src/sources/atlassian/ops/client.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { memoryLog } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';

type GetAlert = Ops['getAlert'];
type ListAlerts = Ops['listAlerts'];

const taken = (id: string): Alert => alert(id, { status: 'acknowledged', owner: 'Eli' });
const closed = (id: string): Alert => alert(id, { status: 'closed' });
const six = ['1', '2', '3', '4', '5', '6'];
const failure = { kind: 'forbidden', service: 'ops', operation: 'read alert' } as const;

/** What a list of these is. */
const list = (alerts: readonly Alert[]): Awaited<ReturnType<ListAlerts>> =>
  ok({ alerts, ofOthers: [], skipped: 0, pages: 1, completeness: { kind: 'complete' }, access: 'seen' });

function setUp(
  getAlert: GetAlert,
  listAlerts: ListAlerts = () => Promise.reject(new Error('nobody wants the list')),
): {
  readonly clock: FakeClock;
  readonly asked: string[];
  readonly now: (alerts: readonly Alert[], more?: { ageMs?: number; listed?: number }) => Promise<readonly Alert[]>;
} {
  const clock = new FakeClock();
  const asked: string[] = [];
  const ops = {
    getAlert: (...request: Parameters<GetAlert>) => {
      asked.push(request[0]);
      return getAlert(...request);
    },
    listAlerts: (request: Parameters<ListAlerts>[0]) => {
      asked.push('list');
      return listAlerts(request);
    },
  };
  return {
    clock,
    asked,
    now: (alerts, { ageMs = 60_000, listed = 40 } = {}) =>
      alertsNow(alerts, {
        ops: () => Promise.resolve(ops),
        clock,
        log: memoryLog(),
        asOf: clock.now() - ageMs,
        listed,
      }),
  };
}

describe('alerts at the moment of an action', () => {
  it('are as the service has them, in their order', async () => {
    const { now } = setUp((id) => Promise.resolve(ok(taken(id))));
    assert.deepEqual(await now([alert('b'), alert('a')]), [taken('b'), taken('a')]);
  });

  it('stay as they were known where the service refuses', async () => {
    const { now } = setUp((id) => Promise.resolve(id === 'a' ? fail(failure) : ok(taken(id))));
    assert.deepEqual(await now([alert('a'), alert('b')]), [alert('a'), taken('b')]);
  });

  it('stay as they were known when the service takes long, and the request is cancelled', async () => {
    let given: AbortSignal | undefined;
    const { now, clock } = setUp((_id, signal) => {
      given = signal;
      return new Promise(() => undefined);
    });
    const asking = now([alert('a')]);
    await clock.advance(1_500);
    assert.deepEqual(await asking, [alert('a')]);
    assert.equal(given?.aborted, true);
  });

  it('are not asked for when there are none, and not even the client is loaded', async () => {
    const ops = (): Promise<never> => Promise.reject(new Error('asked for'));
    const log = memoryLog();
    assert.deepEqual(await alertsNow([], { ops, clock: new FakeClock(), log, asOf: undefined, listed: 0 }), []);
    assert.deepEqual(log.lines, []);
  });

  it('are not asked for when the list is new, or when they are many of a long list', async () => {
    const { now, asked } = setUp((id) => Promise.resolve(ok(taken(id))));
    const many = six.map((id) => alert(id));
    await now([alert('a')], { ageMs: 1_000 });
    await now(many, { ageMs: 1_000 });
    assert.deepEqual(await now(many, { listed: 301 }), many);
    assert.deepEqual(asked, []);
  });

  it('are found in the list when they are many, which is read once', async () => {
    const { now, asked } = setUp(
      (id) => Promise.resolve(ok(closed(id))),
      () => Promise.resolve(list([taken('6'), alert('2'), alert('9'), alert('1'), taken('3'), alert('5')])),
    );
    const read = await now(six.map((id) => alert(id)));
    assert.deepEqual(read, [alert('1'), alert('2'), taken('3'), closed('4'), alert('5'), taken('6')]);
    assert.deepEqual(asked, ['list', '4'], 'one that is not listed any more is asked for itself');
  });

  it('stay as they were known where many are not listed any more', async () => {
    const { now, asked } = setUp(
      (id) => Promise.resolve(ok(closed(id))),
      () => Promise.resolve(list([taken('7')])),
    );
    const many = [...six, '7'].map((id) => alert(id));
    assert.deepEqual(await now(many), [...many.slice(0, 6), taken('7')]);
    assert.deepEqual(asked, ['list']);
  });

  it('stay as they were known when the list is refused or takes long', async () => {
    const many = six.map((id) => alert(id));
    const getAlert: GetAlert = () => Promise.reject(new Error('nobody wants one alone'));
    assert.deepEqual(await setUp(getAlert, () => Promise.resolve(fail(failure))).now(many), many);
    let given: AbortSignal | undefined;
    const { now, clock } = setUp(getAlert, ({ signal }) => {
      given = signal;
      return new Promise(() => undefined);
    });
    const asking = now(many);
    await clock.advance(1_500);
    assert.deepEqual(await asking, many);
    assert.equal(given?.aborted, true);
  });
});

import assert from 'node:assert/strict';
import type { Alert } from '../../../src/domain/alert.ts';
import { fail, ok } from '../../../src/domain/result.ts';
import { alertsNow } from '../../../src/feeds/alertsNow.ts';
import type { Ops } from '../../../src/sources/atlassian/ops/client.ts';
import { alert } from '../../support/alertBuilder.ts';
import { memoryLog } from '../../support/engine.ts';
import { FakeClock } from '../../support/fakeClock.ts';

type GetAlert = Ops['getAlert'];

const taken = (id: string): Alert => alert(id, { status: 'acknowledged', owner: 'Eli' });

function setUp(getAlert: GetAlert): {
  readonly clock: FakeClock;
  readonly asked: string[];
  readonly now: (alerts: readonly Alert[], ageMs?: number) => Promise<readonly Alert[]>;
} {
  const clock = new FakeClock();
  const asked: string[] = [];
  const ops = {
    getAlert: (...request: Parameters<GetAlert>) => {
      asked.push(request[0]);
      return getAlert(...request);
    },
  };
  const now = (alerts: readonly Alert[], ageMs = 60_000): Promise<readonly Alert[]> =>
    alertsNow(alerts, { ops: () => Promise.resolve(ops), clock, log: memoryLog(), asOf: clock.now() - ageMs });
  return { clock, asked, now };
}

describe('alerts at the moment of an action', () => {
  it('are as the service has them, in their order', async () => {
    const { now } = setUp((id) => Promise.resolve(ok(taken(id))));
    assert.deepEqual(await now([alert('b'), alert('a')]), [taken('b'), taken('a')]);
  });

  it('stay as they were known where the service refuses', async () => {
    const failure = { kind: 'forbidden', service: 'ops', operation: 'read alert' } as const;
    const { now } = setUp((id) => Promise.resolve(id === 'a' ? fail(failure) : ok(taken(id))));
    assert.deepEqual(await now([alert('a'), alert('b')]), [alert('a'), taken('b')]);
  });

  it('stay as they were known when the service takes long, and the question is given up', async () => {
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
    assert.deepEqual(await alertsNow([], { ops, clock: new FakeClock(), log, asOf: undefined }), []);
    assert.deepEqual(log.lines, []);
  });

  it('are not asked for when the list is new, or when they are many', async () => {
    const { now, asked } = setUp((id) => Promise.resolve(ok(taken(id))));
    await now([alert('a')], 1_000);
    await now(['1', '2', '3', '4', '5', '6'].map((id) => alert(id)));
    assert.deepEqual(asked, []);
  });
});

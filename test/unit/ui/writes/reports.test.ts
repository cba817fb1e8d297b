import assert from 'node:assert/strict';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { Snooze } from '../../../../src/domain/alerts/snooze.ts';
import { hour, minute } from '../../../../src/domain/base/time.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import type { WriteKind } from '../../../../src/engine/writes/kind.ts';
import { alertsKey } from '../../../../src/feeds/alerts/keys.ts';
import { alertWrite } from '../../../../src/feeds/alerts/verb.ts';
import { alertVerbs } from '../../../../src/feeds/alerts/verbs.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { newWrites } from '../../../support/engine/newWrites.ts';
import { host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { Commands } = await import('../../../../src/ui/kit/commands.ts');
const { rowOf } = await import('../../../../src/ui/kit/rowTree.ts');
const { retryWrites } = await import('../../../../src/ui/writes/reports.ts');

describe('a snooze that failed', () => {
  /** What was sent; the first time it is refused. */
  const sent: Snooze[] = [];
  const refusal: Failure = { kind: 'server', service: 'ops', operation: 'snooze' };
  const snooze: WriteKind<Alert, Snooze, Failure> = {
    ...alertWrite('snooze', alertVerbs.snooze, {
      ops: () => Promise.reject(new Error('nothing is asked here')),
      around: () => ({ account: undefined, people: [] }),
      readAgain: () => undefined,
      noted: () => undefined,
    }),
    send: ({ payload }) => {
      sent.push(payload);
      return Promise.resolve(sent.length === 1 ? { kind: 'refused', failure: refusal } : { kind: 'applied' });
    },
  };

  async function failed(payload: (now: number) => Snooze) {
    sent.length = 0;
    host.messages.length = 0;
    host.executed.length = 0;
    const clock = new FakeClock();
    const log = memoryLog();
    const store = new Store<Failure>(rethrow);
    store.update(alertsKey, { status: 'fresh', asOf: clock.now(), records: [alert('a1', { message: 'Stalled' })] });
    const writes = newWrites({ store, clock, log });
    const ended = await writes.run(snooze, 'a1', payload(clock.now()));
    assert.equal(ended.state.kind, 'failed');
    await clock.advance(4 * minute);
    return { clock, writes, ended, retry: () => retryWrites({ clock, writes, commands: new Commands(log) }, [ended]) };
  }

  it('is sent for its whole length when it is tried again', async () => {
    const { clock, retry } = await failed((now) => ({ until: now + hour, forMs: hour }));
    await retry();
    assert.deepEqual(sent[1], { until: clock.now() + hour, forMs: hour });
  });

  it('is asked about anew, for its alert, when its end has passed', async () => {
    host.press = ({ text, buttons }) => {
      assert.match(text, /^“Stalled” was not snoozed: the chosen time has passed\./);
      return buttons[0];
    };
    const { writes, retry } = await failed((now) => ({ until: now + minute }));
    await retry();
    host.press = () => undefined;
    assert.equal(sent.length, 1);
    const [[command, ...args] = []] = host.executed;
    assert.equal(command, 'drDre.alerts.snooze');
    assert.deepEqual(
      args.map((each) => rowOf(each)?.record),
      [{ kind: 'alert', key: 'a1' }],
    );
    assert.deepEqual(writes.list(), [], 'the old one does not stand in the row any more');
  });

  it('stays where it is when the person does not want to choose anew', async () => {
    const { writes, retry } = await failed((now) => ({ until: now + minute }));
    await retry();
    assert.deepEqual([sent.length, host.executed.length, writes.list().length], [1, 0, 1]);
  });
});

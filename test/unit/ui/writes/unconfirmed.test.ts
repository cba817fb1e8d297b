import assert from 'node:assert/strict';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import type { Confirmation, WriteKind } from '../../../../src/engine/writes/kind.ts';
import { alertsKey } from '../../../../src/feeds/alerts/keys.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { newWrites } from '../../../support/engine/newWrites.ts';
import { host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { Commands } = await import('../../../../src/ui/kit/commands.ts');
const { reportEnds } = await import('../../../../src/ui/writes/reports.ts');

const noAnswer: Failure = { kind: 'timeout', service: 'ops', operation: 'addNote' };

describe('a write of which nobody knows whether it was applied', () => {
  /** A note that gets no answer, and whose alert cannot be read until `readable` is called. */
  async function unconfirmed() {
    host.messages.length = 0;
    const clock = new FakeClock();
    const log = memoryLog();
    const store = new Store<Failure>(rethrow);
    store.update(alertsKey, { status: 'fresh', asOf: clock.now(), records: [alert('a1', { message: 'Stalled' })] });
    let read: Confirmation<Failure> = { kind: 'unknown', failure: noAnswer };
    let sent = 0;
    const note: WriteKind<Alert, string, Failure> = {
      name: 'alerts.addNote',
      feed: alertsKey,
      service: 'ops',
      title: 'add note',
      readPayload: (value) => (typeof value === 'string' ? value : undefined),
      typed: (text) => text,
      subject: ({ message }) => message,
      apply: (record) => record,
      shown: () => false,
      send: () => {
        sent += 1;
        return Promise.resolve(sent === 1 ? { kind: 'unknown', failure: noAnswer } : { kind: 'applied' });
      },
      readBack: () => Promise.resolve(read),
      readAgain: () => undefined,
    };
    const writes = newWrites({ store, clock, log });
    /** Lets time pass until something has ended. */
    const end = async <T>(running: Promise<T>): Promise<T> => {
      const done = new AbortController();
      const over = (): void => done.abort();
      running.then(over, over);
      while (!done.signal.aborted) await clock.advance(1_000);
      return running;
    };
    const ended = await end(writes.run(note, 'a1', 'looked at the disk'));
    assert.equal(ended.state.kind, 'unconfirmed');
    const tools = { clock, writes, commands: new Commands(log) };
    return {
      report: () => end(reportEnds(tools, [ended])),
      readable: () => (read = { kind: 'applied' }),
      sent: () => sent,
      state: () => writes.list()[0]?.state.kind,
    };
  }

  afterEach(() => {
    host.press = () => undefined;
  });

  it('is only read again when the person has it checked', async () => {
    const of = await unconfirmed();
    of.readable();
    host.press = ({ buttons }) => buttons.find((button) => button === 'Check Again');
    await of.report();
    assert.deepEqual([of.sent(), of.state()], [1, 'applied']);
  });

  it('is sent again when the person says so after reading that it may then be there twice', async () => {
    const of = await unconfirmed();
    host.press = ({ buttons }) => buttons.find((button) => button.startsWith('Send Again'));
    await of.report();
    assert.deepEqual([of.sent(), of.state()], [2, 'applied']);
    assert.match(host.messages.map(({ detail }) => detail).join(), /may then apply it twice\./);
  });

  it('is not sent when the person does not confirm that', async () => {
    const of = await unconfirmed();
    host.press = ({ buttons }) => buttons.find((button) => button === 'Send Again Anyway');
    await of.report();
    assert.deepEqual([of.sent(), of.state()], [1, 'unconfirmed']);
  });
});

import assert from 'node:assert/strict';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { isoWeeks } from '../../../../src/domain/base/isoWeek.ts';
import { Journal } from '../../../../src/engine/disk/journal.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import type { WriteKind } from '../../../../src/engine/writes/kind.ts';
import { alertsKey } from '../../../../src/feeds/alerts/keys.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';
import { waitFor } from '../../../support/base/waitFor.ts';
import { newWrites } from '../../../support/engine/newWrites.ts';
import { host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { WriteFollowUp } = await import('../../../../src/ui/writes/followUp.ts');

const close: WriteKind<Alert, null, Failure> = {
  name: 'alerts.close',
  feed: alertsKey,
  service: 'ops',
  title: 'close',
  readPayload: () => null,
  subject: ({ message }) => message,
  apply: (record) => ({ ...record, status: 'closed' }),
  shown: ({ status }) => status === 'closed',
  send: () => Promise.resolve({ kind: 'applied' }),
  readAgain: () => undefined,
};

/** What follows up on writes and matters to none of these tests. */
const besides = {
  writeKinds: () => Promise.resolve(),
  account: { current: undefined },
  createdTickets: { of: () => undefined },
  pageOf: (feed: string, record: string) => Promise.resolve(`https://example.com/${feed}/${record}`),
  documents: { refresh: () => undefined },
};

describe('what writes leave in the journal', () => {
  it('is there when the window closes right after one was applied', async () => {
    const clock = new FakeClock();
    const log = memoryLog();
    const store = new Store<Failure>(rethrow);
    store.update(alertsKey, { status: 'fresh', asOf: clock.now(), records: [alert('a1', { message: 'Stalled' })] });
    const writesDisk = new MemoryDisk();
    const writes = newWrites({ store, clock, log, disk: writesDisk });
    writes.register(close);
    const journalDisk = new MemoryDisk();
    const journal = new Journal({ disk: journalDisk, log, secrets: () => [], weeks: isoWeeks });
    const followUp = new WriteFollowUp({ writes, clock, log, journal, ...besides });

    await writes.run(close, 'a1', null);
    // As VS Code does when a window closes.
    const left = followUp.flush().then(() => journal.flush());
    writes.dispose();
    followUp.dispose();
    await left;

    assert.deepEqual([...writesDisk.files.keys()], [], 'nothing else records it any more');
    const pages = await new Journal({ disk: journalDisk, log, secrets: () => [], weeks: isoWeeks }).read({
      from: 0,
      to: clock.now(),
    });
    assert.deepEqual(
      pages.entries.map(({ title, outcome, link }) => [title, outcome, link]),
      [['close “Stalled”', 'applied', 'https://example.com/alerts/a1']],
    );
  });
});

describe('the writes of a closed window', () => {
  it('are told of in one message, though each is confirmed at another time', async () => {
    host.messages.length = 0;
    const clock = new FakeClock();
    const log = memoryLog();
    const disk = new MemoryDisk();
    const store = new Store<Failure>(rethrow);
    const records = ['a1', 'a2'].map((id) => alert(id, { message: `Stalled ${id}` }));
    store.update(alertsKey, { status: 'fresh', asOf: clock.now(), records });
    const journal = new Journal({ disk: new MemoryDisk(), log, secrets: () => [], weeks: isoWeeks });

    const closing = newWrites({ store, clock, log, disk });
    for (const { id } of records) void closing.run({ ...close, send: () => new Promise(() => undefined) }, id, null);
    await clock.advance(1_000);
    closing.dispose();

    const writes = newWrites({ store, clock, log, disk });
    const asked: string[] = [];
    writes.register({
      ...close,
      readBack: ({ record }) => {
        asked.push(record);
        // The second one is applied at the second time it is read.
        const isApplied = record === 'a1' || asked.filter((each) => each === record).length > 1;
        return Promise.resolve(isApplied ? { kind: 'applied' } : { kind: 'absent' });
      },
    });
    const followUp = new WriteFollowUp({ writes, clock, log, journal, ...besides });
    followUp.start();
    await clock.advance(60_000);
    await waitFor('a message', () => host.messages.length > 0);
    assert.deepEqual(
      host.messages.map(({ text }) => text),
      ['Before the window closed: 2 actions applied.'],
    );
    followUp.dispose();
    writes.dispose();
  });
});

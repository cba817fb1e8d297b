import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { fail, ok } from '../../../../src/domain/base/result.ts';
import { hour, minute } from '../../../../src/domain/base/time.ts';
import type { Ticket } from '../../../../src/domain/queue/ticket.ts';
import { decode, encode } from '../../../../src/engine/disk/encoding.ts';
import { TicketTextsReader } from '../../../../src/feeds/queue/texts.ts';
import { isStoredTexts } from '../../../../src/feeds/queue/textsKey.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { ticket } from '../../../support/feeds/linkRecords.ts';

/** A Jira that says of every ticket that it is described. */
function setUp() {
  const clock = new FakeClock();
  const service = { asked: [] as (readonly string[])[], failure: undefined as Failure | undefined };
  const jira = {
    textsOf: (keys: readonly string[]) => {
      service.asked.push(keys);
      const texts = keys.map((key) => ({ key, updatedAt: 1, described: true }));
      return Promise.resolve(service.failure === undefined ? ok(texts) : fail(service.failure));
    },
  };
  const reader = new TicketTextsReader(
    () => Promise.resolve(jira as never),
    new Store<Failure>(rethrow),
    clock,
    memoryLog(),
  );
  return { clock, service, reader };
}

const many = (count: number, more: Partial<Ticket> = {}): readonly Ticket[] =>
  Array.from({ length: count }, (_, index) => ticket(`DRE-${index + 1}`, { updatedAt: 1, ...more }));

describe('reading what the list of tickets does not have', () => {
  it('comes back from disk as read where the service sent no texts', () => {
    assert.ok(isStoredTexts(decode(encode({ key: 'DRE-1', readFor: 1, texts: undefined }))));
  });

  it('reads a hundred in a request, those in progress first, and those that are done last', async () => {
    const { clock, service, reader } = setUp();
    const doing = ticket('DRE-900', { status: { id: '2', name: 'Doing', category: 'indeterminate' }, updatedAt: 1 });
    const done = ticket('DRE-901', { status: { id: '3', name: 'Done', category: 'done' }, updatedAt: 1 });
    await reader.readNext([...many(150), done, doing]);
    assert.equal(service.asked[0]?.length, 100);
    assert.equal(service.asked[0][0], 'DRE-900');
    assert.ok(!service.asked.flat().includes('DRE-901'));
    await clock.advance(minute);
    await reader.readNext([...many(150), done, doing]);
    assert.equal(service.asked[1]?.at(-1), 'DRE-901');
  });

  it('reads a ticket again when it has changed, and not before; until then what is old is not known', async () => {
    const { clock, service, reader } = setUp();
    await reader.readNext(many(2));
    await clock.advance(hour);
    assert.equal(await reader.readNext(many(2)), undefined);
    const [changed = ticket('DRE-1')] = many(1, { updatedAt: 2 });
    assert.equal(reader.textsOf(changed), undefined);
    assert.equal(reader.textsOf(ticket('DRE-2', { updatedAt: 1 }))?.described, true);
    await reader.readNext([changed, ticket('DRE-2', { updatedAt: 1 })]);
    assert.deepEqual(service.asked, [['DRE-1', 'DRE-2'], ['DRE-1']]);
  });

  it('asks ten times an hour at most, however many tickets there are and whatever changes', async () => {
    const { clock, service, reader } = setUp();
    for (let passed = 0; passed < 60; passed++) {
      await reader.readNext(many(5_000, { updatedAt: passed }));
      await clock.advance(minute);
    }
    assert.equal(service.asked.length, 10);
    assert.ok(service.asked.every((keys) => keys.length <= 100));
  });

  it('knows them of all tickets in the end, however many there are, and of those that are listed alone', async () => {
    const { clock, service, reader } = setUp();
    const all = many(1_500, { updatedAt: 1 });
    for (let times = 0; times < 15; times++) {
      await reader.readNext(all);
      await clock.advance(10 * minute);
    }
    assert.ok(all.every((each) => reader.textsOf(each)?.described === true));
    const [first = ticket('DRE-1'), second = ticket('DRE-2')] = all;
    await reader.readNext([{ ...first, updatedAt: 2 }]);
    assert.equal(reader.textsOf(second), undefined);
    assert.equal(service.asked.length, 16);
  });

  it('knows nothing after a failure or a change of the account', async () => {
    const { clock, service, reader } = setUp();
    service.failure = { kind: 'unreachable', service: 'jira', operation: 'read descriptions' };
    assert.equal(await reader.readNext(many(1)), minute);
    const [one = ticket('DRE-1')] = many(1);
    assert.equal(reader.textsOf(one), undefined);
    service.failure = undefined;
    await clock.advance(minute);
    await reader.readNext(many(1));
    assert.equal(reader.textsOf(one)?.described, true);
    reader.reset();
    assert.equal(reader.textsOf(one), undefined);
  });
});

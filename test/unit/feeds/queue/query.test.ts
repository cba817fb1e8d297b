import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { fail, ok, type Result } from '../../../../src/domain/base/result.ts';
import { minute } from '../../../../src/domain/base/time.ts';
import type { QueriedTickets } from '../../../../src/domain/queue/list.ts';
import { complete, Store } from '../../../../src/engine/read/store.ts';
import { ticketListsKey } from '../../../../src/feeds/queue/listsKey.ts';
import { TicketQueryReader } from '../../../../src/feeds/queue/query.ts';
import { ticketQueryKey } from '../../../../src/feeds/queue/queryKey.ts';
import type { FoundIds } from '../../../../src/sources/atlassian/jira/client.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';

const refused: Failure = { kind: 'rejected', service: 'jira', operation: 'test', detail: 'Expecting operator' };
const away: Failure = { kind: 'unreachable', service: 'jira', operation: 'test' };

const found = (...ids: readonly string[]): Result<FoundIds, Failure> => ok({ ids, completeness: complete });

function setUp(epic = 'DRE-350') {
  const clock = new FakeClock();
  const store = new Store<Failure>(rethrow);
  const asked: string[] = [];
  const answer: { now: Result<FoundIds, Failure> } = { now: found('1') };
  const findIds = (jql: string): unknown => {
    asked.push(jql);
    return Promise.resolve(answer.now);
  };
  const reader = new TicketQueryReader(
    () => Promise.resolve({ findIds } as never),
    () => epic,
    store,
    clock,
  );
  const known = (): readonly unknown[] =>
    [...store.state(ticketQueryKey).records.values()].map(({ jql, ids, failure }) => [jql, ids, failure?.kind]);
  return { clock, store, asked, answer, reader, known };
}

describe('reading Jira which tickets a query finds', () => {
  it('asks among the tickets of the epic and of the lists that Jira takes', async () => {
    const { store, asked, reader } = setUp();
    const list = (name: string, more: Partial<QueriedTickets>): QueriedTickets => ({
      name,
      jql: `project = ${name} ORDER BY rank`,
      tickets: [],
      skipped: 0,
      completeness: complete,
      asOf: 0,
      triedAt: 0,
      failure: undefined,
      ...more,
    });
    store.update(ticketListsKey, {
      records: [list('NODE', {}), list('BAD', { failure: refused }), list('NEW', { asOf: undefined })],
    });
    await reader.read('a = 1');
    assert.deepEqual(asked, ['((parent = DRE-350) OR (project = NODE)) AND (a = 1)']);
  });

  it('asks again when tickets have changed, every two minutes at most, and else every quarter of an hour', async () => {
    const { clock, asked, reader } = setUp();
    assert.equal(await reader.readWhenDue('a = 1'), 15 * minute);
    reader.noteChange();
    assert.equal(await reader.readWhenDue('a = 1'), 2 * minute);
    await clock.advance(2 * minute);
    await reader.readWhenDue('a = 1');
    assert.equal(asked.length, 2);
    await clock.advance(14 * minute);
    assert.equal(await reader.readWhenDue('a = 1'), minute);
    await clock.advance(minute);
    await reader.readWhenDue('a = 1');
    assert.equal(asked.length, 3);
    await reader.readWhenDue('b = 2');
    assert.equal(asked.length, 4);
  });

  it('keeps what was good when Jira is away, and asks again soon', async () => {
    const { answer, reader, known } = setUp();
    await reader.read('a = 1');
    answer.now = fail(away);
    await reader.read('a = 1');
    assert.deepEqual(known(), [['a = 1', ['1'], 'unreachable']]);
    assert.equal(await reader.readWhenDue('a = 1'), 2 * minute);
  });

  it('keeps the query in use when another one is refused, and drops it when another one is taken', async () => {
    const { answer, reader, known } = setUp();
    await reader.read('a = 1');
    answer.now = fail(refused);
    await reader.read('b = ');
    assert.deepEqual(known(), [
      ['a = 1', ['1'], undefined],
      ['b = ', undefined, 'rejected'],
    ]);
    answer.now = found('2');
    await reader.read('b = 2');
    assert.deepEqual(known(), [['b = 2', ['2'], undefined]]);
    reader.reset();
    assert.deepEqual(known(), []);
  });

  it('does not take an answer of before a change of the settings', async () => {
    const { reader, known } = setUp();
    const reading = reader.read('a = 1');
    reader.reset();
    await reading;
    assert.deepEqual(known(), []);
  });

  it('names the setting of an epic that is none, and asks nothing', async () => {
    const { asked, reader } = setUp('x) OR (y');
    const read = await reader.read('a = 1');
    assert.equal(!read.ok && read.failure.setting, 'drDre.queue.epic');
    assert.deepEqual(asked, []);
  });
});

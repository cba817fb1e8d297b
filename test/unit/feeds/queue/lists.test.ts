import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { fail, ok } from '../../../../src/domain/base/result.ts';
import { hour, minute } from '../../../../src/domain/base/time.ts';
import type { NamedQuery, QueriedTickets } from '../../../../src/domain/queue/list.ts';
import type { Ticket } from '../../../../src/domain/queue/ticket.ts';
import { complete, Store } from '../../../../src/engine/read/store.ts';
import { followListedTickets, isListedAlone, knownTicket, knownTickets } from '../../../../src/feeds/queue/known.ts';
import { TicketListsReader } from '../../../../src/feeds/queue/lists.ts';
import { isStoredList, ticketListsKey } from '../../../../src/feeds/queue/listsKey.ts';
import { queueKey } from '../../../../src/feeds/queue/queue.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { ticket } from '../../../support/feeds/linkRecords.ts';

const nodes = { name: 'Nodes', jql: 'project = NODE' };
const mine = { name: 'Mine', jql: 'assignee = currentUser()' };
const refused: Failure = {
  kind: 'rejected',
  service: 'jira',
  operation: 'search tickets',
  status: 400,
  setting: 'drDre.queue.lists',
  detail: "Field 'projct' does not exist.",
  cause: new Error('not for the disk'),
};

/** A Jira with one ticket for every query, but for those that fail. */
function setUp() {
  const clock = new FakeClock();
  const store = new Store<Failure>(rethrow);
  const asked: string[] = [];
  const failures = new Map<string, Failure>();
  const searchTickets = (jql: string, { changed }: { readonly changed?: Ticket }): unknown => {
    asked.push(changed === undefined ? jql : `${jql} after a change of ${changed.key}`);
    const failure = failures.get(jql);
    const list = { tickets: [ticket('NODE-1')], skipped: 0, pages: 1, completeness: complete };
    return Promise.resolve(failure === undefined ? ok(list) : fail(failure));
  };
  const reader = new TicketListsReader(() => Promise.resolve({ searchTickets } as never), store, clock, memoryLog());
  const known = (name: string): readonly unknown[] => {
    const list = store.state(ticketListsKey).records.get(name);
    return [list?.tickets.length, list?.failure?.kind];
  };
  return { clock, store, asked, failures, reader, known };
}

describe('reading further lists of tickets', () => {
  it('reads each with one request, every quarter of an hour on shift and every hour else', async () => {
    const { clock, asked, reader } = setUp();
    assert.equal(await reader.readDue([nodes, mine], 'active'), 15 * minute);
    assert.deepEqual(asked, [nodes.jql, mine.jql]);
    await clock.advance(15 * minute);
    await reader.readDue([nodes, mine], 'idle');
    assert.equal(asked.length, 2);
    await reader.readDue([nodes, mine], 'active');
    assert.equal(asked.length, 4);
    await clock.advance(hour);
    await reader.readDue([nodes, mine], 'idle');
    assert.equal(asked.length, 6);
  });

  it('asks 24 times an hour at most, however many lists the settings have', async () => {
    const { clock, asked, reader } = setUp();
    const many = Array.from({ length: 20 }, (_, index): NamedQuery => ({ name: `${index}`, jql: `key = A-${index}` }));
    for (let passed = 0; passed < 60; passed++) {
      await reader.readDue(many, 'active');
      await clock.advance(minute);
    }
    assert.equal(asked.length, 24);
  });

  it('reads the others where one is refused, and keeps what was good of it', async () => {
    const { clock, store, failures, reader, known } = setUp();
    await reader.readDue([nodes, mine], 'active');
    failures.set(nodes.jql, refused);
    await clock.advance(15 * minute);
    await reader.readDue([nodes, mine], 'active');
    assert.deepEqual(
      [known('Nodes'), known('Mine')],
      [
        [1, 'rejected'],
        [1, undefined],
      ],
    );
    const list = store.state(ticketListsKey).records.get('Nodes');
    assert.ok(isStoredList(JSON.parse(JSON.stringify(list))));
    assert.deepEqual([list?.failure?.detail, list?.failure?.cause], [refused.detail, undefined]);
  });

  it('does not ask a service that is away for each of them', async () => {
    const { asked, failures, reader, known } = setUp();
    for (const { jql } of [nodes, mine]) {
      failures.set(jql, { kind: 'unreachable', service: 'jira', operation: 'search tickets' });
    }
    assert.equal(await reader.readDue([nodes, mine], 'active'), 5 * minute);
    assert.deepEqual([asked.length, known('Nodes'), known('Mine')], [1, [0, 'unreachable'], [undefined, undefined]]);
  });

  it('reads all of them when a person wants it, and those that show a ticket that was written', async () => {
    const { asked, reader, failures, known } = setUp();
    await reader.readNow([nodes, mine]);
    await reader.readNow([nodes, mine]);
    assert.deepEqual(asked, [nodes.jql, mine.jql, nodes.jql, mine.jql]);
    failures.set(mine.jql, refused);
    asked.length = 0;
    await reader.readNow([nodes, mine], 'NODE-1');
    await reader.readNow([nodes, mine], 'NODE-2');
    assert.deepEqual(asked, [`${nodes.jql} after a change of NODE-1`, `${mine.jql} after a change of NODE-1`]);
    assert.deepEqual(known('Mine'), [1, 'rejected']);
  });

  it('reads none twice at once', async () => {
    const { asked, reader } = setUp();
    await Promise.all([reader.readDue([nodes], 'active'), reader.readDue([nodes], 'active')]);
    assert.deepEqual(asked, [nodes.jql]);
  });

  it('keeps the tickets of all lists as records, each once as it was read last', () => {
    const { store } = setUp();
    const following = followListedTickets(store);
    const list = (name: string, ...tickets: readonly Ticket[]): QueriedTickets => ({
      name,
      jql: name,
      tickets,
      skipped: 0,
      completeness: complete,
      asOf: 0,
      triedAt: 0,
      failure: undefined,
    });
    const [older, newer] = [ticket('NODE-1', { updatedAt: 1 }), ticket('NODE-1', { updatedAt: 2 })];
    const queued = ticket('DRE-1');
    store.update(queueKey, { records: [queued] });
    store.update(ticketListsKey, { records: [list('a', older, queued), list('b', newer), list('c', older)] });
    assert.deepEqual(
      knownTickets(store).map(({ key, updatedAt }) => [key, updatedAt]),
      [
        ['DRE-1', queued.updatedAt],
        ['NODE-1', 2],
      ],
    );
    assert.deepEqual([isListedAlone(store, 'NODE-1'), isListedAlone(store, 'DRE-1')], [true, false]);
    store.update(ticketListsKey, { records: [] });
    assert.equal(knownTicket(store, 'NODE-1'), undefined);
    following.dispose();
  });

  it('reads a query that was changed at once, and drops a list that was taken out', async () => {
    const { asked, reader, known } = setUp();
    await reader.readDue([nodes, mine], 'active');
    await reader.readDue([{ ...nodes, jql: 'project = NET' }], 'active');
    assert.equal(asked.at(-1), 'project = NET');
    assert.deepEqual(known('Mine'), [undefined, undefined]);
    reader.reset();
    assert.deepEqual(known('Nodes'), [undefined, undefined]);
    assert.equal(await reader.readDue([], 'active'), undefined);
  });
});

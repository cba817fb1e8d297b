import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { hour } from '../../../../src/domain/base/time.ts';
import type { QueriedTickets } from '../../../../src/domain/queue/list.ts';
import { complete, Store } from '../../../../src/engine/read/store.ts';
import { queueKey } from '../../../../src/feeds/queue/queue.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { activeTicketFilter } from '../../../../src/views/queue/filters.ts';
import { queueView, type QueueViewMore } from '../../../../src/views/queue/view.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { ticket } from '../../../support/feeds/linkRecords.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';
import { renderRows } from '../../../support/views/renderRows.ts';

const nodes: QueriedTickets = {
  name: 'Nodes',
  jql: 'project = NODE',
  skipped: 0,
  completeness: complete,
  failure: undefined,
  asOf: wednesday,
  triedAt: wednesday,
  tickets: [ticket('NODE-1', { summary: 'Rack' }), ticket('DRE-1', { summary: 'as the list has it' })],
};

/** The groups of the view behind the epic's own. */
function lists(read: readonly QueriedTickets[], more: QueueViewMore = {}, names = ['Nodes']): readonly Row[] {
  const store = new Store<Failure>(rethrow);
  store.update(queueKey, { status: 'fresh', asOf: wednesday, records: [ticket('DRE-1', { summary: 'Own' })] });
  const queries = names.map((name) => ({ name, jql: 'project = NODE' }));
  const view = queueView(store.state(queueKey), { now: wednesday, timeZone: 'UTC' }, 'https://x.example', 'DRE-350', {
    lists: { queries, read: new Map(read.map((list) => [list.name, list])) },
    ...more,
  });
  return view.rows.filter(({ id }) => /^(?:list\/|!lists)/.test(id));
}

describe('the further lists of the Queue view', () => {
  it('are groups of their own, in which a ticket of the queue is as in the queue, and another one says what is done to it', () => {
    const patched = ticket('NODE-1', { summary: 'Rack 7' });
    const shown = { queries: [{ name: 'Nodes', jql: 'project = NODE' }], read: new Map([['Nodes', nodes]]) };
    const [list] = lists([], {
      lists: { ...shown, tickets: new Map([['NODE-1', patched]]) },
      pending: new Map([['NODE-1', { text: 'changing the summary…', state: 'sending', tokens: [] }]]),
    });
    assert.equal(
      renderRows(list === undefined ? [] : [list]),
      [
        '$(list-unordered) Nodes  2',
        '  $(circle-large-outline) Rack 7  changing the summary… · nobody · now · NODE-1  ;ticket;notMine;unflagged;linked;identified;',
        '  $(circle-large-outline) Own  nobody · now · DRE-1  ;ticket;notMine;unflagged;linked;identified;',
      ].join('\n'),
    );
    assert.deepEqual(list?.hover, ['Nodes', 'project = NODE']);
    assert.deepEqual(
      list.children?.map(({ id, record }) => [id, record]),
      [
        ['list/Nodes/NODE-1', { kind: 'ticket', key: 'NODE-1' }],
        ['list/Nodes/DRE-1', { kind: 'ticket', key: 'DRE-1' }],
      ],
    );
  });

  it('say by themselves why they could not be read, in the words of Jira, and lead to the setting', () => {
    const failure: Failure = {
      kind: 'rejected',
      service: 'jira',
      operation: 'search tickets',
      status: 400,
      detail: "Field 'projct' does not exist.",
      setting: 'drDre.queue.lists',
    };
    const [list] = lists([{ ...nodes, tickets: [], asOf: undefined, failure }]);
    const [problem] = list?.children ?? [];
    assert.deepEqual(
      [list?.icon?.id, problem?.label, problem?.record],
      ['warning', "Rejected by Jira: Field 'projct' does not exist", { kind: 'setting', key: 'drDre.queue.lists' }],
    );
    const [kept] = lists([{ ...nodes, failure }]);
    assert.deepEqual(kept?.children?.map(({ label }) => label).slice(1), ['Rack', 'Own']);
  });

  it('distinguish what was not read yet, what is empty, old or cut, and what was read for another query', () => {
    const first = (list: readonly QueriedTickets[]): readonly unknown[] => {
      const [row] = lists(list);
      return [row?.description, row?.children?.at(-1)?.label];
    };
    assert.deepEqual(first([]), ['not read yet', 'Reading tickets of Nodes for the first time…']);
    assert.deepEqual(first([{ ...nodes, jql: 'old' }]), first([]));
    assert.deepEqual(first([{ ...nodes, tickets: [] }]), ['0', 'No ticket fits the query.']);
    assert.match(first([{ ...nodes, asOf: wednesday - 3 * hour }]).join(), /^2 · as of .*3 h ago/);
    const cut = { ...complete, kind: 'partial', reason: 'more than 100 were listed' } as const;
    assert.deepEqual(first([{ ...nodes, completeness: cut }]), [
      '2',
      'Not all tickets of Nodes: more than 100 were listed.',
    ]);
  });

  it('are filtered as the queue is, and say so', () => {
    const filtered = (text: string): Row | undefined =>
      lists([nodes], { filter: activeTicketFilter({ kind: 'text', text }, [], undefined) })[0];
    assert.equal(filtered('rack')?.description, '1 of 2');
    assert.equal(filtered('nothing like it')?.children?.[0]?.label, 'The filter hides all tickets of Nodes (2).');
  });

  it('are six at most; the others are said', () => {
    const rows = lists([], {}, ['1', '2', '3', '4', '5', '6', '7', '8']);
    assert.deepEqual([rows.length, rows.at(-1)?.label], [7, '2 lists not read']);
  });
});

import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { Ticket } from '../../../../src/domain/queue/ticket.ts';
import { Store, type StateChange } from '../../../../src/engine/read/store.ts';
import type { QueryResult } from '../../../../src/feeds/queue/queryKey.ts';
import { queueKey } from '../../../../src/feeds/queue/queue.ts';
import type { ViewModel } from '../../../../src/views/kit/row.ts';
import type { ChosenFilter } from '../../../../src/views/kit/filter.ts';
import { activeTicketFilter } from '../../../../src/views/queue/filters.ts';
import { queueView } from '../../../../src/views/queue/view.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { ticket } from '../../../support/feeds/linkRecords.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';
import { seenRows } from '../../../support/ui/narrowRows.ts';
import { renderRows } from '../../../support/views/renderRows.ts';

const dana = { accountId: 'dana', name: 'Dana Oncall', timeZone: undefined };
const saved = [
  { name: 'Firewall', query: 'firewall' },
  { name: 'Nothing', query: ' ' },
];
const named = [{ name: 'Old', jql: 'created < -7d' }];
const tickets = [
  ticket('DRE-1', { summary: 'Firewall rules', assignee: dana }),
  ticket('DRE-2', { summary: 'Topology' }),
  ticket('DRE-3', { summary: 'Firewall of bo1' }),
];

interface Case {
  readonly chosen: ChosenFilter;
  readonly account?: typeof dana;
  readonly state?: StateChange<Ticket, Failure>;
  readonly asked?: QueryResult;
}

function viewOf({ chosen, account, state = {}, asked }: Case): ViewModel {
  const store = new Store<Failure>(rethrow);
  store.update(queueKey, { status: 'fresh', asOf: wednesday, records: tickets, ...state });
  const from = { now: wednesday, timeZone: 'UTC' };
  const queries = new Map(asked === undefined ? [] : [[asked.jql, asked]]);
  const filter = activeTicketFilter(chosen, saved, account, { queries, from, named });
  return queueView(store.state(queueKey), from, 'https://x.example', 'DRE-350', { filter, account, grouping: 'none' });
}

/** The rows without their tokens, and the message. */
function shown(given: Case): readonly string[] {
  const { rows, message } = viewOf(given);
  return [...(message === undefined ? [] : [message]), ...rows.map((row) => renderRows([{ ...row, tokens: [] }]))];
}

describe('a filter of the Queue view', () => {
  it('shows what has all of the words, and says above it that it is on', () => {
    assert.deepEqual(shown({ chosen: { kind: 'text', text: 'firewall nobody' } }), [
      '$(filter-filled) Filter: firewall nobody  1 of 3',
      '$(circle-large-outline) Firewall of bo1  nobody · now · DRE-3',
    ]);
    const [first] = viewOf({ chosen: { kind: 'saved', name: 'Firewall' } }).rows;
    assert.deepEqual(
      [first?.label, first?.description, first?.command, first?.tokens],
      ['Filter: Firewall', '2 of 3', 'drDre.queue.filter', ['filter']],
    );
  });

  it('leaves room in a narrow side bar for how much it shows, however long its name is', () => {
    const text = 'firewall rules of the boundary nodes in the data centers of Zurich';
    const [row] = viewOf({ chosen: { kind: 'text', text } }).rows;
    assert.ok(row);
    for (const font of ['Ubuntu', 'DejaVu Sans'] as const) {
      const [seen] = seenRows([row], font);
      assert.deepEqual([seen?.label, seen?.description], ['Filter: firewall rules of the…', '0 of 3'], font);
    }
    assert.equal(row.hover?.[0], `Filter: ${text}`);
  });

  it('shows what is assigned to whoever is signed in', () => {
    const rows = viewOf({ chosen: { kind: 'mine' }, account: dana }).rows.map(({ label }) => label);
    assert.deepEqual(rows, ['Filter: Mine', 'Firewall rules']);
  });

  it('hides nothing where it cannot be used, and says why', () => {
    for (const [chosen, problem] of [
      [{ kind: 'mine' }, "Can't tell who is signed in. Run “Dr. DRE: Sign In…”."],
      [{ kind: 'saved', name: 'Gone' }, 'There is no such filter in drDre.queue.filters any more.'],
      [{ kind: 'saved', name: 'Nothing' }, 'There is nothing in the filter.'],
      [{ kind: 'query', query: 'priority = High' }, 'These tickets are being read from Jira.'],
    ] as const) {
      const { rows } = viewOf({ chosen });
      assert.deepEqual([rows[0]?.description, rows.length], [problem, 4]);
    }
  });

  it('shows what Jira finds by a query, as of when that is where Jira is away since, and why it cannot be used', () => {
    const chosen = { kind: 'query', query: 'labels is EMPTY' } as const;
    const failure = { kind: 'unreachable', service: 'jira', operation: 'filter tickets' } as const;
    const known = { jql: chosen.query, ids: ['DRE-2'], asOf: wednesday, failure: undefined };
    assert.deepEqual(shown({ chosen, asked: known }), [
      '$(filter-filled) Filter: labels is EMPTY  1 of 3',
      '$(circle-large-outline) Topology  nobody · now · DRE-2',
    ]);
    assert.match(shown({ chosen, asked: { ...known, failure } })[0] ?? '', /1 of 3, as of 13:50$/);
    const old = {
      chosen: { kind: 'query', query: 'created < -7d' },
      asked: { ...known, jql: 'created < -7d' },
    } as const;
    assert.equal(shown(old)[0], '$(filter-filled) Filter: Old  1 of 3');
    const completeness = { kind: 'partial', reason: 'Jira finds more than 20,000' } as const;
    assert.match(
      shown({ chosen, asked: { ...known, completeness } })[0] ?? '',
      /1 of 3, not all: Jira finds more than 20,000$/,
    );
    const refused = { ...known, ids: undefined, asOf: undefined, failure: { ...failure, kind: 'rejected' } as const };
    const rows = shown({ chosen, asked: refused });
    assert.deepEqual([rows[0], rows.length], ['$(warning) Filter: labels is EMPTY  Rejected by Jira.', 4]);
  });

  it('is shown wherever it hides all tickets, with the way to show all', () => {
    const chosen = { kind: 'text', text: 'no such words' } as const;
    assert.deepEqual(shown({ chosen }), [
      'The filter hides all tickets of DRE-350 (3).',
      '$(filter-filled) Filter: no such words  0 of 3',
      '$(clear-all) Show all tickets',
    ]);
    const failure = { kind: 'unreachable', service: 'jira', operation: 'search tickets' } as const;
    for (const state of [
      { records: [] },
      { records: [], status: 'neverLoaded', asOf: undefined },
      { records: [], status: 'failing', failure },
      { status: 'failing', failure },
    ] as const) {
      const rows = shown({ chosen, state });
      assert.ok(
        rows.some((row) => row.includes('Filter: no such words')),
        rows.join('\n'),
      );
    }
  });
});

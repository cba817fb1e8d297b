import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { hour } from '../../../../src/domain/base/time.ts';
import type { ProposalGrouping } from '../../../../src/domain/proposals/groupings.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { decidedProposalsKey } from '../../../../src/feeds/proposals/decidedKey.ts';
import { proposalsKey } from '../../../../src/feeds/proposals/proposals.ts';
import type { ChosenFilter } from '../../../../src/views/kit/filter.ts';
import type { Row, ViewModel } from '../../../../src/views/kit/row.ts';
import { activeProposalFilter } from '../../../../src/views/proposals/filters.ts';
import { proposalsView } from '../../../../src/views/proposals/view.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { proposal } from '../../../support/feeds/linkRecords.ts';
import { wednesday } from '../../../support/feeds/rolloutBuilder.ts';

const from = { now: wednesday, timeZone: 'UTC' };
const ours = 80n;
const tally = { yes: 0n, no: 1n, total: 1_000n, at: wednesday };
const soon = { deadline: wednesday + hour, tally };
const open = [
  proposal(1n, { title: 'Update subnet o3ow2', topic: 12, proposer: ours, ...soon }),
  proposal(2n, { title: 'Replace a node in subnet snjp4', topic: 7, proposer: 4_711n, ...soon }),
  proposal(3n, { title: 'A motion', topic: 1, proposer: undefined }),
];
const decided = [
  proposal(8n, { title: 'Update subnet pae4o', topic: 12, proposer: 4_711n, status: 'executed', endedAt: wednesday }),
  proposal(9n, { title: 'Update subnet opn46', topic: 12, proposer: ours, status: 'executed', endedAt: wednesday }),
];

function view(chosen: ChosenFilter | undefined, grouping: ProposalGrouping = 'deadline'): ViewModel {
  const store = new Store<Failure>(rethrow);
  store.update(proposalsKey, { status: 'fresh', asOf: wednesday, records: open });
  store.update(decidedProposalsKey, { status: 'fresh', asOf: wednesday, records: decided });
  const filter = chosen && activeProposalFilter(chosen, [{ name: 'Nodes', query: 'node' }], [ours]);
  return proposalsView(store.state(proposalsKey), from, undefined, undefined, {
    decided: store.state(decidedProposalsKey),
    proposers: [ours],
    grouping,
    filter,
  });
}

/** Labels as an outline, of proposals their ids. */
function outline(rows: readonly Row[]): readonly string[] {
  return rows.flatMap(({ id, label, record, children = [] }) => [
    record === undefined ? label : id,
    ...outline(children).map((line) => `  ${line}`),
  ]);
}

describe('a filter of the Proposals view', () => {
  it('shows what has all of the words, also of what was decided, and says above it that it is on', () => {
    const { rows } = view({ kind: 'text', text: 'update subnet' });
    assert.deepEqual(outline(rows), ['Filter: update subnet', 'proposal/1', 'Decided', '  decided/9', '  decided/8']);
    assert.deepEqual([rows[0]?.description, rows[0]?.command], ['1 of 3', 'drDre.proposals.filter']);
  });

  it('shows the proposals of our own proposers', () => {
    const { rows } = view({ kind: 'mine' });
    assert.deepEqual(outline(rows), ['Filter: Ours', 'proposal/1', 'Decided', '  decided/9']);
  });

  it('says of each part that it is hidden, with the way to all of it', () => {
    const { rows, message } = view({ kind: 'text', text: 'no such words' });
    assert.equal(message, 'The filter hides all proposals (3).');
    assert.deepEqual(outline(rows), [
      'Filter: no such words',
      'Show all proposals',
      'Decided',
      '  The filter hides all decided proposals (2).',
    ]);
  });

  it('changes no badge', () => {
    const whole = view(undefined).badge;
    assert.equal(whole?.value, 2);
    for (const chosen of [
      { kind: 'saved', name: 'Nodes' },
      { kind: 'text', text: 'nothing' },
    ] as const) {
      assert.deepEqual(view(chosen).badge, whole);
    }
  });
});

describe('groups of the Proposals view', () => {
  it('are by topic, with the topics of the team first and open', () => {
    const { rows } = view(undefined, 'topic');
    assert.deepEqual(outline(rows.slice(0, 3)), [
      ...['IC OS Version Deployment', '  proposal/1', 'Subnet Management', '  proposal/2'],
      ...['Neuron Management', '  proposal/3'],
    ]);
    assert.deepEqual(
      rows.slice(0, 3).map(({ expanded }) => expanded),
      [true, true, false],
    );
  });

  it('are by who made them, ours first', () => {
    assert.deepEqual(outline(view(undefined, 'proposer').rows.slice(0, 3)), [
      ...['Ours', '  proposal/1', 'Neuron 4711', '  proposal/2', 'Proposer unknown', '  proposal/3'],
    ]);
  });
});

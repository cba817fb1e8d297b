import assert from 'node:assert/strict';
import { knowledgeOf } from '../../../../src/domain/links/knowledge.ts';
import { Subjects } from '../../../../src/domain/links/subjects.ts';
import { rolloutKey } from '../../../../src/domain/releases/rollout.ts';
import { rowId } from '../../../../src/domain/releases/timeline/rowId.ts';
import { originVariables } from '../../../../src/dre/environment.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { runContext, type ContextRecords, type RunContext } from '../../../../src/views/operations/context.ts';
import { joinLinks } from '../../../support/feeds/joinLinks.ts';
import { alert, proposal, subnets, ticket, weekRollout } from '../../../support/feeds/linkRecords.ts';
import { revision, wednesday } from '../../../support/feeds/rolloutBuilder.ts';

const [first = '', second = ''] = subnets;
const alertId = '70413a06-38d6-4c85-92b8-5ebc900d42e2-1574670000000';

const rollout = weekRollout();
const records = {
  alerts: [alert(alertId, { tinyId: '4711', message: `Subnet ${first} is slow` })],
  tickets: [ticket('DRE-7', { summary: `Replace a node of ${first} and ${second}: proposal 143590` })],
  proposals: [proposal(143_590n, { title: `Change the nodes of ${second}` })],
  rollouts: [rollout],
  pullRequests: [],
};
const known = knowledgeOf({ ...records, epic: 'DRE-350', repository: 'dfinity/dre' });

function contextOf(rows: readonly Pick<Row, 'record' | 'batch' | 'copied'>[], isJoined = true): RunContext {
  const { alerts, tickets, proposals } = records;
  const all: ContextRecords = {
    alerts: new Map(alerts.map((each) => [each.id, each])),
    tickets: new Map(tickets.map((each) => [each.key, each])),
    proposals: new Map(proposals.map((each) => [`${each.id}`, each])),
    rollouts: new Map([[rolloutKey(rollout), rollout]]),
    links: isJoined ? joinLinks(records, new Subjects(known)) : undefined,
    now: wednesday,
  };
  return runContext(
    rows.map((row) => ({ id: 'row', label: '', tokens: [], ...row })),
    all,
  );
}

/** The subjects as "subnet tdb26-…". */
function subjectsOf({ about }: RunContext): readonly string[] {
  return [...new Set(about.subjects.map(({ kind, id }) => `${kind} ${id}`))].sort();
}

describe('where an operation is chosen from', () => {
  it('is an alert with its places', () => {
    const context = contextOf([{ record: { kind: 'alert', key: alertId } }]);
    assert.deepEqual(context.origin, { startedFrom: 'alert #4711', alertId });
    assert.deepEqual(subjectsOf(context), [`subnet ${first}`]);
    assert.deepEqual(originVariables(context.origin), { DRE_ALERT_ID: alertId });
  });

  it('is a ticket with what its text names', () => {
    const context = contextOf([{ record: { kind: 'ticket', key: 'DRE-7' } }]);
    assert.deepEqual(context.origin, { startedFrom: 'ticket DRE-7', ticket: 'DRE-7' });
    assert.deepEqual(subjectsOf(context), ['proposal 143590', `subnet ${first}`, `subnet ${second}`].sort());
    assert.deepEqual(originVariables(context.origin), { DRE_TICKET: 'DRE-7' });
  });

  it('is a proposal, also one that no list has, with its places', () => {
    const context = contextOf([{ record: { kind: 'proposal', key: '143590' } }]);
    assert.deepEqual(subjectsOf(context), ['proposal 143590', `subnet ${second}`]);
    assert.deepEqual(originVariables(context.origin), { DRE_PROPOSAL: '143590' });
    const other = contextOf([{ record: { kind: 'proposal', key: '9007199254740993' } }]);
    assert.deepEqual(subjectsOf(other), ['proposal 9007199254740993']);
  });

  it('is a batch with its subnets, or one of them', () => {
    const [batch = assert.fail('there is no batch'), later = assert.fail('there is one batch')] = rollout.batches;
    const record = { kind: 'rollout', key: rolloutKey(rollout) } as const;
    const context = contextOf([{ record, batch: rowId(later) }]);
    assert.deepEqual(context.origin, { startedFrom: `batch 12 of ${rollout.name}`, rollout: rollout.name });
    assert.deepEqual(subjectsOf(context), later.targets.map(({ id }) => `subnet ${id}`).sort());
    assert.equal(context.about.version, revision);
    const one = contextOf([{ record, batch: rowId(batch), copied: first }]);
    assert.deepEqual(
      [one.origin.startedFrom, subjectsOf(one)],
      [`subnet ${first.split('-')[0] ?? ''}`, [`subnet ${first}`]],
    );
    const two = contextOf([
      { record, batch: rowId(batch), copied: first },
      { record, batch: rowId(batch), copied: second },
    ]);
    assert.deepEqual(subjectsOf(two), [`subnet ${first}`, `subnet ${second}`].sort());
    assert.equal(two.about.version, revision);
  });

  it('keeps its origin while the records are not joined, and is nothing for other rows and odd keys', () => {
    const context = contextOf([{ record: { kind: 'ticket', key: 'DRE-7' } }], false);
    assert.deepEqual([context.origin.ticket, context.about.subjects], ['DRE-7', []]);
    const nothing = { origin: {}, about: { subjects: [] } };
    assert.deepEqual(contextOf([]), nothing);
    assert.deepEqual(contextOf([{ record: { kind: 'run', key: 'r1' } }]), nothing);
    assert.deepEqual(contextOf([{ record: { kind: 'alert', key: '$(reboot)' } }]), nothing);
  });
});

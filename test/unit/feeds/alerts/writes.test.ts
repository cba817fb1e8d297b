import assert from 'node:assert/strict';
import type { Alert } from '../../../../src/domain/alerts/alert.ts';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { WriteKind } from '../../../../src/engine/writes/kind.ts';
import { alertWrites } from '../../../../src/feeds/alerts/writes.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';

const dana = { accountId: '1', name: 'Dana', timeZone: undefined };
const kinds = alertWrites({
  ops: () => Promise.reject(new Error('nothing is sent here')),
  around: () => ({
    account: dana,
    people: [
      { accountId: '2', name: 'Eli' },
      { accountId: '3', name: 'Noor' },
      { accountId: '4', name: 'Noor' },
    ],
  }),
  readAgain: () => undefined,
  noted: () => undefined,
});

function undo<P>(kind: WriteKind<Alert, P, Failure>, before: Alert, payload: P): readonly unknown[] | undefined {
  const request = kind.undo?.(before, payload);
  return request === undefined ? undefined : [request.kind, request.payload];
}

const acknowledged = { status: 'acknowledged', owner: 'Dana' } as const;

describe('undoing writes to alerts', () => {
  it('gives back what was, where the service can', () => {
    assert.deepEqual(undo(kinds.acknowledge, alert('a'), null), ['alerts.unacknowledge', null]);
    assert.deepEqual(undo(kinds.unacknowledge, alert('a', acknowledged), null), ['alerts.acknowledge', null]);
    assert.deepEqual(undo(kinds.assign, alert('a', { owner: 'Eli' }), { accountId: '1', name: 'Dana' }), [
      'alerts.assign',
      { accountId: '2', name: 'Eli' },
    ]);
    assert.deepEqual(undo(kinds.addTags, alert('a', { tags: ['x'] }), { tags: ['x', 'y'] }), [
      'alerts.removeTags',
      { tags: ['y'] },
    ]);
    assert.deepEqual(undo(kinds.removeTags, alert('a', { tags: ['x'] }), { tags: ['x', 'y'] }), [
      'alerts.addTags',
      { tags: ['x'] },
    ]);
    assert.deepEqual(undo(kinds.setPriority, alert('a'), { priority: 'P1' }), [
      'alerts.setPriority',
      { priority: 'P3' },
    ]);
    assert.deepEqual(undo(kinds.snooze, alert('a', { status: 'snoozed', snoozedUntil: 7 }), { until: 9 }), [
      'alerts.snooze',
      { until: 7 },
    ]);
  });

  it('is not offered where it would not give back what was', () => {
    const snoozed = alert('a', { status: 'snoozed', snoozedUntil: 7 });
    assert.equal(undo(kinds.acknowledge, snoozed, null), undefined, 'the snooze is gone');
    assert.equal(undo(kinds.unacknowledge, alert('a', { ...acknowledged, owner: 'Eli' }), null), undefined, 'whose');
    assert.equal(undo(kinds.assign, alert('a'), { accountId: '1', name: 'Dana' }), undefined, 'nobody had it');
    assert.equal(undo(kinds.assign, alert('a', { owner: 'Noor' }), { accountId: '1', name: 'Dana' }), undefined);
    assert.equal(undo(kinds.snooze, alert('a'), { until: 9 }), undefined, 'nothing ends a snooze');
    assert.equal(undo(kinds.addTags, alert('a', { tags: ['x'] }), { tags: ['x'] }), undefined, 'nothing was added');
    assert.equal(undo(kinds.close, alert('a'), null), undefined);
    assert.equal(undo(kinds.escalate, alert('a'), { escalationId: 'e', name: 'E' }), undefined);
  });
});

describe('payloads of writes to alerts from the disk', () => {
  it('are taken as they were written, and refused when they are anything else', () => {
    const good: readonly [{ readonly name: string; readPayload(value: unknown): unknown }, unknown][] = [
      [kinds.close, null],
      [kinds.snooze, { until: 5 }],
      [kinds.snooze, { until: 5, forMs: 3 }],
      [kinds.assign, { accountId: '1', name: 'Dana' }],
      [kinds.escalate, { escalationId: 'e', name: 'E' }],
      [kinds.addTags, { tags: ['x'] }],
      [kinds.setPriority, { priority: 'P2' }],
      [kinds.addNote, { text: 'Looking.' }],
    ];
    for (const [kind, payload] of good) {
      assert.deepEqual(kind.readPayload(payload), payload, kind.name);
      for (const bad of [undefined, 'x', [], {}, { until: '5' }, { tags: [] }, { tags: [' '] }, { priority: 'P6' }]) {
        assert.equal(kind.readPayload(bad), undefined, `${kind.name} ${JSON.stringify(bad)}`);
      }
    }
  });
});

describe('the names of writes to alerts', () => {
  it('are still those of the writes that an earlier release may have left on disk', () => {
    const names: ReadonlySet<string> = new Set(Object.values(kinds).map(({ name }) => name));
    const saved = [
      ...['acknowledge', 'addNote', 'addNoteAfter', 'addTags', 'assign', 'close', 'escalate', 'removeTags'],
      ...['setPriority', 'snooze', 'unacknowledge'],
    ];
    for (const name of saved) assert.ok(names.has(`alerts.${name}`), name);
  });
});

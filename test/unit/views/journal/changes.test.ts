import assert from 'node:assert/strict';
import type { Proposal } from '../../../../src/domain/proposals/proposal.ts';
import type { Ticket } from '../../../../src/domain/queue/ticket.ts';
import { minute, second } from '../../../../src/domain/base/time.ts';
import {
  isRecorded,
  recordChanges,
  type CurrentRecords,
  type Recorded,
} from '../../../../src/views/journal/changes.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { proposal as anyProposal, ticket as anyTicket } from '../../../support/feeds/linkRecords.ts';
import { rollout } from '../../../support/feeds/rolloutBuilder.ts';

const start = Date.UTC(2026, 7, 26, 13, 50, 11);
const links = { alert: (id: string) => `https://alerts/${id}`, ticket: (key: string) => `https://tickets/${key}` };

const nothing: CurrentRecords = {
  scope: 'w',
  alerts: undefined,
  proposals: undefined,
  tickets: undefined,
  rollouts: undefined,
};

/** Records again and again; what was recorded goes through JSON in between. */
function recorder(): (found: Partial<CurrentRecords>, now?: number) => readonly string[] {
  let kept: Recorded | undefined;
  return (found, now = start) => {
    const { entries, state } = recordChanges(kept, { ...nothing, ...found }, links, now);
    const read: unknown = JSON.parse(JSON.stringify(state));
    assert.ok(isRecorded(read));
    kept = read;
    return entries.map(({ what, title, link }) => `${what} ${title}${link === undefined ? '' : ` ${link}`}`);
  };
}

const proposal = (id: bigint, topic: number): Proposal =>
  anyProposal(id, { topic, title: 'Elect', nnsFunction: undefined, createdAt: start });
const ticket = (key: string): Ticket => anyTicket(key, { summary: 'Do it', createdAt: start, updatedAt: start });

describe('changes in the journal', () => {
  it('are none the first time, then each alert once', () => {
    const record = recorder();
    const [old, late, next] = [
      alert('old', { createdAt: start - minute }),
      alert('late', { createdAt: start - 2 * minute, message: 'a late one' }),
      alert('next', { createdAt: start + second, priority: 'P1', message: 'down' }),
    ];
    assert.deepEqual(record({ alerts: [old] }), []);
    assert.deepEqual(record({ alerts: [old, late] }), ['came P3 “a late one” https://alerts/late']);
    assert.deepEqual(record({ alerts: [old, next] }, start + minute), ['came P1 “down” https://alerts/next']);
    assert.deepEqual(record({ alerts: [old, late, next] }, start + 2 * minute), [], 'one that was missing for a while');
  });

  it('are one line for a storm, and lines of their own for the urgent alerts in it', () => {
    const record = recorder();
    record({ alerts: [] });
    const storm = Array.from({ length: 2_000 }, (_, index) => alert(`${index}`, { createdAt: start + index * 30 }));
    const urgent = alert('u', { priority: 'P1', createdAt: start });
    assert.deepEqual(record({ alerts: [urgent, ...storm] }, start + minute), [
      'came P1 “alert u” https://alerts/u',
      'came 2,000 alerts (2,000 P3)',
    ]);
    assert.deepEqual(record({ alerts: [urgent, ...storm] }, start + 2 * minute), []);
  });

  it('leave out a ticket that was created from here, which has a line already, both then and later', () => {
    const record = recorder();
    record({ tickets: [ticket('DRE-1')] });
    const tickets = [ticket('DRE-1'), ticket('DRE-2'), ticket('DRE-3')];
    const changes = record({ tickets, createdTickets: new Set(['DRE-2']) });
    assert.deepEqual(changes, ['came ticket DRE-3 “Do it” https://tickets/DRE-3']);
    assert.deepEqual(record({ tickets }), []);
  });

  it('are those of proposals of the topics of the team, tickets, and states of rollouts', () => {
    const record = recorder();
    const before = rollout({ name: 'rc--2026-08-20', state: 'upgrading_subnets' });
    record({ proposals: [proposal(1n, 13)], tickets: [ticket('DRE-1')], rollouts: [before] });
    const found = {
      proposals: [proposal(1n, 13), proposal(2n, 13), proposal(3n, 2)],
      tickets: [ticket('DRE-1'), ticket('DRE-2')],
      rollouts: [{ ...before, state: 'problem' as const }],
    };
    assert.deepEqual(record(found), [
      'came proposal 2 “Elect” (IC OS Version Election) https://dashboard.internetcomputer.org/proposal/2',
      'came ticket DRE-2 “Do it” https://tickets/DRE-2',
      'came rollout rc--2026-08-20 (GuestOS): problem',
    ]);
    assert.deepEqual(record(found), []);
    assert.deepEqual(record({ rollouts: [] }), []);
    assert.deepEqual(record(found), [], 'what was missing from one answer has not come again');
  });

  it('are none the second time, with more records than are kept of those that are gone', () => {
    const record = recorder();
    const tickets = Array.from({ length: 6_000 }, (_, index) => ticket(`DRE-${index}`));
    record({ tickets });
    assert.deepEqual(record({ tickets }), []);
    assert.equal(record({ tickets: [...tickets, ticket('DRE-6000')] }).length, 1);
    assert.deepEqual(record({ tickets }), []);
  });

  it('leave what was recorded as it is when there are none, so that nothing has to be written', () => {
    const found = { scope: 'w', alerts: [alert('a')], proposals: [proposal(1n, 13)], tickets: [ticket('DRE-1')] };
    const sources = { ...found, rollouts: [rollout({ name: 'rc--2026-08-20' })] };
    const { state } = recordChanges(undefined, sources, links, start);
    assert.equal(recordChanges(state, sources, links, start).state, state);
    assert.notEqual(recordChanges(state, { ...sources, tickets: [ticket('DRE-2')] }, links, start).state, state);
  });

  it('begin anew when the settings point to other services', () => {
    const record = recorder();
    record({ tickets: [ticket('DRE-1')] });
    assert.deepEqual(record({ scope: 'other', tickets: [ticket('OPS-1'), ticket('OPS-2')] }), []);
    assert.deepEqual(record({ scope: 'other', tickets: [ticket('OPS-1'), ticket('OPS-3')] }).length, 1);
  });
});

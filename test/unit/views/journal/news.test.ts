import assert from 'node:assert/strict';
import type { Proposal } from '../../../../src/domain/proposals/proposal.ts';
import type { Ticket } from '../../../../src/domain/queue/ticket.ts';
import { minute, second } from '../../../../src/domain/base/time.ts';
import { isNewsState, news, type NewsSources, type NewsState } from '../../../../src/views/journal/news.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { rollout } from '../../../support/feeds/rolloutBuilder.ts';

const start = Date.UTC(2026, 7, 26, 13, 50, 11);
const links = { alert: (id: string) => `https://alerts/${id}`, ticket: (key: string) => `https://tickets/${key}` };

/** Looks again and again, with what was noted going through JSON in between. */
function keeper(): (found: Partial<NewsSources>, now?: number) => readonly string[] {
  let kept: NewsState | undefined;
  return (found, now = start) => {
    const { entries, state } = news(kept, { world: 'w', ...found }, links, now);
    const read: unknown = JSON.parse(JSON.stringify(state));
    assert.ok(isNewsState(read));
    kept = read;
    return entries.map(({ what, title, link }) => `${what} ${title}${link === undefined ? '' : ` ${link}`}`);
  };
}

const proposal = (id: bigint, topic: number): Proposal => ({
  ...{ id, topic, title: 'Elect', summary: '', url: '', status: 'open', proposer: undefined, createdAt: start },
  ...{ deadline: undefined, tally: undefined, action: undefined, nnsFunction: undefined },
});
const ticket = (key: string): Ticket => ({
  ...{ id: key, key, summary: 'Do it', type: 'Task', priority: undefined, assignee: undefined, labels: [] },
  ...{ flagged: false, blockedBy: [], links: [], createdAt: start, updatedAt: start },
  status: { id: '1', name: 'To Do', category: 'new' },
});

describe('what came', () => {
  it('is nothing at the first look, then each alert once', () => {
    const look = keeper();
    const [old, late, next] = [
      alert('old', { createdAt: start - minute }),
      alert('late', { createdAt: start - 2 * minute, message: 'a late one' }),
      alert('next', { createdAt: start + second, priority: 'P1', message: 'down' }),
    ];
    assert.deepEqual(look({ alerts: [old] }), []);
    assert.deepEqual(look({ alerts: [old, late] }), ['came P3 “a late one” https://alerts/late']);
    assert.deepEqual(look({ alerts: [old, next] }, start + minute), ['came P1 “down” https://alerts/next']);
    assert.deepEqual(look({ alerts: [old, late, next] }, start + 2 * minute), [], 'one that was missing for a while');
  });

  it('is one line for a storm, and those of its own for what is urgent in it', () => {
    const look = keeper();
    look({ alerts: [] });
    const storm = Array.from({ length: 2_000 }, (_, index) => alert(`${index}`, { createdAt: start + index * 30 }));
    const urgent = alert('u', { priority: 'P1', createdAt: start });
    assert.deepEqual(look({ alerts: [urgent, ...storm] }, start + minute), [
      'came P1 “alert u” https://alerts/u',
      'came 2,000 alerts (2,000 P3)',
    ]);
    assert.deepEqual(look({ alerts: [urgent, ...storm] }, start + 2 * minute), []);
  });

  it('is proposals of the topics of the team, tickets, and states of rollouts', () => {
    const look = keeper();
    const before = rollout({ name: 'rc--2026-08-20', state: 'upgrading_subnets' });
    look({ proposals: [proposal(1n, 13)], tickets: [ticket('DRE-1')], rollouts: [before] });
    const found = {
      proposals: [proposal(1n, 13), proposal(2n, 13), proposal(3n, 2)],
      tickets: [ticket('DRE-1'), ticket('DRE-2')],
      rollouts: [{ ...before, state: 'problem' as const }],
    };
    assert.deepEqual(look(found), [
      'came proposal 2 “Elect” (IC OS Version Election) https://dashboard.internetcomputer.org/proposal/2',
      'came ticket DRE-2 “Do it” https://tickets/DRE-2',
      'came rollout rc--2026-08-20 (GuestOS): problem',
    ]);
    assert.deepEqual(look(found), []);
    assert.deepEqual(look({ rollouts: [] }), []);
    assert.deepEqual(look(found), [], 'what was missing from one answer has not come again');
  });

  it('is nothing at the second look at more than are remembered of those that went', () => {
    const look = keeper();
    const tickets = Array.from({ length: 6_000 }, (_, index) => ticket(`DRE-${index}`));
    look({ tickets });
    assert.deepEqual(look({ tickets }), []);
    assert.equal(look({ tickets: [...tickets, ticket('DRE-6000')] }).length, 1);
    assert.deepEqual(look({ tickets }), []);
  });

  it('leaves what was noted as it is when nothing came, so that nothing has to be written', () => {
    const found = { world: 'w', alerts: [alert('a')], proposals: [proposal(1n, 13)], tickets: [ticket('DRE-1')] };
    const sources = { ...found, rollouts: [rollout({ name: 'rc--2026-08-20' })] };
    const { state } = news(undefined, sources, links, start);
    assert.equal(news(state, sources, links, start).state, state);
    assert.notEqual(news(state, { ...sources, tickets: [ticket('DRE-2')] }, links, start).state, state);
  });

  it('begins anew when the settings point to another world', () => {
    const look = keeper();
    look({ tickets: [ticket('DRE-1')] });
    assert.deepEqual(look({ world: 'other', tickets: [ticket('OPS-1'), ticket('OPS-2')] }), []);
    assert.deepEqual(look({ world: 'other', tickets: [ticket('OPS-1'), ticket('OPS-3')] }).length, 1);
  });
});

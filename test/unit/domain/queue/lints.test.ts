import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { day, hour } from '../../../../src/domain/base/time.ts';
import { complete } from '../../../../src/domain/base/listed.ts';
import {
  asksForProposal,
  lintsOf,
  tendedToday,
  ticketLints,
  type LintKnowledge,
} from '../../../../src/domain/queue/lints.ts';
import { requestSections, type TicketTexts } from '../../../../src/domain/queue/texts.ts';
import type { Ticket } from '../../../../src/domain/queue/ticket.ts';
import { ticket } from '../../../support/feeds/linkRecords.ts';
import { settingProperties } from '../../../support/manifest/settings.ts';
import { runs } from '../../../support/base/runs.ts';

const now = Date.parse('2026-08-26T13:50:00Z');
const dana = { accountId: 'dana', name: 'Dana Oncall' };
const toDo = { id: '1', name: 'To Do', category: 'new' } as const;
const doing = { id: '2', name: 'In Progress', category: 'indeterminate' } as const;
const done = { id: '3', name: 'Done', category: 'done' } as const;

/** Texts in which nothing is wrong. */
const good: TicketTexts = {
  key: 'DRE-1',
  updatedAt: now,
  described: true,
  sections: { requirements: true, outcome: true },
  commented: true,
  reasoned: true,
  named: { numbers: [], isWhole: true },
  rescoped: false,
};
const nothingKnown: LintKnowledge = { now, quietAfterMs: day, texts: undefined, proposals: [] };

function lints(more: Partial<Ticket>, known: Partial<LintKnowledge> = {}): readonly string[] {
  return lintsOf(ticket('DRE-1', { assignee: dana, updatedAt: now, ...more }), { ...nothingKnown, ...known });
}

describe('the lints of a ticket', () => {
  it('are none for a ticket that follows the guidelines', () => {
    for (const status of [toDo, doing, done]) assert.deepEqual(lints({ status }, { texts: good }), []);
  });

  it('say that nobody is assigned, unless it is done', () => {
    assert.deepEqual(lints({ assignee: undefined }), ['unassigned']);
    assert.deepEqual(lints({ assignee: undefined, status: done }), []);
  });

  it('say that one in progress was not updated for so long, to the millisecond', () => {
    assert.deepEqual(lints({ status: doing, updatedAt: now - day }), ['quiet']);
    assert.deepEqual(lints({ status: doing, updatedAt: now - day + 1 }), []);
    assert.deepEqual(lints({ status: doing, updatedAt: now - 3 * hour }, { quietAfterMs: 2 * hour }), ['quiet']);
    for (const status of [toDo, done]) assert.deepEqual(lints({ status, updatedAt: now - 9 * day }), []);
  });

  it('report a flag without a reason: no comment since, and no ticket that blocks it', () => {
    const texts = { ...good, reasoned: false };
    const blocker = { relation: 'is blocked by', key: 'DRE-9', summary: '', status: doing };
    assert.deepEqual(lints({ flagged: true }, { texts }), ['unexplained']);
    assert.deepEqual(lints({ flagged: true, blockedBy: [blocker] }, { texts }), []);
    assert.deepEqual(lints({ flagged: true }, { texts: good }), []);
    assert.deepEqual(lints({ flagged: true, status: done }, { texts }), []);
  });

  it('report a request for a proposal that lacks requirements or the expected outcome', () => {
    const labels = ['proposal'];
    for (const sections of [
      { requirements: false, outcome: true },
      { requirements: true, outcome: false },
    ]) {
      assert.deepEqual(lints({ labels }, { texts: { ...good, sections } }), ['unclear']);
      assert.deepEqual(lints({}, { texts: { ...good, sections } }), []);
    }
  });

  it('report a ticket in progress that nobody could take over', () => {
    const texts = { ...good, described: false, commented: false };
    assert.deepEqual(lints({ status: doing }, { texts }), ['noContext']);
    assert.deepEqual(lints({ status: doing }, { texts: { ...texts, commented: true } }), []);
    assert.deepEqual(lints({ status: toDo }, { texts }), []);
  });

  it('say that the scope has changed', () => {
    assert.deepEqual(lints({}, { texts: { ...good, rescoped: true } }), ['scopeChanged']);
  });

  it('compare with the proposals that the ticket names', () => {
    const [open, executed, rejected] = (['open', 'executed', 'rejected'] as const).map((status) => ({ status }));
    assert.deepEqual(lints({ status: done }, { proposals: [executed, open] }), ['proposalOpen']);
    assert.deepEqual(lints({}, { proposals: [executed] }), ['proposalExecuted']);
    assert.deepEqual(lints({}, { proposals: [executed, rejected] }), []);
    assert.deepEqual(lints({ status: done }, { proposals: [executed] }), []);
  });

  it('say nothing of what is not known', () => {
    const texts = { ...good, commented: undefined, reasoned: undefined, rescoped: undefined, described: false };
    assert.deepEqual(lints({ status: doing, flagged: true, labels: ['proposal'] }, { texts }), []);
    assert.deepEqual(lints({ status: doing, flagged: true, labels: ['proposal'] }), []);
    for (const status of [doing, done]) assert.deepEqual(lints({ status }, { proposals: [undefined] }), []);
    assert.deepEqual(lints({}, { proposals: [{ status: 'executed' }, undefined] }), []);
  });

  it('never report texts or proposals that were not read, whatever the ticket is', () => {
    const fromList = new Set(['unassigned', 'quiet']);
    fc.assert(
      fc.property(
        fc.constantFrom(toDo, doing, done),
        fc.boolean(),
        fc.boolean(),
        fc.array(fc.constantFrom('proposal', 'ci'), { maxLength: 3 }),
        fc.integer({ min: -2 * day, max: 9 * day }),
        (status, flagged, isTaken, labels, agoMs) => {
          const assignee = isTaken ? dana : undefined;
          const found = lints({ status, flagged, labels, assignee, updatedAt: now - agoMs });
          assert.ok(found.every((lint) => fromList.has(lint)));
          // In the order of their urgency, each once.
          assert.deepEqual(
            found,
            ticketLints.filter((lint) => found.includes(lint)),
          );
        },
      ),
      runs(200),
    );
  });
});

it('the lints of the queue are those of the setting', () => {
  const switches = settingProperties['drDre.queue.lints']?.default ?? {};
  assert.deepEqual(Object.keys(switches).toSorted(), ['notTended', ...ticketLints].toSorted());
});

describe('a request for a proposal', () => {
  it('is recognized by its labels or the beginning of its summary', () => {
    for (const labels of [['proposal'], ['ci', 'proposal-request'], ['NNS-proposals']]) {
      assert.equal(asksForProposal({ labels, summary: 'Onboard dm9' }), true);
    }
    for (const summary of ['Weekly proposals: topology', 'Submit the proposal for dm9', '[Proposal] Firewall rules']) {
      assert.equal(asksForProposal({ labels: [], summary }), true, summary);
    }
    for (const summary of ['Votes on the proposals of the weekend were late', 'Node is dead', 'Submit the report']) {
      assert.equal(asksForProposal({ labels: ['ci'], summary }), false, summary);
    }
  });

  it('has its parts behind their titles or below them, and none where nothing stands there', () => {
    const both = { requirements: true, outcome: true };
    assert.deepEqual(requestSections('Requirements\nTwo nodes in dm9\nExpected outcome\nThe subnet has 15'), both);
    assert.deepEqual(requestSections('**Requirements:** two nodes\n\n## Expected result: a larger subnet'), both);
    assert.deepEqual(requestSections('Requirements\n\nExpected outcome\n—'), { requirements: false, outcome: false });
    assert.deepEqual(requestSections('It must be done soon.'), { requirements: false, outcome: false });
    assert.deepEqual(requestSections(''), { requirements: false, outcome: false });
  });
});

describe('whether the queue was tended today', () => {
  const list = { skipped: 0, completeness: complete, asOf: now };
  const tended = (updatedAt: string, timeZone: string, more = {}): boolean | undefined =>
    tendedToday({ ...list, ...more }, [ticket('DRE-1', { updatedAt: Date.parse(updatedAt) })], { now, timeZone });

  it('counts the day of the person', () => {
    // 13:50 in UTC is the next day in Auckland already, and still the same early morning in Honolulu.
    assert.equal(tended('2026-08-26T00:00:00Z', 'UTC'), true);
    assert.equal(tended('2026-08-25T23:59:59Z', 'UTC'), false);
    assert.equal(tended('2026-08-25T22:30:00Z', 'Europe/Zurich'), true);
    assert.equal(tended('2026-08-26T11:59:59Z', 'Pacific/Auckland'), false);
    assert.equal(tended('2026-08-26T12:00:00Z', 'Pacific/Auckland'), true);
    assert.equal(tended('2026-08-26T09:59:59Z', 'Pacific/Honolulu'), false);
    assert.equal(tended('2026-08-26T10:00:00Z', 'Pacific/Honolulu'), true);
  });

  it('is not known from an old list or a part of one, nor for an empty queue', () => {
    const yesterday = '2026-08-25T12:00:00Z';
    assert.equal(tended(yesterday, 'UTC', { asOf: now - day }), undefined);
    assert.equal(tended(yesterday, 'UTC', { asOf: undefined }), undefined);
    assert.equal(tended(yesterday, 'UTC', { skipped: 1 }), undefined);
    const completeness = { kind: 'partial', reason: 'cut' };
    assert.equal(tended(yesterday, 'UTC', { completeness }), undefined);
    // One that was updated is proof enough.
    assert.equal(tended('2026-08-26T08:00:00Z', 'UTC', { completeness }), true);
    assert.equal(tendedToday(list, [], { now, timeZone: 'UTC' }), undefined);
  });
});

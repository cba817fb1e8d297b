import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { hour } from '../../../../src/domain/base/time.ts';
import type { Ticket } from '../../../../src/domain/queue/ticket.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { proposalsKey } from '../../../../src/feeds/proposals/proposals.ts';
import { queueKey } from '../../../../src/feeds/queue/queue.ts';
import { TicketTextsReader } from '../../../../src/feeds/queue/texts.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { proposal, ticket } from '../../../support/feeds/linkRecords.ts';
import { host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { quickFix } = await import('../../../../src/ui/queue/quickFix.ts');
const { isNotTended, lintsNow } = await import('../../../../src/ui/queue/lints.ts');

const row: Row = { id: 'ticket/DRE-1', label: 'x', tokens: ['ticket'], record: { kind: 'ticket', key: 'DRE-1' } };
const doing = { id: '2', name: 'In Progress', category: 'indeterminate' } as const;

/** The parts of the command, with one ticket. */
function setUp(more: Partial<Ticket>, lints: Readonly<Record<string, boolean>> = {}) {
  const clock = new FakeClock();
  const store = new Store<Failure>(rethrow);
  const one = ticket('DRE-1', { updatedAt: clock.now(), ...more });
  store.update(queueKey, { status: 'fresh', asOf: clock.now(), records: [one] });
  const ran: string[] = [];
  const reader = new TicketTextsReader(() => Promise.reject(new Error('not asked')), store, clock, memoryLog());
  const named = [{ to: { kind: 'proposal', id: '7', proposal: proposal(7n) }, reason: { kind: 'names' } }];
  const links = { current: { gistOf: () => ({ strongest: named, alerts: 0 }) } as never };
  const parts = {
    clock,
    store,
    links,
    account: { current: undefined },
    settings: { current: { lints, quietAfterHours: 24 } },
    ticketTexts: () => Promise.resolve(reader),
    views: { selection: () => [], focusedRow: () => Promise.resolve(undefined) },
    commands: {
      run: (id: string) => {
        ran.push(id);
        return Promise.resolve();
      },
    },
  };
  return {
    clock,
    store,
    one,
    ran,
    parts,
    now: () => lintsNow({ ...parts, ticketTexts: reader }, one, { now: clock.now() }),
  };
}

describe('Quick Fix of a ticket', () => {
  let offered: readonly { readonly label: string; readonly description?: string }[] = [];
  beforeEach(() => {
    offered = [];
    host.pick = (items) => {
      offered = items;
      return items[0];
    };
  });
  afterEach(() => (host.pick = () => undefined));

  it('offers the verbs that put it right, each with its reason, and runs the chosen one', async () => {
    const { parts, ran } = setUp({});
    await quickFix(parts, [row]);
    assert.deepEqual(
      offered.map(({ label, description }) => [label, description]),
      [
        ['Assign Ticket to Me', 'Has no assignee'],
        ['Assign Ticket', 'Has no assignee'],
      ],
    );
    assert.deepEqual(ran, ['drDre.queue.assignToMe']);
  });

  it('does nothing when the person leaves, and says so where there is nothing to fix', async () => {
    const { parts, ran } = setUp({});
    host.pick = () => undefined;
    await quickFix(parts, [row]);
    const good = setUp({ assignee: { accountId: 'dana', name: 'Dana' } });
    await quickFix(good.parts, [row]);
    await quickFix(good.parts, []);
    assert.deepEqual([...ran, ...good.ran], []);
  });

  it('has no lint that is switched off', () => {
    assert.deepEqual(setUp({}).now(), ['unassigned']);
    assert.deepEqual(setUp({}, { unassigned: false }).now(), []);
  });

  it('compares with proposals only while their list is up to date', () => {
    const done = { status: { id: '3', name: 'Done', category: 'done' } } as const;
    const { store, clock, now } = setUp(done);
    store.update(proposalsKey, { status: 'fresh', asOf: clock.now(), records: [proposal(7n)] });
    assert.deepEqual(now(), ['proposalOpen']);
    store.update(proposalsKey, { status: 'failing' });
    assert.deepEqual(now(), []);
  });

  it('says that the queue was not tended, unless that is switched off', () => {
    const untended = { status: doing, updatedAt: new FakeClock().now() - 48 * hour };
    const isSaid = (lints: Readonly<Record<string, boolean>>): boolean => {
      const { parts, clock } = setUp(untended, lints);
      return isNotTended(parts, { now: clock.now(), timeZone: 'UTC' });
    };
    assert.equal(isSaid({}), true);
    assert.equal(isSaid({ notTended: false }), false);
  });
});

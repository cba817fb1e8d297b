import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { complete } from '../../../../src/domain/base/listed.ts';
import { fail, ok } from '../../../../src/domain/base/result.ts';
import { day, hour, minute } from '../../../../src/domain/base/time.ts';
import type { Proposal } from '../../../../src/domain/proposals/proposal.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { DecidedProposalsReader } from '../../../../src/feeds/proposals/decided.ts';
import { decidedProposalsKey } from '../../../../src/feeds/proposals/decidedKey.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { proposal } from '../../../support/feeds/linkRecords.ts';

/** A canister whose answers take so many pages. */
function setUp(pages: number, ...proposals: readonly Proposal[]) {
  const clock = new FakeClock();
  const store = new Store<Failure>(rethrow);
  const service = { asked: [] as number[], isDown: false };
  const governance = {
    listDecidedProposals(madeSince: number) {
      service.asked.push(madeSince);
      const failure: Failure = { kind: 'server', service: 'governance', operation: 'list decided proposals' };
      return Promise.resolve(
        service.isDown ? fail(failure) : ok({ records: proposals, skipped: 1, pages, completeness: complete }),
      );
    },
  };
  const client = () => Promise.resolve(governance as never);
  const reader = new DecidedProposalsReader(client, store, clock, memoryLog());
  /** Calls the reader whenever it asks to be called again. */
  async function run(ms: number): Promise<void> {
    const until = clock.now() + ms;
    for (;;) {
      const againMs = await reader.readWhenDue();
      assert.ok(againMs > 0);
      if (clock.now() + againMs >= until) return;
      await clock.advance(againMs);
    }
  }
  return { clock, store, service, reader, run, state: () => store.state(decidedProposalsKey) };
}

describe('reading the proposals that were decided lately', () => {
  it('keeps those of the last seven days, and asks for all that can have ended in them', async () => {
    const { clock, service, reader, state } = setUp(1);
    const now = clock.now();
    const records = [proposal(1n, { status: 'executed', endedAt: now - 6 * day })];
    const late = proposal(2n, { status: 'executed', endedAt: now - 8 * day });
    const filled = setUp(1, ...records, late, proposal(3n, { status: 'adopted' }));
    await filled.reader.readWhenDue();
    assert.deepEqual([...filled.state().records.keys()], ['1', '3']);
    assert.deepEqual([filled.state().status, filled.state().skipped, filled.state().asOf], ['fresh', 1, now]);
    await reader.readWhenDue();
    assert.deepEqual([service.asked, state().records.size], [[now - 15 * day], 0]);
  });

  it('makes six requests an hour at most, in however many pages the answer comes', async () => {
    for (const pages of [1, 2, 3, 6, 12]) {
      const { service, run } = setUp(pages);
      await run(6 * hour);
      assert.ok(service.asked.length * pages <= Math.max(36, pages) && service.asked.length > 0, `${pages} pages`);
    }
  });

  it('does not read what another window has read a moment ago', async () => {
    const { clock, store, service, reader } = setUp(1);
    store.update(decidedProposalsKey, { status: 'stale', asOf: clock.now() - minute, records: [] });
    assert.equal(await reader.readWhenDue(), 9 * minute);
    assert.deepEqual(service.asked, []);
  });

  it('keeps what was good beside a failure, and tries again in its time', async () => {
    const { clock, service, reader, state } = setUp(1, proposal(3n, { status: 'adopted' }));
    await reader.readWhenDue();
    service.isDown = true;
    await clock.advance(10 * minute);
    assert.equal(await reader.readWhenDue(), 10 * minute);
    assert.deepEqual([state().status, state().failure?.kind, state().records.size], ['failing', 'server', 1]);
    service.isDown = false;
    await clock.advance(10 * minute);
    await reader.readWhenDue();
    assert.deepEqual([state().status, state().failure], ['fresh', undefined]);
  });

  it('drops all when the settings change, and reads again at once', async () => {
    const { service, reader, state } = setUp(1, proposal(3n, { status: 'adopted' }));
    await reader.readWhenDue();
    reader.reset();
    assert.deepEqual([state().status, state().records.size], ['neverLoaded', 0]);
    await reader.readWhenDue();
    assert.equal(service.asked.length, 2);
  });
});

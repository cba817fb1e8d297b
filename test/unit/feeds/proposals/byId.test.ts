import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { fail, ok, type Result } from '../../../../src/domain/base/result.ts';
import { hour, minute } from '../../../../src/domain/base/time.ts';
import { joinedProposal, type Proposal } from '../../../../src/domain/proposals/proposal.ts';
import { decode, encode } from '../../../../src/engine/disk/encoding.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { ProposalDetailsReader } from '../../../../src/feeds/proposals/details.ts';
import { NamedProposalsReader } from '../../../../src/feeds/proposals/named.ts';
import { decidedProposalsKey } from '../../../../src/feeds/proposals/decidedKey.ts';
import { isStoredNamedProposal, namedProposalsKey } from '../../../../src/feeds/proposals/namedKey.ts';
import { proposalsKey } from '../../../../src/feeds/proposals/proposals.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { proposal } from '../../../support/feeds/linkRecords.ts';

const large = 9_007_199_254_740_993n;

/** A governance canister with some proposals: what was asked, and what it answers. */
function canister(...all: readonly Proposal[]) {
  const state = { asked: [] as bigint[], proposals: new Map(all.map((each) => [each.id, each])), failing: false };
  const governance = {
    getProposal(id: bigint): Promise<Result<Proposal | undefined, Failure>> {
      state.asked.push(id);
      const failure: Failure = { kind: 'server', service: 'governance', operation: 'read proposal' };
      return Promise.resolve(state.failing ? fail(failure) : ok(state.proposals.get(id)));
    },
  };
  return { state, client: () => Promise.resolve(governance as never) };
}

const executed = proposal(large, { status: 'executed', endedAt: 5, summary: 'long' });

describe('a proposal that a ticket names', () => {
  it('comes back from disk as known to be none where there is none of its id', () => {
    assert.ok(isStoredNamedProposal(decode(encode({ id: '7', readAt: 1, proposal: undefined }))));
  });
});

describe('a proposal that is opened by its id', () => {
  it('is read once when it has ended, whatever its id', async () => {
    const { state, client } = canister(executed);
    const changed: string[] = [];
    const reader = new ProposalDetailsReader(client, (id) => changed.push(id));
    await reader.read(`${large}`);
    await reader.read(`${large}`);
    assert.deepEqual(state.asked, [large]);
    assert.deepEqual(reader.state(`${large}`), { read: executed, reading: false, failure: undefined });
    assert.deepEqual(new Set(changed), new Set([`${large}`]));
  });

  it('is known to be none where there is none, and read again when a person asks again', async () => {
    const { state, client } = canister();
    const reader = new ProposalDetailsReader(client, () => undefined);
    await reader.read('7');
    assert.equal(reader.state('7').read, 'none');
    await reader.read('7');
    assert.deepEqual(state.asked, [7n, 7n]);
    await reader.read('not an id');
    assert.equal(state.asked.length, 2);
  });

  it('keeps what was good beside a failure', async () => {
    const { state, client } = canister(proposal(7n));
    const reader = new ProposalDetailsReader(client, () => undefined);
    await reader.read('7');
    state.failing = true;
    await reader.read('7');
    const { read, failure } = reader.state('7');
    assert.deepEqual([read, failure?.kind], [proposal(7n), 'server']);
  });

  it('is read again, once, when it has left the open ones', async () => {
    const { state, client } = canister(proposal(7n));
    const reader = new ProposalDetailsReader(client, () => undefined);
    await reader.read('7');
    reader.follow('7', true);
    assert.equal(state.asked.length, 1);
    state.proposals.set(7n, proposal(7n, { status: 'adopted' }));
    for (let time = 0; time < 3; time++) {
      reader.follow('7', false);
      await Promise.resolve();
    }
    assert.equal(state.asked.length, 2);
  });

  it('is dropped when the settings change, also one that is being read', async () => {
    const { client } = canister(proposal(7n));
    const reader = new ProposalDetailsReader(client, () => undefined);
    const reading = reader.read('7');
    reader.reset();
    await reading;
    assert.equal(reader.state('7').read, undefined);
  });
});

describe('a proposal that is listed and was read by its id', () => {
  const listed = proposal(7n, { tally: { yes: 2n, no: 0n, total: 3n, at: 2 } });
  const payload = { kind: 'decoded', value: { subnet_id: 'a' } } as const;

  it('has its payload while it is open, with the newer tally of the list', () => {
    const joined = joinedProposal(listed, proposal(7n, { summary: 'why', payload }));
    assert.deepEqual([joined?.tally?.yes, joined?.summary, joined?.payload], [2n, 'why', payload]);
  });

  it('is as it was read once it has ended, and as whichever is known', () => {
    const ended = proposal(7n, { status: 'failed', failureReason: 'no such subnet' });
    assert.equal(joinedProposal(listed, ended), ended);
    assert.equal(joinedProposal(listed, undefined), listed);
    assert.equal(joinedProposal(undefined, listed), listed);
  });
});

describe('the proposals that tickets name', () => {
  function setUp(...all: readonly Proposal[]) {
    const clock = new FakeClock();
    const store = new Store<Failure>(rethrow);
    const { state, client } = canister(...all);
    const reader = new NamedProposalsReader(client, store, clock, memoryLog());
    const known = (id: string) => store.state(namedProposalsKey).records.get(id);
    return { clock, store, state, reader, known };
  }

  it('are read once each where they have ended, and not where they are open', async () => {
    const { clock, store, state, reader, known } = setUp(executed);
    store.update(proposalsKey, { status: 'fresh', asOf: 0, records: [proposal(7n)] });
    const ids = ['7', `${large}`, 'no id'];
    assert.equal(await reader.readNext(ids), 0);
    await clock.advance(24 * hour);
    assert.equal(await reader.readNext(ids), undefined);
    assert.deepEqual(state.asked, [large]);
    const { status, endedAt, summary } = known(`${large}`)?.proposal ?? {};
    assert.deepEqual([status, endedAt, summary], ['executed', 5, '']);
  });

  it('are read again after an hour where they may still change or where there was none', async () => {
    const { clock, state, reader, known } = setUp(proposal(8n));
    await reader.readNext(['8']);
    await reader.readNext(['8', '9']);
    assert.ok(known('9') !== undefined && known('9')?.proposal === undefined);
    assert.equal(await reader.readNext(['8', '9']), undefined);
    await clock.advance(hour);
    state.proposals.set(8n, proposal(8n, { status: 'executed' }));
    await reader.readNext(['8']);
    assert.equal(known('8')?.proposal?.status, 'executed');
    assert.deepEqual(state.asked, [8n, 9n, 8n]);
  });

  it('are read again at once where they have left the list of open ones, and soon where they were adopted', async () => {
    const { clock, store, state, reader, known } = setUp(proposal(8n));
    const status = (): string | undefined => known('8')?.proposal?.status;
    await reader.readNext(['8']);
    store.update(proposalsKey, { status: 'fresh', asOf: 0, records: [proposal(8n)] });
    assert.equal(await reader.readNext(['8']), undefined);
    state.proposals.set(8n, proposal(8n, { status: 'adopted' }));
    store.update(proposalsKey, { status: 'fresh', asOf: 1, records: [] });
    await reader.readNext(['8']);
    assert.equal(status(), 'adopted');
    store.update(decidedProposalsKey, { status: 'fresh', asOf: 2, records: [proposal(8n, { status: 'adopted' })] });
    assert.equal(await reader.readNext(['8']), undefined);
    await clock.advance(5 * minute);
    state.proposals.set(8n, proposal(8n, { status: 'executed' }));
    await reader.readNext(['8']);
    assert.equal(status(), 'executed');
    assert.equal(state.asked.length, 3);
  });

  it('cost twenty requests an hour at most, two a minute', async () => {
    const { clock, state, reader } = setUp();
    const ids = Array.from({ length: 300 }, (_, index) => `${index + 1}`);
    assert.deepEqual([await reader.readNext(ids), await reader.readNext(ids)], [0, minute]);
    for (let passed = 0; passed < 118; passed++) {
      await clock.advance(30_000);
      await reader.readNext(ids);
      await reader.readNext(ids);
    }
    assert.equal(state.asked.length, 20);
  });

  it('do not wait for one that cannot be read', async () => {
    const { clock, state, reader } = setUp(executed);
    state.failing = true;
    assert.equal(await reader.readNext(['5', '6']), 5 * minute);
    state.failing = false;
    await clock.advance(5 * minute);
    await reader.readNext(['5', '6']);
    assert.deepEqual(state.asked, [5n, 6n]);
  });

  it('are dropped when the settings change', async () => {
    const { reader, known } = setUp(executed);
    await reader.readNext([`${large}`]);
    reader.reset();
    assert.equal(known(`${large}`), undefined);
  });
});

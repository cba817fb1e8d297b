import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { fail, ok, type Result } from '../../../../src/domain/base/result.ts';
import { minute } from '../../../../src/domain/base/time.ts';
import type { Batch, Rollout } from '../../../../src/domain/releases/rollout.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { HostNodesReader, type NodesEnd } from '../../../../src/feeds/releases/hostNodes.ts';
import { rolloutsKey } from '../../../../src/feeds/releases/keys.ts';
import type { Rollouts } from '../../../../src/sources/rollouts/client.ts';
import type { HostBatchAnswer } from '../../../../src/sources/rollouts/hostBatchEvents.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { at, batch, emptyHostBatch as detail, hostOs, rollout } from '../../../support/feeds/rolloutBuilder.ts';

const running = batch(11, at(2, 13), { stage: 'main', actualStart: at(2, 13), state: 'waiting_for_adoption' });
const coming = batch(12, at(2, 14), { stage: 'main' });

class Nodes {
  readonly clock = new FakeClock(at(2, 13, 50));
  readonly asked: string[] = [];
  readonly #store = new Store<Failure>(rethrow);
  answer: (name: string) => Result<HostBatchAnswer, Failure> = () => ok({ kind: 'batch', batch: detail });
  readonly reader = new HostNodesReader(
    // Only what is used.
    () => Promise.resolve({ hostBatch: (name) => this.#answer(name) } as Pick<Rollouts, 'hostBatch'> as Rollouts),
    this.#store,
    this.clock,
  );

  async #answer({ stage, number }: { stage: string; number: number }): Promise<Result<HostBatchAnswer, Failure>> {
    this.asked.push(`${stage} ${number}`);
    return this.answer(`${stage} ${number}`);
  }

  list(...rollouts: readonly Rollout[]): void {
    this.#store.update(rolloutsKey, { status: 'fresh', asOf: this.clock.now(), records: rollouts });
  }

  unread(): readonly string[] {
    return this.reader.unread().map(({ name: { stage, number } }) => `${stage} ${number}`);
  }

  readAll(abort = new AbortController()): Promise<NodesEnd> {
    return this.reader.read(this.reader.unread(), abort.signal, () => undefined);
  }
}

function hostRollout(...batches: readonly Batch[]): Rollout {
  return rollout({ kind: 'rollout_ic_os_to_mainnet_nodes', batches });
}

describe('the nodes of HostOS that a person looks for', () => {
  it('are read once of each batch, and again of one that goes on or that the list says something else of', async () => {
    const nodes = new Nodes();
    nodes.list(hostRollout(running, coming));
    assert.deepEqual(await nodes.readAll(), { kind: 'all' });
    assert.deepEqual(nodes.asked.splice(0), ['main 11', 'main 12']);
    assert.deepEqual([nodes.unread(), nodes.reader.known().size], [[], 2]);
    nodes.clock.jump(2 * minute);
    assert.deepEqual(nodes.unread(), ['main 11']);
    nodes.list(hostRollout({ ...running, end: at(2, 13, 51), state: 'complete' }, { ...coming, state: 'waiting' }));
    assert.deepEqual(nodes.unread(), ['main 11', 'main 12']);
    nodes.reader.reset();
    assert.equal(nodes.reader.known().size, 0);
  });

  it('are those of the rollouts that go on; where none does, of the newest', () => {
    const nodes = new Nodes();
    const older = { ...hostRollout(coming), name: 'older', state: 'complete', dispatchedAt: at(-6, 7) } as const;
    nodes.list(older, hostRollout(running));
    assert.deepEqual(nodes.unread(), ['main 11']);
    nodes.list(older, { ...hostRollout(running), state: 'failed' });
    assert.deepEqual(nodes.unread(), ['main 11']);
    nodes.list({ ...hostRollout(running), unlistedSince: at(2, 9) });
    assert.deepEqual(nodes.unread(), []);
  });

  it('go on beyond a batch that is gone, and stop at what would be the same for all', async () => {
    const nodes = new Nodes();
    const failure: Failure = { kind: 'notFound', service: 'rollouts', operation: 'read a HostOS batch' };
    nodes.list(hostRollout(running, coming));
    nodes.answer = (name) => (name === 'main 11' ? fail(failure) : ok({ kind: 'batch', batch: detail }));
    assert.deepEqual(await nodes.readAll(), { kind: 'all' });
    const outage: Failure = { ...failure, kind: 'server' };
    nodes.clock.jump(2 * minute);
    nodes.answer = () => fail(outage);
    assert.deepEqual(await nodes.readAll(), { kind: 'failed', failure: outage });
  });

  it('end when the person cancels', async () => {
    const nodes = new Nodes();
    nodes.list(hostRollout(running, coming));
    const abort = new AbortController();
    nodes.answer = () => {
      abort.abort();
      return fail({ kind: 'cancelled', service: 'rollouts', operation: 'read a HostOS batch' });
    };
    assert.deepEqual(await nodes.readAll(abort), { kind: 'cancelled' });
    assert.deepEqual(nodes.asked, ['main 11']);
  });

  it('take no more requests than an hour has room for, and say when it goes on', async () => {
    const nodes = new Nodes();
    nodes.list(hostOs(), { ...hostOs(), name: 'another' });
    const begun = nodes.clock.now();
    assert.deepEqual(await nodes.readAll(), { kind: 'limit', at: begun + 60 * minute });
    assert.deepEqual([nodes.asked.length, nodes.unread().length], [60, 42]);
    nodes.clock.jump(60 * minute);
    await nodes.readAll();
    assert.equal(nodes.unread().length, 0);
  });
});

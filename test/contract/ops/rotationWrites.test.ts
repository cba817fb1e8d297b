import assert from 'node:assert/strict';
import type { Failure } from '../../../src/domain/base/failure.ts';
import { Store } from '../../../src/engine/read/store.ts';
import type { Clock } from '../../../src/engine/base/clock.ts';
import type { EndedWrite } from '../../../src/engine/writes/kind.ts';
import type { Writes } from '../../../src/engine/writes/writes.ts';
import { rotationsKey } from '../../../src/feeds/rotation/keys.ts';
import {
  overrideData,
  rotationWrites,
  type OverrideData,
  type RotationWrites,
} from '../../../src/feeds/rotation/verbs.ts';
import type { Ops } from '../../../src/sources/atlassian/ops/client.ts';
import { people, writtenFor } from '../../simulator/world.ts';
import { rethrow } from '../../support/engine/engine.ts';
import { newWrites } from '../../support/engine/newWrites.ts';
import { opsFixture, valueOf } from '../../support/sources/atlassianFixture.ts';

const hour = 3_600_000;
const eli = people[1] ?? people[0];
/** Real time, but what waits for seconds waits for milliseconds. */
const hasty: Clock = {
  now: Date.now,
  after: (ms, run) => {
    const timer = setTimeout(run, ms / 100);
    return { dispose: () => clearTimeout(timer) };
  },
};

describe('writes to schedules and the service', () => {
  const fixture = opsFixture({ startAt: writtenFor });
  let reads = 0;
  const open: Writes<Failure>[] = [];
  afterEach(() => {
    for (const writes of open.splice(0)) writes.dispose();
  });

  interface Desk {
    readonly ops: Ops;
    readonly writes: Writes<Failure>;
    readonly kinds: RotationWrites;
    readonly scheduleId: string;
  }

  async function desk(): Promise<Desk> {
    const ops = fixture.ops();
    const store = new Store<Failure>(rethrow);
    const rotation = valueOf(await ops.rotation('DRE Alerts', 'alerts'));
    store.update(rotationsKey, { status: 'fresh', asOf: Date.now(), records: [rotation] });
    const writes = newWrites({ store, clock: hasty });
    open.push(writes);
    const kinds = rotationWrites({ me: () => undefined, ops: () => Promise.resolve(ops), readAgain: () => reads++ });
    writes.register(kinds.createOverride);
    writes.register(kinds.cancelOverride);
    return { ops, writes, kinds, scheduleId: rotation.id };
  }

  function wanted(): OverrideData {
    const start = fixture.simulator.world().now();
    const person = { accountId: eli.accountId, name: eli.name };
    return overrideData({ person, start, end: start + 2 * hour, rotationIds: [] });
  }

  const stateOf = ({ state }: EndedWrite<Failure>): unknown =>
    state.kind === 'failed' ? [state.kind, state.failure?.kind] : state.kind;
  const posts = (): number =>
    fixture.simulator.requests().filter(({ method, path }) => method === 'POST' && path.endsWith('/overrides')).length;
  const onCall = async ({ ops }: Desk): Promise<unknown> =>
    valueOf(await ops.rotation('DRE Alerts', 'alerts')).current.map(({ name }) => name);

  it('are done when the service answers, and the schedules are read again', async () => {
    const of = await desk();
    const before = reads;
    const ended = await of.writes.run(of.kinds.createOverride, of.scheduleId, wanted());
    assert.deepEqual([stateOf(ended), ended.subject, reads - before], ['applied', 'DRE Alerts', 1]);
    assert.equal(ended.typed, `${eli.name}, 2026-08-26 13:50 UTC to 2026-08-26 15:50 UTC`);
    assert.deepEqual(await onCall(of), [eli.name]);
  });

  it('can be undone, both ways', async () => {
    const of = await desk();
    const made = await of.writes.run(of.kinds.createOverride, of.scheduleId, wanted());
    const undone = await of.writes.undo(made.id);
    assert.deepEqual([undone?.state.kind, await onCall(of)], ['applied', [people[0].name]]);
    const again = await of.writes.undo(undone?.id ?? '');
    assert.deepEqual([again?.state.kind, await onCall(of)], ['applied', [eli.name]]);
  });

  for (const [kind, expected] of [
    ['forbidden', 'forbidden'],
    ['notFound', 'notFound'],
    ['unauthorized', 'unauthorized'],
  ] as const) {
    it(`say that the service refused, and are sent again with what was chosen: ${kind}`, async () => {
      fixture.wire.checkAnswers = false;
      const of = await desk();
      fixture.simulator.fault('atlassianApi', { kind, match: 'POST .*/overrides', times: 1 });
      const ended = await of.writes.run(of.kinds.createOverride, of.scheduleId, wanted());
      assert.deepEqual([stateOf(ended), ended.retryable], [['failed', expected], true]);
      assert.deepEqual(await onCall(of), [people[0].name]);
      const again = await of.writes.retry(ended.id);
      assert.deepEqual([again?.state.kind, await onCall(of)], ['applied', [eli.name]]);
    });
  }

  it('that the service asked to slow down are sent later', async () => {
    fixture.wire.checkAnswers = false;
    const of = await desk();
    const fault = { kind: 'rateLimited', match: 'POST .*/overrides', times: 2, retryAfterSeconds: 1 } as const;
    fixture.simulator.fault('atlassianApi', fault);
    const ended = await of.writes.run(of.kinds.createOverride, of.scheduleId, wanted());
    assert.deepEqual([stateOf(ended), posts()], ['applied', 3]);
  });

  it('whose answer was lost are found by reading back, and never sent twice', async () => {
    const of = await desk();
    fixture.simulator.switch('atlassian', 'dropAfterWrite', 1);
    const ended = await of.writes.run(of.kinds.createOverride, of.scheduleId, wanted());
    assert.deepEqual([stateOf(ended), posts()], ['applied', 1]);
    const { records } = valueOf(await of.ops.listOverrides(of.scheduleId));
    assert.equal(records.filter(({ person }) => person?.accountId === eli.accountId).length, 2);
  });

  it('of which the answer was lost are not called done by an override that was there before', async () => {
    fixture.wire.checkAnswers = false;
    const of = await desk();
    const payload = wanted();
    const { start, end } = payload;
    assert.ok(
      (await of.ops.createOverride(of.scheduleId, { accountId: eli.accountId, start, end, rotationIds: [] })).ok,
    );
    fixture.simulator.fault('atlassianApi', { kind: 'outage', match: 'POST .*/overrides', times: 1 });
    const ended = await of.writes.run(of.kinds.createOverride, of.scheduleId, payload);
    assert.deepEqual(ended.state, { kind: 'overtaken', by: 'the same override was there already' });
    // Where one came in addition, it is that of this write.
    fixture.simulator.switch('atlassian', 'dropAfterWrite', 1);
    const second = await of.writes.run(of.kinds.createOverride, of.scheduleId, payload);
    assert.equal(stateOf(second), 'applied');
  });

  it('of which a whole reading shows no trace have failed, and are sent again when they are tried again', async () => {
    fixture.wire.checkAnswers = false;
    const of = await desk();
    fixture.simulator.fault('atlassianApi', { kind: 'outage', match: 'POST .*/overrides', times: 1 });
    const ended = await of.writes.run(of.kinds.createOverride, of.scheduleId, wanted());
    assert.deepEqual([stateOf(ended), posts()], [['failed', 'unreachable'], 1]);
    const again = await of.writes.retry(ended.id);
    assert.deepEqual([again?.state.kind, posts()], ['applied', 2]);
  });

  it('that cancel are applied once the override is gone, whoever took it away and whether the answer came', async () => {
    const of = await desk();
    const [there] = valueOf(await of.ops.listOverrides(of.scheduleId)).records;
    assert.ok(there !== undefined);
    const payload = { ...overrideData(there), alias: there.alias };
    fixture.simulator.switch('atlassian', 'dropAfterWrite', 1);
    const lost = await of.writes.run(of.kinds.cancelOverride, of.scheduleId, payload);
    assert.equal(stateOf(lost), 'applied');
    const gone = await of.writes.run(of.kinds.cancelOverride, of.scheduleId, payload);
    assert.equal(stateOf(gone), 'applied', 'it was gone already');
    assert.deepEqual(valueOf(await of.ops.listOverrides(of.scheduleId)).records, []);
  });

  it('that cancel are not called applied while the list cannot be read whole', async () => {
    fixture.wire.checkAnswers = false;
    const of = await desk();
    fixture.wire.tamper = (path, body) =>
      path.endsWith('/overrides') ? { ...(body as object), values: [{ alias: 'a' }] } : undefined;
    const payload = { ...wanted(), alias: '00000000-0000-4000-8000-000000000000' };
    assert.equal(stateOf(await of.writes.run(of.kinds.cancelOverride, of.scheduleId, payload)), 'unconfirmed');
  });

  it('that cancel say that it is not permitted', async () => {
    fixture.wire.checkAnswers = false;
    const of = await desk();
    const [there] = valueOf(await of.ops.listOverrides(of.scheduleId)).records;
    assert.ok(there !== undefined);
    fixture.simulator.fault('atlassianApi', { kind: 'forbidden', match: 'DELETE .*/overrides/', times: 1 });
    const payload = { ...overrideData(there), alias: there.alias };
    const ended = await of.writes.run(of.kinds.cancelOverride, of.scheduleId, payload);
    assert.deepEqual(stateOf(ended), ['failed', 'forbidden']);
  });

  it('take from disk only what has the form of an override', async () => {
    const { kinds } = await desk();
    const good = wanted();
    const read = kinds.createOverride.readPayload.bind(kinds.createOverride);
    assert.deepEqual(read(JSON.parse(JSON.stringify(good))), good);
    for (const change of [{ accountId: 1 }, { name: {} }, { start: 'x' }, { end: 1e300 }, { rotationIds: [1] }]) {
      assert.equal(read({ ...good, ...change }), undefined, JSON.stringify(change));
    }
    assert.equal(read(null), undefined);
    assert.deepEqual(kinds.cancelOverride.readPayload({ ...good, alias: 'a' }), { ...good, alias: 'a' });
    assert.equal(kinds.cancelOverride.readPayload({ ...good, alias: 1 }), undefined);
  });
});

import assert from 'node:assert/strict';
import { createHttp } from '../../../src/sources/http.ts';
import { createRollouts, type RolloutEvent, type Rollouts } from '../../../src/sources/rollouts/client.ts';
import { toBoard } from '../../../src/sources/rollouts/mapping.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { troubledSubnet } from '../../simulator/world.ts';
import { httpFaults } from '../../support/sources/httpFaults.ts';
import { describeWithReference, readReference } from '../../support/base/reference.ts';
import { silentReport } from '../../support/sources/silentReport.ts';

describe('the rollouts client and the dashboard', () => {
  let simulator: Simulator;
  let client: Rollouts;
  before(async () => {
    simulator = await startSimulator({ speed: 0, services: ['rollouts'] });
    const http = createHttp({ fetch, now: Date.now });
    client = createRollouts({ http, baseUrl: new URL(simulator.addresses.rollouts), log: () => undefined });
  });
  afterEach(() => {
    simulator.clearFaults();
    simulator.reset();
  });
  after(() => simulator.stop());

  /** Follows the stream until the events satisfy; gives them. */
  async function follow(
    enough: (events: RolloutEvent[]) => boolean,
    act: (events: RolloutEvent[]) => void,
  ): Promise<RolloutEvent[]> {
    const events: RolloutEvent[] = [];
    const abort = new AbortController();
    await client.follow(
      abort.signal,
      (event) => {
        events.push(event);
        if (enough(events)) abort.abort();
        else act(events);
      },
      () => undefined,
    );
    return events;
  }

  it('reads the week: batch 12 under way with one subnet in trouble', async () => {
    const read = await client.state();
    assert.ok(read.ok && read.value.kind === 'board');
    const guest = read.value.board.rollouts.find((rollout) => rollout.state === 'problem');
    const batch = guest?.batches.find((each) => each.number === 12);
    assert.equal(batch?.state, 'error');
    assert.equal(batch.targets.find((target) => target.id === troubledSubnet)?.state, 'error');
    assert.equal(guest?.batches.at(-1)?.number, 30);
    assert.equal(read.value.skipped, 0);
  });

  it('receives a change as a whole rollout', async () => {
    const events = await follow(
      (all) => all.some((event) => event.type === 'delta'),
      (all) => {
        if (all.length === 1) {
          simulator.switch('rollouts', 'setCell', { batch: 13, subnet: '2zs4v', state: 'proposing' });
        }
      },
    );
    assert.equal(events[0]?.type, 'state');
    const delta = events.find((event) => event.type === 'delta');
    const batch = delta?.updated[0]?.batches.find((each) => each.number === 13);
    assert.equal(batch?.targets[0]?.state, 'proposing');
  });

  it('reports an error of the source and the whole state after it', async () => {
    const events = await follow(
      (all) => all.filter((event) => event.type === 'state').length === 2,
      (all) => {
        if (all.length === 1) {
          simulator.switch('rollouts', 'streamError', { code: 502, message: 'Cannot contact Airflow: x' });
        } else if (all.at(-1)?.type === 'error') simulator.switch('rollouts', 'streamError', null);
      },
    );
    const [error] = events.filter((event) => event.type === 'error');
    const { kind, service, detail } = error?.failure ?? assert.fail('no error');
    assert.deepEqual([kind, service, detail], ['server', 'airflow', 'x']);
  });

  it('says that a cut stream ended', async () => {
    const ended = client.follow(
      new AbortController().signal,
      () => simulator.switch('rollouts', 'streamStop', true),
      () => undefined,
    );
    assert.equal((await ended).kind, 'streamEnded');
  });

  it('takes an empty 204 as not yet, never as nothing', async () => {
    simulator.switch('rollouts', 'loading', true);
    assert.deepEqual(await client.state(), { ok: true, value: { kind: 'loading' } });
  });

  for (const [kind, expected] of httpFaults) {
    it(`gives ${expected} for ${kind}`, async () => {
      simulator.fault('rollouts', { kind, retryAfterSeconds: 7 });
      const read = await client.state();
      assert.ok(!read.ok);
      assert.equal(read.failure.kind, expected);
      if (kind === 'rateLimited') assert.equal(read.failure.retryAfterMs, 7_000);
    });
  }
});

describeWithReference('the samples of the dashboard', 'rollout-samples/v2-state-edge.json', () => {
  it('reads every rollout of the mid-week sample and of the edge sample', () => {
    for (const name of ['midweek', 'edge', 'empty']) {
      const raw = JSON.parse(readReference(`rollout-samples/v2-state-${name}.json`));
      const board = toBoard(raw, silentReport);
      assert.equal(board?.rollouts.length, raw.rollouts.length, name);
      assert.deepEqual(board?.unreadable, []);
    }
  });

  it('names the states of the sample as the dashboard does', () => {
    const raw = JSON.parse(readReference('rollout-samples/v2-state-midweek.json'));
    const board = toBoard(raw, silentReport);
    assert.deepEqual(
      board?.rollouts.map((rollout) => [rollout.name, rollout.state, rollout.batches.length]),
      raw.rollouts.map((each: { name: string; state: string; batches?: object; stages?: Record<string, object> }) => [
        each.name,
        each.state,
        each.batches === undefined
          ? Object.values(each.stages ?? {}).reduce((sum, stage) => sum + Object.keys(stage).length, 0)
          : Object.keys(each.batches).length,
      ]),
    );
  });
});

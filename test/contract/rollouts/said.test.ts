import assert from 'node:assert/strict';
import { rolloutKey, type Rollout } from '../../../src/domain/releases/rollout.ts';
import { timeline } from '../../../src/domain/releases/timeline/timeline.ts';
import { rolloutsKey } from '../../../src/feeds/releases/keys.ts';
import { createHttp } from '../../../src/sources/http.ts';
import { createRollouts } from '../../../src/sources/rollouts/client.ts';
import type { Row } from '../../../src/views/kit/row.ts';
import { hostRun } from '../../simulator/rollouts/hostOs.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { rcName } from '../../simulator/world.ts';
import { describeWithReference, readReference } from '../../support/base/reference.ts';
import { allRows, headless, type Headless } from '../../support/vscode/headless.ts';

describe('what the rollout dashboard says of runs that do not go as planned', () => {
  let simulator: Simulator;
  let dre: Headless;
  before(async () => {
    simulator = await startSimulator({ speed: 0, services: ['rollouts'] });
    dre = headless(simulator);
  });
  afterEach(() => simulator.reset());
  after(async () => {
    dre.dispose();
    await simulator.stop();
  });

  async function rollout(kind: string, name: string): Promise<{ readonly of: Rollout; readonly row: Row }> {
    await dre.feeds.rollouts.refresh();
    const of = [...dre.store.state(rolloutsKey).records.values()].find(
      (each) => each.kind.endsWith(kind) && each.name === name,
    );
    assert.ok(of !== undefined);
    const id = `rollout/${rolloutKey(of)}`;
    const row = dre.view('releases').rows.find((each) => each.id === id) ?? assert.fail(id);
    return { of, row };
  }

  it('a HostOS batch that is skipped is not done', async () => {
    const before = await rollout('nodes', hostRun);
    const { done } = timeline(before.of, { now: dre.clock.now() }).progress;
    simulator.switch('rollouts', 'skip', 'main_3');
    const { of, row } = await rollout('nodes', hostRun);
    const { progress } = timeline(of, { now: dre.clock.now() });
    assert.deepEqual([progress.done, progress.skipped], [done - 42, 1]);
    const batch = allRows([row]).find(({ batch: id }) => id === 'main-3');
    assert.match(batch?.description ?? '', /^skipped/);
    assert.ok(!/complete/.test(batch?.spoken ?? ''), batch?.spoken);
  });

  it('a HostOS run that is given up has failed, and what it left is skipped, not done', async () => {
    simulator.switch('rollouts', 'giveUp', 'host');
    const { of, row } = await rollout('nodes', hostRun);
    const { progress } = timeline(of, { now: dre.clock.now() });
    assert.ok(progress.skipped > 0 && progress.done < progress.total, JSON.stringify(progress));
    assert.match(row.description ?? '', /^failed/);
    assert.match(row.hover?.join('\n') ?? '', /\d+ skipped/);
  });

  it('a GuestOS run that is given up has failed where it was, and nothing is known of the rest', async () => {
    simulator.switch('rollouts', 'giveUp', 'guest');
    const { of, row } = await rollout('subnets', rcName);
    assert.equal(of.state, 'failed');
    const states = new Set(of.batches.map(({ state }) => state));
    assert.deepEqual([...states].sort(), ['complete', 'error', 'unknown']);
    const last = allRows([row]).find(({ batch }) => batch === 'batch-30');
    assert.match(last?.description ?? '', /^unknown to Airflow/);
  });

  for (const [code, message, said] of [
    [429, 'Unexpected response code 429 Too Many Requests from Airflow', '429 Too Many Requests'],
    [404, 'Unexpected response code 404 Not Found from Airflow', '404 Not Found'],
    [
      502,
      'Cannot contact Airflow: error sending request -> tcp connect error -> Connection refused',
      'Connection refused',
    ],
  ] as const) {
    it(`a failure of Airflow is one of Airflow beside the rows of before: ${said}`, async () => {
      await rollout('subnets', rcName);
      simulator.switch('rollouts', 'streamError', { code, message });
      await dre.feeds.rollouts.refresh();
      const { rows } = dre.view('releases');
      const row =
        rows.find(({ label }) => label.startsWith('The rollout dashboard')) ?? assert.fail('there is no such row');
      assert.equal(row.label, `The rollout dashboard can't read Airflow: ${said}`);
      assert.ok(!/drDre\.rollouts\.url|rate|limit/.test(JSON.stringify(row)), JSON.stringify(row));
      assert.ok(
        rows.some(({ id }) => id.startsWith('rollout/')),
        'the rows of before stay',
      );
      simulator.switch('rollouts', 'streamError', null);
    });
  }

  it('a batch that takes longer makes those behind it late', async () => {
    simulator.switch('rollouts', 'hold', { batch: 11, minutes: 120 });
    const { of, row } = await rollout('subnets', rcName);
    const batch = of.batches.find(({ number }) => number === 12);
    assert.ok(batch?.actualStart === undefined || batch.actualStart > batch.plannedStart + 30 * 60_000);
    assert.match(row.description ?? '', /late/);
  });

  it('a change that is not counted comes with no delta of its own, but with the next one that is', async () => {
    const client = createRollouts({
      http: createHttp({ fetch, now: Date.now }),
      baseUrl: new URL(simulator.addresses.rollouts),
      log: () => undefined,
    });
    const abort = new AbortController();
    const key = `rollout_ic_os_to_mainnet_subnets/${rcName}`;
    const states: (string | undefined)[] = [];
    const stateOf = (all: readonly Rollout[]): string | undefined =>
      all
        .find((each) => rolloutKey(each) === key)
        ?.batches.flatMap(({ targets }) => targets)
        .find(({ id }) => id.startsWith('2zs4v'))?.state;
    await client.follow(
      abort.signal,
      (event) => {
        if (event.type === 'state') {
          simulator.switch('rollouts', 'uncounted', true);
          simulator.switch('rollouts', 'setCell', { batch: 13, subnet: '2zs4v', state: 'error' });
          simulator.switch('rollouts', 'setCell', { batch: 13, subnet: '2zs4v', state: 'proposing' });
          simulator.switch('rollouts', 'uncounted', false);
          simulator.switch('rollouts', 'touch', key);
        } else if (event.type === 'delta') {
          states.push(stateOf(event.updated));
          abort.abort();
        }
      },
      () => undefined,
    );
    assert.deepEqual(states, ['proposing']);
  });
});

/** The names and JSON types of an object's fields, all the way down; of maps by number and lists those of the first. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? 'list' : [shapeOf(value[0])];
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shapeOf(each)]));
}

describeWithReference('the whole state of the simulator', 'rollout-samples/v2-state-midweek.json', () => {
  it('has the names of the dashboard, in its order, for each kind', async () => {
    const simulator = await startSimulator({ speed: 0, services: ['rollouts'] });
    try {
      const said = await (await fetch(`${simulator.addresses.rollouts}/api/v2/state`)).json();
      const sample = JSON.parse(readReference('rollout-samples/v2-state-midweek.json'));
      type Wire = Record<string, unknown>;
      const first = (value: unknown): Wire => Object.values(value as Record<string, Wire>)[0] ?? {};
      for (const kind of new Set<string>(sample.rollouts.map((each: Wire) => each['kind']))) {
        const [mine, theirs] = [said, sample].map(
          ({ rollouts }: { rollouts: Wire[] }) => rollouts.find((each) => each['kind'] === kind) ?? assert.fail(kind),
        );
        assert.deepEqual(Object.keys(mine ?? {}).sort(), Object.keys(theirs ?? {}).sort(), kind);
        const [own, real] = [mine, theirs].map((each) => first(each?.['batches'] ?? first(each?.['stages'])));
        assert.deepEqual(Object.keys(own ?? {}).sort(), Object.keys(real ?? {}).sort(), kind);
        for (const list of ['subnets', 'api_boundary_nodes']) {
          assert.deepEqual(shapeOf(own?.[list]), shapeOf(real?.[list]), `${kind} ${list}`);
        }
      }
    } finally {
      await simulator.stop();
    }
  });
});

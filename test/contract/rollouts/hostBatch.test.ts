import assert from 'node:assert/strict';
import type { HostBatch, HostBatchName } from '../../../src/domain/releases/hostBatch.ts';
import { createHttp } from '../../../src/sources/http.ts';
import { createRollouts, type Rollouts } from '../../../src/sources/rollouts/client.ts';
import { toHostBatch } from '../../../src/sources/rollouts/hostBatch.ts';
import type { HostBatchEvent } from '../../../src/sources/rollouts/hostBatchEvents.ts';
import { hostRun } from '../../simulator/rollouts/hostOs.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { httpFaults } from '../../support/sources/httpFaults.ts';
import { describeWithReference, readReference } from '../../support/base/reference.ts';
import { silentReport } from '../../support/sources/silentReport.ts';

const name: HostBatchName = { rollout: hostRun, stage: 'main', number: 11 };

describe('the detail of a HostOS batch', () => {
  let simulator: Simulator;
  let client: Rollouts;
  const lines: string[] = [];
  before(async () => {
    simulator = await startSimulator({ speed: 0, services: ['rollouts'] });
    const http = createHttp({ fetch, now: Date.now });
    const baseUrl = new URL(simulator.addresses.rollouts);
    client = createRollouts({ http, baseUrl, log: (line) => void lines.push(line) });
  });
  afterEach(() => {
    simulator.clearFaults();
    simulator.reset();
  });
  after(() => simulator.stop());

  async function batchOf(over: Partial<HostBatchName>): Promise<HostBatch> {
    const read = await client.hostBatch({ ...name, ...over });
    assert.ok(read.ok && read.value.kind === 'batch', JSON.stringify(read));
    return read.value.batch;
  }

  it('lists each node, and which of them are upgraded', async () => {
    const batch = await batchOf({});
    assert.equal(batch.nodes?.length, 42);
    const adoptions = batch.nodes.map(({ adoption }) => adoption);
    assert.deepEqual([...new Set(adoptions)].sort(), ['AWOL', 'pending', 'upgraded']);
    assert.ok(batch.nodes.every(({ health }) => health === undefined));
    assert.deepEqual([batch.tolerance, batch.adoptionBypassed, batch.skipped], ['5%', undefined, 0]);
  });

  it('has only the plan before it begins, and a bypassed check after it', async () => {
    const planned = await batchOf({ stage: 'unassigned', number: 1 });
    assert.deepEqual([planned.nodes, planned.plannedNodes?.length], [undefined, 100]);
    const done = await batchOf({ stage: 'canary', number: 3 });
    assert.deepEqual([done.adoptionBypassed, done.healthBypassed, done.tolerance], [false, true, 'none']);
  });

  it('is not there yet, or not at all', async () => {
    const later = await client.hostBatch({ ...name, number: 90 });
    assert.deepEqual(later, { ok: true, value: { kind: 'notYet' } });
    const gone = await client.hostBatch({ ...name, rollout: 'rc--2020-01-01_01-01' });
    assert.ok(!gone.ok);
    assert.equal(gone.failure.kind, 'notFound');
    simulator.switch('rollouts', 'loading', true);
    assert.deepEqual(await client.hostBatch(name), { ok: true, value: { kind: 'loading' } });
  });

  it('is of Airflow where that fails', async () => {
    simulator.switch('rollouts', 'streamError', { code: 502, message: 'Cannot contact Airflow: a -> no route' });
    const read = await client.hostBatch(name);
    assert.ok(!read.ok);
    assert.deepEqual([read.failure.service, read.failure.kind, read.failure.detail], ['airflow', 'server', 'no route']);
  });

  for (const [kind, expected] of httpFaults) {
    it(`gives ${expected} for ${kind}`, async () => {
      simulator.fault('rollouts', { kind, retryAfterSeconds: 7 });
      const read = await client.hostBatch(name);
      assert.ok(!read.ok);
      assert.equal(read.failure.kind, expected);
    });
  }

  it('goes on without a node that cannot be read, and shows a new word as it came', async () => {
    const response = await fetch(`${simulator.addresses.rollouts}${path}`);
    const raw = (await response.json()) as { actual_nodes: Record<string, unknown>[]; upgraded_nodes: object };
    const [first, second] = raw.actual_nodes;
    delete first?.['node_id'];
    const reported: string[] = [];
    const report = {
      ...silentReport,
      newWord: (...said: readonly string[]) => void reported.push(said.join(' ')),
      skipped: (...said: readonly unknown[]) => void reported.push(said.join(' ')),
    };
    raw.upgraded_nodes = { ...raw.upgraded_nodes, [String(second?.['node_id'])]: 'melted' };
    const batch = toHostBatch(raw, 'main_11', report);
    assert.deepEqual([batch?.nodes?.length, batch?.skipped], [41, 1]);
    assert.deepEqual([batch?.nodes?.[0]?.adoption, batch?.nodes?.[0]?.unknownAdoption], ['unknown', 'melted']);
    assert.ok(
      reported.some((line) => line.endsWith('node_id')) && reported.some((line) => line.endsWith('melted')),
      reported.join('\n'),
    );
  });

  /** What the stream of a batch says until it ends, or says so much. */
  async function follow(
    over: Partial<HostBatchName>,
    most: number,
    act: (all: readonly HostBatchEvent[]) => void,
  ): Promise<HostBatchEvent[]> {
    const events: HostBatchEvent[] = [];
    const abort = new AbortController();
    const ended = client.followHostBatch(
      { ...name, ...over },
      abort.signal,
      (event) => {
        events.push(event);
        if (events.length === most) abort.abort();
        else act(events);
      },
      () => undefined,
    );
    await ended;
    return events;
  }

  it('is sent by a stream of its own: whole each time it changes, errors of Airflow too', async () => {
    const outage = { code: 502, message: 'Cannot contact Airflow: a' };
    const events = await follow({}, 3, (all) =>
      simulator.switch('rollouts', 'streamError', all.length === 1 ? outage : null),
    );
    const words = events.map(({ said, isLast }) => [said.ok ? said.value.kind : said.failure.service, isLast]);
    assert.deepEqual(words, [['batch', false], ['airflow', false], ['batch', false]]); // prettier-ignore
    const [first] = events;
    assert.ok(first?.said.ok && first.said.value.kind === 'batch');
    assert.equal(first.said.value.batch.nodes?.length, 42);
  });

  it('is not asked for again where its stream says that there is no such batch', async () => {
    const [gone, ...others] = await follow({ rollout: 'gone' }, 5, () => undefined);
    assert.ok(gone !== undefined && !gone.said.ok);
    assert.deepEqual([gone.said.failure.kind, gone.isLast, others], ['notFound', true, []]);
    const [later] = await follow({ number: 90 }, 1, () => undefined);
    assert.deepEqual(later, { said: { ok: true, value: { kind: 'notYet' } }, isLast: false });
  });
});

const path = `/api/v2/rollouts/rollout_ic_os_to_mainnet_nodes/${hostRun}/stages/main/batches/11`;
describeWithReference('the samples of HostOS batches', 'rollout-samples/hostos-batch-detail.json', () => {
  const sample = (file: string): Record<string, unknown> => JSON.parse(readReference(`rollout-samples/${file}`));
  const read = (file: string): HostBatch => toHostBatch(sample(file), 'main_11', silentReport) ?? assert.fail(file);

  it('are read as they are meant', () => {
    const running = read('hostos-batch-detail.json');
    assert.deepEqual([running.nodes?.length, running.tolerance, running.skipped], [42, '5%', 0]);
    const adopted = running.nodes?.filter(({ adoption }) => adoption === 'upgraded').length;
    assert.equal(adopted, 30);
    const bypassed = read('hostos-batch-detail-complete-bypassed.json');
    assert.deepEqual([bypassed.adoptionBypassed, bypassed.healthBypassed], [false, true]);
    assert.equal(read('hostos-batch-detail-pending.json').nodes, undefined);
  });

  it('have the form of what the simulator says', async () => {
    const simulator = await startSimulator({ speed: 0, services: ['rollouts'] });
    try {
      for (const [file, place] of [
        ['hostos-batch-detail.json', 'main/batches/11'],
        ['hostos-batch-detail-complete-bypassed.json', 'canary/batches/3'],
        ['hostos-batch-detail-pending.json', 'unassigned/batches/1'],
      ] as const) {
        const url = path.replace('main/batches/11', place);
        const said = (await (await fetch(`${simulator.addresses.rollouts}${url}`)).json()) as Record<string, unknown>;
        const expected = sample(file);
        assert.deepEqual(Object.keys(said), Object.keys(expected), file);
        for (const [key, value] of Object.entries(expected)) {
          if (key === 'selectors' || key === 'tolerance') continue;
          assert.equal(shapeOf(said[key]), shapeOf(value), `${file} ${key}`);
        }
      }
    } finally {
      await simulator.stop();
    }
  });
});

/** The JSON type of a value; of a list, the names in its first entry. */
function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `list of ${Object.keys(value[0] ?? {}).join()}`;
  return value === null ? 'null' : typeof value;
}

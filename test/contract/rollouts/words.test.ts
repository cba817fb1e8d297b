import assert from 'node:assert/strict';
import { timeline } from '../../../src/domain/releases/timeline/timeline.ts';
import { rolloutsKey } from '../../../src/feeds/releases/keys.ts';
import type { Row } from '../../../src/views/kit/row.ts';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { wednesday } from '../../support/feeds/rolloutBuilder.ts';
import { allRows, headless, type Headless } from '../../support/vscode/headless.ts';

type Json = Record<string, unknown>;

const word = 'Brand_New';

describe('a word of the rollout dashboard that is none that is known', () => {
  let simulator: Simulator;
  let dre: Headless;
  let change: (rollouts: Json[], engines: Json) => void = () => undefined;

  before(async () => {
    simulator = await startSimulator({ speed: 0, services: ['rollouts'] });
    dre = headless(simulator, {
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        if (!new URL(input instanceof Request ? input.url : input).pathname.endsWith('/state')) return response;
        const state = (await response.json()) as { rollouts: Json[]; rollout_engine_states: Json };
        change(state.rollouts, state.rollout_engine_states);
        return Response.json(state);
      },
    });
  });
  after(async () => {
    dre.dispose();
    await simulator.stop();
  });

  async function rows(): Promise<readonly Row[]> {
    await dre.feeds.rollouts.refresh();
    await dre.feeds.rollouts.refresh();
    return allRows(dre.view('releases').rows);
  }
  const shown = ({ label, description = '', hover = [], spoken = '' }: Row): readonly string[] => [
    `${label} ${description}`,
    hover.join('\n'),
    spoken,
  ];
  const ofKind = (rollouts: readonly Json[], kind: string): Json =>
    rollouts.find((rollout) => rollout['kind'] === `rollout_ic_os_to_mainnet_${kind}`) ?? assert.fail(kind);
  const firstOf = (batches: unknown): Json => Object.values(batches as Record<string, Json>)[0] ?? assert.fail();

  const places: Readonly<Record<string, (rollouts: readonly Json[], engines: Json) => void>> = {
    kind: (rollouts) => (ofKind(rollouts, 'subnets')['kind'] = word),
    'state of a rollout': (rollouts) => (ofKind(rollouts, 'subnets')['state'] = word),
    'state of a subnet': (rollouts) => {
      const [subnet] = firstOf(ofKind(rollouts, 'subnets')['batches'])['subnets'] as Json[];
      if (subnet !== undefined) subnet['state'] = word;
    },
    'state of a batch': (rollouts) => (firstOf(ofKind(rollouts, 'api_boundary_nodes')['batches'])['state'] = word),
    'stage of HostOS': (rollouts) => {
      const byStage = ofKind(rollouts, 'nodes')['stages'] as Json;
      byStage[word] = byStage['unassigned'];
      Reflect.deleteProperty(byStage, 'unassigned');
    },
    'state of an engine': (_, engines) => (engines['rollout_ic_os_to_mainnet_subnets'] = word),
    'kind of an engine': (_, engines) => (engines[word] = 'paused'),
  };
  for (const [place, put] of Object.entries(places)) {
    it(`is shown as it was written, marked, and logged once: ${place}`, async () => {
      const count = dre.log.lines.filter((line) => line.includes(word)).length;
      change = () => undefined;
      const before = (await rows()).filter(({ id }) => id.startsWith('rollout/')).length;
      change = put;
      const after = await rows();
      const marked = after.filter((row) => shown(row).every((text) => text.includes(`“${word}”`)));
      assert.ok(marked.length > 0, after.flatMap(shown).join('\n'));
      assert.equal(after.filter(({ id }) => id.startsWith('rollout/')).length, before, 'no rollout is left out');
      assert.ok(!after.some(({ label }) => label.startsWith("Can't read")));
      const logged = dre.log.lines.filter((line) => line.includes(word)).length - count;
      assert.ok(logged <= 1, 'once for all batches');
      assert.ok(dre.log.lines.some((line) => line.includes('has a word that is not known')));
    });
  }

  it('leaves a rollout of such a kind its page alone, without what only the others have', async () => {
    change = (rollouts) => places['kind']?.(rollouts, {});
    const row = (await rows()).find(({ id }) => id.startsWith(`rollout/${word}/`));
    assert.deepEqual(
      [row?.children, row?.record, row?.command],
      [undefined, undefined, 'drDre.releases.openInAirflow'],
    );
    assert.match(row?.hover?.join('\n') ?? '', /Can't tell what it upgrades/);
  });

  it('keeps two batches apart whose numbers are the same but for how they are written', async () => {
    change = (rollouts) => {
      const batches = ofKind(rollouts, 'subnets')['batches'] as Json;
      batches['01'] = batches['1'];
    };
    await rows();
    const rollout = [...dre.store.state(rolloutsKey).records.values()].find(({ kind }) => kind.endsWith('subnets'));
    assert.ok(rollout !== undefined);
    const ids = timeline(rollout, { now: wednesday }).groups.flatMap((group) => group.rows.map(({ id }) => id));
    assert.deepEqual(ids.filter((id) => /^batch-0?1$/.test(id)).sort(), ['batch-01', 'batch-1']);
    assert.equal(new Set(ids).size, ids.length);
  });
});

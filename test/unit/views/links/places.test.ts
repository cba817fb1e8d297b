import assert from 'node:assert/strict';
import type { Links } from '../../../../src/domain/links/join.ts';
import { offeredGroups, offeredPlaces } from '../../../../src/views/links/places.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { weekRollout } from '../../../support/feeds/linkRecords.ts';

describe('the subnets and nodes to choose from', () => {
  const [first, second, third] = ['aaaaa-aa', 'rrkah-fqaaa-aaaaa-aaaaq-cai', 'ryjl3-tyaaa-aaaaa-aaaba-cai'] as const;
  const rollout = weekRollout();
  const [batch = assert.fail('there is no batch')] = rollout.batches;
  const [target = assert.fail('there is no target')] = batch.targets;
  const targets = [first, second, 'not-an-id'].map((id) => ({ ...target, id }));
  const rollouts = [{ ...rollout, batches: [{ ...batch, targets }] }];
  const alerts = [alert('a')];
  // Only what it uses.
  const links = {
    placesOf: () => [
      { kind: 'subnet', id: third },
      { kind: 'node', id: first },
    ],
    alertsAt: ({ id }: { readonly id: string }) => (id === second ? alerts : []),
  } as unknown as Links;

  it('are those of rollouts and alerts with a whole id, most alerts first', () => {
    assert.deepEqual(offeredPlaces('subnet', { alerts, rollouts, registry: [], links }), [
      { id: second, label: 'rrkah', description: '1 alert' },
      { id: first, label: 'aaaaa', description: '' },
      { id: third, label: 'ryjl3', description: '' },
    ]);
    assert.deepEqual(
      offeredPlaces('node', { alerts, rollouts, registry: [], links }).map(({ id }) => id),
      [first],
    );
  });

  it('are those of rollouts while no links are known yet', () => {
    assert.deepEqual(
      offeredPlaces('subnet', { alerts, rollouts, registry: [], links: undefined }).map(({ id }) => id),
      [first, second],
    );
  });

  it('are also those of the registry, with what it says of them, unhealthy ones first', () => {
    const node = { subnet: second, dataCenter: 'bo1', provider: first, operator: first, health: 'healthy' };
    const registry = [
      { ...node, id: first, subnet: null },
      { ...node, id: second, health: undefined, dataCenter: undefined },
      { ...node, id: third, health: 'dead' },
    ];
    const records = { alerts: [], rollouts: [], registry, links: undefined };
    assert.deepEqual(offeredPlaces('node', records), [
      { id: third, label: 'ryjl3', description: 'subnet rrkah, bo1, dead' },
      { id: first, label: 'aaaaa', description: 'no subnet, bo1, healthy' },
      { id: second, label: 'rrkah', description: 'subnet rrkah' },
    ]);
    assert.deepEqual(offeredPlaces('subnet', records), [
      { id: second, label: 'rrkah', description: '2 nodes, 1 not healthy' },
    ]);
    assert.deepEqual(offeredGroups('dataCenter', registry), [['bo1', 'Data center bo1, 2 nodes, 1 not healthy']]);
    assert.deepEqual(offeredGroups('provider', registry), [[first, 'Provider aaaaa, 3 nodes, 1 not healthy']]);
  });
});

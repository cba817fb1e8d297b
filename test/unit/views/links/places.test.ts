import assert from 'node:assert/strict';
import type { Links } from '../../../../src/domain/links/join.ts';
import { knownPlaces } from '../../../../src/views/links/places.ts';
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
    assert.deepEqual(knownPlaces('subnet', { alerts, rollouts, links }), [
      { id: second, label: 'rrkah', description: '1 alert' },
      { id: first, label: 'aaaaa', description: '' },
      { id: third, label: 'ryjl3', description: '' },
    ]);
    assert.deepEqual(
      knownPlaces('node', { alerts, rollouts, links }).map(({ id }) => id),
      [first],
    );
  });

  it('are those of rollouts while no links are known yet', () => {
    assert.deepEqual(
      knownPlaces('subnet', { alerts, rollouts, links: undefined }).map(({ id }) => id),
      [first, second],
    );
  });
});

import assert from 'node:assert/strict';
import { batchKey } from '../../../../src/domain/releases/batchKey.ts';
import type { Adoption, HostBatch, HostBatchRead, HostNode } from '../../../../src/domain/releases/hostBatch.ts';
import type { Batch } from '../../../../src/domain/releases/rollout.ts';
import { findable } from '../../../../src/views/releases/find.ts';
import { at, batch, finished, principal, rollout, target } from '../../../support/feeds/rolloutBuilder.ts';

describe('finding a subnet', () => {
  const older = rollout({
    name: 'rc--2026-08-13_03-55',
    state: 'complete',
    dispatchedAt: at(-8, 18),
    revision: 'a'.repeat(40),
    batches: [
      {
        ...finished(1, at(-7, 9), ['aaaaa', 'bbbbb', 'ddddd']),
        targets: ['aaaaa', 'bbbbb', 'ddddd'].map((each) =>
          target(each, { state: 'complete', revision: 'a'.repeat(40) }),
        ),
      },
    ],
  });
  const newer = rollout({
    batches: [
      finished(1, at(0, 9), ['aaaaa']),
      batch(2, at(2, 13), { state: 'error', targets: [target('bbbbb', { state: 'error' }), target('ccccc')] }),
    ],
  });

  it('says where it is in the rollout that goes on, and which version it runs', () => {
    assert.deepEqual(
      findable([older, newer]).map(({ label, description, detail, batch: row }) => [label, description, detail, row]),
      [
        ['aaaaa', 'GuestOS rc--2026-08-20_03-30, batch 1: complete', `Version 79c0105 · ${principal('aaaaa')}`, 'batch-1'],
        ['bbbbb', 'GuestOS rc--2026-08-20_03-30, batch 2: error', `Version aaaaaaa · ${principal('bbbbb')}`, 'batch-2'],
        ['ccccc', 'GuestOS rc--2026-08-20_03-30, batch 2: planned', `Version not known · ${principal('ccccc')}`, 'batch-2'],
        ['ddddd', 'GuestOS rc--2026-08-13_03-55, batch 1: complete', `Version aaaaaaa · ${principal('ddddd')}`, 'batch-1'],
      ],
    ); // prettier-ignore
  });

  it('says of a node of HostOS where it is in the rollout and which version it runs, once its batch was read', () => {
    const [chosen, planned] = [
      batch(1, at(2, 9), { stage: 'main', state: 'waiting_for_adoption', actualStart: at(2, 9) }),
      batch(1, at(3, 9), { stage: 'stragglers' }),
    ];
    const host = rollout({ kind: 'rollout_ic_os_to_mainnet_nodes', batches: [chosen, planned] });
    const node = (label: string, adoption?: Adoption): HostNode => ({
      id: principal(label),
      provider: undefined,
      dataCenter: undefined,
      assignment: undefined,
      status: undefined,
      adoption,
      health: undefined,
    });
    const read = (of: Batch, nodes: HostBatch['nodes'], plannedNodes: HostBatch['nodes']): [string, HostBatchRead] => [
      batchKey(host, of),
      {
        key: batchKey(host, of),
        batch: {
          nodes,
          plannedNodes,
          tolerance: undefined,
          adoptionBypassed: undefined,
          healthBypassed: undefined,
          skipped: 0,
        },
        asOf: at(2, 9),
        last: 'read',
        triedAt: at(2, 9),
        listed: '',
      },
    ];
    const known = new Map([
      read(chosen, [node('aaaaa', 'upgraded'), node('bbbbb', 'AWOL')], ['aaaaa', 'ccccc', 'ddddd'].map((each) => node(each))),
      read(planned, undefined, ['ccccc', 'bbbbb'].map((each) => node(each))),
    ]); // prettier-ignore
    assert.deepEqual(
      findable([host], known).map(({ description, detail }) => [description, detail]),
      [
        ['HostOS rc--2026-08-20_03-30, batch main 1: upgraded', `Version 79c0105 · ${principal('aaaaa')}`],
        ['HostOS rc--2026-08-20_03-30, batch main 1: does not report', `Version not known · ${principal('bbbbb')}`],
        ['HostOS rc--2026-08-20_03-30, batch stragglers 1: planned', `Version not known · ${principal('ccccc')}`],
        ['HostOS rc--2026-08-20_03-30, batch main 1: left out', `Version not known · ${principal('ddddd')}`],
      ],
    ); // prettier-ignore
    assert.deepEqual(findable([host]), []);
  });
});

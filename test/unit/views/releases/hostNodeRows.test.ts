import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import type { Links } from '../../../../src/domain/links/join.ts';
import { batchKey } from '../../../../src/domain/releases/batchKey.ts';
import { type HostBatch, type HostBatchRead, type HostNode } from '../../../../src/domain/releases/hostBatch.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { rolloutsKey } from '../../../../src/feeds/releases/keys.ts';
import type { Row } from '../../../../src/views/kit/row.ts';
import { releasesView } from '../../../../src/views/releases/view.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { alert } from '../../../support/feeds/alertBuilder.ts';
import { at, batch, principal, rollout, wednesday } from '../../../support/feeds/rolloutBuilder.ts';
import { renderRows } from '../../../support/views/renderRows.ts';

const running = batch(11, at(2, 13), { stage: 'main', actualStart: at(2, 13), state: 'waiting_for_adoption' });
const host = rollout({ kind: 'rollout_ic_os_to_mainnet_nodes', state: 'main', batches: [running] });

function node(label: string, over: Partial<HostNode> = {}): HostNode {
  return {
    id: principal(label),
    provider: principal('ppppp'),
    dataCenter: 'zh5',
    assignment: undefined,
    status: 'Healthy',
    adoption: undefined,
    health: undefined,
    ...over,
  };
}

const planned: HostBatch = {
  nodes: undefined,
  plannedNodes: [node('aaaaa'), node('bbbbb', { status: 'Dead' })],
  tolerance: '5%',
  adoptionBypassed: undefined,
  healthBypassed: undefined,
  skipped: 0,
};

/** The rows below the batch; `undefined`: nothing was read yet. */
function rowsOf(read: Partial<HostBatchRead> | undefined, links?: Links): readonly Row[] {
  const store = new Store<Failure>(rethrow);
  store.update(rolloutsKey, { status: 'fresh', asOf: wednesday, records: [host] });
  const key = batchKey(host, running);
  const whole: HostBatchRead = {
    key,
    batch: undefined,
    asOf: undefined,
    last: 'read',
    triedAt: wednesday,
    listed: '',
    ...read,
  };
  const from = { now: wednesday, timeZone: 'UTC' };
  const [row] = releasesView(store.state(rolloutsKey), from, 'https://airflow.example.org', links, {
    hostBatches: new Map(read === undefined ? [] : [[key, whole]]),
  }).rows;
  const [shown] = row?.children ?? [];
  assert.equal(shown?.expanded, false);
  return shown.children ?? [];
}

function textOf(rows: readonly Row[]): string {
  return renderRows(rows).replaceAll(/ {2};[a-zA-Z;]*/g, '');
}

describe('the nodes of a HostOS batch', () => {
  it('are being read once the row is unfolded', () => {
    assert.equal(textOf(rowsOf(undefined)), '$(loading~spin) Reading its nodes…');
  });

  it('are those of the plan before they are determined', () => {
    assert.equal(
      textOf(rowsOf({ batch: planned, asOf: wednesday })),
      [
        '$(server) 2 nodes planned',
        '$(circle-large-outline) aaaaa  planned · zh5',
        '$(circle-large-outline) bbbbb  planned · Dead · zh5',
      ].join('\n'),
    );
  });

  it('stand with those first that need a look, and say what is not known', () => {
    const nodes = [
      node('aaaaa', { adoption: 'upgraded' }),
      node('bbbbb', { adoption: 'AWOL' }),
      node('ccccc', { adoption: 'pending' }),
      node('ddddd'),
      node('eeeee', { adoption: 'unknown', unknownAdoption: 'melted' }),
    ];
    assert.equal(
      textOf(rowsOf({ batch: { ...planned, nodes }, asOf: wednesday })),
      [
        '$(server) 1 of 5 nodes upgraded  1 not reporting · 1 not upgraded yet · 1 not known',
        '$(warning) bbbbb  does not report · zh5',
        '$(question) eeeee  unknown: “melted” · zh5',
        '$(play-circle) ccccc  not upgraded yet · zh5',
        '$(question) ddddd  not known · zh5',
        '$(pass) aaaaa  upgraded · zh5',
      ].join('\n'),
    );
  });

  it('lead to their batch on the timeline, and to the alerts on them', () => {
    // Only what the rows of nodes use.
    const links: Pick<Links, 'alertsAt'> = {
      alertsAt: ({ kind, id }) => (kind === 'node' && id === principal('bbbbb') ? [alert('a1')] : []),
    };
    const rows = rowsOf({ batch: planned, asOf: wednesday }, links as Links);
    const tokens = rows.flatMap(({ batch, tokens: all }) => (batch === undefined ? [] : [all]));
    assert.deepEqual(
      tokens.map((all) => [all.includes('rollout'), all.includes('alerted')]),
      [
        [true, false],
        [true, true],
      ],
    );
  });

  it('say which of them have alerts, and which check was bypassed', () => {
    const nodes = [
      node('aaaaa', { adoption: 'upgraded', health: 'OK' }),
      node('bbbbb', { adoption: 'upgraded', health: 'alerting' }),
      node('ccccc', { adoption: 'upgraded', health: 'notKnown' }),
    ];
    const bypassed: HostBatch = { ...planned, nodes, adoptionBypassed: false, healthBypassed: true, skipped: 1 };
    const rows = rowsOf({ batch: bypassed, asOf: wednesday });
    assert.equal(
      textOf(rows),
      [
        "$(server) 1 of 3 nodes healthy  1 alerting · 1 health not known · can't read 1 node",
        '$(warning) Health check bypassed',
        '$(bell) bbbbb  alerting · zh5',
        '$(question) ccccc  health not known · zh5',
        '$(pass) aaaaa  healthy · zh5',
      ].join('\n'),
    );
    assert.deepEqual(rows[0]?.hover?.slice(1, 3), [
      'Against its plan: 0 nodes left out, 1 node added',
      'It goes on when all but 5% of its nodes are done',
    ]);
  });

  it('stay below a failure, which a click tries again', () => {
    const last: Failure = { kind: 'timeout', service: 'rollouts', operation: 'read a HostOS batch' };
    const rows = rowsOf({ batch: planned, asOf: at(2, 13, 40), last });
    assert.deepEqual([rows[0]?.command, rows[0]?.tokens[0], rows.length], ['drDre.retry', 'retryable', 4]);
    assert.ok(rows[0]?.hover?.includes('The rows below are of 13:40.'));
  });

  it('are not said to be none where the dashboard does not know them', () => {
    assert.equal(textOf(rowsOf({ last: 'notYet' })), '$(circle-large-outline) The dashboard has no nodes of it yet');
    assert.equal(textOf(rowsOf({ last: 'loading' })), '$(circle-large-outline) The dashboard has not read it yet');
  });
});

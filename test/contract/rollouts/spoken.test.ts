import assert from 'node:assert/strict';
import type { Failure } from '../../../src/domain/base/failure.ts';
import { hour } from '../../../src/domain/base/time.ts';
import { Store } from '../../../src/engine/read/store.ts';
import { takeBoard } from '../../../src/feeds/releases/board.ts';
import { enginesOf, fullReadAt, rolloutsKey } from '../../../src/feeds/releases/keys.ts';
import { toBoard } from '../../../src/sources/rollouts/mapping.ts';
import type { Row } from '../../../src/views/kit/row.ts';
import { releasesView } from '../../../src/views/releases/view.ts';
import { rethrow } from '../../support/engine/engine.ts';
import { describeWithReference, readReference } from '../../support/base/reference.ts';
import { silentReport } from '../../support/sources/silentReport.ts';
import { assertSpeakable } from '../../support/views/spokenText.ts';

type Json = Record<string, unknown>;

const kinds = [
  'rollout_ic_os_to_mainnet_subnets',
  'rollout_ic_os_to_mainnet_nodes',
  'rollout_ic_os_to_mainnet_api_boundary_nodes',
];

/** The rows once the dashboard has given these answers, an hour apart. */
function rowsAfter(first: number, ...answers: readonly Json[]): readonly Row[] {
  const store = new Store<Failure>(rethrow);
  let now = first;
  for (const answer of answers) {
    const board = toBoard(answer, silentReport) ?? assert.fail('no state');
    store.update(rolloutsKey, { status: 'fresh', asOf: now, records: takeBoard(store, board, now) });
    now += hour;
  }
  const beside = { engines: enginesOf(store), fullReadAt: fullReadAt(store) };
  const from = { now, timeZone: 'UTC' };
  const { rows } = releasesView(store.state(rolloutsKey), from, 'https://airflow.example.org', undefined, beside);
  const within = (all: readonly Row[]): readonly Row[] => all.flatMap((row) => [row, ...within(row.children ?? [])]);
  return within(rows);
}

function assertSpoken(rows: readonly Row[]): void {
  assert.ok(rows.length > 3);
  for (const { id, spoken } of rows) assertSpeakable(spoken ?? assert.fail(id), id);
}

for (const [file, now] of [
  ['v2-state-midweek', Date.UTC(2026, 7, 26, 13, 50, 11)],
  ['v2-state-edge', Date.UTC(2026, 7, 26, 13, 50, 11)],
  ['real-midweek', Date.parse('2026-11-28T10:22:40Z')],
  ['real-situations', Date.parse('2026-11-28T10:22:40Z')],
] as const) {
  const name = `rollout-samples/${file}.json`;
  describeWithReference(`what a screen reader says of the rollouts in ${file}`, name, () => {
    const answer = JSON.parse(readReference(name)) as Json;
    const withEngines = (state: string): Json => ({
      ...answer,
      rollout_engine_states: Object.fromEntries(kinds.map((kind) => [kind, state])),
    });

    it('is made of words while they go on', () => assertSpoken(rowsAfter(now, answer)));

    for (const state of ['paused', 'inactive', 'broken', 'napping']) {
      it(`is made of words while their engines are ${state}`, () => {
        assertSpoken(rowsAfter(now, withEngines('active'), withEngines(state)));
        assertSpoken(rowsAfter(now, answer, { ...withEngines(state), rollouts: [] }));
      });
    }
  });
}

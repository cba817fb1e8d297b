import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { minute } from '../../../../src/domain/base/time.ts';
import { Store, type FeedState } from '../../../../src/engine/read/store.ts';
import { alertsView } from '../../../../src/views/alerts/view.ts';
import { queueView } from '../../../../src/views/queue/view.ts';
import { weekView } from '../../../../src/views/rotation/view.ts';
import { rethrow } from '../../../support/engine/engine.ts';

const now = Date.UTC(2026, 7, 26, 13, 50, 11);
const from = { now, timeZone: 'UTC' };
const site = 'https://example.atlassian.net';

/** A feed without records. */
function empty<R>(change: Partial<FeedState<R, Failure>>): FeedState<R, Failure> {
  const key = { name: 'test', keyOf: (): string => '' };
  const store = new Store<Failure>(rethrow);
  store.update<R>(key, { status: 'fresh', asOf: now, ...change, records: [] });
  return store.state<R>(key);
}

describe('beside the names of views', () => {
  it('stands that they are not read or not of now, which is seen while they are collapsed, too', () => {
    const failure = { kind: 'unreachable', service: 'ops', operation: 'list' } as const;
    const said = (change: Partial<FeedState<never, Failure>>): readonly unknown[] =>
      [
        alertsView(empty(change), from, site),
        queueView(empty(change), from, site, 'DRE-350'),
        weekView(empty(change), undefined, from, `${site}/on-call`),
      ].map(({ trouble }) => trouble);
    const old = 'as of 13:20 (30 min ago)';
    assert.deepEqual(said({ status: 'failing', failure, asOf: now - 30 * minute }), [old, old, old]);
    assert.deepEqual(said({ status: 'failing', failure, asOf: undefined }), ['not read', 'not read', 'not read']);
    assert.deepEqual(said({}), [undefined, undefined, undefined]);
  });
});

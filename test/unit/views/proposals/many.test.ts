import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { proposalsKey } from '../../../../src/feeds/proposals/proposals.ts';
import { rowsAtOnce } from '../../../../src/views/kit/capped.ts';
import { proposalsView } from '../../../../src/views/proposals/view.ts';
import { benchNow, manyProposals } from '../../../bench/worlds.ts';
import { rethrow } from '../../../support/engine/engine.ts';

describe('1,000 open proposals', () => {
  const all = manyProposals(1_000);
  const from = { now: benchNow, timeZone: 'UTC' };
  const store = new Store<Failure>(rethrow);
  store.update(proposalsKey, { status: 'fresh', asOf: benchNow, records: all });

  it('make no more rows than are shown, and nothing is searched for the others', () => {
    const asked: bigint[] = [];
    const topics = Array.from({ length: 19 }, (_, topic) => topic);
    const { rows } = proposalsView(store.state(proposalsKey), from, undefined, undefined, {
      topics,
      isTicketed: ({ id }) => {
        asked.push(id);
        return undefined;
      },
    });
    const ids = rows.flatMap(({ record }) => (record?.kind === 'proposal' ? [record.key] : []));
    assert.equal(ids.length, rowsAtOnce);
    assert.ok(asked.length <= rowsAtOnce, `${asked.length}`);
    assert.ok(
      rows.some(({ label, description = '' }) => `${label} ${description}`.includes(`${1_000 - rowsAtOnce}`)),
      'the rest is counted',
    );
    // Those that end first (the voting on the very first one has ended), with ids that a double cannot hold.
    assert.deepEqual(
      ids,
      all.slice(1, rowsAtOnce + 1).map(({ id }) => `${id}`),
    );
  });
});

import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import type { NodesEnd, UnreadBatch } from '../../../../src/feeds/releases/hostNodes.ts';
import { rolloutsKey } from '../../../../src/feeds/releases/keys.ts';
import type { FindingParts } from '../../../../src/ui/releases/finding.ts';
import { rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { at, hostOs } from '../../../support/feeds/rolloutBuilder.ts';
import { host } from '../../../support/ui/vscode.ts';
import { useVscodeDouble } from '../../../support/ui/vscodeDouble.ts';

useVscodeDouble();
const { findTarget } = await import('../../../../src/ui/releases/finding.ts');

describe('finding a node of HostOS', () => {
  const entries: string[][] = [];

  /** Picks the entry that reads, once, and leaves the list that is there after it. */
  function readOnce(): void {
    entries.length = 0;
    host.pick = (items) => {
      entries.push(items.map(({ label }) => label));
      return entries.length === 1 ? items.at(-1) : undefined;
    };
  }

  async function find(end: NodesEnd): Promise<readonly string[]> {
    const store = new Store<Failure>(rethrow);
    store.update(rolloutsKey, { status: 'fresh', records: [hostOs()] });
    const name = { rollout: 'rc--2026-08-13_03-55', stage: 'main', number: 11 } as const;
    let unread: readonly UnreadBatch[] = [{ key: 'k', name, listed: '' }];
    const hostNodes = {
      known: () => new Map(),
      unread: () => unread,
      read: async (all: readonly UnreadBatch[], _: AbortSignal, report: (done: number) => void): Promise<NodesEnd> => {
        if (end.kind === 'all') unread = [];
        report(all.length);
        return end;
      },
    };
    const parts = {
      store,
      clock: new FakeClock(at(2, 13, 50)),
      timeline: { open: async () => undefined },
      hostNodes: async () => hostNodes,
    };
    host.messages.length = 0;
    // Only what it uses.
    await findTarget(parts as unknown as FindingParts);
    return host.messages.map(({ text }) => text);
  }

  it('offers to read what is not known, and what is left of it after that', async () => {
    readOnce();
    const failure: Failure = { kind: 'timeout', service: 'rollouts', operation: 'read a HostOS batch' };
    const [said = ''] = await find({ kind: 'failed', failure });
    assert.deepEqual(entries, [
      ['Read the nodes of 1 HostOS batch…'],
      ['Read the nodes of 1 HostOS batch…'],
    ]); // prettier-ignore
    assert.equal(said, 'Not all nodes were read. No answer from the rollout dashboard in time.');
    readOnce();
    assert.match((await find({ kind: 'limit', at: at(2, 14, 50) })).join(), /Try again after 14:50\.$/);
    readOnce();
    assert.deepEqual(await find({ kind: 'cancelled' }), []);
  });

  it('says that there is nothing to find where nothing is', async () => {
    readOnce();
    assert.deepEqual(await find({ kind: 'all' }), ['No rollout that is known names subnets or nodes.']);
    assert.equal(entries.length, 1);
  });
});

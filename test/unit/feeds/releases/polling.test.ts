import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { minute, second } from '../../../../src/domain/base/time.ts';
import { Feed } from '../../../../src/engine/read/feed.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { failureRules } from '../../../../src/feeds/failureRules.ts';
import { rolloutsKey } from '../../../../src/feeds/releases/keys.ts';
import { rolloutsFeed, RolloutStream } from '../../../../src/feeds/releases/rollouts.ts';
import { createHttp } from '../../../../src/sources/http.ts';
import { createRollouts } from '../../../../src/sources/rollouts/client.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';

const kind = 'rollout_ic_os_to_mainnet_subnets';
const board = {
  rollouts: [{ kind, name: 'a', state: 'problem', dispatch_time: '2026-08-20T03:30:00Z', batches: {} }],
  rollout_engine_states: { [kind]: 'active' },
};

describe('an event stream behind a proxy that cuts it', () => {
  /** How long the proxy lets a connection live. */
  let livesMs = 10 * second;
  const clock = new FakeClock();
  const store = new Store<Failure>(rethrow);
  const remarks = new Set<string | undefined>();
  let connections = 0;
  let reads = 0;
  const http = createHttp({
    fetch: (input) => {
      if (new Request(input).url.endsWith('/api/v2/state')) {
        reads++;
        return Promise.resolve(Response.json(board));
      }
      connections++;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          const say = (text: string): void => controller.enqueue(new TextEncoder().encode(text));
          say(`event: State\ndata: ${JSON.stringify(board)}\n\n`);
          let isOver = false;
          const keepAlive = (): void => {
            if (isOver) return;
            say(': keepalive\n\n');
            clock.after(5 * second, keepAlive);
          };
          keepAlive();
          clock.after(livesMs, () => {
            isOver = true;
            controller.close();
          });
        },
      });
      return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }));
    },
    now: () => clock.now(),
  });
  const client = createRollouts({ http, baseUrl: new URL('https://dashboard.example.org'), log: () => undefined });
  const context = { store, clock, log: memoryLog(), random: () => 0.5, rules: failureRules(() => 'rollouts') };
  const rollouts = (): Promise<typeof client> => Promise.resolve(client);
  const polling = { isPolling: false };
  const feed = new Feed(rolloutsFeed(rollouts, store, clock, polling), context);
  const stream = new RolloutStream(rollouts, feed, context, polling);

  /** Lets time pass, and what comes over the wire with it; collects what is said of the list. */
  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += second) {
      await clock.advance(second);
      for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
      remarks.add(store.state(rolloutsKey).completeness.remark);
    }
  }

  after(() => {
    stream.dispose();
    feed.dispose();
  });

  it('is given up for reads, which is said without a break, and costs no more than they may', async () => {
    feed.start();
    feed.attend('active');
    stream.start();
    stream.attend('active');
    await pass(2 * minute);
    remarks.clear();
    [connections, reads] = [0, 0];
    await pass(60 * minute);
    assert.equal(remarks.size, 1);
    assert.match([...remarks][0] ?? '', /^The live connection to the dashboard does not hold/);
    assert.equal(store.state(rolloutsKey).status, 'fresh');
    assert.ok(connections <= 40, `${connections} connections`);
    assert.ok(connections + reads <= 90, `${connections + reads} requests`);
  }).timeout(20_000);

  it('is what the rollouts come by again once it holds', async () => {
    livesMs = 60 * minute;
    await pass(5 * minute);
    assert.equal(store.state(rolloutsKey).completeness.remark, undefined);
    const before = connections;
    await pass(10 * minute);
    assert.equal(connections, before);
  });
});

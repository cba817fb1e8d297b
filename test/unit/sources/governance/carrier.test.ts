import assert from 'node:assert/strict';
import { createCarrier, type Carrier, type CarrierOptions } from '../../../../src/sources/governance/carrier.ts';
import type { Exchange } from '../../../../src/sources/http.ts';

const url = 'https://icp-api.io/api/v3/canister/x/query';

function carrier(answer: () => Response | Promise<Response>, more: Partial<CarrierOptions> = {}): Carrier {
  return createCarrier({
    operation: 'list proposals',
    fetch: async () => answer(),
    now: () => 0,
    signal: undefined,
    timeoutMs: 1000,
    ...more,
  });
}

describe('carrier', () => {
  it('returns the whole answer and follows no redirect', async () => {
    let seen: RequestInit | undefined;
    const through = carrier(() => new Response(''), {
      fetch: async (_, init) => {
        seen = init;
        return new Response(Uint8Array.of(1, 2, 3));
      },
    });
    const response = await through.fetch(url, { method: 'POST' });
    assert.deepEqual(new Uint8Array(await response.arrayBuffer()), Uint8Array.of(1, 2, 3));
    assert.deepEqual([seen?.method, seen?.redirect], ['POST', 'manual']);
    assert.equal(through.failure(), undefined);
  });

  it('keeps the first failure and sends nothing after it', async () => {
    let requests = 0;
    const through = carrier(() => {
      requests++;
      return new Response('busy', { status: 429, headers: { 'retry-after': '3' } });
    });
    assert.equal((await through.fetch(url)).status, 429);
    await assert.rejects(through.fetch(url));
    assert.equal(requests, 1);
    assert.deepEqual(through.failure(), {
      service: 'governance',
      operation: 'list proposals',
      kind: 'rateLimited',
      status: 429,
      detail: 'busy',
      retryAfterMs: 3000,
    });
  });

  it('lets the agent set its clock a few times only', async () => {
    const through = carrier(() => new Response('Invalid request expiry: too late', { status: 400 }));
    for (let index = 0; index < 5; index++) await through.fetch(url);
    assert.equal(through.failure(), undefined);
    await through.fetch(url);
    assert.equal(through.failure()?.kind, 'rejected');
  });

  it('refuses an answer without end', async () => {
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(1024 * 1024)) });
    const through = carrier(() => new Response(endless));
    await assert.rejects(through.fetch(url));
    assert.equal(through.failure()?.kind, 'malformed');
  });

  it('ends what is left when it is closed, which is not a failure', async () => {
    const through = carrier(() => new Response(''), {
      timeoutMs: 60_000,
      fetch: (_, init) =>
        new Promise((_resolve, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted')))),
    });
    const left = through.fetch(url);
    through.close();
    await assert.rejects(left, /aborted/);
    assert.equal(through.failure(), undefined);
  });

  it('reports every exchange to the meter', async () => {
    const exchanges: Exchange[] = [];
    const times = [100, 250];
    const through = carrier(() => new Response('x', { status: 503 }), {
      now: () => times.shift() ?? 250,
      onExchange: (exchange) => exchanges.push(exchange),
    });
    await through.fetch(url, { method: 'POST' });
    const [exchange] = exchanges;
    assert.deepEqual(
      [exchange?.service, exchange?.method, exchange?.status, exchange?.durationMs],
      ['governance', 'POST', 503, 150],
    );
  });
});

import assert from 'node:assert/strict';
import { createHttp } from '../../../src/sources/http.ts';
import { createRollouts, type RolloutEvent } from '../../../src/sources/rollouts/client.ts';
import { describeWithReference, readReference } from '../../support/reference.ts';

const session = 'rollout-samples/sse-session.txt';

describeWithReference('a recorded session of the event stream', session, () => {
  const bytes = new TextEncoder().encode(readReference(session));

  /** The events of the session, which comes in chunks that end at these places. */
  async function eventsOf(cuts: readonly number[]): Promise<readonly RolloutEvent[]> {
    const ends = [...cuts, bytes.byteLength];
    const chunks = ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
    let next = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const chunk = chunks[next++];
        if (chunk === undefined) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const answer = new Response(body, { headers: { 'content-type': 'text/event-stream' } });
    const http = createHttp({ fetch: () => Promise.resolve(answer), now: Date.now });
    const client = createRollouts({ http, baseUrl: new URL('https://dashboard.example.org'), log: () => undefined });
    const events: RolloutEvent[] = [];
    await client.follow(
      new AbortController().signal,
      (event) => events.push(event),
      () => undefined,
    );
    return events;
  }

  it('is read event by event, and says that Airflow failed, not the dashboard', async () => {
    const events = await eventsOf([]);
    assert.deepEqual(
      events.map((event) => (event.type === 'error' ? event.failure.service : event.type)),
      ['state', 'delta', 'engines', 'airflow', 'airflow', 'state', 'delta', 'engines'],
    );
  });

  it('is read the same wherever the network cuts it', async () => {
    const whole = await eventsOf([]);
    const each = Array.from({ length: bytes.byteLength - 1 }, (_, index) => index + 1);
    assert.deepEqual(await eventsOf(each), whole, 'cut after every byte');
    // One cut in each end of an event, and beside it.
    const text = readReference(session);
    for (const { index } of text.matchAll(/\n\n/g)) {
      const end = new TextEncoder().encode(text.slice(0, index)).byteLength;
      assert.deepEqual(await eventsOf([end, end + 1, end + 2]), whole, `cut at ${end}`);
    }
  });
});

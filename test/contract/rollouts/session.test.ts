import assert from 'node:assert/strict';
import { createHttp } from '../../../src/sources/http.ts';
import { createRollouts, type RolloutEvent, type Rollouts } from '../../../src/sources/rollouts/client.ts';
import type { HostBatchEvent } from '../../../src/sources/rollouts/hostBatchEvents.ts';
import { describeWithReference, readReference } from '../../support/reference.ts';

const session = 'rollout-samples/sse-session.txt';

/** A client whose dashboard answers with these bytes, in chunks that end at these places. */
function clientOf(bytes: Uint8Array, cuts: readonly number[]): Rollouts {
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
  return createRollouts({ http, baseUrl: new URL('https://dashboard.example.org'), log: () => undefined });
}

describeWithReference('a recorded session of the event stream', session, () => {
  const bytes = new TextEncoder().encode(readReference(session));

  /** The events of the session, which comes in chunks that end at these places. */
  async function eventsOf(cuts: readonly number[]): Promise<readonly RolloutEvent[]> {
    const client = clientOf(bytes, cuts);
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

describeWithReference('a session of the stream of one HostOS batch', 'rollout-samples/sse-hostos-batch.txt', () => {
  async function eventsOf(file: string, cut: boolean): Promise<readonly HostBatchEvent[]> {
    const bytes = new TextEncoder().encode(readReference(`rollout-samples/${file}`));
    const cuts = cut ? Array.from({ length: bytes.byteLength - 1 }, (_, index) => index + 1) : [];
    const events: HostBatchEvent[] = [];
    await clientOf(bytes, cuts).followHostBatch(
      { rollout: 'rc', stage: 'main', number: 11 },
      new AbortController().signal,
      (event) => events.push(event),
      () => undefined,
    );
    return events;
  }

  it('is read event by event, the same where it is cut after every byte', async () => {
    const whole = await eventsOf('sse-hostos-batch.txt', false);
    assert.deepEqual(
      whole.map(({ said, isLast }) => [said.ok ? said.value.kind : said.failure.service, isLast]),
      [['batch', false], ['airflow', false], ['batch', false]],
    ); // prettier-ignore
    assert.deepEqual(await eventsOf('sse-hostos-batch.txt', true), whole);
  });

  it('ends with an error that lasts', async () => {
    const [last, ...others] = await eventsOf('sse-hostos-batch-permanent.txt', true);
    assert.ok(last !== undefined && !last.said.ok);
    assert.deepEqual([last.said.failure.kind, last.isLast, others], ['notFound', true, []]);
  });
});

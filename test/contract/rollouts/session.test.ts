import assert from 'node:assert/strict';
import { createHttp, type Http } from '../../../src/sources/http.ts';
import { createRollouts, type RolloutEvent, type Rollouts } from '../../../src/sources/rollouts/client.ts';
import { followEvents } from '../../../src/sources/rollouts/events.ts';
import type { HostBatchEvent } from '../../../src/sources/rollouts/hostBatchEvents.ts';
import { describeWithReference, readReference } from '../../support/base/reference.ts';

const session = 'rollout-samples/sse-session.txt';

/** A dashboard that answers with these bytes, in chunks that end at these places. */
function httpOf(bytes: Uint8Array, cuts: readonly number[]): Http {
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
  return createHttp({ fetch: () => Promise.resolve(answer), now: Date.now });
}

const baseUrl = new URL('https://dashboard.example.org');

function clientOf(bytes: Uint8Array, cuts: readonly number[]): Rollouts {
  return createRollouts({ http: httpOf(bytes, cuts), baseUrl, log: () => undefined });
}

/** The events in these bytes before they are read: their names and data. */
async function framesOf(bytes: Uint8Array, cuts: readonly number[]): Promise<readonly string[]> {
  const frames: string[] = [];
  await followEvents({
    http: httpOf(bytes, cuts),
    log: () => undefined,
    operation: 'follow rollouts',
    url: baseUrl,
    signal: new AbortController().signal,
    take: (name, data) => frames.push(`${name} ${data}`) > 0,
    received: () => undefined,
  });
  return frames;
}

describeWithReference('a recorded session of the event stream', session, () => {
  const bytes = new TextEncoder().encode(readReference(session));

  /** The events of the session, which comes in chunks that end at these places. */
  async function eventsOf(cuts: readonly number[], of: Uint8Array = bytes): Promise<readonly RolloutEvent[]> {
    const client = clientOf(of, cuts);
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
  });

  it('has the same events when it is cut once near a line end or at many places within the long lines', async () => {
    const whole = await framesOf(bytes, []);
    const ends = bytes.reduce<number[]>((found, byte, at) => (byte === 10 ? [...found, at] : found), []);
    const near = ends.flatMap((end) => [-1, 0, 1, 2].map((beside) => end + beside));
    const within = Array.from({ length: Math.floor(bytes.byteLength / 2_003) }, (_, index) => index * 2_003);
    const places = new Set([...near, ...within].filter((place) => place > 0 && place < bytes.byteLength));
    assert.ok(places.size > 300, `${places.size} places`);
    for (const place of places) assert.deepEqual(await framesOf(bytes, [place]), whole, `cut at ${place}`);
  });

  it('is the same when it is cut once, at each single place, with only one batch of one subnet in each list', async () => {
    const short = new TextEncoder().encode(shortened(readReference(session)));
    const whole = (await framesOf(short, [])).join('\n');
    const types = async (of: Uint8Array): Promise<readonly string[]> =>
      (await eventsOf([], of)).map(({ type }) => type);
    assert.deepEqual(await types(short), await types(bytes));
    assert.ok(short.byteLength > 4_000, `${short.byteLength} bytes`);
    for (let place = 1; place < short.byteLength; place++) {
      assert.equal((await framesOf(short, [place])).join('\n'), whole, `cut at ${place}`);
    }
  });
});

/** A session with all its lines, but with only the first of each list and of what is numbered, and a letter of two bytes. */
function shortened(session: string): string {
  const lines = session.split('\n').map((line) => {
    if (line.length < 1_000) return line;
    const data: unknown = JSON.parse(line.slice('data: '.length), (key, value: unknown) => {
      if (Array.isArray(value)) return value.slice(0, 1);
      if (key === 'note') return 'né';
      if (typeof value !== 'object' || value === null) return value;
      const entries = Object.entries(value);
      return entries.every(([name]) => /^\d+$/.test(name)) ? Object.fromEntries(entries.slice(0, 1)) : value;
    });
    return `data: ${JSON.stringify(data)}`;
  });
  return lines.join('\n');
}

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

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProposalsAnswer, Canister, Connection, Query } from '../../../../src/sources/governance/reader.ts';
import { WorkerReader, type WorkerReaderOptions } from '../../../../src/sources/governance/workerReader.ts';
import { waitFor } from '../../../support/base/waitFor.ts';

const query: Query = { kind: 'list', of: 'open', before: 7n, limit: 1 };

/** What a thread of these tests does with a message; `port` is its side of the channel. */
const answering = `message.kind === 'query' && port.postMessage(
  { kind: 'answered', id: message.id, memory: message.memory, answer: { ok: true, value: [message.query.before] } })`;
const carrying = `message.kind === 'query'
  ? port.postMessage({ kind: 'carry', id: 1, call: message.call,
      request: { url: message.endpoint.host, method: 'POST', headers: [['a', 'b']], body: new Uint8Array([1, 2]) } })
  : message.kind === 'carried' && port.postMessage({ kind: 'answered', id: 1,
      memory: { rootKey: new Uint8Array([9]), nodeKeys: new Map() },
      answer: { ok: true, value: [message.response?.status ?? 'none'] } })`;

describe('the thread that reads the canister', () => {
  let folder: string;
  let lines: string[];
  let readers: WorkerReader[];

  before(() => (folder = mkdtempSync(join(tmpdir(), 'dr-dre-thread-'))));
  beforeEach(() => {
    lines = [];
    readers = [];
  });
  afterEach(() => {
    readers.forEach((reader) => reader.dispose());
    delete process.env.DR_DRE_TEST_TOKEN;
  });
  after(() => rmSync(folder, { recursive: true }));

  function reader(onMessage: string, options: Partial<WorkerReaderOptions> = {}): WorkerReader {
    const file = join(folder, `${readers.length}.mjs`);
    const code = `import { parentPort as port } from 'node:worker_threads';
      port.on('message', (message) => { ${onMessage} });
      port.postMessage({ kind: 'ready' });`;
    writeFileSync(file, code);
    const made = new WorkerReader({ file, log: (line) => lines.push(line), ...options });
    readers.push(made);
    return made;
  }

  function open(made: WorkerReader, carry: typeof fetch = () => assert.fail('a request')): Canister {
    return made.open(connection(carry));
  }

  it('is started at the first query and answers the next ones too', async () => {
    const made = reader(answering);
    assert.equal(made.running, false);
    const canister = open(made);
    assert.deepEqual(await canister.query(query), { ok: true, value: [7n] });
    assert.deepEqual(await open(made).query({ ...query, before: 8n }), { ok: true, value: [8n] });
    assert.equal(made.running, true);
  });

  it('has its requests carried here, and what it learns is kept here', async () => {
    const requested: unknown[] = [];
    const own = connection(async (input, init) => {
      const request = new Request(input, init);
      requested.push(
        request.url,
        request.method,
        request.headers.get('a'),
        new Uint8Array(await request.arrayBuffer()),
      );
      return new Response(new Uint8Array([3]), { status: 299 });
    });
    assert.deepEqual(await reader(carrying).open(own).query(query), { ok: true, value: [299] });
    assert.deepEqual(requested, ['https://boundary.example/', 'POST', 'b', new Uint8Array([1, 2])]);
    assert.deepEqual(own.memory.rootKey, new Uint8Array([9]));
  });

  it('is informed about a request that got no answer', async () => {
    const canister = open(reader(carrying), () => Promise.reject(new Error('no network')));
    assert.deepEqual(await canister.query(query), { ok: true, value: ['none'] });
  });

  it('does not hold the tokens in the environment', async () => {
    process.env.DR_DRE_TEST_TOKEN = 'hush';
    const made = reader(answering.replace('message.query.before', 'process.env.DR_DRE_TEST_TOKEN'));
    assert.deepEqual(await open(made).query(query), { ok: true, value: [undefined] });
  });

  it('ends when nothing is queried for a while, and is started again', async () => {
    const made = reader(answering, { idleMs: 1 });
    await open(made).query(query);
    await waitFor('its end', () => !made.running);
    assert.deepEqual(await open(made).query(query), { ok: true, value: [7n] });
    assert.deepEqual(lines, []);
  });

  for (const [how, code, said] of [
    ['throws', `throw new Error('broken')`, /ended: Error: broken/],
    ['exits', 'process.exit(3)', /ended with code 3/],
  ] as const) {
    it(`fails its queries when it ${how}, and the next query starts another thread`, async () => {
      const made = reader(`message.query?.before === 7n ? (() => { ${code} })() : ${answering}`);
      const both = [open(made).query(query), open(made).query(query)];
      for (const answer of await Promise.all(both)) assert.equal(failureOf(answer), 'malformed');
      assert.match(lines.join(), said);
      assert.deepEqual(await open(made).query({ ...query, before: 8n }), { ok: true, value: [8n] });
    });
  }

  it('is ended when it is stuck', async () => {
    const made = reader('for (;;);', { stuckAfterMs: 500 });
    assert.equal(failureOf(await open(made).query(query)), 'malformed');
    assert.match(lines.join(), /is stuck/);
    assert.equal(made.running, false);
  });

  it('is not taken for stuck while the network is slow', async () => {
    const made = reader(carrying, { stuckAfterMs: 2_000 });
    const slow = (): Promise<Response> =>
      new Promise((resolve) => setTimeout(() => resolve(new Response('', { status: 200 })), 2_500));
    assert.deepEqual(await open(made, slow).query(query), { ok: true, value: [200] });
  });

  it('reads on this thread where no thread can be started', async () => {
    const made = new WorkerReader({ file: join(folder, 'none.mjs'), log: (text) => lines.push(text) });
    let carried = 0;
    const answer = await open(made, () => {
      carried++;
      return Promise.reject(new Error('no network'));
    }).query(query);
    assert.equal(answer.ok, false);
    assert.ok(carried > 0, 'the agent sent its requests on this thread');
    assert.match(lines.join(), /ended: Error/);
  });

  it('fails what it still has when the extension ends', async () => {
    const made = reader('');
    const answer = open(made).query(query);
    made.dispose();
    assert.equal(failureOf(await answer), 'malformed');
    assert.deepEqual(lines, []);
  });
});

function connection(carry: typeof fetch): Connection {
  const place = { host: 'https://boundary.example', canister: 'rrkah-fqaaa-aaaaa-aaaaq-cai', ownRootKey: false };
  return { ...place, fetch: carry, now: Date.now, memory: { rootKey: undefined, nodeKeys: new Map() } };
}

function failureOf(answer: ProposalsAnswer): string {
  return answer.ok ? assert.fail('it was answered') : answer.failure.kind;
}

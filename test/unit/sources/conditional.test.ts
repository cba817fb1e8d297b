import assert from 'node:assert/strict';
import { createConditional, type Answered, type Bounds, type Conditional } from '../../../src/sources/conditional.ts';
import { createHttp, type HttpRequest } from '../../../src/sources/http.ts';

/** A service that counts up: each address has a text and an ETag until it is changed. */
function setUp(bounds?: Bounds): {
  conditional: Conditional;
  sent: Headers[];
  texts: Map<string, string>;
  use: (headersOf: (text: string) => Record<string, string>) => void;
} {
  const sent: Headers[] = [];
  const texts = new Map<string, string>();
  let headersOf = (text: string): Record<string, string> => ({ etag: `"${text}"` });
  const http = createHttp({
    now: () => 0,
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      sent.push(headers);
      const text = texts.get(input instanceof URL ? input.pathname : '') ?? 'first';
      const own = headersOf(text);
      const same = headers.get('if-none-match') ?? headers.get('if-modified-since');
      const unchanged = same !== null && (same === own['etag'] || same === own['last-modified']);
      return Promise.resolve(
        new Response(unchanged ? null : JSON.stringify({ text }), { status: unchanged ? 304 : 200, headers: own }),
      );
    },
  });
  return {
    conditional: createConditional(http, bounds),
    sent,
    texts,
    use: (next) => void (headersOf = next),
  };
}

function request(path: string, token?: string): HttpRequest {
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  return { service: 'github', operation: 'test', url: new URL(path, 'https://api.example.com'), headers };
}

async function ask(conditional: Conditional, path: string, token?: string): Promise<Answered<string>> {
  const read = await conditional.get(request(path, token), (body) => (body as { text?: string }).text);
  assert.ok(read.ok);
  return read.value;
}

describe('conditional requests', () => {
  it('returns what was read before when nothing changed, and what is new when something did', async () => {
    const { conditional, texts } = setUp();
    const first = await ask(conditional, '/a');
    const second = await ask(conditional, '/a');
    texts.set('/a', 'other');
    const third = await ask(conditional, '/a');
    assert.deepEqual(
      [first, second, third].map(({ kind, value }) => [kind, value]),
      [
        ['changed', 'first'],
        ['unchanged', 'first'],
        ['changed', 'other'],
      ],
    );
    assert.equal(second.version, first.version);
    assert.notEqual(third.version, first.version);
  });

  it('asks by the time of the last change where there is no ETag', async () => {
    const { conditional, sent, use } = setUp();
    const modified = 'Wed, 26 Aug 2026 13:50:11 GMT';
    use(() => ({ 'last-modified': modified, 'x-poll-interval': '60' }));
    await ask(conditional, '/a');
    const second = await ask(conditional, '/a');
    assert.equal(sent[1]?.get('if-modified-since'), modified);
    assert.deepEqual([second.kind, second.pollAfterMs], ['unchanged', 60_000]);
  });

  it('keeps nothing of an answer without validators', async () => {
    const { conditional, sent, use } = setUp();
    use(() => ({}));
    await ask(conditional, '/a');
    assert.equal((await ask(conditional, '/a')).kind, 'changed');
    assert.equal(sent[1]?.get('if-none-match'), null);
  });

  it('keeps answers apart by credential', async () => {
    const { conditional, sent } = setUp();
    await ask(conditional, '/a', 'one');
    await ask(conditional, '/a', 'two');
    await ask(conditional, '/a');
    assert.deepEqual(
      sent.map((headers) => headers.get('if-none-match')),
      [null, null, null],
    );
    assert.equal((await ask(conditional, '/a', 'one')).kind, 'unchanged');
  });

  it('keeps no more than it may: the address used longest ago goes first', async () => {
    const few = setUp({ count: 2, characters: 1000 });
    for (const path of ['/a', '/b', '/a', '/c']) await ask(few.conditional, path);
    assert.equal((await ask(few.conditional, '/a')).kind, 'unchanged');
    assert.equal((await ask(few.conditional, '/b')).kind, 'changed');
    const small = setUp({ count: 10, characters: 40 });
    small.texts.set('/big', 'x'.repeat(100));
    await ask(small.conditional, '/a');
    await ask(small.conditional, '/big');
    assert.equal((await ask(small.conditional, '/big')).kind, 'changed');
  });

  it('calls an answer of another form malformed, and does not keep it', async () => {
    const { conditional, sent } = setUp();
    const read = await conditional.get(request('/a'), () => undefined);
    assert.equal(!read.ok && read.failure.kind, 'malformed');
    await ask(conditional, '/a');
    assert.equal(sent[1]?.get('if-none-match'), null);
  });
});

import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../../simulator/simulator.ts';
import { feedNames, pictureOf, recordsOf, stateOf, type FeedName } from '../../support/engine/feedParts.ts';
import { headless, words, type Headless } from '../../support/vscode/headless.ts';

type Json = Record<string, unknown>;

/** Where the records of a feed stand in its answers, and which fields say which one it is and when it was. */
interface Wire {
  readonly path: RegExp;
  readonly list: (body: unknown) => unknown;
  readonly identity: readonly string[];
  /** Lesser fields that stand in an object of the record. */
  readonly within?: string;
}

const values = (body: unknown): unknown => (body as Json)['values'];
// The canister's answers are typed by Candid and signed: `sources/governance/mapping.test.ts` has its records.
const wires: Readonly<Partial<Record<FeedName, Wire>>> = {
  alerts: { path: /\/v1\/alerts$/, list: values, identity: ['id', 'createdAt'] },
  closedAlerts: {
    path: /\/v1\/alerts$/,
    list: values,
    identity: ['id', 'createdAt', 'status', 'closeTime', 'updatedAt'],
  },
  heartbeats: { path: /\/heartbeats$/, list: values, identity: ['name'] },
  rotations: { path: /\/v1\/schedules$/, list: values, identity: ['id', 'name'] },
  queue: { path: /\/search\/jql$/, list: (body) => (body as Json)['issues'], identity: ['key'], within: 'fields' },
  rollouts: {
    path: /\/api\/v2\/state$/,
    list: (body) => (body as Json)['rollouts'],
    identity: ['kind', 'name', 'dispatch_time'],
  },
  pullRequests: { path: /\/pulls$/, list: (body) => body, identity: ['number', 'created_at'] },
  workflowRuns: {
    path: /\/actions\/(workflows\/[^/]+\/)?runs$/,
    list: (body) => (body as Json)['workflow_runs'],
    // What makes it one of the main branch, and the latest of its workflow.
    identity: ['id', 'created_at', 'event', 'head_branch', 'path', 'name', 'status', 'conclusion'],
  },
};
const withIdentity = ['created', 'updated'];

/** Stands for a list of lists of lists, which no function that calls itself can write. */
const deep = 'nested 30,000 deep';
const deepText = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
/** Values that no field has. */
const odd: Readonly<Record<string, unknown>> = {
  number: 7.5,
  text: 'content!',
  list: [null, 7, 'content!', {}],
  object: { unexpected: [null, 'content!'] },
  true: true,
  'half an emoji': 'content! \ud83d',
};

describe('a record whose lesser fields have another form', function () {
  this.timeout(60_000);
  let simulator: Simulator;
  let dre: Headless;
  let change: ((path: string, body: unknown) => void) | undefined;

  before(async () => {
    simulator = await startSimulator({ speed: 0 });
    dre = headless(simulator, {
      fetch: async (input, init) => {
        const url = new URL(input instanceof Request ? input.url : input);
        const headers = new Headers(init?.headers);
        headers.delete('if-none-match');
        headers.delete('if-modified-since');
        const response = await fetch(input, { ...init, headers });
        if (change === undefined || !(response.headers.get('content-type') ?? '').includes('json')) return response;
        const body: unknown = await response.json();
        change(url.pathname, body);
        const answer = new Headers(response.headers);
        answer.delete('content-length');
        answer.delete('content-encoding');
        const text = JSON.stringify(body).replaceAll(JSON.stringify(deep), deepText);
        return new Response(text, { status: response.status, headers: answer });
      },
    });
    dre.feeds.attend(() => 'active');
    await dre.feeds.refresh();
    await dre.feeds.closedAlerts.refresh();
  });
  after(async () => {
    dre.dispose();
    await simulator.stop();
  });
  afterEach(() => (change = undefined));

  const keys = (name: FeedName): readonly string[] => recordsOf(dre, name).sort();

  /** The lesser fields of the records as they come. */
  async function fieldsOf(name: FeedName, wire: Wire): Promise<readonly string[]> {
    const found = new Set<string>();
    change = (path, body) => {
      if (!wire.path.test(path)) return;
      for (const record of wire.list(body) as Json[]) {
        for (const field of Object.keys(wire.within === undefined ? record : (record[wire.within] as Json))) {
          if (!wire.identity.includes(field) && !withIdentity.includes(field)) found.add(field);
        }
      }
    };
    await dre.feeds[name].refresh();
    return [...found];
  }

  for (const name of feedNames) {
    const wire = wires[name];
    if (wire === undefined) continue;
    it(`of ${name} is shown all the same, and the log names it and the field, not the content`, async () => {
      const fields = await fieldsOf(name, wire);
      assert.ok(fields.length >= 3, fields.join());
      change = undefined;
      await dre.feeds[name].refresh();
      const before = keys(name);
      assert.ok(before.length > 0);
      const kinds = Object.keys(odd);
      /** Every field at once with each value, and each field alone with one of them. */
      const changes = [
        ...kinds.map((kind) => ({ kind, changed: fields })),
        ...fields.map((field, index) => ({ kind: kinds[index % kinds.length] ?? '', changed: [field] })),
      ];
      for (const { kind, changed } of changes) {
        change = (path, body) => {
          if (!wire.path.test(path)) return;
          for (const record of wire.list(body) as Json[]) {
            const holder = wire.within === undefined ? record : (record[wire.within] as Json);
            for (const field of changed) holder[field] = odd[kind];
          }
        };
        await dre.feeds[name].refresh();
        const { status, skipped } = stateOf(dre, name);
        const what = `${changed.join()}: ${kind}`;
        assert.deepEqual([status, skipped], ['fresh', 0], what);
        assert.deepEqual(keys(name), before, what);
        assert.doesNotMatch(words(pictureOf(dre, name)), /Can't read|\p{Cs}/u, what);
      }
      assert.ok(dre.log.lines.some((line) => line.includes('is not of the expected form')));
      for (const line of dre.log.lines) assert.doesNotMatch(line, /content!/);
    });

    it(`of ${name} that is nested 30,000 deep costs nothing but what is in it`, async () => {
      const before = keys(name);
      change = (path, body) => {
        if (!wire.path.test(path)) return;
        const [first] = wire.list(body) as Json[];
        if (first === undefined) return;
        (wire.within === undefined ? first : (first[wire.within] as Json))['extraProperties'] = { deep };
      };
      await dre.feeds[name].refresh();
      assert.deepEqual([stateOf(dre, name).status, keys(name)], ['fresh', before]);
    });

    it(`of ${name} without an identity is counted in a row that opens the log; nothing is called empty`, async () => {
      const field = wire.identity[0] ?? '';
      change = (path, body) => {
        if (!wire.path.test(path)) return;
        for (const record of wire.list(body) as Json[]) record[field] = null;
      };
      await dre.feeds[name].refresh();
      const picture = pictureOf(dre, name);
      if (name !== 'rotations') {
        assert.ok(stateOf(dre, name).skipped > 0);
        assert.match(words(picture), /Can't read/);
        assert.ok(
          dre.log.lines.some((line) => line.includes('is left out') && line.includes(field)),
          dre.log.lines.join('\n'),
        );
      }
      assert.notEqual(picture.situation, 'empty');
      assert.doesNotMatch(words(picture), /^(No |The dashboard knows no|This team has no)/m);
      change = undefined;
      await dre.feeds[name].refresh();
    });
  }
});

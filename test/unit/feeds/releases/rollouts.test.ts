import assert from 'node:assert/strict';
import type { Failure } from '../../../../src/domain/base/failure.ts';
import { Feed } from '../../../../src/engine/read/feed.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { failureRules } from '../../../../src/feeds/failureRules.ts';
import { rolloutsFeed, RolloutStream } from '../../../../src/feeds/releases/rollouts.ts';
import { enginesOf, rolloutsKey } from '../../../../src/feeds/releases/keys.ts';
import { createHttp } from '../../../../src/sources/http.ts';
import { createRollouts } from '../../../../src/sources/rollouts/client.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { waitFor } from '../../../support/base/waitFor.ts';

const kind = 'rollout_ic_os_to_mainnet_subnets';
const wire = (name: string, state = 'complete'): object => ({
  kind,
  name,
  state,
  dispatch_time: '2026-08-20T03:30:00Z',
  batches: {},
});
const unreadable = (name: string): object => ({ ...wire(name), dispatch_time: null });

/** A window that follows a dashboard whose stream says what the test says, and whose whole state is `whole`. */
function follow(whole?: () => object): {
  say: (event: string, data: unknown) => void;
  sayRaw: (text: string) => void;
  shows: (what: string, state: string) => Promise<void>;
  /** Waits until the engines are so. */
  engines: (state: string) => Promise<void>;
  clock: FakeClock;
  lines: string[];
  end: () => void;
} {
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({ start: (controller) => void (stream = controller) });
  const lines: string[] = [];
  const http = createHttp({
    fetch: (input) =>
      Promise.resolve(
        new Request(input).url.endsWith('/api/v2/state')
          ? Response.json(whole?.() ?? {})
          : new Response(body, { headers: { 'content-type': 'text/event-stream' } }),
      ),
    now: Date.now,
  });
  const baseUrl = new URL('https://dashboard.example.org');
  const client = createRollouts({ http, baseUrl, log: (line) => void lines.push(line) });
  const store = new Store<Failure>(rethrow);
  const rules = failureRules(() => 'rollouts');
  const context = { store, clock: new FakeClock(), log: memoryLog(), random: () => 0.5, rules };
  const rollouts = (): Promise<typeof client> => Promise.resolve(client);
  const feed = new Feed(rolloutsFeed(rollouts, store, context.clock), context);
  const follower = new RolloutStream(rollouts, feed, context);
  follower.start();
  follower.attend('active');
  const shown = (): string => {
    const { records, skipped } = store.state(rolloutsKey);
    const shown = [...records.values()].map(
      ({ name, state, unlistedSince }) => `${name} ${state}${unlistedSince === undefined ? '' : ' (unlisted)'}`,
    );
    return [...shown, `${skipped} skipped`].join(', ');
  };
  const { clock } = context;
  const soon = { timeoutMs: 8_000, everyMs: 5 };
  const engines = (): string =>
    enginesOf(store)
      .map(
        ({ state, unknownState, since }) =>
          `${unknownState ?? state} ${since === undefined ? '?' : clock.now() - since}`,
      )
      .join(', ');
  return {
    clock,
    async engines(state) {
      await waitFor(state, () => engines() === state, soon).catch(() => assert.equal(engines(), state));
    },
    sayRaw: (text) => stream?.enqueue(new TextEncoder().encode(text)),
    say: (event, data) =>
      stream?.enqueue(new TextEncoder().encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)),
    async shows(what, state) {
      await waitFor(what, () => shown() === state, soon).catch(() => assert.equal(shown(), state, what));
    },
    lines,
    end: () => {
      follower.dispose();
      feed.dispose();
    },
  };
}

describe('the stream of rollouts', () => {
  it('counts on what could not be read, through changes of the rest', async () => {
    const { say, shows, end } = follow();
    say('State', { rollouts: [wire('a', 'problem'), unreadable('b')] });
    await shows('the state', 'a problem, 1 skipped');
    say('RolloutsDelta', { updated: [wire('a')], deleted: [] });
    await shows('the change', 'a complete, 1 skipped');
    end();
  });

  it('does not show as it was what has changed into something that cannot be read, and logs its name', async () => {
    const { say, shows, lines, end } = follow();
    say('State', { rollouts: [wire('a', 'problem'), wire('b')] });
    await shows('the state', 'a problem, b complete, 0 skipped');
    say('RolloutsDelta', { updated: [unreadable('a')], deleted: [] });
    await shows('the change', 'b complete, 1 skipped');
    assert.deepEqual(lines, [
      `rollout "${kind}/a" is left out: dispatch_time cannot be read`,
      `1 rollouts could not be read: "${kind}/a"`,
    ]);
    // The same one again, and one without a name.
    say('RolloutsDelta', { updated: [unreadable('a')], deleted: [] });
    say('RolloutsDelta', { updated: [wire('c'), 7, unreadable('a')], deleted: [] });
    await shows('more changes', 'b complete, c complete, 2 skipped');
    assert.equal(lines.at(-1), `2 rollouts could not be read: "/", "${kind}/a"`);
    end();
  });
});

describe('the end of a rollout', () => {
  it('is read as a whole once its last batch is done, as no event reports it', async () => {
    const batchOf = (end: string | null): object => ({
      planned_start_time: '2026-08-24T07:00:00Z',
      actual_start_time: '2026-08-24T07:00:03Z',
      end_time: end,
      subnets: [],
    });
    const of = (state: string, end: string | null): object => ({ ...wire('a', state), batches: { 1: batchOf(end) } });
    let reads = 0;
    const { say, shows, end } = follow(() => {
      reads++;
      return { rollouts: [of('complete', '2026-08-24T07:50:00Z')], rollout_engine_states: { [kind]: 'active' } };
    });
    say('State', { rollouts: [of('upgrading_subnets', null)], rollout_engine_states: { [kind]: 'active' } });
    await shows('the batch that runs', 'a upgrading_subnets, 0 skipped');
    assert.equal(reads, 0);
    say('RolloutsDelta', { updated: [of('upgrading_unassigned_nodes', '2026-08-24T07:50:00Z')], deleted: [] });
    await shows('what only the whole state says', 'a complete, 0 skipped');
    end();
  });
});

describe('a stream that says what cannot be read', () => {
  it('goes on with the next event, and what was known stays', async () => {
    const { say, sayRaw, shows, lines, end } = follow();
    say('State', { rollouts: [wire('a', 'problem')] });
    await shows('the state', 'a problem, 0 skipped');
    for (const raw of [
      'event: RolloutsDelta\ndata: {"updated": [\n\n',
      'event: RolloutsDelta\ndata: null\n\n',
      'event: RolloutsDelta\n\n',
      'event: RolloutEngineStates\ndata: [1]\n\n',
      'event: State\ndata: "gone"\n\n',
      'event: Error\ndata: {"code":"x"}\n\n',
      'event: Surprise\ndata: {}\n\n',
      'data: without a name\n\n',
      ': keepalive\n\n\r\n\n',
    ]) {
      sayRaw(raw);
    }
    say('RolloutsDelta', { updated: [wire('a')], deleted: [{ kind }, 7, { kind, name: 'other' }] });
    await shows('the next change', 'a complete, 0 skipped');
    assert.equal(lines.filter((line) => line.startsWith('an event of the rollout stream could not be read')).length, 5);
    end();
  });
});

describe('a stream that says that all rollouts are suddenly gone', () => {
  it('is believed when it says so again a minute later', async () => {
    const { say, shows, lines, clock, end } = follow();
    /** Resolves when all that was said before was taken: the log has a line for this event. */
    const taken = async (): Promise<void> => {
      const before = lines.length;
      say('RolloutsDelta', { updated: 'nothing that can be read' });
      await waitFor('the event to be read', () => lines.length > before);
    };
    const said = async (rollouts: readonly object[], state: string): Promise<void> => {
      say('State', { rollouts });
      await taken();
      await shows('the rollouts', state);
    };
    const three = [wire('a'), wire('b'), wire('c')];
    await said(three, 'a complete, b complete, c complete, 0 skipped');
    await said([], 'a complete, b complete, c complete, 0 skipped');
    await said(three, 'a complete, b complete, c complete, 0 skipped');
    await said([], 'a complete, b complete, c complete, 0 skipped');
    for (let passed = 0; passed < 60; passed += 10) {
      await clock.advance(10_000);
      await taken();
    }
    await said([], '0 skipped');
    end();
  });
});

describe('since when an engine is as it is', () => {
  it('is known where the change was seen, and not where it had begun before or was not watched for long', async () => {
    const { say, engines, clock, end } = follow();
    const board = (state: string): object => ({ rollouts: [wire('a')], rollout_engine_states: { [kind]: state } });
    say('State', board('paused'));
    await engines('paused ?');
    say('RolloutEngineStates', { [kind]: 'active' });
    await engines('active 0');
    await clock.advance(1_000);
    say('RolloutEngineStates', { [kind]: 'resting' });
    await engines('resting 0');
    await clock.advance(1_000);
    say('State', board('resting'));
    await engines('resting 1000');
    await clock.advance(12_000);
    say('State', board('resting'));
    await engines('resting 13000');
    end();
  });
});

describe('rollouts that the dashboard no longer lists', () => {
  it('are not those that it lists in a form that cannot be read', async () => {
    const { say, shows, end } = follow();
    const paused = { rollout_engine_states: { [kind]: 'paused' } };
    say('State', { ...paused, rollouts: [wire('a', 'problem')] });
    await shows('the state', 'a problem, 0 skipped');
    say('State', { ...paused, rollouts: [unreadable('a')] });
    await shows('that it cannot be read', '1 skipped');
    end();
  });

  it('stay where their engine is said to be broken after they were gone, and end where it runs', async () => {
    const { say, shows, end } = follow();
    const board = { rollouts: [wire('a', 'problem'), wire('b')], rollout_engine_states: { [kind]: 'active' } };
    say('State', board);
    await shows('the state', 'a problem, b complete, 0 skipped');
    const gone = ['a', 'b'].map((name) => ({ kind, name }));
    say('RolloutsDelta', { updated: [], deleted: gone });
    say('RolloutEngineStates', { [kind]: 'broken' });
    say('RolloutsDelta', { updated: [], deleted: [] });
    await shows('the broken engine', 'a problem (unlisted), b complete (unlisted), 0 skipped');
    say('RolloutsDelta', { updated: [wire('a', 'problem'), wire('b')], deleted: [] });
    say('RolloutEngineStates', { [kind]: 'active' });
    await shows('the engine that runs again', 'a problem, b complete, 0 skipped');
    say('RolloutsDelta', { updated: [], deleted: [{ kind, name: 'a' }] });
    await shows('one that is gone for others of its kind', 'b complete, 0 skipped');
    end();
  });
});

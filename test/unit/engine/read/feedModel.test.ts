import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Allowance } from '../../../../src/engine/read/allowance.ts';
import type { Disposable } from '../../../../src/engine/base/clock.ts';
import type { Fetched } from '../../../../src/engine/read/definition.ts';
import { Feed } from '../../../../src/engine/read/feed.ts';
import { attentive, type Attention } from '../../../../src/engine/read/schedule.ts';
import { Store, type FeedKey } from '../../../../src/engine/read/store.ts';
import { hour, minute, second } from '../../../../src/engine/base/units.ts';
import { memoryLog, rethrow, wordRules } from '../../../support/engine/engine.ts';
import { FakeClock, settle } from '../../../support/engine/fakeClock.ts';
import { runs } from '../../../support/base/runs.ts';

interface Item {
  readonly id: string;
}

const key: FeedKey<Item> = { name: 'items', keyOf: (item) => item.id };
const pace = { activeMs: 10 * second, idleMs: minute, quietMs: 10 * minute };
const paceOf: Readonly<Record<Attention, number>> = { active: pace.activeMs, idle: pace.idleMs, quiet: pace.quietMs };
const perHour = 4;

const answers = [
  ...['records', 'two pages', 'seven pages', 'unchanged', 'notYet', 'outage', 'signIn', 'forbidden', 'setting'],
  ...['wait:5000', 'wait:90000', 'wait:1200000', 'wait:NaN', 'wait:-1'],
] as const;
type Answer = (typeof answers)[number];

function fetchedOf(answer: Answer): Fetched<Item, string> {
  const records = [{ id: 'a' }];
  switch (answer) {
    case 'records':
      return { kind: 'records', records };
    case 'two pages':
      return { kind: 'records', records, pages: 2 };
    case 'seven pages':
      return { kind: 'records', records, pages: 7 };
    case 'unchanged':
    case 'notYet':
      return { kind: answer };
    default:
      return { kind: 'failed', failure: answer };
  }
}

/** How long the service asks not to be asked; 0 when it does not, or the value is not valid. */
function askedMs(answer: Answer): number {
  const ms = Number(/^wait:(.*)$/.exec(answer)?.[1] ?? 0);
  return ms > 0 ? ms : 0;
}

const isGood = (answer: Answer): boolean =>
  ['records', 'two pages', 'seven pages', 'unchanged'].some((each) => each === answer);

interface Moment {
  readonly at: number;
  readonly what: 'planned' | 'good' | 'notGood' | 'hurry' | 'jump';
}

/** A feed, its service, what it promises of it, and a record of what happened. */
class Reading {
  readonly clock = new FakeClock();
  readonly store = new Store<string>(rethrow);
  readonly feed: Feed<Item, string>;
  readonly #allowance: Allowance;
  readonly #spares: boolean;
  /** How the service answers by itself; it waits for the test when undefined. */
  auto: Answer | undefined;
  /** Reads under way that were not cancelled. */
  readonly open: ((answer: Answer) => void)[] = [];
  /** What went wrong, in words. */
  readonly wrongs: string[] = [];
  good = 0;
  #jumped = 0;
  #isAsking = false;
  #stream: Disposable | undefined;
  #burst = 0;
  #pages = 1;
  #isStarted = false;
  /** What the service asked for last: until when by the clock, and in time that passed. */
  #asked: { readonly until: number; readonly passed: number } | undefined;
  readonly #moments: Moment[] = [];
  readonly #requests: number[] = [];
  readonly #looks: { readonly at: number; readonly attention: Attention }[] = [{ at: 0, attention: 'quiet' }];

  constructor(spares: boolean) {
    const { clock, store } = this;
    this.#allowance = new Allowance({ clock, perHour, serviceOf: () => 'service' });
    const definition = { key, pace, staleAfterMs: 30 * second, fetch: (signal: AbortSignal) => this.#fetch(signal) };
    const sparing = spares ? { sparing: this.#allowance } : {};
    this.feed = new Feed<Item, string>(definition, {
      store,
      clock,
      log: memoryLog(),
      random: () => 0.5,
      rules: wordRules,
      ...sparing,
    });
    this.#spares = spares;
  }

  /** Time that passed, without the jumps. */
  get elapsed(): number {
    return this.clock.now() - this.#jumped;
  }

  /** What a person does may read at once. */
  byPerson(act: () => void): void {
    this.#isAsking = true;
    act();
    this.#isAsking = false;
  }

  start(): void {
    this.#isStarted = true;
    this.byPerson(() => this.feed.start());
  }

  stop(): void {
    this.#isStarted = false;
    this.feed.stop();
  }

  burst(): void {
    this.#burst = 4;
    this.#note('hurry', 4);
    const isAsked =
      this.#asked !== undefined && this.clock.now() < this.#asked.until && this.elapsed < this.#asked.passed;
    // While the service asks not to be asked, not even a write of the person's own is a reason to read.
    if (isAsked && this.#isStarted) this.feed.burst();
    else this.byPerson(() => this.feed.burst());
  }

  reset(): void {
    this.#asked = undefined;
    this.#pages = 1;
    this.#note('good');
    this.byPerson(() => this.feed.reset());
  }

  attend(attention: Attention): void {
    this.#looks.push({ at: this.elapsed, attention });
    this.feed.attend(attention);
  }

  wake(): void {
    this.#note('hurry');
    this.feed.wake();
  }

  jump(ms: number): void {
    this.clock.jump(ms);
    this.#jumped += ms;
    this.#note('jump');
  }

  adopt(failures: number, ageMs: number, isGoodState: boolean): void {
    // Whoever read before has counted its own failures.
    this.#note('good');
    const status = isGoodState ? 'fresh' : 'notSignedIn';
    this.feed.adopt({ records: [{ id: 'b' }], status, asOf: this.clock.now() - ageMs, failures });
  }

  /** Records come by themselves from now on, or not any more. */
  stream(flows: boolean): void {
    this.#stream?.dispose();
    if (!flows) return;
    this.#stream = this.clock.after(10 * second, () => {
      this.feed.push([{ id: `of ${this.clock.now()}` }]);
      this.stream(true);
    });
  }

  trouble(answer: Answer): void {
    this.#hear(answer);
    this.feed.trouble(answer);
  }

  check(): void {
    assert.deepEqual(this.wrongs, []);
    assert.ok(this.open.length <= 1, 'two reads at once');
    const { dueAt } = this.feed;
    const waits = this.store.state(key).status === 'notConfigured';
    if (this.#isStarted) {
      assert.ok(this.open.length === 1 || dueAt !== undefined || waits, 'neither reads nor plans to');
    } else assert.equal(dueAt, undefined, 'plans to read where another window reads');
  }

  #fetch(signal: AbortSignal): Promise<Fetched<Item, string>> {
    const pages = this.#pages;
    if (!this.#isAsking) this.#checkPlanned(pages);
    this.#request(1);
    return new Promise((resolve) => {
      const end = (answer: Answer | undefined): void => {
        const index = this.open.indexOf(end);
        if (index < 0) return;
        this.open.splice(index, 1);
        if (answer !== undefined) this.#answered(answer);
        resolve(fetchedOf(answer ?? 'outage'));
      };
      this.open.push(end);
      signal.addEventListener('abort', () => end(undefined));
      const { auto } = this;
      if (auto !== undefined) this.clock.after(200, () => end(auto));
    });
  }

  #answered(answer: Answer): void {
    const good = isGood(answer);
    if (good) this.good++;
    this.#note(good ? 'good' : 'notGood');
    this.#burst = good || answer === 'notYet' ? Math.max(0, this.#burst - 1) : 0;
    if (good || answer === 'notYet') this.#asked = undefined;
    this.#hear(answer);
    const { pages = 1 } = { ...fetchedOf(answer) } as { pages?: number };
    if (good && answer !== 'unchanged') this.#pages = pages;
    this.#request(pages - 1);
  }

  #hear(answer: Answer): void {
    const ms = askedMs(answer);
    if (ms === 0) return;
    this.#asked = {
      until: Math.max(this.#asked?.until ?? 0, this.clock.now() + ms),
      passed: Math.max(this.#asked?.passed ?? 0, this.elapsed + ms),
    };
  }

  #request(times: number): void {
    for (let each = 0; each < times; each++) {
      this.#requests.push(this.elapsed);
      this.#allowance.note('service');
    }
  }

  #note(what: Moment['what'], times = 1): void {
    for (let each = 0; each < times; each++) this.#moments.push({ at: this.elapsed, what });
  }

  /** A read begins that no person asked for. */
  #checkPlanned(pages: number): void {
    this.#note('planned');
    const now = this.elapsed;
    const asked = this.#asked;
    if (asked !== undefined && this.clock.now() < asked.until && now < asked.passed) {
      this.wrongs.push(`a planned read ${asked.passed - now} ms before the service wants it`);
    }
    const lastHour = this.#moments.filter(({ at }) => at > now - hour);
    const planned = lastHour.filter(({ what }) => what === 'planned').length;
    const most = this.#most(lastHour);
    if (planned > most) this.wrongs.push(`${planned} planned reads in an hour, and at most ${most}`);
    const jumped = lastHour.some(({ what }) => what === 'jump');
    const attention = this.#looks.at(-1)?.attention;
    if (!this.#spares || attention !== 'quiet' || this.#burst > 0 || jumped) return;
    const before = this.#requests.filter((at) => at > now - hour).length;
    if (before > 0 && before + pages > perHour) this.wrongs.push(`${before} requests, and ${pages} more, while quiet`);
  }

  /** How many planned reads an hour may have. */
  #most(lastHour: readonly Moment[]): number {
    const began = this.elapsed - hour;
    const first = this.#looks.findLastIndex(({ at }) => at <= began);
    const closest = this.#looks
      .slice(Math.max(0, first))
      .reduce<Attention>((a, b) => attentive(a, b.attention), 'quiet');
    // What fails, or has nothing yet, is tried again soon, and after some times each five minutes.
    const longestRetry = 5 * minute * 0.8;
    let quick = 0;
    let row = 0;
    for (const { what } of lastHour) {
      if (what === 'good') row = 0;
      else if (what === 'notGood' && ++row <= 8) quick++;
    }
    const hurried = lastHour.filter(({ what }) => what === 'hurry' || what === 'jump').length;
    return Math.ceil(hour / paceOf[closest]) + Math.ceil(hour / longestRetry) + quick + hurried + 1;
  }
}

const attentions = fc.constantFrom<Attention>('active', 'idle', 'quiet');
const deeds = ['refresh', 'burst', 'reset', 'push', 'amend', 'wake', 'start', 'stop'] as const;
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.nat(700_000) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.nat(4_000) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('answer' as const), with: fc.constantFrom(...answers) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('auto' as const),
      with: fc.option(fc.constantFrom(...answers), { nil: undefined }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constantFrom(...deeds) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('attend' as const), to: attentions }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stream' as const), flows: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('adopt' as const),
      failures: fc.nat(9),
      ageMs: fc.integer({ min: -hour, max: hour }),
      isGood: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('trouble' as const),
      with: fc.constantFrom(...answers.filter((each) => !isGood(each))),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('jump' as const), ms: fc.integer({ min: -hour, max: 24 * hour }) }),
  },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

async function play(reading: Reading, each: Step): Promise<void> {
  const { clock, feed } = reading;
  switch (each.do) {
    case 'advance':
      await clock.advance(each.ms);
      return;
    case 'answer':
      reading.open[0]?.(each.with);
      return;
    case 'auto':
      reading.auto = each.with;
      return;
    case 'attend':
      reading.attend(each.to);
      return;
    case 'stream':
      reading.stream(each.flows);
      return;
    case 'adopt':
      reading.adopt(each.failures, each.ageMs, each.isGood);
      return;
    case 'trouble':
      reading.trouble(each.with);
      return;
    case 'jump':
      reading.jump(each.ms);
      return;
    case 'refresh':
      reading.byPerson(() => void feed.refresh());
      return;
    case 'push':
      feed.push([{ id: 'c' }]);
      return;
    case 'amend':
      feed.amend(({ records, skipped }) => ({ records: [...records, { id: 'd' }], skipped }));
      return;
    case 'burst':
    case 'reset':
    case 'wake':
    case 'start':
    case 'stop':
      reading[each.do]();
      return;
  }
}

describe('a feed, whatever happens', function () {
  this.timeout(240_000);

  it('never reads twice at once, before its service wants it, or too often, and always goes on', async () => {
    await fc.assert(
      fc.asyncProperty(fc.boolean(), fc.array(step, { maxLength: 40 }), async (spares, steps) => {
        const reading = new Reading(spares);
        reading.start();
        for (const each of steps) {
          await play(reading, each);
          await settle();
          reading.check();
        }
        // All faults are removed, and a person has changed the settings where only that helps.
        reading.stream(false);
        reading.auto = 'records';
        reading.open[0]?.('records');
        await settle();
        reading.start();
        reading.attend('idle');
        if (reading.store.state(key).status === 'notConfigured') reading.reset();
        await reading.clock.advance(2.5 * hour);
        reading.check();
        assert.ok(reading.good > 0, 'never read well again');
        assert.equal(reading.store.state(key).failure, undefined);
        reading.feed.dispose();
        const { good } = reading;
        await reading.clock.advance(24 * hour);
        assert.deepEqual([reading.good, reading.open.length], [good, 0], 'goes on after its end');
      }),
      runs(500),
    );
  });
});

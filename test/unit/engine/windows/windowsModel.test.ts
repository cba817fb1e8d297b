import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { leaseMs } from '../../../../src/engine/windows/lease.ts';
import { Snapshots } from '../../../../src/engine/read/snapshot.ts';
import { Store } from '../../../../src/engine/read/store.ts';
import { Desk, isThing, shown, thingsKey, type DeskWindow, type Thing } from '../../../support/feeds/desk.ts';
import { memoryLog, rethrow } from '../../../support/engine/engine.ts';
import { longestOverlap, workMs, type Work } from '../../../support/engine/leaderWork.ts';
import { runs } from '../../../support/base/runs.ts';

const second = 1_000;
const mostWindows = 4;

/** What a window that opens now reads from the disk. */
interface Published {
  readonly generation: number;
  readonly edition: number;
}

/** Windows, the service that they read, and a record of all violations. */
class Office {
  readonly desk: Desk;
  readonly windows: DeskWindow[] = [];
  readonly work: Work[] = [];
  /** What went wrong, in words. */
  readonly wrongs: string[] = [];
  /** Whether the clock was set: then the age of an answer says nothing. */
  clockWasSet = false;
  /** Whether the disk refused somebody: then windows read for themselves, each at its own time. */
  diskRefused = false;
  /** Refreshes that were asked for and have not ended, by the window that asked. */
  readonly asked = new Map<Promise<void>, DeskWindow>();
  #edition = 1;
  #seed: number;
  #published: Published = { generation: 0, edition: 0 };

  constructor(seed: number, deaf: boolean) {
    this.#seed = seed + 1;
    this.desk = new Desk({ deaf, diskMs: () => this.#random() % 61, readMs: () => this.#random() % 900 });
    this.desk.disk.watch((name) => this.#look(name));
    this.#answer();
  }

  get edition(): number {
    return this.#edition;
  }

  async open(): Promise<void> {
    if (this.windows.filter(({ clock }) => !clock.crashed).length >= mostWindows) return;
    const window = await this.desk.open();
    const index = this.windows.push(window) - 1;
    window.windows.say({ [thingsKey.name]: 'active' });
    let before = 0;
    window.store.onDidChange(() => {
      const edition = editionOf(shown(window).records);
      if (edition < before && !this.clockWasSet) this.wrongs.push(`window ${index} went from ${before} to ${edition}`);
      before = edition;
    });
    this.#work(window, index);
  }

  /** The service has a new value; never twice at the same instant. */
  async publish(): Promise<void> {
    await this.desk.truth.advance(1);
    this.#edition++;
    this.#answer();
  }

  fail(): void {
    this.desk.answer = { kind: 'failed', failure: 'outage' };
  }

  heal(): void {
    this.#answer();
  }

  setClock(ms: number): void {
    this.clockWasSet = true;
    this.desk.offset += ms;
    for (const { clock } of this.windows) clock.offset += ms;
  }

  ask(window: DeskWindow): void {
    const asked = window.feed.refresh();
    this.asked.set(asked, window);
    void asked.then(() => this.asked.delete(asked));
  }

  /** Windows that run and lead now. */
  leaders(): readonly DeskWindow[] {
    return this.windows.filter(({ clock, windows }) => clock.runs && windows.role === 'leader');
  }

  /** All that can be mended is. */
  async mend(): Promise<void> {
    for (const { clock, faults } of this.windows) {
      clock.resume();
      faults.read = faults.write = undefined;
    }
    this.heal();
    await this.open();
    await this.open();
  }

  end(): void {
    for (const window of this.windows) window.clock.crash();
  }

  #answer(): void {
    const text = `edition ${this.#edition}`;
    this.desk.answer = { kind: 'records', records: [{ id: 'one', text, weight: BigInt(this.#edition) }] };
  }

  /** A cheap sequence that looks random. */
  #random(): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647;
    return this.#seed;
  }

  #work(window: DeskWindow, index: number): void {
    const work = async (): Promise<void> => {
      if (window.reads() > 1) this.wrongs.push(`window ${index} reads ${window.reads()} times at once`);
      const { access } = window.windows;
      if ((await access.confirm()) && window.clock.runs) {
        this.work.push({ window: index, generation: access.generation, at: this.desk.truth.now() });
      }
      window.clock.after(workMs, () => void work());
    };
    void work();
  }

  /** The shared disk changed: what it says must not be older than what it said. */
  #look(name: string): void {
    if (!name.startsWith(thingsKey.name)) return;
    const now = this.published();
    if (now === undefined) return;
    const before = this.#published;
    if (now.generation < before.generation) this.wrongs.push(`the disk went back to generation ${now.generation}`);
    if (now.edition < before.edition && !this.clockWasSet && !this.diskRefused) {
      this.wrongs.push(`the disk went from edition ${before.edition} to ${now.edition}`);
    }
    this.#published = now;
  }

  /** Undefined in the moment between the writing of records and of the state that belongs to them. */
  published(): Published | undefined {
    const { files } = this.desk.disk;
    const states = [...files].filter(([name]) => name.endsWith('.state.json')).map(([, text]) => stateOf(text));
    const newest = states.sort((a, b) => b.generation - a.generation)[0];
    if (newest === undefined) return undefined;
    for (const [name, text] of files) {
      const [header = '', record = ''] = name.endsWith('.records.ndjson') ? text.split('\n') : [];
      if (!header.includes(`"id":"${newest.records}"`)) continue;
      return { generation: newest.generation, edition: Number(/edition (\d+)/.exec(record)?.[1] ?? 0) };
    }
    return undefined;
  }
}

function stateOf(text: string): { readonly generation: number; readonly records: string } {
  const value: unknown = JSON.parse(text);
  assert.ok(typeof value === 'object' && value !== null && 'generation' in value && 'records' in value);
  return { generation: Number(value.generation), records: String(value.records) };
}

function editionOf(records: readonly Thing[]): number {
  return Number(/\d+/.exec(records[0]?.text ?? '')?.[0] ?? 0);
}

const window = fc.nat(mostWindows - 1);
const calm = [
  { weight: 4, arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 400 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 12_000 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('crash' as const), window }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('suspend' as const, 'resume' as const), window }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('ask' as const), window }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('publish' as const, 'open' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('fail' as const, 'heal' as const) }) },
];
const wild = [
  ...calm,
  { weight: 2, arbitrary: fc.record({ do: fc.constant('jump' as const), ms: fc.integer({ min: -1e6, max: 1e6 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('full' as const, 'unreadable' as const, 'healthy' as const), window }),
  },
];
type Step = (typeof wild)[number]['arbitrary'] extends fc.Arbitrary<infer S> ? S : never;

async function play(office: Office, step: Step): Promise<void> {
  if ('ms' in step) {
    if (step.do === 'advance') await office.desk.truth.advance(step.ms);
    else office.setClock(step.ms);
    return;
  }
  if (!('window' in step)) {
    await office[step.do]();
    return;
  }
  const target = office.windows[step.window % office.windows.length];
  if (target === undefined) return;
  switch (step.do) {
    case 'ask':
      office.ask(target);
      return;
    case 'full':
      office.diskRefused = true;
      target.faults.write = new Error('no space left');
      return;
    case 'unreadable':
      office.diskRefused = true;
      target.faults.read = new Error('input/output error');
      return;
    case 'healthy':
      target.faults.read = target.faults.write = undefined;
      return;
    default:
      target.clock[step.do]();
  }
}

/** All faults are removed: one leads, the next one does within 10 s, and in the end all windows show the same. */
async function checkEnd(office: Office): Promise<void> {
  const { truth } = office.desk;
  await office.mend();
  await office.publish();
  await truth.advance(30 * second);
  assert.equal(office.leaders().length, 1, 'one leader once all is well');
  for (const { clock } of office.leaders()) clock.crash();
  await truth.advance(10 * second);
  assert.equal(office.leaders().length, 1, 'a new leader within 10 s of the crash');
  const left = office.windows.filter(({ clock }) => !clock.crashed);
  const isNewest = (each: DeskWindow): boolean => editionOf(shown(each).records) === office.edition;
  // The longest pause after failures of a service, and a little more.
  for (let waited = 0; waited < 400 && !left.every(isNewest); waited += 5) await truth.advance(5 * second);
  for (const each of left) assert.deepEqual(shown(each).records, [...(await restored(office))], 'the same everywhere');
  assert.ok(left.every(isNewest), 'the newest everywhere');
  for (const asker of office.asked.values()) assert.ok(asker.clock.crashed, 'a refresh came to no end');
}

/** What a window that opens now shows at once. */
async function restored({ desk }: Office): Promise<Iterable<Thing>> {
  const store = new Store<string>(rethrow);
  const failures = { keep: (failure: string) => failure, bringBack: () => undefined };
  const parts = {
    store,
    folder: { disk: desk.disk },
    clock: desk.truth,
    log: memoryLog(),
    failures,
    scope: () => 'scope',
  };
  const snapshots = new Snapshots<string>(parts);
  snapshots.share({ key: thingsKey, readable: isThing, adopt: (state) => store.update(thingsKey, state) });
  await snapshots.restore();
  snapshots.dispose();
  return store.state(thingsKey).records.values();
}

async function run(
  seed: number,
  deaf: boolean,
  count: number,
  steps: readonly Step[],
  overlapMs: number,
): Promise<void> {
  const office = new Office(seed, deaf);
  for (let index = 0; index < count; index++) await office.open();
  for (const step of steps) await play(office, step);
  await checkEnd(office);
  office.end();
  assert.deepEqual(office.wrongs, []);
  const together = longestOverlap(office.work);
  assert.ok(together <= overlapMs, `two leaders for ${together} ms`);
}

describe('several windows, whatever happens', function () {
  this.timeout(600_000);
  const counts = fc.integer({ min: 2, max: mostWindows });

  it('never show or keep something older than they had, nor lead together, and agree in the end', async () => {
    const steps = fc.array(fc.oneof(...calm), { minLength: 5, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.boolean(), counts, steps, (seed, deaf, count, plan) =>
        run(seed, deaf, count, plan, 0),
      ),
      runs(150),
    );
  });

  it('lead together for no longer than a lease and agree in the end, with clocks set and disks that refuse', async () => {
    const steps = fc.array(fc.oneof(...wild), { minLength: 5, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.boolean(), counts, steps, (seed, deaf, count, plan) =>
        run(seed, deaf, count, plan, leaseMs),
      ),
      runs(150),
    );
  });
});

import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Disk } from '../../../../src/engine/disk/disk.ts';
import { Lease, leaseMs } from '../../../../src/engine/windows/lease.ts';
import { memoryLog } from '../../../support/engine/engine.ts';
import { FakeClock } from '../../../support/engine/fakeClock.ts';
import { longestOverlap, workMs, type Work } from '../../../support/engine/leaderWork.ts';
import { ProcessClock, processDisk } from '../../../support/vscode/machine.ts';
import { MemoryDisk } from '../../../support/engine/memoryDisk.ts';
import { runs } from '../../../support/base/runs.ts';

const second = 1_000;
/** Windows of one machine that share a disk. Each does its work whenever it may. */
class Machine {
  readonly truth = new FakeClock();
  readonly disk = new MemoryDisk();
  readonly work: Work[] = [];
  readonly windows: {
    lease: Lease;
    clock: ProcessClock;
    faults: { read: Error | undefined; write: Error | undefined };
    lines: string[];
  }[] = [];
  #seed: number;
  readonly #deaf: boolean;

  constructor(seed = 1, deaf = false) {
    this.#seed = seed;
    this.#deaf = deaf;
  }

  /** A cheap sequence that looks random: how long a call of the disk takes, 0 to 60 ms. */
  readonly #latency = (): number => {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647;
    return this.#seed % 61;
  };

  open(): number {
    const window = this.windows.length;
    const clock = new ProcessClock(this.truth);
    const faults = { read: undefined, write: undefined };
    const log = memoryLog();
    const disk = processDisk(this.disk, clock, this.#latency, faults, this.#deaf);
    const lease = new Lease({ disk, clock, log, holder: `window ${window}` });
    this.windows.push({ lease, clock, faults, lines: log.lines });
    void lease.start();
    const work = async (): Promise<void> => {
      if ((await lease.confirm()) && lease.state === 'held' && clock.runs) {
        this.work.push({ window, generation: lease.generation, at: this.truth.now() });
      }
      clock.after(workMs, () => void work());
    };
    void work();
    return window;
  }

  /** Windows that run and lead now. */
  leaders(): number[] {
    return [...this.windows.keys()].filter((index) => {
      const window = this.windows[index];
      return window?.clock.runs === true && window.lease.state === 'held';
    });
  }

  end(): void {
    for (const { lease } of this.windows) lease.dispose();
  }
}

const window = fc.nat(3);
const calm = [
  fc.record({ do: fc.constant('advance' as const), ms: fc.integer({ min: 0, max: 9_000 }) }),
  fc.record({ do: fc.constantFrom('crash' as const, 'suspend' as const, 'resume' as const), window }),
  fc.record({ do: fc.constantFrom('release' as const, 'open' as const), window }),
];
const wild = [
  ...calm,
  fc.record({ do: fc.constant('jump' as const), ms: fc.integer({ min: -100_000, max: 100_000 }) }),
  fc.record({ do: fc.constantFrom('full' as const, 'unreadable' as const, 'healthy' as const), window }),
];
type Step =
  | { readonly do: 'advance' | 'jump'; readonly ms: number }
  | {
      readonly do: 'crash' | 'suspend' | 'resume' | 'release' | 'open' | 'full' | 'unreadable' | 'healthy';
      readonly window: number;
    };

async function play(machine: Machine, step: Step): Promise<void> {
  if ('ms' in step) {
    if (step.do === 'advance') return machine.truth.advance(step.ms);
    for (const { clock } of machine.windows) clock.offset += step.ms;
    return;
  }
  if (step.do === 'open') {
    if (machine.windows.length < 8) machine.open();
    return;
  }
  const target = machine.windows[step.window % machine.windows.length];
  if (target === undefined) return;
  const { clock, faults, lease } = target;
  switch (step.do) {
    case 'crash': {
      clock.crash();
      return;
    }
    case 'suspend': {
      clock.suspend();
      return;
    }
    case 'resume': {
      clock.resume();
      return;
    }
    case 'release':
      void lease.release().then(() => clock.crash());
      return;
    case 'full':
      faults.write = new Error('no space left');
      return;
    case 'unreadable':
      faults.read = new Error('input/output error');
      return;
    case 'healthy':
      faults.read = faults.write = undefined;
  }
}

/** All faults are removed; the leader then crashes. */
async function mendAndCrash(machine: Machine): Promise<void> {
  for (const { clock, faults } of machine.windows) {
    clock.resume();
    faults.read = faults.write = undefined;
  }
  machine.open();
  machine.open();
  await machine.truth.advance(30 * second);
  assert.equal(machine.leaders().length, 1, 'one leader once all is well');
  for (const leader of machine.leaders()) machine.windows[leader]?.clock.crash();
  await machine.truth.advance(10 * second);
  assert.equal(machine.leaders().length, 1, 'a new leader within 10 s of the crash');
}

describe('the lease', () => {
  it('goes to the first window, and at once to the next when it is given back', async () => {
    const machine = new Machine();
    machine.open();
    await machine.truth.advance(second);
    machine.open();
    await machine.truth.advance(60 * second);
    assert.deepEqual(machine.leaders(), [0]);
    void machine.windows[0]?.lease.release();
    await machine.truth.advance(second);
    assert.deepEqual(machine.leaders(), [1]);
    machine.end();
  });

  it('is taken at once by the first window after a crash of all of them', async () => {
    const machine = new Machine();
    machine.open();
    await machine.truth.advance(second);
    machine.windows[0]?.clock.crash();
    await machine.truth.advance(60 * second);
    machine.open();
    await machine.truth.advance(second);
    assert.deepEqual(machine.leaders(), [1]);
    machine.end();
  });

  it('is checked by a holder that slept, before it does any work', async () => {
    const machine = new Machine();
    machine.open();
    machine.open();
    await machine.truth.advance(5 * second);
    const [asleep = 0] = machine.leaders();
    machine.windows[asleep]?.clock.suspend();
    await machine.truth.advance(3_600 * second);
    machine.windows[asleep]?.clock.resume();
    const before = machine.work.length;
    await machine.truth.advance(10 * second);
    assert.ok(machine.work.length > before);
    assert.ok(machine.work.slice(before).every((work) => work.window !== asleep));
    machine.end();
  });

  it('makes every window read for itself while the disk is full, with one line in the log, and is held again afterwards', async () => {
    const machine = new Machine();
    machine.open();
    machine.open();
    await machine.truth.advance(5 * second);
    for (const { faults } of machine.windows) faults.write = new Error('no space left');
    await machine.truth.advance(60 * second);
    assert.deepEqual(
      machine.windows.map(({ lease }) => lease.state),
      ['unavailable', 'unavailable'],
    );
    for (const { lines } of machine.windows) assert.equal(lines.length, 1, lines.join('\n'));
    for (const { faults } of machine.windows) faults.write = undefined;
    await machine.truth.advance(10 * second);
    assert.equal(machine.leaders().length, 1);
    machine.end();
  });

  it('is not taken by a window whose rival took it between its check and its attempt', async () => {
    const truth = new FakeClock();
    const shared = new MemoryDisk();
    const [clock, rivals] = [new ProcessClock(truth), new ProcessClock(truth)];
    // Without watchers: the holder learns of the rival at its next renewal only.
    const disk = (of: ProcessClock): Disk => processDisk(shared, of, () => 5, undefined, true);
    const holder = new Lease({ disk: disk(clock), clock, log: memoryLog(), holder: 'holder' });
    void holder.start();
    await truth.advance(second);
    assert.equal(holder.state, 'held');
    const slow = disk(rivals);
    let renewed: string | undefined;
    const interposing: Disk = {
      ...slow,
      async create(name, text) {
        const before = shared.files.get('lease-1.json');
        clock.resume();
        while (shared.files.get('lease-1.json') === before) {
          await new Promise<void>((resolve) => void truth.after(10, resolve));
        }
        // The holder checks for others after its renewal, and finds none.
        await new Promise<void>((resolve) => void truth.after(50, resolve));
        renewed = shared.files.get('lease-1.json');
        return shared.create(name, text);
      },
    };
    const rival = new Lease({ disk: interposing, clock: rivals, log: memoryLog(), holder: 'rival' });
    clock.suspend();
    void rival.start();
    let together = 0;
    for (let waited = 0; waited < 30 * second; waited += 50) {
      await truth.advance(50);
      if (clock.runs && [holder, rival].every(({ state }) => state === 'held')) together += 50;
    }
    assert.notEqual(renewed, undefined, 'the holder renewed in between');
    assert.equal(together, 0, `both held it for ${together} ms`);
    assert.deepEqual([holder.state, rival.state], ['elsewhere', 'held']);
    for (const lease of [holder, rival]) lease.dispose();
  });

  for (const [name, steps, most] of [
    ['never has two working holders at once while clocks run and the disk answers, in any order of calls', calm, 0],
    ['has two holders for no longer than one lease, whatever clocks and disk do', wild, leaseMs],
  ] as const) {
    it(name, async () => {
      const anySteps = fc.array(fc.oneof(...steps), { minLength: 5, maxLength: 30 });
      await fc.assert(
        fc.asyncProperty(fc.nat(), fc.boolean(), anySteps, async (seed, deaf, played) => {
          const machine = new Machine(seed + 1, deaf);
          machine.open();
          machine.open();
          for (const step of played) await play(machine, step);
          await mendAndCrash(machine);
          assert.ok(longestOverlap(machine.work) <= most, `${longestOverlap(machine.work)} ms together`);
          machine.end();
        }),
        runs(300),
      );
    }).timeout(600_000);
  }
});

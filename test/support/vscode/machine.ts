import type { Clock, Disposable } from '../../../src/engine/base/clock.ts';
import type { Disk } from '../../../src/engine/disk/disk.ts';
import type { FakeClock } from '../engine/fakeClock.ts';
import type { MemoryDisk } from '../engine/memoryDisk.ts';

/**
 * The time of one process: it may differ from the true time, stand still while the process is suspended, and end with a
 * crash. What falls due while it stands still happens when it goes on.
 */
export class ProcessClock implements Clock {
  /** What this process's clock is ahead of the true time, milliseconds. */
  offset = 0;
  readonly #truth: FakeClock;
  readonly #late: (() => void)[] = [];
  #mode: 'runs' | 'suspended' | 'crashed' = 'runs';

  constructor(truth: FakeClock) {
    this.#truth = truth;
  }

  get runs(): boolean {
    return this.#mode === 'runs';
  }

  get crashed(): boolean {
    return this.#mode === 'crashed';
  }

  now(): number {
    return this.#truth.now() + this.offset;
  }

  after(ms: number, run: () => void): Disposable {
    let ended = false;
    const due = (): void => {
      if (ended || this.#mode === 'crashed') return;
      if (this.#mode === 'suspended') this.#late.push(due);
      else run();
    };
    const timer = this.#truth.after(ms, due);
    return {
      dispose: () => {
        ended = true;
        timer.dispose();
      },
    };
  }

  suspend(): void {
    if (this.#mode === 'runs') this.#mode = 'suspended';
  }

  resume(): void {
    if (this.#mode !== 'suspended') return;
    this.#mode = 'runs';
    for (const due of this.#late.splice(0)) due();
  }

  crash(): void {
    this.#mode = 'crashed';
  }
}

/**
 * The shared disk as one process sees it: each call takes a while before and after it happens, so that calls of several
 * processes mix and a crash may come between a change and its answer. Without a watcher when `deaf`.
 */
export function processDisk(
  disk: MemoryDisk,
  clock: ProcessClock,
  latency: () => number,
  faults: { read: Error | undefined; write: Error | undefined } = { read: undefined, write: undefined },
  deaf = false,
): Disk {
  const pause = (): Promise<void> => new Promise((resolve) => void clock.after(latency(), resolve));
  const call = async <T>(kind: 'read' | 'write', act: () => Promise<T>): Promise<T> => {
    await pause();
    const fault = faults[kind];
    if (fault !== undefined) throw fault;
    const answer = await act();
    await pause();
    return answer;
  };
  return {
    read: (name) => call('read', () => disk.read(name)),
    write: (name, text) => call('write', () => disk.write(name, text)),
    create: (name, text) => call('write', () => disk.create(name, text)),
    append: (name, text) => call('write', () => disk.append(name, text)),
    rename: (from, to) => call('write', () => disk.rename(from, to)),
    remove: (name) => call('write', () => disk.remove(name)),
    list: () => call('read', () => disk.list()),
    watch: (changed) =>
      deaf ? { dispose: () => undefined } : disk.watch((name) => void clock.after(latency(), () => changed(name))),
  };
}

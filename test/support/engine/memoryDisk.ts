import type { Disposable } from '../../../src/engine/base/clock.ts';
import type { Disk } from '../../../src/engine/disk/disk.ts';

/** A disk in memory that can be set to refuse. */
export class MemoryDisk implements Disk {
  readonly files = new Map<string, string>();
  /** Thrown by every call that writes, while set. */
  refusal: Error | undefined;
  /** Whether it refuses only to rename. */
  onlyRenames = false;
  /** The files that it refuses; all when absent. */
  refused: RegExp | undefined;
  /** With it, nothing can be removed either: a full disk can be tidied, a read-only one cannot. */
  readOnly = false;
  readonly #watchers = new Set<(name: string) => void>();

  read(name: string): Promise<string | undefined> {
    return Promise.resolve(this.files.get(name));
  }

  async write(name: string, text: string): Promise<void> {
    this.#mayWrite(name);
    this.#set(name, text);
  }

  async create(name: string, text: string): Promise<boolean> {
    this.#mayWrite(name);
    if (this.files.has(name)) return false;
    this.#set(name, text);
    return true;
  }

  async append(name: string, text: string): Promise<void> {
    this.#mayWrite(name);
    this.#set(name, (this.files.get(name) ?? '') + text);
  }

  async rename(from: string, to: string): Promise<void> {
    this.#mayWrite(from, 'rename');
    const text = this.files.get(from);
    if (text === undefined) throw new Error(`no file ${from}`);
    this.files.delete(from);
    this.#notify(from);
    this.#set(to, text);
  }

  async remove(name: string): Promise<void> {
    if (this.readOnly) this.#mayWrite(name);
    if (this.files.delete(name)) this.#notify(name);
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.files.keys()]);
  }

  watch(changed: (name: string) => void): Disposable {
    const watcher = (name: string): void => changed(name);
    this.#watchers.add(watcher);
    return { dispose: () => void this.#watchers.delete(watcher) };
  }

  /** How many watchers there are. */
  get watchers(): number {
    return this.#watchers.size;
  }

  #mayWrite(name: string, how?: 'rename'): void {
    if (this.onlyRenames && how !== 'rename') return;
    if (this.refusal !== undefined && (this.refused?.test(name) ?? true)) throw this.refusal;
  }

  #set(name: string, text: string): void {
    this.files.set(name, text);
    this.#notify(name);
  }

  #notify(name: string): void {
    for (const watcher of [...this.#watchers]) void Promise.resolve().then(() => watcher(name));
  }
}

/** The faults of a disk, and how each is switched on. */
export const refusals: Readonly<Record<string, (disk: MemoryDisk) => void>> = {
  'is full': (disk) => {
    disk.refusal = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  },
  'is read-only': (disk) => {
    disk.refusal = Object.assign(new Error('EROFS: read-only file system'), { code: 'EROFS' });
    disk.readOnly = true;
  },
};

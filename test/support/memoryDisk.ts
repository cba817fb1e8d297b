import type { Disk } from '../../src/engine/disk.ts';

/** A disk in memory that can be told to refuse. */
export class MemoryDisk implements Disk {
  readonly files = new Map<string, string>();
  /** Thrown by every call that writes, while set. */
  refusal: Error | undefined;

  read(name: string): Promise<string | undefined> {
    return Promise.resolve(this.files.get(name));
  }

  async write(name: string, text: string): Promise<void> {
    if (this.refusal !== undefined) throw this.refusal;
    this.files.set(name, text);
  }

  async append(name: string, text: string): Promise<void> {
    if (this.refusal !== undefined) throw this.refusal;
    this.files.set(name, (this.files.get(name) ?? '') + text);
  }

  async rename(from: string, to: string): Promise<void> {
    if (this.refusal !== undefined) throw this.refusal;
    const text = this.files.get(from);
    if (text === undefined) throw new Error(`no file ${from}`);
    this.files.delete(from);
    this.files.set(to, text);
  }

  async remove(name: string): Promise<void> {
    this.files.delete(name);
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([...this.files.keys()]);
  }
}

import type { Disk } from './disk.ts';
import { fromJson } from './json.ts';

/** A value as it was read, and which one it was. */
export interface SharedVersion<T> {
  /** Undefined when there is none yet. */
  readonly value: T | undefined;
  readonly version: number;
}

/**
 * A small value that all windows share and change in turn. Each version is a file of its own, and making it succeeds
 * once: of several windows that change the same version, one gets the answer that it did, whoever leads and whatever crashes.
 */
export class SharedValue<T> {
  readonly #disk: Disk;
  readonly #name: string;
  readonly #readable: (value: unknown) => value is T;

  /** `name`: letters; files are called `<name>-<version>.json`. `readable`: whether it has the form of a value. */
  constructor(disk: Disk, name: string, readable: (value: unknown) => value is T) {
    this.#disk = disk;
    this.#name = name;
    this.#readable = readable;
  }

  /** The newest value; of a damaged one the version alone is taken, and the value of the one before. */
  async read(): Promise<SharedVersion<T>> {
    const versions = await this.#versions();
    const version = versions[0] ?? 0;
    for (const each of versions) {
      const value = fromJson(await this.#disk.read(this.#file(each)), (found) =>
        this.#readable(found) ? found : undefined,
      );
      if (value !== undefined) return { value, version };
    }
    return { value: undefined, version };
  }

  /** Puts a value in place of the one of that version. False when another window was first: nothing is changed then. */
  async replace(version: number, value: T): Promise<boolean> {
    const next = version + 1;
    if (!(await this.#disk.create(this.#file(next), JSON.stringify(value)))) return false;
    const versions = await this.#versions();
    // A window that slept may find the name free again, as the file that had it is gone.
    if ((versions[0] ?? next) > next) {
      await this.#disk.remove(this.#file(next));
      return false;
    }
    // The one before stays: the newest may be damaged by a power cut.
    await Promise.all(versions.filter((each) => each < version).map((each) => this.#disk.remove(this.#file(each))));
    return true;
  }

  /** Newest first. */
  async #versions(): Promise<readonly number[]> {
    const [prefix, suffix] = [`${this.#name}-`, '.json'];
    return (await this.#disk.list())
      .filter((name) => name.startsWith(prefix) && name.endsWith(suffix))
      .map((name) => Number(name.slice(prefix.length, -suffix.length)))
      .filter((version) => Number.isSafeInteger(version))
      .sort((a, b) => b - a);
  }

  #file(version: number): string {
    return `${this.#name}-${version}.json`;
  }
}

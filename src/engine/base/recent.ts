export interface RecentOptions {
  /** How many are kept. */
  readonly most: number;
  /** Whether one must not go now, whatever its age. */
  readonly stays?: (key: string) => boolean;
  /** Called for each that is removed because there are too many. */
  readonly dropped?: (key: string) => void;
}

/** Values by key, of which the ones used last are kept: what a window reads in a week must not fill its memory. */
export class Recent<V> {
  /** The one used last is the last. */
  readonly #values = new Map<string, V>();
  readonly #options: RecentOptions;

  constructor(options: RecentOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#values.size;
  }

  has(key: string): boolean {
    return this.#values.has(key);
  }

  /** The value, which counts as a use. */
  get(key: string): V | undefined {
    const value = this.#values.get(key);
    if (value !== undefined) this.#move(key, value);
    return value;
  }

  set(key: string, value: V): void {
    const { most, stays, dropped } = this.#options;
    this.#move(key, value);
    for (const oldest of this.#values.keys()) {
      if (this.#values.size <= most || oldest === key) return;
      if (stays?.(oldest) === true) continue;
      this.#values.delete(oldest);
      dropped?.(oldest);
    }
  }

  /** Removes all, and returns their keys. */
  clear(): readonly string[] {
    const keys = [...this.#values.keys()];
    this.#values.clear();
    return keys;
  }

  #move(key: string, value: V): void {
    this.#values.delete(key);
    this.#values.set(key, value);
  }
}

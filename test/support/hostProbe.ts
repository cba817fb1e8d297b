import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from './waitFor.ts';

/** Measures the extension host of the first window from within: an extension of its own beside Dr. DRE. */
export class HostProbe {
  /** The folder of the extension, for `extraExtensions`. */
  static readonly extension = join(import.meta.dirname, '../e2e/probe');
  readonly #folder = mkdtempSync(join(tmpdir(), 'dr-dre-probe-'));
  readonly #file = join(this.#folder, 'address');

  /** What it needs in the environment of the host. */
  get env(): Readonly<Record<string, string>> {
    return { PROBE_FILE: this.#file };
  }

  /** The longest time that the extension host was held up since the last call, in milliseconds. */
  async longestMs(): Promise<number> {
    await waitFor('the probe', () => existsSync(this.#file));
    const response = await fetch(readFileSync(this.#file, 'utf8'));
    const { longestMs } = (await response.json()) as { longestMs: number };
    return longestMs;
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

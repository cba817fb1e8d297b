import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from './waitFor.ts';

/** How long an extension host was held up, in milliseconds. */
export interface Block {
  /** By the clock. */
  readonly wallMs: number;
  /** What the host itself worked in it: without the turns that a shared machine did not give it. */
  readonly busyMs: number;
}

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

  /** The longest block of the extension host since the last call. */
  async longest(): Promise<Block> {
    await waitFor('the probe', () => existsSync(this.#file));
    const response = await fetch(readFileSync(this.#file, 'utf8'));
    return (await response.json()) as Block;
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

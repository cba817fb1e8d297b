import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../base/waitFor.ts';

/** How long an extension host was held up, in milliseconds. */
export interface Block {
  /** By the clock. */
  readonly wallMs: number;
  /** What the host itself worked in it: without the turns that a shared machine did not give it. */
  readonly busyMs: number;
}

/** A block with what our own code did in it. */
export interface ExplainedBlock extends Block {
  /** The part of `busyMs` that our own code worked, by the samples of a profiler. */
  readonly ownMs: number;
  /** Its functions, those that worked most first. */
  readonly work: readonly { readonly name: string; readonly ms: number }[];
}

/** What our own code worked in the extension host, in milliseconds of its processor. */
export interface OwnWork {
  readonly ownMs: number;
  /** Its functions, those that worked most first. */
  readonly work: ExplainedBlock['work'];
}

/** Measures the extension host of the first window from within: an extension of its own beside Dr. DRE. */
export class HostProbe {
  /** The folder of the extension, for `extraExtensions`. */
  static readonly extension = join(import.meta.dirname, '../../e2e/probe');
  /** What profiles the start instead, for `preload`. */
  static readonly start = join(HostProbe.extension, 'start.mjs');
  readonly #folder = mkdtempSync(join(tmpdir(), 'dr-dre-probe-'));
  readonly #file = join(this.#folder, 'address');

  /** What it needs in the environment of the host. */
  get env(): Readonly<Record<string, string>> {
    return { PROBE_FILE: this.#file };
  }

  /** The same, for a host in which blocks are explained too: by the functions of files in the folder `own`. */
  explaining(own: string): Readonly<Record<string, string>> {
    return { ...this.env, PROBE_OWN: own };
  }

  /** The longest block of the extension host since the last call. */
  async longest(): Promise<Block> {
    return (await this.#get('/')) as Block;
  }

  /** All blocks of at least 10 ms since the last call. */
  async blocks(): Promise<readonly ExplainedBlock[]> {
    return (await this.#get('/blocks')) as ExplainedBlock[];
  }

  /** What our own code worked from the start of the extension host to the first rows. Told once, by `start`. */
  async startWork(): Promise<OwnWork> {
    return (await this.#get('/')) as OwnWork;
  }

  /** What the extension host holds once what nobody needs is collected, in MB. */
  async heapMB(): Promise<number> {
    return Number(await this.#get('/heap')) / 1e6;
  }

  async #get(path: string): Promise<unknown> {
    await waitFor('the probe', () => existsSync(this.#file));
    const response = await fetch(new URL(path, readFileSync(this.#file, 'utf8')));
    return response.json();
  }

  /** The window is loaded anew: its next extension host is measured. */
  forget(): void {
    rmSync(this.#file, { force: true });
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulatorSettings } from '../../scripts/simulator.mjs';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import { activationTime } from '../support/ui/activationTime.ts';
import { HostProbe, type OwnWork } from '../support/vscode/hostProbe.ts';
import { waitFor } from '../support/base/waitFor.ts';
import { launchWorkbench, root, type Workbench, type WorkbenchOptions } from '../support/vscode/workbench.ts';
import type { Figure } from './figures.ts';
import { extensionIn, firstRowsIn, type OtherExtension } from './startFiles.ts';
import { reportStarts, type StartTimes } from './startReport.ts';

const standIn = join(root, 'test/simulator/dre/dre.mjs');
const name = 'Dr. DRE';

const warmStarts = 5;

/**
 * Starts of a real VS Code: with nothing known, and again with the snapshot of the last time. In some windows Dr. DRE is
 * alone, in others beside the extension that `DR_DRE_COMPARE` names. Times are taken in windows without the profiler.
 */
export async function start(): Promise<readonly Figure[]> {
  const folder = process.env['DR_DRE_COMPARE'];
  const other = folder === undefined || folder === '' ? undefined : extensionIn(folder);
  const simulator = await startSimulator();
  const windows = new Windows(simulator);
  try {
    const coldMs = await windows.cold();
    const requests = simulator.requests();
    const alone = { times: [] as StartTimes[], works: [] as OwnWork[] };
    const beside = { times: [] as StartTimes[], works: [] as OwnWork[] };
    const otherAlone: number[] = [];
    for (let nth = 0; nth < warmStarts; nth++) {
      alone.times.push(await windows.timed([root], name));
      alone.works.push(await windows.profiled([root]));
      if (other === undefined) continue;
      otherAlone.push(await windows.activation(other));
      beside.times.push(await windows.timed([root, other.folder], name, other.name));
      beside.works.push(await windows.profiled([root, other.folder]));
    }
    const comparison = other === undefined ? undefined : { ...beside, name: other.name, otherAlone };
    return reportStarts({ coldMs, requests, alone, comparison });
  } finally {
    windows.dispose();
    await simulator.stop();
  }
}

/** Windows that are opened one after the other, with the snapshot that the one before has left. */
class Windows {
  readonly #simulator: Simulator;
  readonly #home = mkdtempSync(join(tmpdir(), 'dr-dre-bench-'));

  constructor(simulator: Simulator) {
    this.#simulator = simulator;
  }

  /** The first rows of all, and the first minute, in milliseconds. */
  async cold(): Promise<number> {
    const workbench = await this.#open([root]);
    await workbench.openContainer(name);
    const began = Date.now();
    const ms = await this.#firstRows(workbench);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, 60_000 - (Date.now() - began))));
    await workbench.close();
    return ms;
  }

  async timed(extensions: readonly string[], own: string, other?: string): Promise<StartTimes> {
    const workbench = await this.#open(extensions);
    try {
      const rows = await this.#firstRows(workbench);
      const activation = await activationTime(workbench, own);
      return other === undefined
        ? { rows, activation }
        : { rows, activation, otherActivation: await activationTime(workbench, other) };
    } finally {
      await workbench.close();
    }
  }

  /** How long an extension takes without Dr. DRE. */
  async activation(other: OtherExtension): Promise<number> {
    const workbench = await this.#open([other.folder]);
    try {
      return await activationTime(workbench, other.name);
    } finally {
      await workbench.close();
    }
  }

  async profiled(extensions: readonly string[]): Promise<OwnWork> {
    const probe = new HostProbe();
    const workbench = await this.#open(extensions, {
      env: probe.explaining(`${root}/dist/`),
      preload: HostProbe.start,
    });
    try {
      await this.#firstRows(workbench);
      return await probe.startWork();
    } finally {
      await workbench.close();
      probe.dispose();
    }
  }

  dispose(): void {
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5 });
  }

  #open(
    extensions: readonly string[],
    { env, preload }: Pick<WorkbenchOptions, 'env' | 'preload'> = {},
  ): Promise<Workbench> {
    return launchWorkbench({
      userDataDir: this.#home,
      settings: simulatorSettings({ addresses: { ...this.#simulator.addresses }, dre: standIn }),
      env: { ...this.#simulator.env, ...env },
      extensions,
      preload,
    });
  }

  /** After how many milliseconds they came. */
  async #firstRows({ userDataDir }: Workbench): Promise<number> {
    const found = (): { readonly ms: number } | undefined => {
      const ms = firstRowsIn(userDataDir);
      // Zero is an answer, too.
      return ms === undefined ? undefined : { ms };
    };
    return (await waitFor('the first rows in the log', found, { timeoutMs: 60_000 })).ms;
  }
}

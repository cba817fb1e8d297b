import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulatorSettings } from '../../scripts/simulator.mjs';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import { activationTime } from '../support/ui/activationTime.ts';
import { HostProbe, type OwnWork } from '../support/vscode/hostProbe.ts';
import { waitFor } from '../support/base/waitFor.ts';
import { launchWorkbench, root, type Workbench, type WorkbenchOptions } from '../support/vscode/workbench.ts';
import type { Figure } from './figures.ts';
import { timesOf } from './times.ts';

const standIn = join(root, 'test/simulator/dre/dre.mjs');
const name = 'Dr. DRE';

const warmStarts = 5;
const ownLimitMs = 30;

/** An extension to compare with, from the folder of an unpacked one. */
interface Other {
  readonly folder: string;
  readonly name: string;
}

function otherExtension(): Other | undefined {
  const folder = process.env['DR_DRE_COMPARE'];
  if (folder === undefined || folder === '') return undefined;
  const { displayName } = textsIn(folder, 'package.json');
  if (displayName === undefined) throw new Error(`${folder} is not the folder of an extension`);
  const [, key] = /^%(.+)%$/.exec(displayName) ?? [];
  const name = key === undefined ? displayName : textsIn(folder, 'package.nls.json')[key];
  if (name === undefined) throw new Error(`${folder} does not say what the extension is called`);
  return { folder, name };
}

/** The texts at the top of a JSON file, by their keys. */
function textsIn(folder: string, file: string): Readonly<Partial<Record<string, string>>> {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as Partial<Record<string, string>>;
}

/**
 * Starts of a real VS Code: with nothing known, and again with the snapshot of the last time. In some windows Dr. DRE is
 * alone, in others beside the extension that `DR_DRE_COMPARE` names. Times are taken in windows without the profiler.
 */
export async function start(): Promise<readonly Figure[]> {
  const other = otherExtension();
  const simulator = await startSimulator();
  const starts = new Starts(simulator);
  try {
    const cold = await starts.cold();
    const requests = simulator.requests();
    const alone: Start[] = [];
    const aloneWork: OwnWork[] = [];
    const beside: Start[] = [];
    const besideWork: OwnWork[] = [];
    const others: number[] = [];
    for (let nth = 0; nth < warmStarts; nth++) {
      alone.push(await starts.timed([root], name));
      aloneWork.push(await starts.profiled([root]));
      if (other === undefined) continue;
      others.push(await starts.activation(other));
      beside.push(await starts.timed([root, other.folder], name, other.name));
      besideWork.push(await starts.profiled([root, other.folder]));
    }
    printWork(aloneWork);
    return [
      ...startFigures('alone', alone, aloneWork, { rows: 100, ...quarterOf(others) }),
      ...(other === undefined
        ? []
        : [
            { name: `activation of ${other.name}, alone`, unit: 'ms', ...valueOf(others) },
            ...startFigures(`beside ${other.name}`, beside, besideWork),
            {
              name: `activation of ${other.name}, beside Dr. DRE`,
              unit: 'ms',
              ...valueOf(beside.map(({ otherActivation = Number.NaN }) => otherActivation)),
            },
          ]),
      { name: 'first rows after activation, from the network', value: cold, unit: 'ms', note: 'the very first start' },
      { name: 'requests in the first minute, all services', value: requests.length, unit: 'requests' },
      ...perService(requests),
    ];
  } finally {
    starts.dispose();
    await simulator.stop();
  }
}

interface Start {
  readonly rowsMs: number;
  readonly activation: number;
  readonly otherActivation?: number;
}

function startFigures(
  where: string,
  starts: readonly Start[],
  works: readonly OwnWork[],
  limits: { readonly rows?: number; readonly activation?: number } = {},
): readonly Figure[] {
  return [
    {
      name: `activation, as VS Code reports it, ${where}`,
      unit: 'ms',
      ...valueOf(starts.map(({ activation }) => activation)),
      limit: limits.activation,
    },
    {
      name: `own processor time up to the first rows, ${where}`,
      unit: 'ms',
      limit: ownLimitMs,
      ...valueOf(works.map(({ ownMs }) => ownMs)),
    },
    {
      name: `first rows after activation, snapshot, ${where}`,
      unit: 'ms',
      limit: limits.rows,
      ...valueOf(starts.map(({ rowsMs }) => rowsMs)),
    },
  ];
}

/** The budget: a quarter of what the other extension takes. */
function quarterOf(others: readonly number[]): { readonly activation?: number } {
  return others.length === 0 ? {} : { activation: timesOf(others).median / 4 };
}

function valueOf(values: readonly number[]): { readonly value: number; readonly least: number } {
  const { median, least } = timesOf(values);
  return { value: median, least };
}

/** The functions that worked most up to the first rows, of the start that worked least. */
function printWork(works: readonly OwnWork[]): void {
  const [least] = [...works].sort((a, b) => a.ownMs - b.ownMs);
  console.log('\nOwn work up to the first rows, alone, in ms');
  for (const { name: what, ms } of least?.work ?? []) console.log(`  ${ms.toFixed(2).padStart(6)}  ${what}`);
}

/** Windows that are opened one after the other, with the snapshot that the one before has left. */
class Starts {
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

  async timed(extensions: readonly string[], own: string, other?: string): Promise<Start> {
    const workbench = await this.#open(extensions);
    try {
      const rowsMs = await this.#firstRows(workbench);
      const activation = await activationTime(workbench, own);
      return other === undefined
        ? { rowsMs, activation }
        : { rowsMs, activation, otherActivation: await activationTime(workbench, other) };
    } finally {
      await workbench.close();
    }
  }

  /** How long an extension takes without Dr. DRE. */
  async activation(other: Other): Promise<number> {
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

  /** After how many milliseconds they came, says the log of this start. */
  async #firstRows({ userDataDir }: Workbench): Promise<number> {
    const { ms } = await waitFor(
      'the first rows in the log',
      () => {
        const folder = join(userDataDir, 'logs');
        // Each start has a folder of its own, named by its time.
        const newest = readdirSync(folder).sort().at(-1) ?? '';
        const [file] = readdirSync(join(folder, newest), { recursive: true, encoding: 'utf8' }).filter((path) =>
          path.endsWith(`${name}.log`),
        );
        const text = file === undefined ? '' : readFileSync(join(folder, newest, file), 'utf8');
        const found = /\[views\] first rows after (\d+) ms/.exec(text)?.[1];
        return found === undefined ? undefined : { ms: Number(found) };
      },
      { timeoutMs: 60_000 },
    );
    return ms;
  }
}

function perService(requests: readonly { readonly service: string }[]): Figure[] {
  const counts = new Map<string, number>();
  for (const { service } of requests) counts.set(service, (counts.get(service) ?? 0) + 1);
  return [...counts].map(([service, value]) => ({ name: `  of these to ${service}`, value, unit: 'requests' }));
}

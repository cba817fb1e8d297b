import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulatorSettings } from '../../scripts/simulator.mjs';
import { startSimulator } from '../simulator/simulator.ts';
import { waitFor } from '../support/waitFor.ts';
import { launchWorkbench, root, type Workbench } from '../support/vscode/workbench.ts';
import type { Figure } from './figures.ts';
import { timesOf } from './times.ts';

const standIn = join(root, 'test/simulator/dre/dre.mjs');
/** An extension of VS Code itself that is active in every window: the measure of this machine. */
const other = 'Merge Conflict';

const warmStarts = 5;

/** Starts of a real VS Code: with nothing known, and again with the snapshot of the last time. */
export async function start(): Promise<readonly Figure[]> {
  const simulator = await startSimulator();
  const home = mkdtempSync(join(tmpdir(), 'dr-dre-bench-'));
  const open = (): Promise<Workbench> =>
    launchWorkbench({
      userDataDir: home,
      settings: simulatorSettings({ addresses: { ...simulator.addresses }, dre: standIn }),
      env: simulator.env,
    });
  try {
    const first = await open();
    await first.openContainer('Dr. DRE');
    const began = Date.now();
    const cold = await firstRowsMs(first.userDataDir, 1);
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, 60_000 - (Date.now() - began))));
    const requests = simulator.requests();
    await first.close();

    const warm: number[] = [];
    const activation: number[] = [];
    const otherActivation: number[] = [];
    for (let nth = 2; nth < 2 + warmStarts; nth++) {
      const workbench = await open();
      warm.push(await firstRowsMs(workbench.userDataDir, nth));
      activation.push(await workbench.activationTime('Dr. DRE'));
      otherActivation.push(Math.max(1, await workbench.activationTime(other)));
      await workbench.close();
    }
    const [rows, own, others] = [timesOf(warm), timesOf(activation), timesOf(otherActivation)];
    return [
      {
        name: 'activation, as VS Code reports it',
        ...{ value: own.median, unit: 'ms', least: own.least },
        note: 'the GitHub Pull Requests extension of the budget cannot be had here',
      },
      {
        name: `  its ratio to that of ${other}`,
        value: own.median / others.median,
        unit: '',
        note: `${others.median} ms in the same windows`,
      },
      {
        name: 'first rows after activation, from the snapshot',
        ...{ value: rows.median, unit: 'ms', limit: 100, least: rows.least },
      },
      { name: 'first rows after activation, from the network', value: cold, unit: 'ms', note: 'the very first start' },
      { name: 'requests in the first minute, all services', value: requests.length, unit: 'requests' },
      ...perService(requests),
    ];
  } finally {
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    await simulator.stop();
  }
}

function perService(requests: readonly { readonly service: string }[]): Figure[] {
  const counts = new Map<string, number>();
  for (const { service } of requests) counts.set(service, (counts.get(service) ?? 0) + 1);
  return [...counts].map(([service, value]) => ({ name: `  of these to ${service}`, value, unit: 'requests' }));
}

/** What the log of the `nth` start says of it. */
async function firstRowsMs(userDataDir: string, nth: number): Promise<number> {
  const { ms } = await waitFor(
    'the first rows in the log',
    () => {
      const logs = readdirSync(join(userDataDir, 'logs'), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('Dr. DRE.log'))
        .sort();
      const file = logs[nth - 1];
      const text = file === undefined ? '' : readFileSync(join(userDataDir, 'logs', file), 'utf8');
      const found = /\[views\] first rows after (\d+) ms/.exec(text)?.[1];
      return found === undefined ? undefined : { ms: Number(found) };
    },
    { timeoutMs: 60_000 },
  );
  return ms;
}

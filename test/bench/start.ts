import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simulatorSettings } from '../../scripts/simulator.mjs';
import { startSimulator } from '../simulator/simulator.ts';
import { waitFor } from '../support/waitFor.ts';
import { launchWorkbench, root, type Workbench } from '../support/workbench.ts';
import type { Figure } from './figures.ts';

const standIn = join(root, 'test/simulator/dre/dre.mjs');
/** An extension of VS Code itself that is active in every window: the measure of this machine. */
const other = 'Merge Conflict';

/** A start in a real VS Code: with nothing known, and again with the snapshot of the last time. */
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

    const second = await open();
    const warm = await firstRowsMs(second.userDataDir, 2);
    const activation = await second.activationTime('Dr. DRE');
    const otherActivation = await second.activationTime(other);
    await second.close();
    return [
      { name: 'activation, as VS Code reports it', value: activation, unit: 'ms' },
      {
        name: `  its ratio to that of ${other}`,
        value: activation / Math.max(1, otherActivation),
        unit: '',
        note: `${otherActivation} ms in the same window`,
      },
      { name: 'first rows after activation, from the snapshot', value: warm, unit: 'ms', limit: 100 },
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

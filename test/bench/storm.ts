import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { simulatorSettings } from '../../scripts/simulator.mjs';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import { showOnly } from '../support/vscode/drDre.ts';
import { HostProbe, type Block } from '../support/vscode/hostProbe.ts';
import { waitFor } from '../support/base/waitFor.ts';
import { launchWorkbench, root, type Workbench } from '../support/vscode/workbench.ts';
import type { Figure } from './figures.ts';

const count = 2_000;
const seconds = 60;
const standIn = join(root, 'test/simulator/dre/dre.mjs');

/** 2,000 alerts in a minute in a real VS Code: what a person is shown, and how long the extension host is held up. */
export async function storm(): Promise<readonly Figure[]> {
  const simulator = await startSimulator();
  const probe = new HostProbe();
  const workbench = await launchWorkbench({
    settings: {
      ...simulatorSettings({ addresses: { ...simulator.addresses }, dre: standIn }),
      'drDre.notifications.enabled': true,
      'drDre.notifications.minimumPriority': 'P3',
      // VS Code's own search for ports to forward holds up the host that is measured.
      'remote.autoForwardPorts': false,
    },
    env: { ...simulator.env, ...probe.env },
    extraExtensions: [HostProbe.extension],
  });
  try {
    await workbench.openContainer('Dr. DRE');
    await showOnly(workbench, 'Alerts');
    await workbench.notification('new alerts', 'Show Alerts');
    return await measure(simulator, workbench, probe);
  } finally {
    await workbench.close();
    await simulator.stop();
    probe.dispose();
  }
}

async function measure(simulator: Simulator, workbench: Workbench, probe: HostProbe): Promise<readonly Figure[]> {
  const before = messages(workbench);
  const quiet = await probe.longest();
  simulator.switch('atlassianApi', 'storm', { count, seconds });
  const until = Date.now() + (seconds + 5) * 1_000;
  const blocks: Block[] = [];
  while (Date.now() < until) {
    await workbench.runCommand('Dr. DRE: Refresh');
    blocks.push(await probe.longest());
  }
  await workbench.waitForRows('Alerts', (rows) => rows.some((row) => /^P3 moderate 2,0\d\d/.test(row)));
  // The last message comes when the time for which one stands is over.
  await waitFor('the message of the storm', () => messages(workbench) > before, { timeoutMs: 90_000 });
  blocks.push(await probe.longest());
  const longest = (part: keyof Block): number => Math.max(...blocks.map((block) => block[part]));
  return [
    {
      name: `longest block in a storm of ${count.toLocaleString('en-US')} alerts`,
      value: longest('busyMs'),
      unit: 'ms',
      limit: 50,
      note: `${longest('wallMs').toFixed(0)} ms by the clock, ${quiet.busyMs.toFixed(0)} ms before it; VS Code itself works in the same host`,
    },
    { name: 'messages of the storm', value: messages(workbench) - before, unit: 'messages', limit: 4 },
  ];
}

/** How many notifications were shown, by the log. */
function messages({ userDataDir }: Workbench): number {
  const folder = join(userDataDir, 'logs');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('Dr. DRE.log'))
    .reduce((sum, name) => sum + readFileSync(join(folder, name), 'utf8').split('[notifications] shown').length - 1, 0);
}

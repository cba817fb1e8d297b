import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import type { Sizes } from '../simulator/world.ts';
import { openDrDre, requestsEnded, showOnly, views } from '../support/vscode/drDre.ts';
import { HostProbe, type ExplainedBlock } from '../support/vscode/hostProbe.ts';
import { waitFor } from '../support/base/waitFor.ts';
import { launchWorkbench, root, type Workbench } from '../support/vscode/workbench.ts';
import type { Figure } from './figures.ts';

/** The records that the budgets speak of, beside what is believable of all else. */
const budgeted: Sizes = { alerts: 10_000, tickets: 5_000 };
/** A hundredth of them. */
const hundredth: Sizes = { alerts: 100, tickets: 50 };
/** Long enough for a hundred pages and their rows. */
const patience = { timeoutMs: 300_000 };

/** What the extension host of a real VS Code holds, and how long our own code holds it up, with thousands of records. */
export async function host(): Promise<readonly Figure[]> {
  const empty = await heapWithout();
  const few = await heapWith(hundredth);
  const many = await withMany();
  const limit = 50;
  const block = (name: string, { ownMs, wallMs }: ExplainedBlock): Figure => ({
    name: `longest own block, ${name}`,
    value: ownMs,
    unit: 'ms',
    limit,
    note: `${wallMs.toFixed(0)} ms by the clock, with all else in the host`,
  });
  return [
    block('first read of 10,000 alerts, 5,000 tickets', many.firstRead),
    block('a further read', many.furtherRead),
    block('the next start', many.nextStart),
    {
      name: 'heap held in the host for them, all views shown',
      value: many.heap - empty,
      unit: 'MB',
      limit: 60,
      growth: (many.heap - empty) / (few - empty),
      note: `beyond the ${empty.toFixed(0)} MB of a host without Dr. DRE; growth for 100 times the records`,
    },
  ];
}

/** An extension host with the probe alone, which profiles as it does beside Dr. DRE. */
async function heapWithout(): Promise<number> {
  const probe = new HostProbe();
  const workbench = await launchWorkbench({
    env: probe.explaining(`${root}/dist/`),
    extensions: [],
    extraExtensions: [HostProbe.extension],
  });
  try {
    return await heldMB(probe);
  } finally {
    await workbench.close();
    probe.dispose();
  }
}

async function heapWith(sizes: Sizes): Promise<number> {
  return inWorld(sizes, async ({ simulator, probe }) => {
    await settled(simulator);
    return heldMB(probe);
  });
}

function withMany(): Promise<
  Readonly<Record<'firstRead' | 'furtherRead' | 'nextStart', ExplainedBlock>> & { readonly heap: number }
> {
  return inWorld(budgeted, async ({ simulator, probe, workbench }) => {
    await settled(simulator);
    const firstRead = longest(await probe.blocks());
    await workbench.runCommand('Dr. DRE: Refresh');
    await settled(simulator);
    const furtherRead = longest(await probe.blocks());
    const heap = await heldMB(probe);
    probe.forget();
    await workbench.reload();
    await workbench.openContainer('Dr. DRE');
    await showOnly(workbench, 'Alerts');
    await workbench.waitForRows('Alerts', (rows) => rows.length > 1);
    await settled(simulator);
    return { firstRead, furtherRead, nextStart: longest(await probe.blocks()), heap };
  });
}

interface OpenWindow {
  readonly simulator: Simulator;
  readonly probe: HostProbe;
  readonly workbench: Workbench;
}

/** Every view was on the screen once, so that all is read. */
async function inWorld<T>(sizes: Sizes, measure: (opened: OpenWindow) => Promise<T>): Promise<T> {
  const simulator = await startSimulator({ sizes });
  const probe = new HostProbe();
  const workbench = await openDrDre(simulator, {
    env: probe.explaining(`${root}/dist/`),
    extraExtensions: [HostProbe.extension],
  });
  try {
    for (const view of views) {
      await showOnly(workbench, view);
      await waitFor(`rows of ${view}`, async () => (await workbench.rows(view)).length > 1, patience);
    }
    return await measure({ simulator, probe, workbench });
  } finally {
    await workbench.close();
    await simulator.stop();
    probe.dispose();
  }
}

/** The least of several looks: VS Code itself is still at work when a window has just opened. */
async function heldMB(probe: HostProbe): Promise<number> {
  const looks: number[] = [];
  for (let look = 0; look < 5; look++) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    looks.push(await probe.heapMB());
  }
  return Math.min(...looks);
}

const settled = (simulator: Simulator): Promise<void> => requestsEnded(simulator, { quietMs: 2_000, ...patience });

function longest(blocks: readonly ExplainedBlock[]): ExplainedBlock {
  const none: ExplainedBlock = { ownMs: 0, busyMs: 0, wallMs: 0, work: [] };
  return blocks.reduce((most, block) => (block.ownMs > most.ownMs ? block : most), none);
}

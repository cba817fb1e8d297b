import assert from 'node:assert/strict';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import { openDrDre, requestsEnded, showOnly, views } from '../support/vscode/drDre.ts';
import { HostProbe, type ExplainedBlock } from '../support/vscode/hostProbe.ts';
import { waitFor } from '../support/base/waitFor.ts';
import { root, type Workbench } from '../support/vscode/workbench.ts';
import type { Figure } from './figures.ts';

/** So many alerts, tickets and proposals; reading the 10,000 that the limit is for takes minutes. */
const many = Number(process.env.BLOCK_RECORDS ?? 2_500);
/** Blocks with so much work of our own are printed even when they are not the longest. */
const shownMs = 15;
const patience = { timeoutMs: 120_000 };

/** How long our own code holds up the extension host, from the start on: prints each step's longest blocks and whose they were. */
export async function blocks(): Promise<readonly Figure[]> {
  const simulator = await startSimulator();
  const probe = new HostProbe();
  const workbench = await openDrDre(simulator, {
    env: probe.explaining(`${root}/dist/`),
    extraExtensions: [HostProbe.extension],
    size: { width: 1500, height: 1100 },
  });
  const figures: Figure[] = [];
  try {
    await walk({ simulator, workbench, probe }, async (step) => {
      await requestsEnded(simulator, { quietMs: 700, ...patience });
      const [longest] = print(step, await probe.blocks());
      figures.push({ name: `longest own block, ${step}`, value: longest?.ownMs ?? 0, unit: 'ms', limit: 50 });
    });
  } finally {
    await workbench.close();
    await simulator.stop();
    probe.dispose();
  }
  return figures;
}

interface OpenWindow {
  readonly simulator: Simulator;
  readonly workbench: Workbench;
  readonly probe: HostProbe;
}

/** Does one thing after the other that loads code or reads many records; `measure` takes what held up the host since. */
async function walk(
  { simulator, workbench, probe }: OpenWindow,
  measure: (step: string) => Promise<void>,
): Promise<void> {
  for (const view of views) {
    await showOnly(workbench, view);
    await workbench.waitForRows(view, (rows) => rows.length > 1 && !rows.some((row) => row.includes('cannot')));
  }
  await measure('start, first reads, every view');
  await workbench.runCommand('Dr. DRE: Refresh');
  await measure('a refresh');

  for (const [view, start] of [
    ['Alerts', /^\[/],
    ['Queue', /^DRE-/],
    ['Proposals', /^\w+ (subnet|node|Elect)/i],
  ] as const) {
    await showOnly(workbench, view);
    const rows = await workbench.waitForRows(view, (all) => all.some((row) => start.test(row)));
    await workbench.row(view, rows.find((row) => start.test(row))?.slice(0, 30) ?? '').click();
    await waitFor('its text', async () => (await workbench.webviewFrame().locator('body').innerText()).length > 50);
    await measure(`the first document of ${view}`);
  }

  for (const command of ['Show Request Meter', 'Show Journal', 'Troubleshoot Paging', 'Open Release Timeline']) {
    const before = (await workbench.editors()).join();
    await workbench.runCommand(`Dr. DRE: ${command}`);
    await waitFor('its page', async () => (await workbench.editors()).join() !== before);
    await measure(command);
  }

  const reset = await fetch(new URL('/reset', simulator.control), {
    method: 'POST',
    body: JSON.stringify({ size: many }),
  });
  assert.ok(reset.ok);
  await showOnly(workbench, 'Alerts');
  await workbench.runCommand('Dr. DRE: Refresh');
  const thousands = async (): Promise<boolean> =>
    (await workbench.rows('Alerts')).some((row) => / \d{3}|\d,\d{3}/.test(row));
  await waitFor('thousands of alerts', thousands, patience);
  await measure('thousands, first read');
  for (const view of views) {
    await showOnly(workbench, view);
    await workbench.waitForRows(view, (rows) => rows.length > 1);
  }
  await measure('thousands, every view');
  await workbench.runCommand('Dr. DRE: Refresh');
  await measure('thousands, read again');

  probe.forget();
  await workbench.reload();
  await workbench.openContainer('Dr. DRE');
  for (const view of ['Alerts', 'Queue', 'Proposals'] as const) {
    await showOnly(workbench, view);
    await workbench.waitForRows(view, (rows) => rows.length > 1);
  }
  await measure('thousands, next start');
}

/** Says what the longest blocks of a step were, and returns all, those with most of our own work first. */
function print(step: string, blocks: readonly ExplainedBlock[]): readonly ExplainedBlock[] {
  const longest = blocks.toSorted((a, b) => b.ownMs - a.ownMs);
  if (longest.length === 0) console.log(`      ${step}: no block of 10 ms`);
  const shown = longest.filter(({ ownMs }, index) => index === 0 || ownMs > shownMs).slice(0, 6);
  for (const { ownMs, busyMs, wallMs, work } of shown) {
    const of = `of ${busyMs.toFixed(0)} ms (${wallMs.toFixed(0)} by the clock)`;
    console.log(`      ${step}: ${ownMs.toFixed(0)} ms of our own ${of}`);
    for (const { name, ms } of work.slice(0, 5)) console.log(`        ${ms.toFixed(0).padStart(4)} ms  ${name}`);
  }
  return longest;
}

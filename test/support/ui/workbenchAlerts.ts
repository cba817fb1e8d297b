import type { Locator } from 'playwright-core';
import type { Simulator } from '../../simulator/simulator.ts';
import { ServiceAlerts } from '../sources/serviceAlerts.ts';
import { showOnly, useDrDre } from '../vscode/drDre.ts';
import { waitFor } from '../base/waitFor.ts';
import type { Workbench } from '../vscode/workbench.ts';

/** The alerts of a workbench, as a person sees and handles them, and what the service has of them. */
export class WorkbenchAlerts extends ServiceAlerts {
  readonly workbench: Workbench;

  constructor(workbench: Workbench, simulator: Simulator) {
    super(simulator);
    this.workbench = workbench;
  }

  /** Gives the alerts the whole side bar. */
  async open(): Promise<void> {
    await showOnly(this.workbench, 'Alerts');
    await this.waitForRows((rows) => rows.some((row) => row.includes('IC_Subnet_UpgradeStuck')));
  }

  row(message: string): Locator {
    return this.workbench.row('Alerts', message);
  }

  /** The visible rows: what they show and, with the whole message, what a screen reader says. */
  async rows(): Promise<string[]> {
    return this.workbench.fullRows('Alerts');
  }

  /** Waits until these rows are as wanted. */
  async waitForRows(wanted: (rows: readonly string[]) => boolean): Promise<void> {
    await waitFor('rows of Alerts', async () => wanted(await this.rows()));
  }

  /** Waits until the row of an alert says this. */
  async says(message: string, text: string | RegExp): Promise<void> {
    await this.waitForRows((rows) =>
      rows.some((each) => each.includes(message) && (typeof text === 'string' ? each.includes(text) : text.test(each))),
    );
  }

  /**
   * Resolves when each of these rows has said "confirmed" at some time, as it says so for seconds only, or has gone.
   */
  async areConfirmed(messages: readonly string[], { orGone = false } = {}): Promise<void> {
    const left = new Set(messages);
    await waitFor(
      'the rows to be confirmed',
      async () => {
        const rows = await this.rows();
        for (const message of left) {
          const row = rows.find((each) => each.includes(message));
          if (row === undefined ? orGone : row.includes('confirmed')) left.delete(message);
        }
        return left.size === 0;
      },
      { timeoutMs: 90_000, everyMs: 250 },
    ).catch((cause: unknown) => {
      throw new Error(`Not confirmed: ${[...left].join('; ')}`, { cause });
    });
  }

  /** Selects rows and puts the keyboard there, without opening what they stand for. */
  async select(...rows: readonly Locator[]): Promise<void> {
    await this.row('P1 critical').click({ modifiers: ['ControlOrMeta'] });
    await this.workbench.press('Escape');
    for (const each of rows) await each.click({ modifiers: ['ControlOrMeta'] });
  }

  /** What a screen reader says of the selected rows. */
  async selected(): Promise<string[]> {
    return this.workbench
      .view('Alerts')
      .locator('.monaco-list-row.selected')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
  }

  /** Clicks an action that stands in the row itself. */
  async inline(message: string, action: string): Promise<void> {
    await this.workbench.inline(this.row(message), action);
  }

  /** Goes to a row with the keyboard alone. What is selected stays. */
  async arrowTo(message: string): Promise<void> {
    await this.workbench.arrowTo('Alerts', message);
  }
}

interface OpenedAlerts {
  readonly simulator: Simulator;
  readonly workbench: Workbench;
  readonly alerts: WorkbenchAlerts;
}

/** Opens Dr. DRE for the tests of a `describe` with the alerts alone in the side bar, and closes it after them. */
export function useAlerts(opened: (alerts: OpenedAlerts) => void): void {
  useDrDre({ dre: 'dre', size: { width: 1500, height: 1200 } }, async ({ simulator, workbench }) => {
    const alerts = new WorkbenchAlerts(workbench, simulator);
    await alerts.open();
    opened({ simulator, workbench, alerts });
  });
}

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Simulator } from '../../simulator/simulator.ts';
import { step } from '../../support/base/step.ts';
import { useDrDre, showOnly } from '../../support/vscode/drDre.ts';
import { waitFor } from '../../support/base/waitFor.ts';
import type { Workbench } from '../../support/vscode/workbench.ts';

const alert = 'Replica_Behind';

describe('what a person types into a question in a real VS Code', function () {
  this.timeout(90_000);
  let simulator: Simulator;
  let workbench: Workbench;

  const kept = (): readonly string[] => {
    const folder = join(workbench.userDataDir, 'User/globalStorage/dfinity.dr-dre/drafts');
    return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  };
  async function ask(): Promise<void> {
    await workbench.contextMenu(workbench.row('Alerts', alert), 'Add Note to Alert…');
    await waitFor('the question', async () => (await workbench.quickPick.title()).startsWith('Add Note to'));
  }
  async function showAlerts(): Promise<void> {
    await workbench.openContainer('Dr. DRE');
    await showOnly(workbench, 'Alerts');
    await workbench.waitForRows('Alerts', (rows) => rows.some((row) => row.includes(alert)));
  }

  useDrDre(
    {
      size: { width: 1300, height: 900 },
    },
    async (opened) => {
      ({ simulator, workbench } = opened);
      await showAlerts();
    },
  );

  it('is offered again after Escape and a reload, until the service has it', async function () {
    this.timeout(180_000);
    await step('is offered again after Escape, with its age', async () => {
      await ask();
      assert.equal(await workbench.quickPick.value(), '');
      await workbench.quickPick.type('Restarted the replica, wat');
      await workbench.quickPick.cancel();
      await ask();
      assert.equal(await workbench.quickPick.value(), 'Restarted the replica, wat');
      assert.match(await workbench.quickPick.message(), /You typed this .*; it was not applied/);
      await workbench.screenshot('draft-dark');
    });

    await step('is still there when the window was reloaded in the middle of it', async () => {
      await workbench.quickPick.type('Restarted the replica, watching it');
      await waitFor('the draft on disk', () => kept().some((text) => text.includes('watching it')));
      await workbench.reload();
      await showAlerts();
      await ask();
      assert.equal(await workbench.quickPick.value(), 'Restarted the replica, watching it');
    });

    await step('is gone once the service has it', async () => {
      await workbench.quickPick.accept();
      await waitFor('the note at the service', () =>
        simulator
          .requests()
          .some(({ method, path, status }) => method === 'POST' && /\/notes$/.test(path) && status < 300),
      );
      await waitFor('the end of the draft', () => kept().length === 0);
      await ask();
      assert.equal(await workbench.quickPick.value(), '');
      await workbench.quickPick.cancel();
    });
  });

  it('are the words of a filter too, which are offered among the filters and gone once they filter', async () => {
    await workbench.runCommand('Dr. DRE: Filter Alerts…');
    await waitFor('the question', async () => (await workbench.quickPick.title()) === 'Filter Alerts');
    await workbench.quickPick.type('finalization rate');
    await workbench.quickPick.cancel();
    await workbench.runCommand('Dr. DRE: Filter Alerts…');
    await workbench.quickPick.choose('finalization rate');
    await workbench.waitForRows(
      'Alerts',
      (rows) => rows.some((row) => row.includes('finalization rate')) && !rows.some((row) => row.includes(alert)),
    );
    await waitFor('the end of the draft', () => kept().length === 0);
  });
});

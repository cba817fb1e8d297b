import assert from 'node:assert/strict';
import type { Simulator } from '../../simulator/simulator.ts';
import { people, tokens } from '../../simulator/world.ts';
import { extensionLogs, useDrDre, showOnly, views } from '../../support/vscode/drDre.ts';
import { waitFor } from '../../support/base/waitFor.ts';
import { pictureThemes, type Workbench } from '../../support/vscode/workbench.ts';

// An on-call week, step by step as a person works: each step finds what the one before left.
describe('the on-call week in a real VS Code', function () {
  this.timeout(90_000);
  let simulator: Simulator;
  let workbench: Workbench;

  useDrDre(
    {
      size: { width: 1500, height: 1100 },
    },
    async (opened) => {
      ({ simulator, workbench } = opened);
      await waitFor('the extension', () => workbench.statusBarItem('drDre.rotation'));
      // The list of logs keeps those that it had when it was opened, and VS Code adds ours once it has made a folder for it.
      await waitFor('its log', () => extensionLogs(workbench).some((text) => text !== ''));
      // What the log must not contain is searched for at its most detailed level.
      await workbench.runCommand('Developer: Set Log Level...');
      await workbench.quickPick.choose('Dr. DRE');
      await workbench.quickPick.choose('Trace');
    },
  );

  const documentText = (): Promise<string> => workbench.webviewFrame().locator('body').innerText();

  it('shows every view with its rows', async () => {
    for (const view of views) {
      await showOnly(workbench, view);
      const rows = await workbench.waitForRows(
        view,
        (all) => all.length > 1 && !all.some((row) => /cannot|problem \(/.test(row)),
      );
      assert.ok(rows.length > 1, view);
    }
  });

  it('says in the status bar who is Dr. DRE, and stands out when it is you', async () => {
    const item = await waitFor('the name in the status bar', async () => {
      const shown = await workbench.statusBarItem('drDre.rotation');
      return shown?.text.includes('You are Dr. DRE') === true ? shown : undefined;
    });
    assert.match(item.text, /until/);
    assert.equal(item.kind, 'plain', 'what is normal is no warning');
  });

  it('acknowledges by a key while its document is shown, and the row shows what the service confirmed', async () => {
    await showOnly(workbench, 'Alerts');
    await workbench.waitForRows('Alerts', (rows) => rows.some((row) => row.startsWith('P1')));
    const [first = ''] = (await workbench.fullRows('Alerts')).filter(isOpen);
    const label = labelOf(first);
    await workbench.row('Alerts', label).click();
    const start = label.slice(0, 12);
    await waitFor('the document', async () => (await workbench.editors()).some((title) => title.includes(start)));
    await workbench.press('Alt+a');
    await workbench.waitForRows('Alerts', (rows) => rows.some((row) => row.startsWith(label) && isDone(row)));
    const asked = simulator.requests().filter(({ path }) => path.includes('/requests/'));
    assert.ok(asked.length > 0, 'the service was asked whether it was applied');
  });

  it('opens a ticket as a readable document', async () => {
    await showOnly(workbench, 'Queue');
    const rows = await workbench.waitForFullRows('Queue', (all) => all.some((row) => row.includes('DRE-')));
    const [key = ''] = /DRE-\d+/.exec(rows.join('\n')) ?? [];
    await workbench.row('Queue', key).click();
    await waitFor('the ticket', async () => (await workbench.editors()).some((title) => title.includes(key)));
    await waitFor('its text', async () => (await workbench.webviewFrame().locator('body').innerText()).includes(key));
  });

  it('shows what was asked of each service, live', async () => {
    await workbench.runCommand('Dr. DRE: Show Request Meter');
    await waitFor('the meter', async () =>
      (await workbench.editors()).some((title) => title.includes('Request Meter')),
    );
    const text = (): Promise<string> => workbench.webviewFrame().locator('body').innerText();
    await waitFor('its table', async () => (await text()).includes('NNS governance'));
    const before = await text();
    await workbench.runCommand('Dr. DRE: Refresh');
    await waitFor('more requests', async () => (await text()) !== before);
  });

  it('opens the timeline, and repaints it when the stream says that a batch changed', async () => {
    await workbench.runCommand('Dr. DRE: Open Release Timeline');
    const page = workbench.webviewFrame();
    await page.locator('body', { hasText: 'rc--2026-08-20_03-30' }).waitFor();
    await workbench.screenshot('timeline-dark');
    const before = await page.locator('body').innerText();
    simulator.switch('rollouts', 'setCell', { batch: 12, subnet: 'o3ow2', state: 'complete' });
    await waitFor('the page to change', async () => (await page.locator('body').innerText()) !== before);
  });

  it('runs a dre operation in a terminal and shows its exit code', async () => {
    await workbench.runCommand('Dr. DRE: Run dre Operation…');
    await workbench.quickPick.title();
    await workbench.quickPick.choose('Analyze a proposal');
    await waitFor('the question for the proposal', async () => (await workbench.quickPick.title()).includes('1 of 1'));
    await workbench.quickPick.type('not a number');
    assert.notEqual(await workbench.quickPick.message(), '');
    await workbench.quickPick.type('143590');
    await workbench.quickPick.accept();
    const text = await workbench.dialog('Run');
    assert.ok(text.includes('proposals analyze 143590'), text);
    await workbench.notification('xit code');
    await workbench.screenshot('operation-dark', { withFloating: true });
  });

  it('opens what a terminal names', async () => {
    await showOnly(workbench, 'Proposals');
    const proposal = await waitFor('a proposal', async () => {
      const rows = await workbench.fullRows('Proposals');
      return rows.flatMap((row) => /Proposal (\d{6}):/.exec(row)?.[1] ?? [])[0];
    });
    const text = `DRE-351 holds up proposal ${proposal}`;
    await workbench.terminal.echo(text);
    const shows = (words: string) => async (): Promise<boolean> => (await documentText()).includes(words);
    await workbench.terminal.followLink(text.indexOf('351'), 'Open ticket DRE-351', shows('o3ow2 is stuck'));
    await workbench.terminal.followLink(text.length - 2, `Open proposal ${proposal}`, shows(proposal));
  });

  it('keeps the other views as they are when one service fails', async () => {
    simulator.fault('rollouts', { kind: 'outage' });
    simulator.switch('rollouts', 'streamStop', true);
    await workbench.runCommand('Dr. DRE: Refresh');
    await showOnly(workbench, 'Releases');
    const rows = await workbench.waitForRows('Releases', (all) => all.some((row) => row.includes("Can't reach")));
    assert.ok(
      rows.some((row) => row.startsWith('GuestOS')),
      'the rows of before are still there',
    );
    // These are read elsewhere, with a parser that is loaded for it.
    await workbench.waitForRows('Releases', (all) => all.some((row) => row.startsWith('Versions 5')));
    await showOnly(workbench, 'Proposals');
    const proposals = await workbench.rows('Proposals');
    assert.ok(proposals.length > 3 && !proposals.some((row) => row.includes('cannot')));
    simulator.clearFaults('rollouts');
  });

  it('finds everything again after a reload', async () => {
    await workbench.reload();
    await workbench.openContainer('Dr. DRE');
    await showOnly(workbench, 'Alerts');
    await workbench.waitForRows('Alerts', (rows) => rows.some((row) => isDone(row)));
    await waitFor('the timeline', async () => (await workbench.editors()).includes('Release Timeline'));
  });

  for (const theme of pictureThemes) {
    it(`keeps pictures of every view: ${theme}`, async () => {
      await workbench.setTheme(theme);
      for (const view of views) {
        await showOnly(workbench, view);
        await workbench.waitForRows(view, (rows) => rows.length > 1);
        await workbench.screenshot(`${view.toLowerCase()}-${theme}`);
      }
    });
  }

  it('writes no secret into any log, not at the finest level either', () => {
    const files = workbench.logs();
    const own = extensionLogs(workbench).join('\n');
    for (const line of ['[debug] [requests] ops: ', '[debug] [commands] drDre.refresh']) {
      assert.ok(own.includes(line), `${line} in ${files.map(({ name }) => name).join()}`);
    }
    for (const [name, secret] of secrets()) {
      for (const { name: file, text } of files) assert.ok(!text.includes(secret), `${name} in ${file}`);
    }
  });
});

/** What must not be written down, by what it is: tokens, also as they go over the wire, and who people are. */
function secrets(): readonly (readonly [what: string, secret: string])[] {
  const atlassian = Object.entries(tokens.atlassian);
  return [
    ...atlassian.map(([name, token]) => [`the ${name} token`, token] as const),
    ['the token of GitHub', tokens.github],
    ['the token of Slack', tokens.slack],
    ...people.flatMap(({ name, email }) => [
      [`the address of ${name}`, email] as const,
      ...atlassian.map(([kind, token]) => {
        const basic = Buffer.from(`${email}:${token}`).toString('base64');
        return [`the ${kind} token of ${name} as it is sent`, basic] as const;
      }),
    ]),
  ];
}

/** By what a screen reader says of it. */
function isOpen(row: string): boolean {
  return /\bopen P\d alert: /.test(row);
}

/** What a row's label begins with, without its dim text. */
function labelOf(row: string): string {
  return row.replace(/ (now|\d+[smhd]\b.*)$/, '').slice(0, 30);
}

/** Acknowledged, and confirmed by the service. */
function isDone(row: string): boolean {
  return /· you\b/.test(row) && !/acknowledging|acknowledge waiting/.test(row);
}

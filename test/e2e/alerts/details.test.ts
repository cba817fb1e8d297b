import assert from 'node:assert/strict';
import { harmfulTexts, richDocument } from '../../simulator/atlassian/richDocument.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import { useDrDre, showOnly } from '../../support/vscode/drDre.ts';
import { cloudId, people, teamId, tokens } from '../../simulator/world.ts';
import { waitFor } from '../../support/base/waitFor.ts';
import { pictureThemes, pictureTimeoutMs, type Workbench } from '../../support/vscode/workbench.ts';

const basic = (email: string | undefined): string =>
  `Basic ${Buffer.from(`${email}:${tokens.atlassian.classic}`).toString('base64')}`;
const ticket = 'DRE-351';
const proposal = 'Elect new IC/GuestOS revision';
const behind = '[prod] IC_Replica_Behind: 3 nodes of o3ow2';

// What a person reads about an alert while others work on it, and what is below the alerts. The steps build on each
// other.
describe('the details of alerts in a real VS Code', function () {
  this.timeout(pictureTimeoutMs);
  let simulator: Simulator;
  let workbench: Workbench;

  useDrDre(
    {
      simulate: (started) => started.switch('atlassian', 'teamAccess', 'otherTeam'),
      settings: {
        'drDre.alerts.runbooks': { 'IC_Replica_*': 'https://runbooks.example.com/replica' },
      },
      size: { width: 1500, height: 1100 },
    },
    async (opened) => {
      ({ simulator, workbench } = opened);
      await showOnly(workbench, 'Alerts');
    },
  );

  /** What another person of the team does, in another tool. */
  async function elsewhere(method: string, path: string, body?: unknown): Promise<unknown> {
    const [, eli] = people;
    const answer = await fetch(`${simulator.addresses.atlassianApi}/jsm/ops/api/${cloudId}/v1${path}`, {
      method,
      headers: {
        authorization: basic(eli?.email),
        'content-type': 'application/json',
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status}`);
    return answer.json();
  }

  async function idOf(query: string): Promise<string> {
    const found = (await elsewhere('GET', `/alerts?query=${encodeURIComponent(query)}`)) as {
      values: { id: string }[];
    };
    return found.values[0]?.id ?? assert.fail(`no alert: ${query}`);
  }

  const documentText = (): Promise<string> => workbench.webviewFrame().locator('body').innerText();
  async function open(title: string, name: string): Promise<void> {
    // A document that is still being shown takes the keyboard, which closes the question.
    await waitFor(`${name} to be chosen`, async () => {
      await workbench.runCommand(`Dr. DRE: ${title}`);
      await workbench.quickPick.type(name, { timeoutMs: 3_000 });
      await waitFor('its entry', async () => (await workbench.quickPick.focused.innerText()).includes(name), {
        timeoutMs: 3_000,
      });
      await workbench.quickPick.accept();
      return true;
    });
  }
  /** No picture, diagram or form was drawn in the document, and its links lead to pages. */
  async function assertTextAlone(): Promise<void> {
    const body = workbench.webviewFrame().locator('body');
    const drawn = body.locator('img, svg, form, input, button, iframe, .katex, .mermaid');
    // VS Code itself puts a button beside code.
    const others = await drawn.evaluateAll((all) =>
      all.filter((each) => each.closest('.code-block-copy-button') === null).map((each) => each.outerHTML),
    );
    assert.deepEqual(others, []);
    const links = await body.locator('a').evaluateAll((all) => all.map((each) => each.getAttribute('href') ?? ''));
    assert.ok(links.length > 3);
    for (const address of links) assert.match(address, /^(https?:\/\/|[a-z-]+:\/\/dfinity\.dr-dre\/)/);
  }
  const closedAsked = (): number =>
    simulator.requests('atlassianApi').filter(({ path }) => /status:.closed/.test(decodeURIComponent(path))).length;

  it('says that the team may not be seen, and which one, in place of an empty list', async () => {
    await waitFor('the team', async () => (await workbench.viewMessage('Alerts')).includes(`the team og-${teamId}`));
    assert.match(await workbench.viewMessage('Alerts'), /does not see the team .*Ask an administrator/);
    const rows = await workbench.waitForRows('Alerts', (all) => all.length > 0);
    assert.deepEqual(rows, ['Sign in as somebody else…', 'Open the setting ops.team', 'Try again', 'Show the log']);
    await workbench.screenshot('alerts-not-permitted-dark');
    simulator.switch('atlassian', 'teamAccess', 'member');
    await workbench.runCommand('Dr. DRE: Refresh');
    await workbench.waitForRows('Alerts', (rows) => rows.some((row) => row.startsWith('P1')));
  });

  it('opens an alert with its notes, its log, its runbook and its links', async () => {
    await workbench.row('Alerts', behind).click();
    await waitFor('the notes', async () => (await documentText()).includes('They fell behind when batch 12 began.'));
    const text = await documentText();
    const order = ['Status', 'Owner', 'Runbook', 'Open in Jira', 'Related', 'Notes (1)', 'Details', 'Activity log'];
    assert.deepEqual(
      order.map((word) => text.indexOf(word)).toSorted((a, b) => a - b),
      order.map((word) => text.indexOf(word)),
    );
    for (const said of [
      'https://runbooks.example.com/replica',
      'DRE (team)',
      'Alert acknowledged via web',
      'batch 12',
    ]) {
      assert.ok(text.includes(said), said);
    }
    const runbook = workbench.webviewFrame().locator('a', { hasText: 'runbooks.example.com' }).first();
    assert.equal(await runbook.getAttribute('href'), 'https://runbooks.example.com/replica');
  });

  it('has its actions in the title, and keys for them once Enter has led into it', async () => {
    const title = workbench.page.locator('.editor-group-container.active .editor-actions');
    await title.getByRole('button', { name: 'Snooze Alert…' }).click();
    assert.match(await workbench.quickPick.title(), /^Snooze “.*IC_Replica_Behind/);
    await workbench.quickPick.cancel();
    // It is acknowledged.
    assert.equal(await title.getByRole('button', { name: 'Acknowledge Alert' }).count(), 0);
    await workbench.arrowTo('Alerts', 'IC_Replica_Behind');
    const inDocument = (): Promise<boolean> =>
      workbench.page.evaluate(() => document.activeElement?.tagName === 'IFRAME');
    assert.ok(!(await inDocument()));
    await workbench.press('Enter');
    await waitFor('the keyboard in the document', inDocument);
    await waitFor('the field for a note', async () => {
      await workbench.press('Alt+n');
      return (await workbench.quickPick.title()).startsWith('Add Note');
    });
    await workbench.quickPick.cancel();
  });

  it('shows what another person writes to it, after a refresh', async () => {
    const id = await idOf('message: "IC_Replica_Behind: 3 nodes"');
    await elsewhere('POST', `/alerts/${id}/notes`, { note: 'Restarted <b>two</b> of them.' });
    await workbench.runCommand('Dr. DRE: Refresh');
    await waitFor('the note', async () => (await documentText()).includes('Restarted <b>two</b> of them.'));
    assert.ok((await documentText()).includes('Notes (2)'));
  });

  it('unfolds the heartbeats when one has expired, and leads to the alert that it raised', async () => {
    const rows = await workbench.waitForRows('Alerts', (all) =>
      all.some((row) => row.startsWith('mainnet-scraper expired')),
    );
    assert.ok(rows.includes('Heartbeats 4, 1 expired'), rows.join('\n'));
    await workbench.row('Alerts', 'Heartbeat mainnet-scraper').click();
    await waitFor('its alert', async () => /mainnet-scraper is expired/.test(await documentText()));
    assert.equal(simulator.requests('atlassianApi').filter(({ path }) => path.includes('/ping')).length, 0);
  });

  it('reads closed alerts when their group is unfolded, and not before', async () => {
    assert.equal(closedAsked(), 0);
    await workbench.row('Alerts', 'Closed in the last day').locator('.monaco-tl-twistie').click();
    await workbench.waitForRows('Alerts', (rows) => rows.some((row) => row.includes('Subnet_Stalled')));
    assert.ok(closedAsked() > 0);
    await workbench.row('Alerts', 'IC_Subnet_Stalled').click();
    await waitFor('the closed alert', async () => /Closed \d+ (min|h)/.test(await documentText()));
  });

  it('opens a ticket and a proposal with all that people write, and nothing of it does anything', async () => {
    const [, eli] = people;
    const answer = await fetch(`${simulator.addresses.atlassianSite}/rest/api/3/issue/${ticket}`, {
      method: 'PUT',
      headers: { authorization: basic(eli?.email), 'content-type': 'application/json' },
      body: JSON.stringify({ fields: { description: richDocument } }),
    });
    assert.ok(answer.ok, `${answer.status}`);
    await open('Open Ticket', ticket);
    await waitFor('the description', async () => (await documentText()).includes('Older notes'));
    const shown = await documentText();
    for (const words of ['DEGRADED', '@Eli Second', '☑ find them', 'graph of lag', ...harmfulTexts]) {
      assert.ok(shown.includes(words), `${words} in ${shown}`);
    }
    await assertTextAlone();
    await open('Open Proposal…', proposal);
    await waitFor('the summary', async () => (await documentText()).includes('Older builds'));
    for (const words of ['☑ built twice', 'curl -fL', 'Picture: build']) {
      assert.ok((await documentText()).includes(words), words);
    }
    await assertTextAlone();
  });

  for (const theme of pictureThemes) {
    it(`keeps pictures of documents and sections: ${theme}`, async () => {
      await workbench.setTheme(theme);
      const size = workbench.page.viewportSize() ?? assert.fail('no size');
      await workbench.row('Alerts', behind).click();
      await waitFor('the document', async () => (await documentText()).includes('Notes (2)'));
      await workbench.screenshot(`alert-details-${theme}`);
      // High enough for all of a document.
      await workbench.page.setViewportSize({ ...size, height: 2_200 });
      for (const [title, name, said] of [
        ['Open Ticket', ticket, 'Older notes'],
        ['Open Proposal…', proposal, 'Older builds'],
      ] as const) {
        await open(title, name);
        await waitFor('the document', async () => (await documentText()).includes(said));
        await workbench.screenshot(`${title.toLowerCase().replace(' ', '-')}-${theme}`);
      }
      await workbench.page.setViewportSize(size);
    });
  }

  it('folds them by command, and shows them again', async () => {
    await workbench.runCommand('Dr. DRE: Hide Closed Alerts');
    await workbench.waitForRows('Alerts', (rows) => !rows.some((row) => row.includes('Subnet_Stalled')));
    await workbench.runCommand('Dr. DRE: Show Closed Alerts');
    await workbench.waitForRows('Alerts', (rows) => rows.some((row) => row.includes('Subnet_Stalled')));
    await workbench.row('Alerts', 'Closed in the last day').locator('.monaco-tl-twistie').click();
    await workbench.waitForRows('Alerts', (rows) => !rows.some((row) => row.includes('Subnet_Stalled')));
  });

  it('shows an alert as closed that somebody closes while it is read', async () => {
    await workbench.row('Alerts', behind).click();
    await waitFor('the document', async () => (await documentText()).includes('Notes (2)'));
    const id = await idOf('message: "IC_Replica_Behind: 3 nodes"');
    await elsewhere('POST', `/alerts/${id}/close`);
    await waitFor('the service to close it', async () => {
      const alert = (await elsewhere('GET', `/alerts/${id}`)) as { status: string };
      return alert.status === 'closed';
    });
    await workbench.runCommand('Dr. DRE: Refresh');
    await waitFor('the word of it', async () => (await documentText()).includes('Closed now'));
    assert.ok((await documentText()).includes('Restarted <b>two</b> of them.'), 'the notes are still there');
  });

  it('says once, without a warning, that the plan has no heartbeats', async () => {
    simulator.switch('atlassian', 'heartbeatsPaid', false);
    await workbench.runCommand('Dr. DRE: Refresh');
    const rows = await workbench.waitForRows('Alerts', (all) => all.includes('Heartbeats not in the plan'));
    assert.ok(!rows.some((row) => row.includes('lacks this feature')), 'no trouble of the view');
  });

  it('leaves selection, folding and scroll position alone when an alert comes', async () => {
    const size = workbench.page.viewportSize() ?? assert.fail('no size');
    const view = workbench.view('Alerts');
    const [kept, added] = ['LogVolumeHigh', 'One that is new'];
    for (const group of ['P2 high', 'P4 low']) {
      await workbench.row('Alerts', group).locator('.monaco-tl-twistie').click();
    }
    await workbench.row('Alerts', kept).waitFor();
    const labels = await workbench.labels('Alerts');
    assert.ok(!labels.some((label) => label.includes('HostOS_DiskFull')), 'P2 is folded');
    const looks = async (): Promise<{ readonly selected: readonly string[]; readonly scrolled: string }> => ({
      selected: await view.locator('.monaco-list-row.selected .label-name').allInnerTexts(),
      scrolled: await view.locator('.monaco-list-rows').evaluate((rows) => getComputedStyle(rows).top),
    });
    try {
      // Lower than its rows, so that there is something to scroll.
      await workbench.page.setViewportSize({ ...size, height: 600 });
      await view.locator('.monaco-list').hover();
      await waitFor('its row, and a row below for which there is room', async () => {
        if (await workbench.row('Alerts', 'P5 informational').isVisible()) return true;
        await workbench.page.mouse.wheel(0, 500);
        return false;
      });
      await workbench.row('Alerts', kept).click();
      await waitFor('its document', async () => (await documentText()).includes(kept));
      const before = await looks();
      assert.equal(before.selected.length, 1);
      assert.notEqual(before.scrolled, '0px');
      simulator.switch('atlassianApi', 'raise', { message: added, priority: 'P4', alias: added });
      await workbench.runCommand('Dr. DRE: Refresh');
      await workbench.waitForRows('Alerts', (rows) => rows.some((row) => row.startsWith(added)));
      assert.deepEqual(await looks(), before);
    } finally {
      await workbench.page.setViewportSize(size);
    }
    await workbench.row('Alerts', 'P1 critical').waitFor();
    const after = await workbench.labels('Alerts');
    assert.deepEqual(
      after.filter((label) => label !== added),
      labels,
    );
    assert.equal(after.length, labels.length + 1);
  });

  it('says who was first when the window has not read it yet, and sends nothing unless the person agrees', async () => {
    const [acknowledged, snoozed] = ['IC_Firewall_RulesStale', 'IC_XNet_CertificationLatencyHigh'] as const;
    const sent = (): readonly string[] =>
      simulator
        .requests('atlassianApi')
        .flatMap(({ method, path }) => (method === 'POST' && path.includes('/alerts/') ? [path] : []));
    /** When the window read the list for the last time. */
    const listed = (): number =>
      simulator.requests('atlassianApi').findLast(({ path }) => /status:.open/.test(decodeURIComponent(path)))?.at ?? 0;
    const ids = [await idOf(`message: "${acknowledged}"`), await idOf(`message: "${snoozed}"`)];
    // The next time that it falls due is far away then.
    const last = listed();
    await workbench.runCommand('Dr. DRE: Refresh');
    await waitFor('the list to be read', () => listed() > last);
    for (const id of ids) await elsewhere('POST', `/alerts/${id}/acknowledge`);
    for (const id of ids) {
      const has = async (): Promise<boolean> =>
        ((await elsewhere('GET', `/alerts/${id}`)) as { acknowledged: boolean }).acknowledged;
      await waitFor('the service to have it', has);
    }
    // What was read in the last seconds counts as new.
    await waitFor('the list to be some seconds old', () => simulator.world().now() - listed() > 3_500);
    const before = sent();

    await workbench.contextMenu(workbench.row('Alerts', snoozed), 'Snooze Alert…');
    assert.match(await workbench.dialog('Cancel'), /Eli Second acknowledged “.*IC_XNet/);
    await workbench.contextMenu(workbench.row('Alerts', acknowledged), 'Acknowledge Alert');
    await workbench.notification('Eli Second has already acknowledged “[prod] IC_Firewall_RulesStale');
    await waitFor('the owner', async () =>
      (await workbench.fullRows('Alerts')).some(
        (row) => row.includes(acknowledged) && row.includes('owner Eli Second'),
      ),
    );
    assert.deepEqual(sent(), before);
    await workbench.contextMenu(workbench.row('Alerts', snoozed), 'Snooze Alert…');
    await workbench.dialog('Snooze Alert');
    await workbench.quickPick.choose('1 hour');
    await waitFor('the snooze', () => sent().length > before.length);
    assert.match(sent().at(-1) ?? '', /snooze$/);
  });

  it('keeps groups and filter over a reload, and shows all again when the filter is cleared', async () => {
    const askForFilter = async (): Promise<void> => {
      await workbench.runCommand('Dr. DRE: Filter Alerts…');
      await waitFor('the question', async () => (await workbench.quickPick.title()) === 'Filter Alerts');
    };
    /** Waits for the row of a filter, and returns how many alerts of how many it says that it shows. */
    const filteredBy = async (name: string): Promise<readonly [shown: number, all: number]> => {
      const row = new RegExp(`^Filter: ${name} (\\d+) of (\\d+)$`);
      const rows = await workbench.waitForRows('Alerts', ([first = '']) => row.test(first));
      const [, shown, all] = row.exec(rows[0] ?? '') ?? [];
      return [Number(shown), Number(all)];
    };
    /** The labels of filter, groups and alerts: what stands below has no filter. */
    const shownLabels = async (): Promise<readonly string[]> => {
      const labels = await waitFor('the rows below the alerts', async () => {
        const found = await workbench.labels('Alerts');
        return found.includes('Heartbeats') && found;
      });
      return labels.slice(0, labels.indexOf('Heartbeats'));
    };
    const isAlert = (label: string): boolean => !/^(prod|staging|No cluster named|Filter: .*)$/.test(label);
    const alertCount = async (): Promise<number> => (await shownLabels()).filter(isAlert).length;
    await workbench.runCommand('Dr. DRE: Group Alerts…');
    await workbench.quickPick.choose('Cluster');
    await workbench.waitForRows('Alerts', (rows) => rows.some((row) => /^prod \d+, /.test(row)));
    const all = await shownLabels();
    for (const theme of pictureThemes) {
      await workbench.setTheme(theme);
      await askForFilter();
      await workbench.screenshot(`alerts-cluster-and-filters-${theme}`);
      await workbench.quickPick.cancel();
    }

    await askForFilter();
    await workbench.quickPick.choose('Acknowledged, not closed');
    const [acknowledged, total] = await filteredBy('Acknowledged…');
    assert.equal(await alertCount(), acknowledged);
    await askForFilter();
    const offered = workbench.page.locator('.quick-input-list .monaco-list-row', {
      hasText: 'Acknowledged, not closed',
    });
    assert.match(await offered.innerText(), new RegExp(`closed${acknowledged} alerts`));

    await workbench.quickPick.type('nothing of the kind');
    await workbench.quickPick.choose('nothing of the kind');
    assert.deepEqual(await filteredBy('nothing of the kind'), [0, total]);
    for (const theme of pictureThemes) {
      await workbench.setTheme(theme);
      await workbench.screenshot(`alerts-filtered-out-${theme}`);
    }
    await workbench.row('Alerts', 'Show all alerts').click();
    await waitFor('all of them', async () => (await alertCount()) === total);

    await askForFilter();
    await workbench.quickPick.type('replica prod');
    await workbench.quickPick.choose('replica prod');
    const [shown] = await filteredBy('replica prod');
    assert.ok(shown > 0 && shown < total);
    const filtered = await shownLabels();
    await workbench.reload();
    await workbench.openContainer('Dr. DRE');
    assert.deepEqual(await filteredBy('replica prod'), [shown, total]);
    // Rows of several reads come back from disk one after the other.
    await waitFor('the same rows', async () => (await shownLabels()).join('\n') === filtered.join('\n'));

    await workbench.inline(workbench.row('Alerts', 'Filter: replica prod'), 'Clear Alert Filter');
    // VS Code takes the rows of before away one after the other.
    await waitFor('all rows', async () => (await shownLabels()).join('\n') === all.join('\n'));
    assert.equal(await alertCount(), total);
  });
});

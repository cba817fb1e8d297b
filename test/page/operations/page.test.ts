import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../../support/vscode/browser.ts';
import { waitFor } from '../../support/base/waitFor.ts';
import { withAxe } from '../axe.ts';
import { openOperations, serveOperations, type OpenOperations } from './page.ts';
import type { PageServer } from '../pageServer.ts';
import { theme, themes } from '../themes.ts';

const subnet = 'tdb26-jop6k-aogll-7ltgs-eruif-6kk7m-qpktf-gdiqx-mxtrf-vb5e6-eqe';
const folder = fileURLToPath(new URL('../../../out/screenshots', import.meta.url));

/** What the page shows when it is checked. */
const sights: readonly (readonly [name: string, act: (page: Page) => Promise<void>])[] = [
  ['list', async () => undefined],
  [
    'missing',
    async (page) => {
      await open(page, 'Take nodes out of a subnet');
      await page.getByText('Missing: Nodes, Motivation.').waitFor();
    },
  ],
  [
    'form',
    async (page) => {
      await open(page, 'Take nodes out of a subnet');
      await page.getByRole('combobox', { name: /^Nodes/ }).fill('rr');
      await page.getByRole('option').first().waitFor();
    },
  ],
  [
    'faults',
    async (page) => {
      await page.getByRole('combobox', { name: /^Nodes/ }).fill('aaaaa-ab');
      await page.getByRole('button', { name: 'Dry Run…' }).press('Enter');
      await page.getByText('This is needed.').waitFor();
    },
  ],
  [
    'all-options',
    async (page) => {
      await page.getByRole('button', { name: /^All Options of/ }).click();
      await page.getByRole('heading', { level: 1, name: 'dre subnet replace' }).waitFor();
      for (const name of ['Further Options', 'Options That Are Not Offered']) await page.getByText(name).click();
    },
  ],
  [
    'earlier-runs',
    async (page) => {
      await open(page, 'Heal the network');
      await page.getByText('Earlier Runs (1)').click();
      await page.getByRole('button', { name: 'Use Arguments' }).click();
      await page.getByText(/^With these arguments: dry run passed/).waitFor();
    },
  ],
  [
    'choices',
    async (page) => {
      await open(page, 'List proposals by status and topic');
      await page.getByRole('checkbox', { name: 'open', exact: true }).check();
    },
  ],
];

async function open(page: Page, title: string): Promise<void> {
  const back = page.getByRole('button', { name: 'All Operations' });
  if (await back.isVisible()) await back.click();
  await page.getByRole('button', { name: new RegExp(`^${title}`) }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
}

describe('the Operations page', function () {
  this.timeout(60_000);
  let browser: Browser;
  let server: PageServer;
  let opened: OpenOperations | undefined;

  before(async () => {
    [browser, server] = await Promise.all([launchBrowser(), serveOperations()]);
    mkdirSync(folder, { recursive: true });
  });
  after(async () => {
    await browser.close();
    await server.close();
  });
  afterEach(async () => {
    const faults = opened?.faults ?? [];
    await opened?.page.context().close();
    opened = undefined;
    assert.deepEqual(faults, []);
  });
  const show = async (options: Partial<Parameters<typeof openOperations>[2]> = {}): Promise<OpenOperations> =>
    (opened = await openOperations(browser, server, { theme: theme('dark'), ...options }));

  for (const each of themes) {
    it(`has nothing that axe-core objects to: ${each.name}`, async () => {
      const { page } = await show({ theme: each });
      const violations = await withAxe(page);
      const found: string[] = [];
      for (const [name, act] of sights) {
        await act(page);
        found.push(...(await violations()).map((violation) => `${name}: ${violation}`));
      }
      assert.deepEqual(found, []);
    });
  }

  for (const name of ['dark', 'light', 'hc-black']) {
    for (const width of [1200, 420]) {
      it(`fits into ${width} px: ${name}`, async () => {
        const { page } = await show({ theme: theme(name), width });
        for (const [sight, act] of sights) {
          await act(page);
          const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          assert.ok(overflow <= 0, `${sight} is ${overflow} px too wide`);
          await page.screenshot({ path: `${folder}/operations-${sight}-${name}-${width}.png` });
        }
      });
    }
  }

  it('is used with the keyboard alone, from the search to the dry run', async () => {
    const { page, posted } = await show();
    await page.keyboard.press('Tab');
    await page.keyboard.type('replaces the given nodes');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Take nodes out of a subnet' }).waitFor();
    const nodes = page.getByRole('combobox', { name: /^Nodes/ });
    while (!(await nodes.evaluate((element) => element === document.activeElement))) await page.keyboard.press('Tab');
    await page.keyboard.type('rrk');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await nodes.inputValue(), 'rrkah-fqaaa-aaaaa-aaaaq-cai ');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await page.keyboard.type("it's broken");
    const command = page.getByLabel('Command', { exact: true });
    await page.getByText('broken', { exact: false }).last().waitFor();
    const dryRun = page.getByRole('button', { name: 'Dry Run…' });
    while (!(await dryRun.evaluate((element) => element === document.activeElement))) await page.keyboard.press('Tab');
    assert.equal(
      await command.textContent(),
      "dre subnet replace --remove-nodes rrkah-fqaaa-aaaaa-aaaaq-cai --motivation 'it'\\''s broken'",
    );
    await page.keyboard.press('Enter');
    await waitFor('the dry run', () => posted.at(-1)?.type === 'run');
    assert.deepEqual(posted.at(-1), {
      type: 'run',
      id: 'subnet.replaceNodes',
      values: { removeNodes: 'rrkah-fqaaa-aaaaa-aaaaq-cai ', motivation: "it's broken" },
      mode: 'dryRun',
    });
  });

  it('shows each fault at its field, and runs nothing', async () => {
    const { page, posted } = await show();
    await open(page, 'Add or remove nodes of a subnet');
    await page.getByRole('combobox', { name: /^Subnet/ }).fill('tdb26');
    await page.getByText('Missing: Motivation. To correct: Subnet.').waitFor();
    await page.getByRole('button', { name: 'Dry Run…' }).press('Enter');
    const described = await page.getByRole('combobox', { name: /^Subnet/ }).evaluate((input) =>
      (input.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? '')
        .join(' '),
    );
    assert.match(described, /"tdb26" is not the full id/);
    assert.ok(
      await page.getByRole('combobox', { name: /^Subnet/ }).evaluate((input) => input === document.activeElement),
    );
    await page.getByRole('combobox', { name: /^Subnet/ }).fill(subnet);
    await page.getByLabel(/^Motivation/).fill('m');
    await page.getByText('Say how many nodes to add, to remove, or both.').waitFor();
    await page.getByText('Missing: Nodes to add.').waitFor();
    assert.equal(posted.filter(({ type }) => type === 'run').length, 0);
  });

  it('says which required fields are still missing, at the fields and beside the buttons', async () => {
    const { page, posted } = await show();
    await open(page, 'Take nodes out of a subnet');
    const dryRun = page.getByRole('button', { name: 'Dry Run…' });
    const marked = page.locator('.missing .field-label > span:first-child');
    await page.getByText('Missing: Nodes, Motivation.').waitFor();
    assert.deepEqual(await marked.allTextContents(), ['Nodes', 'Motivation']);
    assert.equal(await dryRun.getAttribute('aria-disabled'), 'true');
    const described = await dryRun.evaluate(
      (button) => document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent,
    );
    assert.equal(described, 'Missing: Nodes, Motivation.');
    await page.getByLabel(/^Motivation/).fill('m');
    await page.getByText('Missing: Nodes.').waitFor();
    assert.deepEqual(await marked.allTextContents(), ['Nodes']);
    for (const name of ['Dry Run…', 'Submit…']) {
      // The mouse reaches what looks disabled.
      await page.getByRole('button', { name }).click({ force: true });
      await page.getByText('This is needed.').waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'field-removeNodes');
    }
    await page.getByRole('combobox', { name: /^Nodes/ }).fill('rrkah-fqaaa-aaaaa-aaaaq-cai');
    await page.getByText('A dry run with these arguments comes first.').waitFor();
    assert.equal(await marked.count(), 0);
    assert.equal(posted.filter(({ type }) => type === 'run').length, 0);
    await dryRun.click();
    await waitFor('the dry run', () => posted.at(-1)?.type === 'run');
  });

  for (const name of ['dark', 'light', 'hc-black']) {
    it(`has placeholders that do not look as what is entered: ${name}`, async () => {
      const { page } = await show({ theme: theme(name) });
      await open(page, 'Take nodes out of a subnet');
      const looks = await page.getByLabel(/^Motivation/).evaluate((input) =>
        ['', '::placeholder'].map((part) => {
          const { opacity, fontStyle } = getComputedStyle(input, part);
          return { opacity, fontStyle };
        }),
      );
      assert.deepEqual(looks, [
        { opacity: '1', fontStyle: 'normal' },
        { opacity: '0.72', fontStyle: 'italic' },
      ]);
    });
  }

  it('submits only what was simulated with the same arguments', async () => {
    const { page, posted } = await show();
    await open(page, 'Heal the network');
    const submit = page.getByRole('button', { name: 'Submit…' });
    await page.getByText('A dry run with these arguments comes first.').waitFor();
    assert.equal(await submit.getAttribute('aria-disabled'), 'true');
    await page.getByText('Earlier Runs (1)').click();
    await page.getByRole('button', { name: 'Use Arguments' }).click();
    await page.getByText(/^With these arguments: dry run passed/).waitFor();
    await submit.click();
    await waitFor('the submission', () => posted.at(-1)?.type === 'run');
    const last = posted.at(-1);
    assert.deepEqual(last?.type === 'run' ? [last.id, last.mode, last.values['omitSubnets']] : last, [
      'network.heal',
      'real',
      'tdb26',
    ]);
  });

  it('is as it was after a reload', async () => {
    const before = await show();
    await before.page.getByRole('searchbox').fill('heal');
    await open(before.page, 'Heal the network');
    await before.page.getByRole('combobox', { name: /^Subnets to exclude/ }).fill('tdb26');
    const state = await before.saved();
    await before.page.context().close();
    const { page } = await show({ state });
    await page.getByText('dre network --heal --omit-subnets tdb26', { exact: true }).waitFor();
    assert.equal(await page.getByRole('searchbox').inputValue(), 'heal');
    assert.equal(await page.getByRole('combobox', { name: /^Subnets to exclude/ }).inputValue(), 'tdb26');
  });

  it('puts favorites first', async () => {
    const { page } = await show();
    await open(page, 'Analyze a proposal');
    await page.getByRole('button', { name: 'Favorite' }).click();
    const favorites = page.getByRole('region', { name: 'Favorites' });
    await favorites.getByRole('button', { name: /^Analyze a proposal/ }).waitFor();
  });

  it('is small', () => assert.ok(server.scriptBytes < 40_000, `${server.scriptBytes} bytes`));
});

import assert from 'node:assert/strict';
import { rolloutKey } from '../../../src/domain/releases/rollout.ts';
import {
  apiBoundaryNodes,
  at,
  batch,
  guestOs,
  hostOs,
  preparing,
  principal,
  rollout,
  target,
  wednesday,
} from '../../support/feeds/rolloutBuilder.ts';
import { snapshot, messageOf, usePages } from './page.ts';

describe('what is chosen and shown on the timeline page', function () {
  this.timeout(30_000);
  const { show } = usePages();

  describe('choosing a rollout', () => {
    const all = [preparing(), hostOs(), apiBoundaryNodes(), guestOs()];

    it('offers those with problems first and sends the host what was chosen', async () => {
      const { page, send, posted, saved } = await show();
      await send(snapshot({ rollouts: all }));
      const options = await page.getByRole('combobox', { name: 'Rollout' }).locator('option').allTextContents();
      assert.deepEqual(
        options.map((each) =>
          each
            .replaceAll(/[\u2068\u2069]/g, '')
            .split(' · ')
            .filter((_, index) => index !== 1)
            .join(' · '),
        ),
        ['GuestOS · Problem', 'HostOS · Main', 'GuestOS · Preparing', 'API boundary nodes · Complete'],
      );
      await page.getByRole('combobox').selectOption(rolloutKey(hostOs()));
      await page.getByText('Main 11').first().waitFor();
      assert.deepEqual((await posted()).at(-1), { type: 'select', rollout: rolloutKey(hostOs()) });
      assert.equal(((await saved()) as { selected: string }).selected, rolloutKey(hostOs()));
    });

    it('is not undone by a snapshot that was sent before, and follows the host when that chooses another one', async () => {
      const { page, send } = await show();
      const chooser = page.getByRole('combobox');
      const before = snapshot({ rollouts: all, selected: rolloutKey(guestOs()) });
      await send(before);
      const late: unknown = JSON.parse(
        JSON.stringify(messageOf(before, { selected: rolloutKey(guestOs()), pinned: undefined })),
      );
      const afterLate = await chooser.evaluate(
        (element, { choice, late }) =>
          new Promise((resolve) => {
            const select = element as HTMLSelectElement;
            window.addEventListener('message', () => resolve(select.value), { once: true });
            select.value = choice;
            window.postMessage(late, '*');
            select.dispatchEvent(new Event('change', { bubbles: true }));
          }),
        { choice: rolloutKey(hostOs()), late },
      );
      assert.equal(afterLate, rolloutKey(hostOs()));
      await page.getByText('Main 11').first().waitFor();
      await send(snapshot({ rollouts: all, selected: rolloutKey(apiBoundaryNodes()) }));
      await page.getByText('GuestOS on API boundary nodes').waitFor();
    });

    it('stays with what is shown when another one is of more interest by now', async () => {
      const { page, send } = await show();
      await send(snapshot({ rollouts: all }));
      await page.getByText('GuestOS on subnets').waitFor();
      const healed = guestOs({ state: 'complete' });
      await send(snapshot({ rollouts: [hostOs({ state: 'problem' }), healed] }));
      await page.getByText('Complete', { exact: true }).first().waitFor();
      assert.equal(await page.getByRole('combobox').inputValue(), rolloutKey(healed));
    });

    it('names the batch that comes next without a time while the workflow does not run', async () => {
      const { page, send } = await show();
      const shown = guestOs();
      await send(snapshot({ rollouts: [shown], engines: [{ kind: shown.kind, state: 'paused' }] }));
      const summary = page.getByRole('group', { name: 'Summary' });
      await summary.getByText('when the rollout moves again').waitFor();
      await summary.getByText('Batch 13').waitFor();
      await send(snapshot({ rollouts: [shown], engines: [{ kind: shown.kind, state: 'active' }] }));
      await summary.getByText('once Batch 12 is done').waitFor();
    });

    it('says how long a batch and its subnets are in their states', async () => {
      const { page, send } = await show();
      const shown = guestOs();
      const stays = {
        'batch-12': { state: 'error', since: at(2, 13, 40), began: true },
        'batch-12/o3ow2': { state: 'waiting_for_adoption', since: at(2, 13, 20), began: false },
      };
      const times = [{ rollout: rolloutKey(shown), stays }];
      await send(
        snapshot({ rollouts: [shown], times, selected: rolloutKey(shown), batch: { row: 'batch-12', request: 1 } }),
      );
      const details = page.getByRole('complementary', { name: 'Details of Batch 12' });
      await details.getByText('10 min, since Wed 26 Aug 13:40').waitFor();
      // Of the finished batches of this rollout the middle half took 46 min 30 s to 56 min.
      await details.getByText('Later than usual: three of four end by 13:56').waitFor();
      await details.getByText('In this state for at least 30 min, watched since Wed 26 Aug 13:20').waitFor();
      await page.getByRole('row', { name: /^Batch 12, Error since Wed 26 Aug 13:40/ }).waitFor();
    });

    it('has the batches as a table too, where the keyboard stays through changes', async () => {
      const { page, send } = await show();
      await send(snapshot({ rollouts: [guestOs()] }));
      await page.getByText('Batches as a table').press('Enter');
      const table = page.getByRole('table', { name: 'Batches of the rollout' });
      await table.getByRole('row', { name: /^Batch 8 Complete mkbc3 Complete .*28 min late.*took 39 min/ }).waitFor();
      assert.equal(await table.getByRole('row').count(), 1 + guestOs().batches.length);
      const button = table.getByRole('button', { name: 'Batch 13' });
      await button.focus();
      const changed = guestOs().batches.map((each) =>
        each.number === 13 ? { ...each, state: 'waiting' as const } : each,
      );
      await send(snapshot({ rollouts: [guestOs({ batches: changed })] }));
      await table.getByRole('row', { name: /^Batch 13 Waiting to start/ }).waitFor();
      assert.equal(await button.evaluate((element) => element === document.activeElement), true);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Batch 13' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('heading', { name: 'Batch 13' }).waitFor({ state: 'detached' });
      assert.equal(await button.evaluate((element) => element === document.activeElement), true);
    });

    it('is kept over a reload', async () => {
      const { page, send, posted } = await show({ state: { selected: rolloutKey(hostOs()), timeZone: 'utc' } });
      await send(snapshot({ rollouts: all, timeZone: undefined }));
      await page.getByText('HostOS on nodes').waitFor();
      assert.deepEqual(await posted(), [{ type: 'ready', rollout: rolloutKey(hostOs()) }]);
    });

    it('of a time zone is not undone by a snapshot that was sent before, and follows the setting', async () => {
      const { page, send } = await show();
      const isChosen = (name: string): Promise<void> =>
        page.locator('.choice.chosen').getByText(name, { exact: true }).waitFor();
      await send(snapshot({ rollouts: all, timeZone: 'local' }));
      await isChosen('Local');
      await page.getByText('UTC', { exact: true }).click();
      await isChosen('UTC');
      await send(snapshot({ rollouts: [hostOs()], timeZone: 'local' }));
      await page.getByText('Main 11').first().waitFor();
      await isChosen('UTC');
      await send(snapshot({ rollouts: all, timeZone: 'utc' }));
      await send(snapshot({ rollouts: all, timeZone: 'local' }));
      await isChosen('Local');
    });

    it('shows the details of a batch once each time the host asks, and takes no keyboard', async () => {
      const { page, send } = await show();
      const details = page.getByRole('complementary', { name: 'Details of Batch 12' });
      const asked = { rollouts: all, selected: rolloutKey(guestOs()) };
      await send(snapshot({ ...asked, batch: { row: 'batch-12', request: 1 } }));
      await details.waitFor();
      assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
      await details.getByRole('button').first().click();
      await details.waitFor({ state: 'detached' });
      await send(snapshot({ ...asked, batch: { row: 'batch-12', request: 1 }, selected: rolloutKey(hostOs()) }));
      await page.getByText('Main 11').first().waitFor();
      await send(snapshot({ ...asked, batch: { row: 'batch-12', request: 1 } }));
      await page.getByText('GuestOS on subnets').waitFor();
      assert.equal(await details.count(), 0);
      await send(snapshot({ ...asked, batch: { row: 'batch-12', request: 2 } }));
      await details.waitFor();
    });

    it('survives a state that makes no sense', async () => {
      const { page, send } = await show({ state: { selected: 7, timeZone: 'Mars', scroll: 'x' } });
      await send(snapshot({ rollouts: all }));
      await page.getByRole('grid').waitFor();
    });

    it('says when the chosen one is gone', async () => {
      const { page, send } = await show({ state: { selected: 'rollout_ic_os_to_mainnet_nodes/old' } });
      await send(snapshot({ rollouts: all }));
      await page.getByText('no longer lists \u2068old\u2069').waitFor();
    });

    it('keeps where the chart was scrolled to', async () => {
      const first = await show({ viewport: { width: 700, height: 700 } });
      await first.send(snapshot({ rollouts: [hostOs()] }));
      await first.page.getByRole('grid').waitFor();
      await first.page.locator('.chart').evaluate((chart) => chart.scrollTo(120, 333));
      const top = await first.page.locator('.row').evaluateAll(([row]) => 333 - (row as HTMLElement).offsetTop);
      await first.page.waitForFunction(
        (kept) => JSON.stringify((window as unknown as { kept: () => unknown }).kept()).includes(`"top":${kept}`),
        top,
      );
      const state = await first.saved();
      await first.page.context().close();
      const again = await show({ viewport: { width: 700, height: 700 }, state });
      await again.send(snapshot({ rollouts: [hostOs()] }));
      await again.page.getByRole('grid').waitFor();
      assert.equal(await again.page.locator('.chart').evaluate((chart) => chart.scrollTop), 333);
    });
  });

  describe('text from outside', () => {
    const evil = '<img src=x onerror="window.hacked=1"><b>bold</b>';

    it('is shown as text, whatever it holds', async () => {
      const { page, send } = await show();
      const cell = { ...target('aaaaa'), id: evil, comment: evil, revision: evil, url: 'javascript:alert(1)' };
      const hostile = rollout({
        name: evil,
        // As code, of which the words stay as they are.
        note: `\`${evil}\``,
        revision: evil,
        batches: [batch(1, wednesday, { targets: [cell], comment: evil })],
      });
      await send(snapshot({ rollouts: [hostile] }));
      await page.getByRole('row').first().click();
      assert.equal(await page.getByRole('note').textContent(), evil);
      assert.equal(await page.locator('.name').textContent(), evil);
      assert.equal(await page.locator('#timeline img, #timeline b:not(.group-label b), #timeline a').count(), 0);
      assert.equal(await page.evaluate(() => 'hacked' in window), false);
      assert.equal(
        await page.getByRole('complementary').getByRole('button', { name: 'Subnet', exact: true }).count(),
        0,
        'no link for what is no id',
      );
    });

    it('does not widen the page or turn its direction', async () => {
      const { page, send } = await show({ viewport: { width: 600, height: 800 } });
      const long = rollout({
        name: `rc--${'very-long-'.repeat(60)}`,
        note: 'x'.repeat(4000),
        batches: guestOs().batches,
      });
      const rtl = rollout({ name: 'שחרור \u202eשל השבוע', batches: guestOs().batches });
      for (const one of [long, rtl]) {
        await send(snapshot({ rollouts: [one] }));
        await page.locator('.name', { hasText: one.name.slice(0, 10) }).waitFor();
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 600);
        const state = await page.locator('h1 .state').boundingBox();
        assert.ok(state !== null && state.x + state.width <= 600);
      }
    });
  });

  for (const width of [320, 1200, 2000]) {
    it(`fits ${width} pixels`, async () => {
      const { page, send } = await show({ viewport: { width, height: 900 } });
      await send(snapshot({ rollouts: [guestOs()] }));
      await page.getByRole('row', { name: /^Batch 12,/ }).click();
      const sizes = await page.evaluate(() => {
        const root = document.getElementById('timeline');
        const wide = [...document.querySelectorAll('#timeline > *, .fact, .banner, .details, .toolbar > *')].filter(
          (each) => each.getBoundingClientRect().right > window.innerWidth + 1,
        );
        return {
          page: document.documentElement.scrollWidth,
          root: (root?.scrollWidth ?? 0) - (root?.clientWidth ?? 0),
          wide: wide.map((each) => each.className),
        };
      });
      assert.deepEqual(sizes, { page: width, root: 0, wide: [] });
      const chart = await page.locator('.chart').boundingBox();
      assert.ok(chart !== null && chart.height > 150, `the chart is ${chart?.height ?? 0} pixels high`);
    });
  }

  it('moves nothing for those who asked for less motion', async () => {
    for (const [bodyClass, animation] of [
      ['', 'settle'],
      ['vscode-reduce-motion', 'none'],
    ] as const) {
      const { page, send } = await show({ bodyClass });
      await send(snapshot({ rollouts: [guestOs()] }));
      await page.getByRole('gridcell', { name: 'o3ow2: Waiting for adoption' }).waitFor();
      const batches = guestOs().batches.map((each) => ({
        ...each,
        targets: each.targets.map((one) =>
          one.id === principal('o3ow2') ? { ...one, state: 'complete' as const } : one,
        ),
      }));
      await send(snapshot({ rollouts: [guestOs({ batches })] }));
      const cell = page.getByRole('gridcell', { name: 'o3ow2: Complete' });
      assert.equal(await cell.evaluate((each) => getComputedStyle(each).animationName), animation);
      await page.context().close();
    }
  });
});

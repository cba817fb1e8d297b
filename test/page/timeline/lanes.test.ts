import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { week, minute } from '../../../src/domain/base/time.ts';
import { rolloutKey, type Rollout } from '../../../src/domain/releases/rollout.ts';
import { guestOs, hostOs, preparing } from '../../support/feeds/rolloutBuilder.ts';
import { withAxe } from '../axe.ts';
import { themes } from '../themes.ts';
import { snapshot, usePages, type Recorded, type TimelinePage } from './page.ts';

/** The same some weeks before, when it was done as planned. */
function earlier(of: Rollout, weeks: number, name: string): Rollout {
  const batches = of.batches.map((each) => {
    const start = each.plannedStart - weeks * week;
    return { ...each, plannedStart: start, actualStart: start, end: start + 49 * minute, state: 'complete' as const };
  });
  return { ...of, name, state: 'complete', dispatchedAt: of.dispatchedAt - weeks * week, batches };
}

const guest = guestOs();
const rollouts = [guest, hostOs(), preparing(), earlier(guest, 1, 'rc-last'), earlier(guest, 3, 'rc-old')];
const runs = earlier(guest, 2, 'gone').batches.map(({ number, plannedStart }) => {
  return { row: `batch-${number}`, start: plannedStart, end: plannedStart + 49 * minute };
});
const recorded: Recorded = new Map([['rollout_ic_os_to_mainnet_subnets/gone', runs]]);
const selected = rolloutKey(guest);

describe('other rollouts on the timeline page', function () {
  this.timeout(30_000);
  const { show } = usePages();

  async function shown(
    options: Parameters<typeof show>[0] = {},
    known = { rollouts, selected },
  ): Promise<TimelinePage> {
    const timelinePage = await show(options);
    await timelinePage.send(snapshot(known), recorded);
    await timelinePage.page.getByRole('grid').waitFor();
    return timelinePage;
  }

  const here = (page: Page): Promise<string> =>
    page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '',
    );
  const fold = (page: Page): ReturnType<Page['locator']> => page.getByRole('rowheader', { name: /^Other rollouts/ });
  const lane = (page: Page, name: RegExp): ReturnType<Page['locator']> => page.getByRole('row', { name });
  it('are a lane each, which says in words how its rollout stands', async () => {
    const { page } = await shown();
    const names = await page.locator('.lane').evaluateAll((all) => all.map((each) => each.getAttribute('aria-label')));
    assert.deepEqual(names, [
      `GuestOS ${preparing().name}: no batches known, preparing`,
      `HostOS ${hostOs().name}: 14 of 51 batches, main`,
      'GuestOS rc-last: 22 of 22 batches, complete',
      'GuestOS gone: 22 batches recorded, the dashboard no longer lists it',
      'GuestOS rc-old: 22 of 22 batches, complete',
    ]);
    assert.equal(
      await lane(page, /preparing$/)
        .locator('.lane-bars path')
        .count(),
      0,
    );
    assert.equal(
      await lane(page, /preparing$/)
        .getByText('No batches known')
        .count(),
      1,
    );
    assert.ok(
      (await lane(page, /^HostOS/)
        .locator('.stage-line')
        .count()) > 1,
    );
    assert.match(await fold(page).innerText(), /2 active, 5 in all/);
  });

  it('mark what failed by more than a color, and name it', async () => {
    const { page } = await shown({}, { rollouts, selected: rolloutKey(hostOs()) });
    const failed = lane(page, /: 11 of 22 batches, failed batch 12, problem$/);
    await failed.locator('.lane-failed svg').waitFor();
    assert.match((await failed.getAttribute('title')) ?? '', /failed batch 12/);
  });

  it('are shown by a click', async () => {
    const { page, posted } = await shown();
    await lane(page, /rc-last/).click();
    await page.getByRole('heading', { name: 'rc-last' }).waitFor();
    assert.deepEqual((await posted()).at(-1), { type: 'select', rollout: `${guest.kind}/rc-last` });
    await lane(page, /failed batch 12/).waitFor();
    assert.equal(await lane(page, /rc-last/).count(), 0, 'the shown one is no other one');
  });

  it('are reached by arrow keys from the first batch, folded and shown by Enter, and the keyboard goes with them', async () => {
    const { page, posted } = await shown();
    await page.locator('.row[tabindex="0"]').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowUp');
    assert.match(await here(page), /^GuestOS rc-old/);
    await page.keyboard.press('ArrowUp');
    assert.match(await here(page), /^GuestOS gone/);
    const before = (await posted()).length;
    await page.keyboard.press('Enter');
    assert.equal((await posted()).length, before, 'one that only the record knows cannot be shown');
    await page.keyboard.press('Home');
    assert.match(await here(page), /^Other rollouts/);
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('.lane').count(), 0);
    assert.match(await here(page), /^Other rollouts/);
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.match(await here(page), /^HostOS/);
    await page.keyboard.press('Enter');
    await page.getByText('HostOS on nodes').waitFor();
    assert.match(await here(page), /^(Canary|Main) \d+, /);
    assert.equal(await page.locator('[role=grid] [tabindex="0"]').count(), 1);
  });

  it('are folded at first where none goes on, and stay as the person chose over a reload', async () => {
    const ended = { rollouts: [guest, earlier(guest, 1, 'rc-last')], selected };
    const first = await shown({}, ended);
    assert.equal(await fold(first.page).getAttribute('aria-expanded'), 'false');
    await fold(first.page).click();
    await first.page.locator('.lane').first().waitFor();
    const state = await first.saved();
    await first.page.context().close();
    const again = await shown({ state }, ended);
    assert.equal(await fold(again.page).getAttribute('aria-expanded'), 'true');
    assert.equal(await again.page.locator('.lane').count(), 2);
  });

  it('make the axis longer and leave the shown rollout as it is, and the present where it is', async () => {
    const { page } = await shown();
    const barsOf = (): Promise<readonly (readonly number[])[]> =>
      page
        .locator('.row .bar')
        .evaluateAll((bars) =>
          bars.map((each) => each.getBoundingClientRect()).map(({ left, width }) => [left, width]),
        );
    const open = await barsOf();
    const longest = await page.locator('.chart').evaluate((chart) => chart.scrollWidth);
    await fold(page).click();
    const folded = await barsOf();
    assert.equal(folded.length, open.length);
    for (const [index, [left = 0, width = 0]] of open.entries()) {
      const [leftThen = 0, widthThen = 0] = folded[index] ?? [];
      assert.ok(Math.abs(left - leftThen) < 2 && Math.abs(width - widthThen) < 0.5, `${left} ${leftThen}`);
    }
    assert.ok((await page.locator('.chart').evaluate((chart) => chart.scrollWidth)) < longest / 2);
    await fold(page).click();
    const later = await barsOf();
    assert.ok(Math.abs((later[0]?.[0] ?? 0) - (open[0]?.[0] ?? 0)) < 2, 'unfolded again, what is in the view stays');
  });

  it('leave what is in trouble in the view of a low window at first, and nothing moves by itself later', async () => {
    const early: Rollout = {
      ...guest,
      batches: guest.batches.filter(({ number }) => number === 1 || number >= 12),
    };
    for (const [rollout, height] of [
      [guest, 600],
      [early, 600],
      [early, 700],
    ] as const) {
      const known = { rollouts: [rollout, ...rollouts.slice(1)], selected };
      const { page, send } = await show({ viewport: { width: 800, height } });
      await send(snapshot(known), new Map());
      await page.getByRole('grid').waitFor();
      assert.equal(await page.locator('.lane').count(), 4);
      const row = page.locator('.row[data-row="batch-12"]');
      const { y, height: high } = (await row.boundingBox()) ?? { y: 0, height: 0 };
      const chart = await page.locator('.chart').boundingBox();
      assert.ok(y >= (chart?.y ?? 0) + 40 && y + high <= height, `${y} to ${y + high} of ${height}`);
      await send(snapshot({ ...known, now: snapshot().now + 5 * minute }), recorded);
      await page
        .locator('.chart')
        .evaluate(() => new Promise((drawn) => setTimeout(() => requestAnimationFrame(drawn))));
      assert.equal(await page.locator('.lane').count(), 5, 'the lane of the record is there');
      assert.equal((await row.boundingBox())?.y, y);
      assert.equal(await page.evaluate(() => window.scrollY), 0);
      await page.context().close();
    }
  });

  it('are added without moving the batches when the record is read later, also where the page was before a reload', async () => {
    const known = { rollouts: rollouts.slice(0, 3), selected };
    const place = async ({ page, send }: TimelinePage): Promise<number> => {
      await send(snapshot(known), new Map());
      const row = page.locator('.row[data-row="batch-12"]');
      await row.waitFor();
      const { y } = (await row.boundingBox()) ?? { y: 0 };
      await send(snapshot(known), recorded);
      await lane(page, / gone/).waitFor();
      assert.equal((await row.boundingBox())?.y, y);
      return y;
    };
    const first = await show();
    const y = await place(first);
    const state = await first.saved();
    await first.page.context().close();
    assert.equal(await place(await show({ state })), y);
  });

  it('lie weeks before, seen by zooming out, before the batches of the shown one and in their order', async () => {
    const { page } = await shown();
    await page.locator('.row[tabindex="0"]').focus();
    for (let times = 0; times < 12; times++) await page.keyboard.press('-');
    const edges = async (name: RegExp): Promise<{ readonly left: number; readonly right: number }> =>
      lane(page, name)
        .locator('.lane-bars path')
        .first()
        .evaluate((path) => {
          const { left, right } = path.getBoundingClientRect();
          return { left, right };
        });
    const [old, gone, last] = [await edges(/rc-old/), await edges(/ gone/), await edges(/rc-last/)];
    const first = await page.locator('[data-row="batch-1"] .bar').first().boundingBox();
    const chart = await page.locator('.chart').boundingBox();
    assert.ok(old.left >= (chart?.x ?? 0) && old.left < gone.left && gone.left < last.left, 'in their order');
    assert.ok(last.left < (first?.x ?? 0), 'before the shown one');
    const days = (await page.locator('.day').allTextContents()).join(' ');
    assert.ok((await page.locator('.day').count()) > 15 || /Jul|Aug/.test(days), days);
    assert.equal(await page.locator('.chart').evaluate((each) => each.scrollWidth <= each.clientWidth), true);
  });

  it('keep in the view what was at its middle when the page becomes narrower or wider and the present would leave it', async () => {
    const { page } = await shown();
    const isThere = (): boolean => {
      const [line, chart] = ['.now-line', '.chart'].map((each) =>
        document.querySelector(each)?.getBoundingClientRect(),
      );
      return line !== undefined && chart !== undefined && line.left > chart.left && line.left < chart.right;
    };
    for (const width of [420, 1200]) {
      await page.setViewportSize({ width, height: 900 });
      await page
        .locator('.chart')
        .evaluate(() => new Promise((drawn) => setTimeout(() => requestAnimationFrame(drawn))));
      await page.waitForFunction(isThere);
    }
  });

  for (const theme of themes) {
    it(`have nothing that axe-core objects to: ${theme.name}`, async () => {
      const { page } = await shown({ theme });
      const violations = await withAxe(page);
      assert.deepEqual(await violations(), []);
      await fold(page).click();
      assert.deepEqual(await violations(), []);
    });
  }
});

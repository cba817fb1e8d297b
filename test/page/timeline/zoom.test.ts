import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { batch, guestOs, rollout, wednesday } from '../../support/feeds/rolloutBuilder.ts';
import { day } from '../../../src/domain/base/time.ts';
import { rolloutKey } from '../../../src/domain/releases/rollout.ts';
import { withAxe } from '../axe.ts';
import { snapshot, usePages } from './page.ts';

/** The chart as it is seen: where the plot is and how wide, in pixels, and how it is scrolled. */
interface Sight {
  readonly left: number;
  readonly width: number;
  readonly view: number;
  readonly scrollLeft: number;
  readonly scrollTop: number;
}

function sight(page: Page): Promise<Sight> {
  return page.locator('.chart').evaluate((chart) => {
    const ruler = chart.querySelector('.ruler')?.getBoundingClientRect();
    const offset = chart.querySelector<HTMLElement>('.layer')?.offsetLeft ?? 0;
    return {
      left: ruler?.left ?? 0,
      width: ruler?.width ?? 0,
      view: chart.clientWidth - offset - 12,
      scrollLeft: chart.scrollLeft,
      scrollTop: chart.scrollTop,
    };
  });
}

/** The place of the axis that is drawn at `x` of the page, as a part of the whole. */
const placeAt = ({ left, width }: Sight, x: number): number => (x - left) / width;

/** Within a pixel and a half, as browsers scroll by whole pixels. */
function assertStays(before: Sight, after: Sight, x: number): void {
  const moved = Math.abs(placeAt(after, x) - placeAt(before, x)) * after.width;
  assert.ok(moved < 1.5, `what was at ${x} moved by ${moved} pixels`);
}

/** The page has drawn what was done last, and scrolled. */
const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));

const texts = (page: Page, selector: string): Promise<readonly string[]> =>
  page.locator(selector).evaluateAll((all) => all.map((each) => each.textContent));

const nowAt = (page: Page): Promise<number> =>
  page.locator('.chart .now-line').evaluate((line) => {
    const { left, width } = line.getBoundingClientRect();
    return left + width / 2;
  });

describe('the zoom of the timeline page', function () {
  this.timeout(30_000);
  const { show } = usePages();
  const known = snapshot({ rollouts: [guestOs()] });

  async function shown(options: Parameters<typeof show>[0] = {}) {
    const opened = await show(options);
    await opened.send(known);
    await opened.page.locator('.row').first().waitFor();
    await drawn(opened.page);
    return opened;
  }

  async function press(page: Page, key: string, times = 1): Promise<void> {
    for (let time = 0; time < times; time++) await page.keyboard.press(key);
    await drawn(page);
  }

  /** In the middle of the plot. */
  async function middle(page: Page): Promise<{ readonly x: number; readonly y: number }> {
    const box = await page.locator('.chart').boundingBox();
    assert.ok(box !== null);
    return { x: Math.round(box.x + 0.7 * box.width), y: Math.round(box.y + 0.6 * box.height) };
  }

  for (const modifier of ['Control', 'Meta']) {
    it(`changes by the wheel with ${modifier} about what is under the pointer`, async () => {
      const { page } = await shown();
      const { x, y } = await middle(page);
      await page.mouse.move(x, y);
      const before = await sight(page);
      await page.keyboard.down(modifier);
      for (const deltaY of [-120, -120, -7]) {
        await page.mouse.wheel(0, deltaY);
        await drawn(page);
      }
      const near = await sight(page);
      assert.ok(near.width > 2 * before.width, `${near.width} of ${before.width}`);
      assertStays(before, near, x);
      await page.mouse.wheel(0, 120);
      await drawn(page);
      const far = await sight(page);
      assert.ok(far.width < near.width && far.width > before.width);
      assertStays(before, far, x);
      await page.keyboard.up(modifier);
    });
  }

  it('does not change by the wheel alone, which scrolls', async () => {
    const { page } = await shown();
    const { x, y } = await middle(page);
    await page.locator('.chart').evaluate((chart) => (chart.scrollTop = 0));
    await page.mouse.move(x, y);
    const before = await sight(page);
    await page.mouse.wheel(0, 120);
    await page.waitForFunction(() => (document.querySelector('.chart')?.scrollTop ?? 0) > 0);
    assert.equal((await sight(page)).width, before.width);
  });

  it('changes by buttons, which say where the limits are', async () => {
    const { page } = await shown();
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const disabled = (name: string): Promise<string | null> => button(name).getAttribute('aria-disabled');
    const before = await sight(page);
    assert.equal(await disabled('Reset Zoom'), 'true');
    const line = await nowAt(page);
    await button('Zoom In').click();
    await drawn(page);
    const after = await sight(page);
    assert.ok(after.width > 1.3 * before.width);
    assertStays(before, after, line);
    await page.getByText(/^\d+ (h|d).* in view$/).waitFor({ state: 'attached' });
    await button('Zoom Out').click();
    await button('Zoom In').click();
    await button('Reset Zoom').click();
    await drawn(page);
    assert.equal((await sight(page)).width, before.width);
    assert.equal(await disabled('Reset Zoom'), 'true');
    await button('Zoom In').focus();
    await press(page, 'Enter', 14);
    const nearest = await sight(page);
    assert.equal(await disabled('Zoom In'), 'true');
    await press(page, 'Enter');
    assert.equal((await sight(page)).width, nearest.width);
    await page.getByText(/^(59 min|1 h) in view, each subnet on a line of its own$/).waitFor({ state: 'attached' });
    await button('Zoom Out').focus();
    await press(page, 'Enter', 20);
    assert.equal(await disabled('Zoom Out'), 'true');
    const farthest = await sight(page);
    assert.ok(Math.abs(farthest.width - farthest.view) < 1, 'the whole axis is in the view');
  });

  it('changes by keys about the present, which stays where it is', async () => {
    const { page } = await shown();
    await page.locator('.row[tabindex="0"]').focus();
    const before = await sight(page);
    const line = await nowAt(page);
    await press(page, '+', 5);
    const near = await sight(page);
    assert.ok(near.width > 5 * before.width);
    assertStays(before, near, line);
    await press(page, 'Shift+ArrowRight', 6);
    const moved = await sight(page);
    assert.ok(Math.abs(moved.scrollLeft - near.scrollLeft - 1.5 * near.view) < 8, 'by a quarter of the view each time');
    const center = moved.left + moved.scrollLeft + moved.view / 2;
    await press(page, '-');
    assertStays(moved, await sight(page), center);
    await press(page, 'Shift+ArrowLeft', 2);
    await press(page, '0');
    assert.equal((await sight(page)).width, before.width);
    // The batch still has the keyboard.
    assert.match(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? ''), /^Batch 12,/);
  });

  it('is moved by dragging the background, which chooses nothing', async () => {
    const { page } = await shown();
    await page.locator('.row[tabindex="0"]').focus();
    await press(page, '+', 5);
    const { x, y } = await middle(page);
    const before = await sight(page);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 40, y - 10);
    await page.mouse.move(x - 150, y - 30);
    await page.mouse.up();
    await drawn(page);
    const after = await sight(page);
    assert.equal(after.scrollLeft, before.scrollLeft + 150);
    assert.equal(await page.locator('.row.chosen').count(), 0);
    // A press that does not move is a click.
    await page.mouse.click(x, y);
    await page.locator('.row.chosen').waitFor();
    // What is not background is not dragged.
    const cell = await page.locator('.row.chosen .number').boundingBox();
    assert.ok(cell !== null);
    await page.mouse.move(cell.x + 5, cell.y + 5);
    await page.mouse.down();
    await page.mouse.move(cell.x + 120, cell.y + 5);
    assert.equal(await page.locator('.chart[data-dragged]').count(), 0);
    await page.mouse.up();
  });

  it('is as it was after a reload, whatever was chosen since', async () => {
    const first = await shown();
    await first.page.locator('.row[tabindex="0"]').focus();
    await press(first.page, '+', 4);
    await press(first.page, 'Shift+ArrowLeft');
    await first.page.getByText('Local', { exact: true }).click();
    await drawn(first.page);
    const before = await sight(first.page);
    const state = await first.saved();
    await first.page.context().close();
    const { page } = await shown({ state });
    assert.deepEqual(await sight(page), before);
  });

  for (const zoom of ['near', -1, 1e9, Number.NaN]) {
    it(`is the usual one where ${String(zoom)} was kept`, async () => {
      const usual = await shown();
      const { width } = await sight(usual.page);
      await usual.page.context().close();
      const { page } = await shown({ state: { zoom } });
      assert.equal((await sight(page)).width, width);
    });
  }

  it('has weeks, days, hours or minutes on its axis', async () => {
    const { page, send } = await shown();
    const days = await texts(page, '.day');
    assert.ok(days.includes('Wed 26 Aug') || days.includes('Wed 26'), days.join(', '));
    await page.locator('.row[tabindex="0"]').focus();
    await press(page, '+', 3);
    assert.match((await texts(page, '.tick')).join(' '), /\d\d:00/);
    await press(page, '+', 12);
    const ticks = await texts(page, '.tick');
    assert.ok(
      ticks.some((tick) => /:[0-5]5$/.test(tick)),
      ticks.join(', '),
    );
    assert.ok(ticks.length < 60, 'only near the view');
    // The name of the day is in the view although the day is much wider.
    const [chart, name] = await Promise.all([
      page.locator('.chart').boundingBox(),
      page.getByText('Wed 26 Aug', { exact: true }).first().boundingBox(),
    ]);
    assert.ok(chart !== null && name !== null && name.x > chart.x && name.x + name.width < chart.x + chart.width);
    const long = rollout({
      batches: Array.from({ length: 40 }, (_, index) => batch(index + 1, wednesday + index * day)),
    });
    await send(snapshot({ rollouts: [long], selected: rolloutKey(long) }));
    await page.locator('[data-row="batch-40"]').waitFor({ state: 'attached' });
    await page.setViewportSize({ width: 420, height: 900 });
    await page.locator('.row[tabindex="0"]').focus();
    await press(page, '-', 20);
    assert.deepEqual((await texts(page, '.day')).slice(0, 3), ['', '31 Aug', '7 Sept']);
    // The name of a week begins where its first day does, at a line or behind hours that are left out, and not over a later day.
    const edges = (selector: string): Promise<readonly (readonly [left: number, right: number])[]> =>
      page
        .locator(selector)
        .evaluateAll((all) =>
          all.map((each) => each.getBoundingClientRect()).map(({ left, right }) => [left, right] as const),
        );
    const [lines, gaps] = [await edges('.day-line'), await edges('.gap')];
    const begins = [...lines.map(([left]) => left), ...gaps.map(([, right]) => right)];
    const names = await edges('.day span');
    assert.ok(names.length > 5);
    for (const [index, [left, right]] of names.entries()) {
      assert.ok(
        begins.some((begin) => Math.abs(begin - left) <= 1.5),
        `${index}: ${left} is at none of ${begins.join(' ')}`,
      );
      assert.ok(right <= (names[index + 1]?.[0] ?? Infinity), `${index} reaches into the next one`);
    }
    await page.setViewportSize({ width: 320, height: 900 });
    for (const name of await texts(page, '.day')) assert.doesNotMatch(name, /^\d+$/, 'a number alone is no day');
  });

  it('keeps the ticks of what is scrolled to', async () => {
    const { page } = await shown();
    await page.locator('.row[tabindex="0"]').focus();
    await press(page, '+', 14);
    for (const left of [0, 4_000, 9_000]) {
      await page.locator('.chart').evaluate((chart, to) => (chart.scrollLeft = to), left);
      await page.waitForFunction(() => {
        const frame = document.querySelector('.chart')?.getBoundingClientRect();
        const lines = [...document.querySelectorAll('.grid-line, .gap')].map((line) => line.getBoundingClientRect());
        return frame !== undefined && lines.some((line) => line.right > frame.right - 150 && line.left < frame.right);
      });
    }
  });

  it('leaves the whole text of a batch in the view whose bars are there, also in a narrow one', async () => {
    const { page } = await shown({ viewport: { width: 320, height: 900 } });
    const chart = page.locator('.chart');
    const cut = (): Promise<readonly string[]> =>
      chart.evaluate((frame) => {
        const { left } = frame.getBoundingClientRect();
        return [...frame.querySelectorAll('.row')].flatMap((row) => {
          const [bars, label] = [[...row.querySelectorAll('.bar')], row.querySelector('.bar-label')];
          const isSeen = bars.some((bar) => bar.getBoundingClientRect().right > left);
          return isSeen && label !== null && label.getBoundingClientRect().left < left ? [label.textContent] : [];
        });
      });
    const label = page.locator('[data-row="batch-7"] .bar-label');
    const bar = page.locator('[data-row="batch-7"] .actual');
    const isBefore = async (): Promise<boolean> =>
      ((await label.boundingBox())?.x ?? 0) < ((await bar.boundingBox())?.x ?? 0);
    assert.deepEqual(await cut(), []);
    assert.equal(await isBefore(), false, 'it would begin left of the view');
    for (const by of [-150, 60, 60, 30]) {
      await chart.evaluate((frame, far) => (frame.scrollLeft += far), by);
      await drawn(page);
      assert.deepEqual(await cut(), [], `${by}`);
      if (by === -150) assert.equal(await isBefore(), true, 'there is room');
    }
  });

  it('makes no batch anew', async () => {
    const { page } = await shown();
    await page.locator('.row[tabindex="0"]').focus();
    await page.evaluate(() => {
      const made = { count: 0 };
      Object.assign(window, { made });
      new MutationObserver((changes) => {
        for (const { addedNodes, target } of changes) {
          if (!(target instanceof Element) || target.closest('.row') === null) continue;
          const parts = [...addedNodes].filter((node) => node instanceof Element && node.matches('.row, .cell, .bar'));
          made.count += parts.length;
        }
      }).observe(document.body, { subtree: true, childList: true });
    });
    await press(page, '+', 6);
    await press(page, '-', 8);
    assert.equal(await page.evaluate(() => (window as unknown as { made: { count: number } }).made.count), 0);
  });

  it('has nothing that axe-core objects to', async () => {
    const { page } = await shown();
    const violations = await withAxe(page);
    await page.locator('.row[tabindex="0"]').focus();
    for (const [key, times] of [
      ['+', 3],
      ['+', 12],
      ['-', 20],
    ] as const) {
      await press(page, key, times);
      assert.deepEqual(await violations(), []);
    }
  });
});

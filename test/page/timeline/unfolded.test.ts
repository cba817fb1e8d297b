import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { rolloutKey } from '../../../src/domain/releases/rollout.ts';
import { recordedHistories } from '../../../src/domain/releases/timeline/histories.ts';
import type { RecordMessage } from '../../../src/domain/releases/timeline/messages.ts';
import { timeline } from '../../../src/domain/releases/timeline/timeline.ts';
import { axisScale } from '../../../src/webview/timeline/scale.ts';
import {
  apiBoundaryNodes,
  at,
  batch,
  guestOs,
  hostOs,
  rollout,
  wednesday,
} from '../../support/feeds/rolloutBuilder.ts';
import { recordedWeek } from '../../support/feeds/rolloutRecords.ts';
import { snapshot, usePages, type TimelinePage } from './page.ts';

const blind = { start: at(2, 11, 20), end: at(2, 11, 45) };
const record: RecordMessage = { type: 'record', record: recordedWeek(guestOs(), [blind]) };

/** Where an element is drawn, in pixels of the page. */
interface Box {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** A subnet of a batch: where its cell and its line in the plot are, and what is drawn there. */
interface Line {
  readonly id: string;
  readonly cell: Box;
  readonly history: Box | undefined;
  readonly stretches: readonly (Box & { readonly title: string })[];
}

function linesOf(page: Page, row: string): Promise<readonly Line[]> {
  return page.locator(`[data-row="${row}"]`).evaluate((element) => {
    const boxOf = (of: Element): Box => {
      const { top, bottom, left, right } = of.getBoundingClientRect();
      return { top, bottom, left, right };
    };
    const histories = [...element.querySelectorAll<HTMLElement>('[data-history]')];
    return [...element.querySelectorAll<HTMLElement>('[data-target]')].map((cell) => {
      const id = cell.dataset['target'] ?? '';
      const history = histories.find((each) => each.dataset['history'] === id);
      const bars = [...(history?.querySelectorAll<HTMLElement>('.stretch') ?? [])];
      const stretches = bars.map((bar) => ({ ...boxOf(bar), title: bar.title }));
      return { id, cell: boxOf(cell), history: history && boxOf(history), stretches };
    });
  });
}

const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));

async function press(page: Page, key: string, times = 1): Promise<void> {
  for (let time = 0; time < times; time++) await page.keyboard.press(key);
  await drawn(page);
}

const isUnfolded = (page: Page): Promise<boolean> =>
  page.locator('.chart').evaluate((chart) => chart.querySelector('[data-history]') !== null);

const topOf = (page: Page, selector: string): Promise<number> =>
  page
    .locator(selector)
    .first()
    .evaluate((element) => element.getBoundingClientRect().top);

/** So many steps of zoom from the usual one batches are unfolded. */
const far = 7;

describe('the subnets of each batch of the timeline page', function () {
  this.timeout(30_000);
  const { show } = usePages();

  async function shown(options: Parameters<typeof show>[0] = {}): Promise<TimelinePage> {
    const opened = await show(options);
    await opened.send(snapshot({ rollouts: [guestOs(), hostOs(), apiBoundaryNodes()] }));
    await opened.page.locator('.row').first().waitFor();
    await opened.post(record);
    await opened.page.getByRole('slider', { name: 'State of' }).waitFor();
    await drawn(opened.page);
    return opened;
  }

  async function unfolded(options: Parameters<typeof show>[0] = {}): Promise<TimelinePage> {
    const opened = await shown(options);
    await opened.page.locator('.row[tabindex="0"]').focus();
    await press(opened.page, '+', far);
    assert.ok(await isUnfolded(opened.page));
    return opened;
  }

  it('unfold when a person zooms in by keys, and fold again', async () => {
    const { page } = await shown();
    await page.getByText('Zoom in to see each subnet.').waitFor();
    const before = await linesOf(page, 'batch-12');
    assert.deepEqual([...new Set(before.map(({ cell }) => cell.top))].length, 1, 'beside each other');
    await page.locator('.row[tabindex="0"]').focus();
    await press(page, '+');
    assert.equal(await isUnfolded(page), false);
    for (let time = 0; time < 2 * far && !(await isUnfolded(page)); time++) await press(page, '+');
    assert.ok(await isUnfolded(page));
    await page.getByText(/in view, each subnet on a line of its own$/).waitFor({ state: 'attached' });
    await press(page, '-');
    assert.equal(await isUnfolded(page), false);
    await press(page, '0');
    assert.deepEqual(
      (await linesOf(page, 'batch-12')).map(({ cell }) => cell),
      before.map(({ cell }) => cell),
      'as before',
    );
  });

  it('keep the words of a state that began before the view in the view', async () => {
    const { page } = await shown();
    await page.locator('.row[tabindex="0"]').focus();
    await press(page, '+', far);
    const kept = await page
      .locator('.stretch')
      .first()
      .evaluate((stretch) => {
        // Within what scrolls by itself they would stick to the stretch.
        const { position, left } = getComputedStyle(stretch, '::after');
        return { position, isPlaced: left !== 'auto', overflow: getComputedStyle(stretch).overflowX };
      });
    assert.deepEqual(kept, { position: 'sticky', isPlaced: true, overflow: 'clip' });
  });

  it('unfold by buttons and by the wheel', async () => {
    const { page } = await shown();
    for (let time = 0; time < far; time++) await page.getByRole('button', { name: 'Zoom In', exact: true }).click();
    await drawn(page);
    assert.ok(await isUnfolded(page));
    await page.getByRole('button', { name: 'Reset Zoom' }).click();
    await drawn(page);
    assert.equal(await isUnfolded(page), false);
    const row = await page.locator('[data-row="batch-12"] .plot').boundingBox();
    const chart = await page.locator('.chart').boundingBox();
    assert.ok(row !== null && chart !== null);
    await page.mouse.move(chart.x + 0.8 * chart.width, row.y + row.height / 2);
    await page.keyboard.down('Control');
    for (let time = 0; time < far; time++) await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    await page.locator('[data-history]').first().waitFor({ state: 'attached' });
  });

  for (const width of [1280, 800, 420]) {
    it(`have a line each beside what was recorded of them, at ${width} pixels`, async () => {
      const { page } = await unfolded({ viewport: { width, height: 900 } });
      for (const row of ['batch-11', 'batch-12']) {
        const lines = await linesOf(page, row);
        assert.equal(lines.length, 3);
        for (const [index, { cell, history }] of lines.entries()) {
          assert.ok(history !== undefined);
          assert.ok(history.bottom - history.top >= 18, 'high enough to be pointed at');
          assert.ok(cell.top >= history.top - 3 && cell.bottom <= history.bottom + 3, 'the same line');
          assert.ok(index === 0 || cell.top >= (lines[index - 1]?.cell.bottom ?? 0), 'below the one before');
        }
      }
    });
  }

  it('are drawn with the times that were recorded, up to now, and nothing where no window was watching', async () => {
    const { page } = await unfolded();
    const scale = axisScale(
      timeline(guestOs(), { now: wednesday, times: new Map(), fullReadAt: undefined, engine: undefined }).segments,
    );
    const plot = await page.locator('.ruler').boundingBox();
    assert.ok(plot !== null);
    const x = (instant: number): number => plot.x + (scale(instant) * plot.width) / 100;
    const recorded = recordedHistories(record.record);
    for (const row of ['batch-11', 'batch-12', 'batch-13']) {
      const lines = await linesOf(page, row);
      for (const { id, stretches } of lines) {
        const expected = recorded.get(`${row}/${id.slice(0, 5)}`) ?? [];
        assert.ok(expected.length > 1 && stretches.length === expected.length, `${id}: ${stretches.length}`);
        for (const [index, { start, end }] of expected.entries()) {
          const { left = 0, right = 0 } = stretches[index] ?? {};
          assert.ok(Math.abs(left - x(start)) < 2, `${id} begins at ${left}, not at ${x(start)}`);
          assert.ok(Math.abs(right - x(end ?? wednesday)) < 3, `${id} ends at ${right}, not at ${x(end ?? wednesday)}`);
        }
        const isEmpty = stretches.every(({ left, right }) => right < x(blind.start) + 2 || left > x(blind.end) - 2);
        assert.ok(isEmpty, 'no window was watching then');
      }
    }
  });

  it('say in their names what is drawn', async () => {
    const { page } = await unfolded();
    const name = (label: string): Promise<string | null> =>
      page.locator(`[data-target^="${label}"]`).getAttribute('aria-label');
    assert.equal(
      await name('o3ow2'),
      'o3ow2: Waiting for adoption since Wed 26 Aug 13:14; waiting for votes 13:06 to 13:14; proposing 13:03 to 13:06; ' +
        'waiting to start 12:18 to 13:03; pending at least 11:45 to 12:18; not watched 11:18 to 11:45; ' +
        'pending at least Sun 23 Aug 18:03 to Wed 26 Aug 11:18',
    );
    assert.match(
      (await name('lspz2')) ?? '',
      /^lspz2: Error, Airflow retries since Wed 26 Aug 13:20; waiting for adoption /,
    );
    const [first] = await linesOf(page, 'batch-12');
    assert.equal(first?.stretches.at(-1)?.title, 'opn46: Waiting for alerts to clear since Wed 26 Aug 13:28');
    await press(page, '0');
    assert.equal(await name('o3ow2'), 'o3ow2: Waiting for adoption');
  });

  it('are where the keyboard goes up and down, and where it stays when they fold', async () => {
    const { page } = await unfolded();
    const here = (): Promise<string | undefined> =>
      page.evaluate(() => {
        const active = document.activeElement as HTMLElement | null;
        return (active?.dataset['target'] ?? active?.dataset['row'])?.slice(0, 8);
      });
    const goes = async (...steps: readonly (readonly [key: string, to: string])[]): Promise<void> => {
      for (const [key, to] of steps) {
        await press(page, key);
        assert.equal(await here(), to, `after ${key}`);
        const isSeen = await page.evaluate(() => {
          const rect = document.activeElement?.getBoundingClientRect();
          const frame = document.querySelector('.chart')?.getBoundingClientRect();
          return rect !== undefined && frame !== undefined && rect.top > frame.top + 30 && rect.top < frame.bottom;
        });
        assert.ok(isSeen, `${to} is in sight`);
      }
    };
    assert.equal(await here(), 'batch-12');
    await goes(
      ['ArrowDown', 'opn46-ao'],
      ['ArrowDown', 'lspz2-ao'],
      ['ArrowDown', 'o3ow2-ao'],
      ['ArrowDown', 'batch-13'],
      ['ArrowUp', 'o3ow2-ao'],
      ['ArrowLeft', 'batch-12'],
      ['ArrowRight', 'opn46-ao'],
      ['PageUp', 'batch-12'],
      ['PageUp', 'batch-11'],
      ['PageDown', 'batch-12'],
      ['End', 'batch-30'],
      ['ArrowDown', 'tdb26-jo'],
      ['ArrowDown', 'tdb26-jo'],
      ['Home', 'batch-1'],
    );
    await goes(['PageDown', 'batch-2'], ['ArrowDown', 'shefu-ao'], ['0', 'shefu-ao'], ['ArrowRight', 'fuqsr-ao']);
    assert.equal(await isUnfolded(page), false);
    await press(page, '+', far);
    assert.equal(await here(), 'fuqsr-ao');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Batch 2', exact: true }).waitFor();
  });

  it('open the details where their line is clicked', async () => {
    const { page } = await unfolded();
    const [, second] = await linesOf(page, 'batch-12');
    const stretch = second?.stretches.at(-1);
    assert.ok(stretch !== undefined);
    await page.mouse.click((stretch.left + stretch.right) / 2, (stretch.top + stretch.bottom) / 2);
    await page.locator('.target.chosen').getByText('lspz2', { exact: true }).waitFor();
    assert.equal(await page.locator('.history.chosen').count(), 1);
  });

  it('leave the batch of now at its height when the zoom changes by keys or buttons', async () => {
    const { page } = await shown();
    const before = await topOf(page, '[data-row="batch-12"]');
    const zoom = async (name: string): Promise<void> => {
      for (let time = 0; time < far; time++) await page.getByRole('button', { name, exact: true }).click();
      await drawn(page);
    };
    await zoom('Zoom In');
    assert.ok(await isUnfolded(page));
    assert.ok(Math.abs((await topOf(page, '[data-row="batch-12"]')) - before) < 1.5);
    await zoom('Zoom Out');
    assert.ok(Math.abs((await topOf(page, '[data-row="batch-12"]')) - before) < 1.5);
    // A subnet that has the keyboard stays, wherever it is.
    const subnet = '[data-row="batch-9"] [data-target]';
    await page.locator(subnet).first().focus();
    const top = await topOf(page, subnet);
    await press(page, '+', far);
    assert.ok(Math.abs((await topOf(page, subnet)) - top) < 1.5);
  });

  it('leave the batch under the pointer there when the zoom changes by the wheel', async () => {
    const { page } = await shown();
    const under = (): Promise<string | undefined> =>
      page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.closest<HTMLElement>('.row')?.dataset['row'], {
        x,
        y,
      });
    const row = await page.locator('[data-row="batch-7"]').boundingBox();
    const chart = await page.locator('.chart').boundingBox();
    assert.ok(row !== null && chart !== null);
    const [x, y] = [Math.round(chart.x + 0.7 * chart.width), Math.round(row.y + 0.6 * row.height)];
    await page.mouse.move(x, y);
    const turn = async (deltaY: number): Promise<void> => {
      await page.keyboard.down('Control');
      for (let time = 0; time < far; time++) {
        await page.mouse.wheel(0, deltaY);
        await drawn(page);
      }
      await page.keyboard.up('Control');
    };
    assert.equal(await under(), 'batch-7');
    await turn(-100);
    assert.ok(await isUnfolded(page));
    assert.equal(await under(), 'batch-7');
    // Down to the last subnet of that batch, which keeps it when it folds.
    const lines = await linesOf(page, 'batch-7');
    await page.locator('.chart').evaluate((each, by) => (each.scrollTop += by), (lines.at(-1)?.cell.top ?? 0) - y + 10);
    await drawn(page);
    await turn(100);
    assert.equal(await isUnfolded(page), false);
    assert.equal(await under(), 'batch-7');
  });

  it('end at the step of the past that is shown', async () => {
    const { page } = await unfolded();
    const slider = page.getByRole('slider', { name: 'State of' });
    await slider.focus();
    for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowLeft');
    await drawn(page);
    const now = await page.locator('.chart .now-line').boundingBox();
    assert.ok(now !== null);
    const all = (await linesOf(page, 'batch-12')).flatMap(({ stretches }) => stretches);
    assert.ok(all.length > 6);
    for (const { right } of all) assert.ok(right <= now.x + 3, `${right} is after ${now.x}`);
  });

  it('have nothing drawn while nothing is recorded, but the present where that is known', async () => {
    const { page, send } = await show();
    const running = guestOs();
    const stay = { state: 'error', since: at(2, 13, 30), began: true };
    const times = [{ rollout: rolloutKey(running), stays: { 'batch-12/lspz2': stay } }];
    await send(snapshot({ rollouts: [running], times }));
    await page.locator('.row[tabindex="0"]').focus();
    await press(page, '+', far);
    const [, second] = await linesOf(page, 'batch-12');
    assert.equal(second?.stretches.at(-1)?.title, 'lspz2: Error since Wed 26 Aug 13:30');
    await send(
      snapshot({ rollouts: [running], times, asOf: at(2, 13, 20), feed: { condition: 'stale', sentence: 'Old.' } }),
    );
    await page.getByText('Old.').waitFor();
    assert.deepEqual(
      (await linesOf(page, 'batch-12')).flatMap(({ stretches }) => stretches),
      [],
    );
  });

  it('are distinguished by more than their colors where the system forces them', async () => {
    const { page } = await unfolded();
    await page.emulateMedia({ forcedColors: 'active' });
    const forms = await page.locator('[data-row="batch-12"]').evaluate((row) =>
      ['.tone-muted', '.tone-running', '.tone-attention', '.tone-trouble'].map((tone) => {
        const bar = row.querySelector(`.stretch${tone}`);
        if (bar === null) return tone;
        const { borderTopStyle, borderTopWidth, borderBottomWidth } = getComputedStyle(bar);
        return [borderTopStyle, borderTopWidth, borderBottomWidth].join(' ');
      }),
    );
    assert.equal(new Set(forms).size, 4, forms.join(', '));
    assert.ok(
      forms.every((form) => form.includes('px')),
      forms.join(', '),
    );
  });

  it('stay folded in HostOS rollouts, and at the usual zoom of a short axis', async () => {
    const { page } = await shown();
    await page.getByRole('combobox', { name: 'Rollout' }).selectOption(rolloutKey(hostOs()));
    await page.getByRole('row', { name: /^Main 14,/ }).waitFor();
    await page.locator('.row[tabindex="0"]').focus();
    await press(page, '+', 9);
    assert.equal(await isUnfolded(page), false);
    assert.equal(await page.locator('.chart.unfolded').count(), 0);
    assert.equal(await page.getByText(/Zoom in to see each/).count(), 0);
    const short = rollout({ batches: [batch(1, wednesday, { targets: guestOs().batches[0]?.targets ?? [] })] });
    const { page: other, send } = await show({ viewport: { width: 1400, height: 900 } });
    await send(snapshot({ rollouts: [short] }));
    await other.locator('.row').first().waitFor();
    await drawn(other);
    assert.equal(await isUnfolded(other), false);
    await page.context().close();
  });
});

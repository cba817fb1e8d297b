import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { rolloutKey } from '../../../src/domain/releases/rollout.ts';
import { largeRollouts } from '../../support/feeds/largeRollouts.ts';
import { withAxe } from '../axe.ts';
import { snapshot, messageOf, usePages, type TimelinePage } from './page.ts';

const cells = '[role=grid] [data-target]';

/** The batches with targets that are seen in the chart, and those whose targets are made. */
function made(page: Page): Promise<{ readonly seen: readonly string[]; readonly filled: readonly string[] }> {
  return page.locator('.chart').evaluate((chart) => {
    const frame = chart.getBoundingClientRect();
    const rows = [...chart.querySelectorAll<HTMLElement>('.row')];
    const ids = (some: readonly HTMLElement[]): readonly string[] => some.map((row) => row.dataset['row'] ?? '');
    const isSeen = (row: HTMLElement): boolean => {
      const { top, bottom } = row.getBoundingClientRect();
      return top < frame.bottom && bottom > frame.top;
    };
    return {
      seen: ids(rows.filter(isSeen)),
      filled: ids(rows.filter((row) => row.querySelector('[data-target]') !== null)),
    };
  });
}

describe('many rollouts with many batches of many subnets, on the timeline page', function () {
  this.timeout(30_000);
  const { show } = usePages();
  const known = snapshot({ rollouts: largeRollouts() });

  async function large(options: Parameters<typeof show>[0] = {}): Promise<TimelinePage> {
    const shown = await show(options);
    await shown.send(known);
    await shown.page.locator(cells).first().waitFor();
    return shown;
  }

  it('are sent in a message of which one rollout is most', () => {
    const message = JSON.stringify(messageOf(known, { selected: undefined, pinned: undefined }));
    const [first] = known.rollouts;
    assert.ok(message.length < 1.01 * JSON.stringify(first).length + 10_000, `${message.length} characters`);
  });

  for (const width of [420, 900, 1400]) {
    it(`have only the subnets that are in sight or near it as elements, at ${width} pixels`, async () => {
      const { page } = await large({ viewport: { width, height: 900 } });
      const rows = page.locator('.row');
      assert.equal(await rows.count(), 60);
      const heights = await rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().height));
      assert.deepEqual(
        [...new Set(heights)].length,
        1,
        `batches are as high without as with their subnets: ${heights.join(', ')}`,
      );
      for (const top of [0, 3_000, 1_000_000, 500]) {
        await page.locator('.chart').evaluate((chart, to) => {
          chart.scrollTop = to;
          return new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
        }, top);
        const { seen, filled } = await made(page);
        assert.ok(
          seen.length > 0 && seen.every((id) => filled.includes(id)),
          `${seen.join(', ')} are seen, ${filled.join(', ')} are made`,
        );
        // As much again, the edges, and the one that has the keyboard.
        assert.ok(filled.length <= 2 * seen.length + 3, `${filled.length} are made for ${seen.length}`);
      }
    });
  }

  it('are painted first where they are in sight, then all', async () => {
    const { page, send } = await show();
    const rows = { all: '.row', drawn: '.row:has(.number)' };
    const first = page.evaluate(
      ({ all, drawn }) =>
        new Promise<{ readonly all: number; readonly drawn: number }>((resolve) => {
          const countOf = (selector: string): number => document.querySelectorAll(selector).length;
          const look = (): void => {
            if (countOf(all) > 0) resolve({ all: countOf(all), drawn: countOf(drawn) });
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        }),
      rows,
    );
    await send(known);
    const { all, drawn } = await first;
    assert.equal(all, 60);
    assert.ok(drawn >= 1 && drawn < 10, `${drawn} are drawn at first`);
    await page.locator(rows.drawn).nth(59).waitFor({ state: 'attached' });
  });

  it('are reached by the keyboard, which stays through scrolling and changes', async () => {
    const { page, send } = await large();
    const here = (): Promise<string | undefined> =>
      page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? undefined);
    await page.locator('.row').first().focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    assert.equal(await here(), '1oaa1: Pending');
    await page.keyboard.press('PageUp');
    assert.equal(await here(), '1eaa1: Pending');
    await page.keyboard.press('Home');
    assert.equal(await here(), 'a1aa1: Complete');
    await page.locator('.chart').evaluate((chart) => (chart.scrollTop = 1_000_000));
    await page.locator('[data-row="batch-60"] [data-target]').first().waitFor();
    await send(snapshot({ rollouts: largeRollouts(7) }));
    await page.locator('[data-row="batch-3"][aria-label*="7 of 50 subnets done"]').waitFor({ state: 'attached' });
    assert.equal(await here(), 'a1aa1: Complete');
    await page.keyboard.press('ArrowDown');
    assert.equal(await here(), 'a2aa1: Complete');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Batch 2', exact: true }).waitFor();
  });

  it('change only where something is another than before', async () => {
    const { page, send } = await large();
    const changed = page.evaluate(
      () =>
        new Promise<readonly string[]>((resolve) => {
          const rows = new Set<string>();
          new MutationObserver((changes) => {
            for (const { target } of changes) {
              const element = target instanceof Element ? target : target.parentElement;
              rows.add(element?.closest<HTMLElement>('.row')?.dataset['row'] ?? 'outside');
            }
            if (
              document.querySelector('[data-row="batch-3"]')?.getAttribute('aria-label')?.includes('1 of 50') === true
            ) {
              resolve([...rows].filter((row) => row !== 'outside'));
            }
          }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
        }),
    );
    await send(snapshot({ rollouts: largeRollouts(1) }));
    assert.deepEqual(await changed, ['batch-3']);
  });

  it('have nothing that axe-core objects to', async () => {
    const { page } = await large();
    const violations = await withAxe(page);
    assert.deepEqual(await violations(), []);
    const table = page.getByRole('table', { name: 'Batches of the rollout' });
    await page.getByText('Batches as a table').press('Enter');
    const third = table.getByRole('row', { name: /^Batch 3 / });
    assert.equal(await table.getByRole('listitem').count(), 0, 'subnets are listed once a person unfolds them');
    await third.getByText('0 of 50 subnets done').click();
    await table.getByRole('listitem').nth(49).waitFor();
    assert.deepEqual(await violations(), []);
    await page
      .getByRole('combobox', { name: 'Rollout' })
      .selectOption(rolloutKey({ kind: 'rollout_ic_os_to_mainnet_api_boundary_nodes', name: 'large-4' }));
    await page.getByText('GuestOS on API boundary nodes').waitFor();
    assert.deepEqual(await violations(), []);
  });
});

import assert from 'node:assert/strict';
import type { CellState, Rollout } from '../../../src/domain/releases/rollout.ts';
import { rolloutKey } from '../../../src/domain/releases/rollout.ts';
import { parsePageMessage } from '../../../src/domain/releases/timeline/messages.ts';
import { hour, minute } from '../../../src/domain/base/time.ts';
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
import { waitFor } from '../../support/base/waitFor.ts';
import { snapshot, usePages, type PageOptions, type TimelinePage } from './page.ts';

describe('timeline page', function () {
  this.timeout(30_000);
  const pages = usePages();
  const { show } = pages;

  it('is small: the script takes less than 150 kB', () =>
    assert.ok(pages.server.scriptBytes < 150_000, `${pages.server.scriptBytes}`));

  describe('before there is anything to draw', () => {
    it('says that it is ready, and that it loads', async () => {
      const { page, posted } = await show();
      assert.equal(await page.locator('h1').textContent(), 'Loading rollouts');
      assert.deepEqual(await posted(), [{ type: 'ready' }]);
    });

    it('distinguishes never loaded, not reachable, none and no plan', async () => {
      const { page, send, posted } = await show();
      const pictures: string[] = [];
      const see = async (title: string): Promise<void> => {
        await page.getByRole('heading', { name: title, exact: true }).waitFor();
        pictures.push((await page.locator('.empty svg').innerHTML()).replace(/\s+/g, ' '));
      };
      await send(snapshot({ asOf: undefined, feed: { condition: 'loading' } }));
      await see('Loading rollouts');
      const feed = {
        condition: 'failing',
        sentence: "Can't reach the rollout dashboard",
        wayForward: 'Check the VPN.',
      } as const;
      await send(snapshot({ asOf: undefined, feed }));
      await see("Can't reach the rollout dashboard");
      await page.getByText('Check the VPN.').waitFor();
      await page.getByRole('button', { name: 'Refresh' }).click();
      assert.deepEqual((await posted()).at(-1), { type: 'refresh' });
      await send(snapshot());
      await see('No rollouts');
      await send(snapshot({ rollouts: [preparing()] }));
      await see('No plan yet');
      assert.equal(new Set(pictures).size, 4);
    });

    it('keeps the rollouts on the screen when the dashboard fails, and says how old they are', async () => {
      const { page, send } = await show();
      const feed = {
        condition: 'failing',
        sentence: 'The rollout dashboard does not answer',
        wayForward: 'Check the VPN.',
      } as const;
      await send(snapshot({ rollouts: [guestOs()], feed, asOf: at(2, 11, 30) }));
      const banner = page.locator('.banner');
      await banner.waitFor();
      assert.match(
        (await banner.textContent()) ?? '',
        /does not answer\. Shown is the state of Wed 11:30\. Check the VPN\./,
      );
      assert.equal(await page.getByRole('row').count(), 22);
    });

    it('says what the host says of data that is getting old', async () => {
      const { page, send } = await show();
      const feed = { condition: 'stale', sentence: 'This is what was known 20 min ago.' } as const;
      await send(snapshot({ rollouts: [guestOs()], feed }));
      assert.equal(await page.locator('.banner-text').textContent(), 'This is what was known 20 min ago.');
    });

    it('says that a paused engine starts nothing', async () => {
      const { page, send } = await show();
      await send(
        snapshot({ rollouts: [guestOs()], engines: [{ kind: 'rollout_ic_os_to_mainnet_subnets', state: 'paused' }] }),
      );
      await page.getByText('Airflow has paused these rollouts').waitFor();
    });
  });

  describe('a rollout half way', () => {
    async function half(options: Partial<PageOptions> = {}): Promise<TimelinePage> {
      const shown = await show(options);
      await shown.send(snapshot({ rollouts: [hostOs(), apiBoundaryNodes(), guestOs()] }));
      await shown.page.getByRole('grid').waitFor();
      return shown;
    }

    it('has in its legend what needs votes, another revision and a state that is not known, where there are such', async () => {
      const { page, send } = await half();
      const legend = async (): Promise<string> => page.getByRole('list', { name: 'Legend' }).innerText();
      const signs = ['Needs votes', 'Another revision than the rollout', 'State not known'];
      const cells = [
        { ...target('aaaaa'), state: 'waiting_for_election' as const },
        { ...target('bbbbb'), revision: 'f'.repeat(40) },
        { ...target('ccccc'), state: 'unknown' as const },
      ];
      const has = async (targets: typeof cells | []): Promise<readonly string[]> => {
        const one = rollout({ name: `rc--with-${targets.length}`, batches: [batch(1, wednesday, { targets })] });
        await send(snapshot({ rollouts: [one] }));
        await page.locator('.name', { hasText: one.name }).waitFor();
        const text = await legend();
        return signs.filter((sign) => text.includes(sign));
      };
      assert.deepEqual(await has([]), []);
      assert.deepEqual(await has(cells), signs);
    });

    it('names the rollout, its state, its note, and how far it is', async () => {
      const { page } = await half();
      assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'rc--2026-08-20_03-30Problem');
      assert.equal(
        await page.getByRole('note').textContent(),
        'yinp6 gets the revert_dmt build this week, see the feature sheet.',
      );
      const summary = await page.getByRole('group', { name: 'Summary' }).innerText();
      for (const part of [
        '27 of 49 subnets',
        '11 of 22 batches',
        'Batch 12 Error',
        'Batch 13\nonce Batch 12 is done',
        '≈ Mon 07:49',
        ', if Batch 12 goes on now',
      ]) {
        assert.ok(summary.includes(part), `${part} is not in ${summary}`);
      }
      assert.ok(!summary.includes('on plan'), summary);
      await page.getByRole('button', { name: 'Batch 12: error on lspz2, Airflow is retrying' }).waitFor();
    });

    it('says of each batch and target in words what the picture says', async () => {
      const { page } = await half();
      const row = page.getByRole('row', { name: /^Batch 12,/ });
      assert.equal(
        await row.getAttribute('aria-label'),
        'Batch 12, Error, 0 of 3 subnets done, planned Wed 26 Aug 13:00, started Wed 26 Aug 13:00, on plan',
      );
      const cells = await row
        .getByRole('gridcell')
        .evaluateAll((all) => all.map((cell) => cell.getAttribute('aria-label')));
      assert.deepEqual(cells, [
        'opn46: Ready, waits for its batch',
        'lspz2: Error, Airflow retries',
        'o3ow2: Waiting for adoption',
        'Error · 50 min',
      ]);
    });

    it('has a role and a name for all that can be operated', async () => {
      const { page } = await half();
      await page.getByRole('row', { name: /^Batch 12,/ }).click();
      const nameless = await page
        .locator('button, select, input, [tabindex], [role=row], [role=gridcell]')
        .evaluateAll((all) =>
          all
            .filter((each) => {
              const labels =
                each instanceof HTMLInputElement || each instanceof HTMLSelectElement
                  ? each.labels?.[0]?.textContent
                  : '';
              return `${each.getAttribute('aria-label') ?? ''}${each.textContent}${labels ?? ''}`.trim() === '';
            })
            .map((each) => each.outerHTML),
        );
      assert.deepEqual(nameless, []);
      assert.equal(await page.locator('svg:not([aria-hidden=true])').count(), 0);
      assert.equal(await page.locator('[role=row] > *:not(.info):not([role=gridcell])').count(), 0);
    });

    it('draws the bars where the axis says', async () => {
      const { page } = await half();
      const ends = async (row: number, kind: string): Promise<readonly [number, number]> => {
        const box = await page.locator(`[data-row="batch-${row}"] .${kind}`).boundingBox();
        assert.ok(box !== null);
        return [box.x, box.x + box.width];
      };
      const flag = await page.locator('.now-line').first().boundingBox();
      const [planned8] = await ends(8, 'planned');
      const [start8, end8] = await ends(8, 'actual');
      const [, end12] = await ends(12, 'actual');
      const [start13] = await ends(13, 'planned');
      assert.ok(planned8 < start8 && start8 < end8 && end8 < end12 && end12 < start13);
      assert.ok(Math.abs(end12 - ((flag?.x ?? 0) + 1)) < 1.5, 'the running bar ends at now');
    });

    it('moves the now-line and what is counted while it is visible, and not when hidden', async () => {
      const { page } = await half({ fakeClock: true });
      const line = page.locator('.now-line').first();
      const x = async (): Promise<number> => (await line.boundingBox())?.x ?? 0;
      const before = await x();
      await page.clock.runFor(hour);
      assert.ok((await x()) - before > 10, 'an hour is more than ten pixels');
      await page.getByText(/^1 h 50 min so far/).waitFor();
      assert.equal(await page.locator('.now-flag').textContent(), '14:50');
      await page.evaluate(() => {
        Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      });
      await page.clock.runFor(30 * minute);
      assert.equal(await page.locator('.now-flag').textContent(), '14:50');
      await page.evaluate(() => {
        Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      });
      await page.getByText('15:20').first().waitFor();
    });

    it('shows local times when chosen, and keeps that over a reload', async () => {
      const { page, posted, saved } = await half({ timezoneId: 'America/New_York' });
      await page.getByText('Local', { exact: true }).click();
      assert.equal(await page.locator('.now-flag').textContent(), '09:50');
      assert.deepEqual((await posted()).at(-1), { type: 'setTimeZone', timeZone: 'local' });
      assert.equal(((await saved()) as { timeZone: string }).timeZone, 'local');
    });

    it('opens what is asked for by ids that the host accepts', async () => {
      const { page, posted } = await half();
      await page.getByRole('button', { name: 'Airflow', exact: true }).click();
      await page.getByRole('button', { name: 'Proposals', exact: true }).click();
      await page.getByRole('button', { name: 'Copy the revision' }).click();
      await page.getByRole('gridcell', { name: /^lspz2/ }).click();
      const details = page.getByRole('complementary', { name: 'Details of Batch 12' });
      const buttons = details.getByRole('button');
      const count = await buttons.count();
      for (let index = 1; index < count; index += 1) await buttons.nth(index).click();
      const messages = await posted();
      // `ready`, and what was clicked.
      assert.equal(messages.length, 1 + 3 + count - 1);
      for (const message of messages) assert.deepEqual(parsePageMessage(message), { ok: true, value: message });
      const key = rolloutKey(guestOs());
      assert.ok(
        messages.some(
          (each) =>
            JSON.stringify(each) ===
            JSON.stringify({ type: 'openTarget', target: { kind: 'subnet', id: principal('lspz2') } }),
        ),
      );
      assert.ok(
        messages.some(
          (each) =>
            JSON.stringify(each) ===
            JSON.stringify({
              type: 'openTarget',
              target: { kind: 'airflow', rollout: key, row: 'batch-12', target: principal('lspz2') },
            }),
        ),
      );
    });

    it('can be worked by the keyboard alone', async () => {
      const { page } = await half();
      const here = (): Promise<string | null> =>
        page.evaluate(
          () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? null,
        );
      const press = async (...keys: readonly string[]): Promise<void> => {
        for (const key of keys) await page.keyboard.press(key);
      };
      const stops: (string | null)[] = [];
      for (let index = 0; index < 20 && !(stops.at(-1) ?? '').startsWith('Batch 12,'); index += 1) {
        await press('Tab');
        stops.push(await here());
      }
      assert.ok((stops.at(-1) ?? '').startsWith('Batch 12,'), `the chart is reached by Tab: ${stops.join(' | ')}`);
      await press('ArrowUp');
      assert.match((await here()) ?? '', /^Batch 11,/);
      await press('ArrowRight', 'ArrowRight');
      assert.equal(await here(), 'cv73p: Complete');
      await press('ArrowDown');
      assert.equal(await here(), 'lspz2: Error, Airflow retries');
      await press('ArrowLeft', 'ArrowLeft');
      assert.match((await here()) ?? '', /^Batch 12,/);
      await press('Home');
      assert.match((await here()) ?? '', /^Batch 1,/);
      await press('End');
      assert.match((await here()) ?? '', /^Batch 30,/);
      await press('PageUp', 'Enter');
      await waitFor('the details to have the keyboard', async () => (await here()) === 'Batch 12');
      await press('Tab');
      assert.equal(await here(), 'Close the details');
      await press('Escape');
      await waitFor('the chart to have it again', async () => /^Batch 12,/.test((await here()) ?? ''));
      assert.equal(await page.getByRole('complementary').count(), 0);
    });

    it('keeps exactly one place of the chart in the tab order', async () => {
      const { page } = await half();
      const stops = (): Promise<number> => page.locator('[role=grid] [tabindex="0"]').count();
      assert.equal(await stops(), 1);
      await page.getByRole('gridcell', { name: /^eq6en/ }).click();
      assert.equal(await stops(), 1);
      assert.equal(await page.locator('[role=grid] [tabindex="0"]').getAttribute('aria-label'), 'eq6en: Complete');
    });

    it('leads from a trouble to its batch', async () => {
      const { page } = await half();
      await page.getByRole('button', { name: /^Batch 12: error on/ }).click();
      await page.getByRole('complementary', { name: 'Details of Batch 12' }).waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-row')), 'batch-12');
    });
  });

  describe('a new snapshot', () => {
    function changed(of: Rollout, state: CellState): Rollout {
      return {
        ...of,
        batches: of.batches.map((each) =>
          each.number === 12
            ? { ...each, state, targets: each.targets.map((one) => ({ ...one, state, comment: '' })) }
            : each,
        ),
      };
    }

    it('is announced to screen readers once, in words, and not again by the clock', async () => {
      const { page, send } = await show({ fakeClock: true });
      const status = page.locator('.unseen[role=status]');
      await send(snapshot({ rollouts: [guestOs()] }));
      await page.getByRole('grid').waitFor();
      assert.equal(await status.textContent(), '');
      await send(snapshot({ rollouts: [changed(guestOs({ state: 'upgrading_subnets' }), 'waiting_for_adoption')] }));
      await page.getByText('Rollout: Upgrading subnets. Batch 12: Waiting for adoption').waitFor({ state: 'attached' });
      await send(snapshot({ rollouts: [changed(guestOs({ state: 'upgrading_subnets' }), 'waiting_for_alerts_gone')] }));
      await page.getByRole('row', { name: /^Batch 12, Waiting for alerts to clear/ }).waitFor();
      assert.match((await status.textContent()) ?? '', /adoption$/, 'not before the pause is over');
      await page.clock.runFor(11_000);
      assert.equal(await status.textContent(), 'Batch 12: Waiting for alerts to clear');
    });

    it('keeps what was chosen and where the keyboard stands', async () => {
      const { page, send } = await show();
      await send(snapshot({ rollouts: [guestOs()] }));
      await page.getByRole('row', { name: /^Batch 12,/ }).focus();
      await page.keyboard.press('ArrowDown');
      await page.getByRole('gridcell', { name: /^lspz2/ }).click();
      await page.getByRole('row', { name: /^Batch 13,/ }).focus();
      await send(snapshot({ rollouts: [changed(guestOs(), 'waiting_for_adoption')] }));
      await page.getByRole('row', { name: /^Batch 12, Waiting for adoption/ }).waitFor();
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('data-row')), 'batch-13');
      await page.getByRole('complementary', { name: 'Details of Batch 12' }).waitFor();
    });
  });
});

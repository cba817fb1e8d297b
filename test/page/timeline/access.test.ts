import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { week } from '../../../src/domain/base/time.ts';
import { rolloutKey } from '../../../src/domain/releases/rollout.ts';
import { runsOf } from '../../../src/domain/releases/timeline/comparison.ts';
import type { Mark } from '../../../src/domain/releases/timeline/marks.ts';
import {
  abandoned,
  apiBoundaryNodes,
  at,
  guestOs,
  hostOs,
  preparing,
  wednesday,
} from '../../support/feeds/rolloutBuilder.ts';
import { launchBrowser } from '../../support/vscode/browser.ts';
import { themes } from '../themes.ts';
import { withAxe } from '../axe.ts';
import type { PageServer } from '../pageServer.ts';
import { recordedWeek } from '../../support/feeds/rolloutRecords.ts';
import { openPage, serveTimeline, snapshot, type HostRecords, type TimelinePage } from './page.ts';
import { cut, plain, shift } from './weekMarks.ts';

const rollouts = [guestOs(), hostOs(), apiBoundaryNodes(), abandoned(), preparing()];
const failing = {
  condition: 'failing',
  sentence: 'The rollout dashboard does not answer',
  wayForward: 'Check the VPN.',
} as const;

const marks: readonly Mark[] = [
  cut,
  { ...plain, id: 'alert', kind: 'alert', at: at(2, 13, 20), text: 'P1, open: stalled', urgent: true },
  shift,
];

/** What the page shows when it is checked. */
const sights: readonly (readonly [
  name: string,
  shows: Partial<HostRecords>,
  act?: (opened: TimelinePage) => Promise<void>,
])[] = [
  ['a rollout', { rollouts }],
  [
    'the details of a subnet',
    { rollouts, engines: [{ kind: 'rollout_ic_os_to_mainnet_subnets', state: 'paused' }] },
    ({ page }) => page.getByRole('gridcell', { name: /^lspz2/ }).click(),
  ],
  [
    'a batch of HostOS',
    { rollouts, selected: rolloutKey(hostOs()) },
    ({ page }) => page.getByRole('row', { name: /^Main 14,/ }).click(),
  ],
  [
    'the batches as a table',
    { rollouts, selected: rolloutKey(guestOs()) },
    ({ page }) => page.getByText('Batches as a table').press('Enter'),
  ],
  [
    'what else happens, on the axis',
    { rollouts, selected: rolloutKey(guestOs()) },
    async ({ page, post }) => {
      await post({ type: 'marks', rollout: rolloutKey(guestOs()), marks });
      await page.clock.runFor(1_000);
      await page.getByRole('row', { name: /^Batch 1,/ }).click();
      // The last mark, which does not belong to all batches.
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('End');
    },
  ],
  [
    'a past state, beside another run',
    { rollouts, selected: rolloutKey(guestOs()) },
    async ({ page, post }) => {
      const runs = runsOf(guestOs()).map(({ row, start, end }) => ({
        row,
        start: start - week,
        end: end && end - week,
      }));
      await post({ type: 'runs', rollout: rolloutKey(guestOs()), compared: { name: 'last week', runs } });
      await post({
        type: 'record',
        record: {
          rollout: rolloutKey(guestOs()),
          gaps: [{ start: at(0, 10), end: at(0, 12) }],
          fromStart: true,
          steps: [
            { at: at(0, 9), states: [['pending', ['batch-1']]] },
            { at: at(0, 13), states: [['complete', ['batch-1']]] },
          ],
          until: wednesday,
        },
      });
      await page.clock.runFor(1_000);
      await page.getByRole('slider', { name: 'State of' }).press('ArrowLeft');
    },
  ],
  ['a rollout that was given up', { rollouts, selected: rolloutKey(abandoned()) }],
  ['the subnets of each batch', { rollouts, selected: rolloutKey(guestOs()) }, unfold],
  ['a rollout without a plan, and a dashboard that fails', { rollouts: [preparing()], feed: failing }],
  ['no rollouts', {}],
];

/** Zooms in until each subnet has its line, one of which is chosen. */
async function unfold({ page, post }: TimelinePage): Promise<void> {
  await post({ type: 'record', record: recordedWeek(guestOs(), [{ start: at(2, 11), end: at(2, 12) }]) });
  await page.locator('.row[tabindex="0"]').focus();
  for (let time = 0; time < 7; time++) await page.keyboard.press('+');
  await page.locator('[data-history] .stretch').first().waitFor({ state: 'attached' });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

describe('the timeline for everybody', function () {
  this.timeout(60_000);
  let browser: Browser;
  let server: PageServer;

  before(async () => {
    [browser, server] = await Promise.all([launchBrowser(), serveTimeline()]);
  });
  after(() => Promise.all([browser.close(), server.close()]));

  for (const theme of themes) {
    it(`has nothing that axe-core objects to: ${theme.name}`, async () => {
      const opened = await openPage(browser, server, { theme, fakeClock: true, reducedMotion: 'reduce' });
      const violations = await withAxe(opened.page);
      const found: string[] = [];
      for (const [name, shows, act] of sights) {
        await opened.send(snapshot(shows));
        await opened.page.clock.runFor(1_000);
        await act?.(opened);
        await opened.page.clock.runFor(1_000);
        found.push(...(await violations()).map((violation) => `${name}: ${violation}`));
      }
      assert.deepEqual(found, []);
      await opened.page.context().close();
    });
  }
});

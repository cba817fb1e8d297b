import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { rolloutKey } from '../../src/domain/releases/rollout.ts';
import { abandoned, apiBoundaryNodes, guestOs, hostOs, preparing } from '../support/feeds/rolloutBuilder.ts';
import { launchBrowser } from '../support/vscode/browser.ts';
import { themes } from './themes.ts';
import { withAxe } from './axe.ts';
import type { PageServer } from './pageServer.ts';
import { openPage, serveTimeline, snapshot, type Known } from './timelinePage.ts';

const rollouts = [guestOs(), hostOs(), apiBoundaryNodes(), abandoned(), preparing()];
const failing = {
  condition: 'failing',
  sentence: 'The rollout dashboard does not answer',
  wayForward: 'Check the VPN.',
} as const;

/** What the page shows when it is looked at. */
const sights: readonly (readonly [name: string, shows: Partial<Known>, act?: (page: Page) => Promise<void>])[] = [
  ['a rollout', { rollouts }],
  [
    'the details of a subnet',
    { rollouts, engines: [{ kind: 'rollout_ic_os_to_mainnet_subnets', state: 'paused' }] },
    (page) => page.getByRole('gridcell', { name: /^lspz2/ }).click(),
  ],
  [
    'a batch of HostOS',
    { rollouts, selected: rolloutKey(hostOs()) },
    (page) => page.getByRole('row', { name: /^Main 14,/ }).click(),
  ],
  [
    'the batches as a table',
    { rollouts, selected: rolloutKey(guestOs()) },
    (page) => page.getByText('Batches as a table').press('Enter'),
  ],
  ['a rollout that was given up', { rollouts, selected: rolloutKey(abandoned()) }],
  ['a rollout without a plan, and a dashboard that fails', { rollouts: [preparing()], feed: failing }],
  ['no rollouts', {}],
];

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
      const opened = await openPage(browser, server, { theme, fakeClock: true });
      const violations = await withAxe(opened.page);
      const found: string[] = [];
      for (const [name, shows, act] of sights) {
        await opened.send(snapshot(shows));
        await opened.page.clock.runFor(1_000);
        await act?.(opened.page);
        await opened.page.clock.runFor(1_000);
        found.push(...(await violations()).map((violation) => `${name}: ${violation}`));
      }
      assert.deepEqual(found, []);
      await opened.page.context().close();
    });
  }
});

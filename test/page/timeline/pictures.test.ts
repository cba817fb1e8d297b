import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { rolloutKey, type Rollout } from '../../../src/domain/releases/rollout.ts';
import { minute } from '../../../src/domain/base/time.ts';
import type { RolloutRecord } from '../../../src/domain/releases/timeline/record.ts';
import { launchBrowser } from '../../support/vscode/browser.ts';
import { abandoned, apiBoundaryNodes, at, guestOs, hostOs, preparing } from '../../support/feeds/rolloutBuilder.ts';
import { recordedWeek } from '../../support/feeds/rolloutRecords.ts';
import { theme } from '../themes.ts';
import type { PageServer } from '../pageServer.ts';
import { openPage, serveTimeline, snapshot, type HostRecords } from './page.ts';

const folder = fileURLToPath(new URL('../../../out/screenshots', import.meta.url));
const rollouts = [guestOs(), hostOs(), apiBoundaryNodes(), abandoned(), preparing()];

/** Late and still adopting: the batches behind it move. */
function late(): Rollout {
  const of = guestOs();
  const batches = of.batches.map((each) =>
    each.number === 12
      ? {
          ...each,
          actualStart: at(2, 13, 20),
          state: 'waiting_for_election' as const,
          targets: each.targets.map((one) => ({ ...one, state: 'waiting_for_election' as const, comment: '' })),
        }
      : each.number === 13
        ? { ...each, plannedStart: at(2, 13, 45) }
        : each,
  );
  return guestOs({ state: 'upgrading_subnets', batches });
}

interface Picture {
  readonly name: string;
  readonly theme: string;
  readonly width: number;
  /** Further widths, which are shown on the same page. */
  readonly also?: readonly number[];
  readonly height: number;
  readonly shows: Partial<HostRecords>;
  readonly record?: RolloutRecord;
  readonly then?: (page: Page) => Promise<void>;
}

const choose = (of: Rollout): Partial<HostRecords> => ({ rollouts, selected: rolloutKey(of) });
const failing = {
  condition: 'failing',
  sentence: 'The rollout dashboard does not answer',
  wayForward: 'Check the VPN.',
} as const;
const paused = [{ kind: 'rollout_ic_os_to_mainnet_subnets', state: 'paused' }] as const;

const pictured = ['dark', 'light', 'hc-black', 'hc-light'];

const pictures: readonly Picture[] = [
  ...pictured.map((name) => ({ name, theme: name, width: 1200, also: [800, 420], height: 900, shows: { rollouts } })),
  ...pictured.map((name) => ({
    name: `${name}-details`,
    theme: name,
    width: 1400,
    height: 900,
    shows: {
      rollouts: [late(), ...rollouts.slice(1)],
      selected: rolloutKey(late()),
      engines: paused,
      now: at(2, 13, 50) + 11 * minute,
    },
    then: (page: Page) => page.getByRole('gridcell', { name: /^lspz2/ }).click(),
  })),
  ...pictured.map((name) => ({
    name: `${name}-unfolded`,
    theme: name,
    width: 1280,
    also: [800, 420],
    height: 900,
    shows: { rollouts },
    record: recordedWeek(guestOs(), [{ start: at(2, 12, 5), end: at(2, 12, 25) }]),
    then: async (page: Page) => {
      await page.locator('.row[tabindex="0"]').focus();
      for (let time = 0; time < 7; time++) await page.keyboard.press('+');
      await page.locator('[data-history] .stretch').first().waitFor({ state: 'attached' });
    },
  })),
  {
    name: 'host-os',
    theme: 'dark',
    width: 1200,
    height: 900,
    shows: choose(hostOs()),
    then: (page) => page.getByRole('row', { name: /^Main 14,/ }).click(),
  },
  { name: 'api-boundary-nodes', theme: 'light', width: 1200, height: 900, shows: choose(apiBoundaryNodes()) },
  { name: 'abandoned', theme: 'dark', width: 1200, height: 900, shows: choose(abandoned()) },
  { name: 'no-plan', theme: 'light', width: 900, height: 600, shows: choose(preparing()) },
  { name: 'none', theme: 'dark', width: 900, height: 500, shows: {} },
  {
    name: 'loading',
    theme: 'dark',
    width: 900,
    height: 500,
    shows: { asOf: undefined, feed: { condition: 'loading' } },
  },
  { name: 'unreachable', theme: 'light', width: 900, height: 500, shows: { asOf: undefined, feed: failing } },
  {
    name: 'failing-700',
    theme: 'light',
    width: 700,
    height: 900,
    shows: { rollouts, feed: failing, asOf: at(2, 11, 30) },
  },
  { name: '320', theme: 'dark', width: 320, height: 900, shows: { rollouts } },
  { name: '2000', theme: 'dark', width: 2000, height: 1000, shows: { rollouts } },
];

/** The contrast of a text with what is behind it, by WCAG; 1 to 21. */
async function weakTexts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    if (canvas === null) return ['no canvas'];
    const luminance = (layers: readonly string[]): number => {
      canvas.clearRect(0, 0, 1, 1);
      for (const layer of layers) {
        canvas.fillStyle = layer;
        canvas.fillRect(0, 0, 1, 1);
      }
      const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const backgrounds = (element: Element | null): readonly string[] =>
      element === null ? [] : [...backgrounds(element.parentElement), getComputedStyle(element).backgroundColor];
    const texts = [...document.querySelectorAll('#timeline *')].filter(
      (each) =>
        [...each.childNodes].some((node) => node instanceof Text && node.data.trim() !== '') &&
        each.closest('.unseen, option, optgroup') === null,
    );
    return texts.flatMap((each) => {
      const behind = backgrounds(each);
      const [a, b] = [luminance([...behind, getComputedStyle(each).color]), luminance(behind)];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      return contrast < 4.5 ? [`${each.className} "${each.textContent}" ${contrast.toFixed(2)}`] : [];
    });
  });
}

/** How the lines that mark the present are painted; none where now is not on the chart. */
function nowLineColors(page: Page): Promise<string[]> {
  return page.locator('.now-line').evaluateAll((lines) => lines.map((each) => getComputedStyle(each).backgroundColor));
}

describe('pictures of the timeline page', function () {
  this.timeout(30_000);
  let browser: Browser;
  let server: PageServer;

  before(async () => {
    mkdirSync(folder, { recursive: true });
    [browser, server] = await Promise.all([launchBrowser(), serveTimeline()]);
  });

  after(async () => {
    await browser.close();
    await server.close();
  });

  for (const picture of pictures) {
    it(`${picture.name}: every text is legible`, async () => {
      const { name, width, also = [], height, shows, record, then } = picture;
      const { page, send, post, faults } = await openPage(browser, server, {
        theme: theme(picture.theme),
        viewport: { width, height },
      });
      await send(snapshot(shows));
      await page.locator('h1, .empty').first().waitFor();
      if (record !== undefined) await post({ type: 'record', record });
      await then?.(page);
      for (const each of [width, ...also]) {
        if (each !== width) await page.setViewportSize({ width: each, height });
        await page.evaluate(
          () => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))),
        );
        await page.screenshot({ path: `${folder}/timeline-${each === width ? name : `${name}-${each}`}.png` });
        assert.deepEqual(await weakTexts(page), [], `at ${each} pixels`);
        for (const color of await nowLineColors(page)) {
          assert.notEqual(color, 'rgba(0, 0, 0, 0)', 'the now-line is seen');
        }
      }
      assert.deepEqual(faults, []);
      await page.context().close();
    });
  }
});

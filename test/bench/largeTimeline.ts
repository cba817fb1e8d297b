import type { Browser, Page } from 'playwright-core';
import { SnapshotSender, type SnapshotMessage } from '../../src/domain/releases/timeline/sentSnapshots.ts';
import type { PageServer } from '../page/pageServer.ts';
import { lanesOf, openPage, snapshot, snapshotOf, type TimelinePage } from '../page/timeline/page.ts';
import { theme } from '../page/themes.ts';
import { largeRollouts } from '../support/feeds/largeRollouts.ts';
import { recordedWeek } from '../support/feeds/rolloutRecords.ts';
import type { Figure } from './figures.ts';
import { referenceMs, timesOf } from './times.ts';

// The page with ten rollouts of each kind, each with 60 batches of 50 subnets or nodes; all but one of them as lanes, unfolded.

const [paints, changes, pans] = [5, 15, 5];

/** What the page takes for many rollouts, by the browser's own clocks and trace: as it opens, and zoomed in to each subnet. */
export async function largeTimeline(browser: Browser, server: PageServer): Promise<readonly Figure[]> {
  return [
    ...(await figuresOf(browser, server, '', undefined)),
    ...(await figuresOf(browser, server, ', each subnet unfolded', unfoldedZoom)),
  ];
}

/** How wide an hour is where about one and a half are in the view, in pixels. */
const unfoldedZoom = 600;

async function figuresOf(
  browser: Browser,
  server: PageServer,
  how: string,
  zoom: number | undefined,
): Promise<readonly Figure[]> {
  const first: number[] = [];
  for (let paint = 0; paint < paints; paint++) {
    const opened = await openLarge(browser, server, zoom);
    first.push((await opened.show(0)).pageMs);
    await opened.timelinePage.page.context().close();
  }
  const opened = await openLarge(browser, server, zoom);
  await opened.show(0);
  await postRecord(opened.timelinePage, zoom !== undefined);
  const updates: ShownTimes[] = [];
  for (let done = 1; done <= changes; done++) updates.push(await opened.show(done));
  const zooms = await zoomTimes(opened.timelinePage.page);
  const dropped: number[] = [];
  for (let pan = 0; pan < pans; pan++) dropped.push(await droppedFrames(browser, opened.timelinePage.page, pan));
  return [
    figure(`first paint of 30 rollouts${how}`, 100, first),
    figure(
      `update of one of them${how}`,
      16,
      updates.map(({ pageMs }) => pageMs),
    ),
    figure(
      `change of one of them to the repainted page${how}`,
      200,
      updates.map(({ arrivalMs }) => arrivalMs),
    ),
    figure(`processor time of a step of zoom${how}`, 16, zooms),
    {
      name: `frames dropped while panning${how}, in the best of five`,
      value: Math.min(...dropped),
      unit: 'frames',
      limit: 0,
      note: `by the browser's trace: ${dropped.join(', ')}`,
    },
  ];
}

/** Sends what was recorded of the rollout that is shown, and waits until it is drawn where it is. */
async function postRecord({ page, post }: TimelinePage, isDrawn: boolean): Promise<void> {
  const { shown } = snapshotOf(snapshot({ rollouts: largeRollouts() }), { selected: undefined, pinned: undefined });
  if (shown === undefined) throw new Error('No rollout is shown.');
  await post({ type: 'record', record: recordedWeek(shown.rollout) });
  await page.getByRole('slider').waitFor();
  if (isDrawn) await page.locator('.stretch').first().waitFor({ state: 'attached' });
}

function figure(name: string, limit: number, values: readonly number[]): Figure {
  const { median, least } = timesOf(values);
  return { name, value: median, unit: 'ms', limit, least, ratio: median / referenceMs() };
}

interface ShownTimes {
  /** For how long the page worked, from the message to its paint, in milliseconds. */
  readonly pageMs: number;
  /** From what the host knows to the paint, in milliseconds. */
  readonly arrivalMs: number;
}

async function openLarge(
  browser: Browser,
  server: PageServer,
  zoom: number | undefined,
): Promise<{ readonly timelinePage: TimelinePage; readonly show: (done: number) => Promise<ShownTimes> }> {
  const timelinePage = await openPage(browser, server, { theme: theme('dark'), state: { zoom } });
  const sender = new SnapshotSender();
  const choice = { selected: undefined, pinned: undefined };
  const show = async (done: number): Promise<ShownTimes> => {
    const known = snapshot({ rollouts: largeRollouts(done) });
    const message = snapshotOf(known, choice);
    // The host sends them first, and only where they changed.
    if (done === 0) await timelinePage.post(lanesOf(known, message, new Map()));
    const began = performance.timeOrigin + performance.now();
    const { pageMs, paintedAt } = await painted(timelinePage.page, sender.next(message));
    return { pageMs, arrivalMs: paintedAt - began };
  };
  return { timelinePage, show };
}

/** Sends a message to the page. `paintedAt`: when the page has painted it, by the clock of this machine. */
function painted(
  page: Page,
  message: SnapshotMessage,
): Promise<{ readonly pageMs: number; readonly paintedAt: number }> {
  return page.evaluate(
    (text) =>
      new Promise<{ pageMs: number; paintedAt: number }>((resolve) => {
        const data: unknown = JSON.parse(text);
        let began: number | undefined;
        const onMessage = (): void => {
          // The page, which listens first, does nothing for the first message and has rendered the second one.
          if (began === undefined) {
            began = performance.now();
            return;
          }
          const rendered = performance.now() - began;
          window.removeEventListener('message', onMessage);
          requestAnimationFrame(() => {
            const frame = performance.now();
            // A task that comes after a frame comes after its paint.
            setTimeout(() => {
              const now = performance.now();
              resolve({ pageMs: rendered + now - frame, paintedAt: performance.timeOrigin + now });
            });
          });
        };
        window.addEventListener('message', onMessage);
        window.postMessage('begin', '*');
        window.postMessage(data, '*');
      }),
    JSON.stringify(message),
  );
}

/** The processor time that scripts, styles and layout take for each of some steps of zoom, in milliseconds: in, and back. */
async function zoomTimes(page: Page): Promise<readonly number[]> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    const parts = metrics.filter(({ name }) => /^(Script|Layout|RecalcStyle)Duration$/.test(name));
    return 1_000 * parts.reduce((sum, { value }) => sum + value, 0);
  };
  const times: number[] = [];
  for (const key of [...Array<string>(8).fill('+'), ...Array<string>(8).fill('-')]) {
    const before = await worked();
    await page.evaluate((pressed) => {
      document.querySelector('.row')?.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, bubbles: true }));
      // A task that comes after a frame comes after its paint.
      return new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
    }, key);
    times.push((await worked()) - before);
  }
  await devtools.detach();
  return times;
}

interface Trace {
  readonly traceEvents: readonly { readonly name: string; readonly args: { readonly hasPartialUpdate?: boolean } }[];
}

/**
 * How many frames the browser drops while the chart is scrolled through many batches. A frame that has the scrolled picture
 * and not yet what the page changed for it is a partial one in the trace: it is not dropped.
 */
async function droppedFrames(browser: Browser, page: Page, pan: number): Promise<number> {
  const chart = await page.locator('.chart').boundingBox();
  if (chart === null) throw new Error('The chart is not to be seen.');
  const devtools = await page.context().newCDPSession(page);
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline.frame'] });
  await devtools.send('Input.synthesizeScrollGesture', {
    x: chart.x + chart.width / 2,
    y: chart.y + chart.height / 2,
    yDistance: pan % 2 === 0 ? -4_000 : 4_000,
    speed: 2_000,
    gestureSourceType: 'mouse',
  });
  const trace = JSON.parse((await browser.stopTracing()).toString()) as Trace;
  await devtools.detach();
  return trace.traceEvents.filter(({ name, args }) => name === 'DroppedFrame' && args.hasPartialUpdate !== true).length;
}

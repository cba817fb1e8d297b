import { rolloutKey } from '../../src/domain/releases/rollout.ts';
import { Feed } from '../../src/engine/read/feed.ts';
import { failureRules } from '../../src/feeds/failureRules.ts';
import { serviceOfFeed } from '../../src/feeds/feeds.ts';
import { rolloutsFeed, RolloutStream } from '../../src/feeds/releases/rollouts.ts';
import { enginesOf, rolloutsKey } from '../../src/feeds/releases/keys.ts';
import { openPage, serveTimeline, snapshot, type TimelinePage } from '../page/timeline/page.ts';
import { theme } from '../page/themes.ts';
import { startSimulator, type Simulator } from '../simulator/simulator.ts';
import { launchBrowser } from '../support/vscode/browser.ts';
import { headless } from '../support/vscode/headless.ts';
import { waitFor } from '../support/base/waitFor.ts';
import type { Figure } from './figures.ts';
import { largeTimeline } from './largeTimeline.ts';
import { referenceMs, timesOf } from './times.ts';

const changes = 15;
const limit = 200;

/** From a change that the dashboard writes into its event stream to the page that has painted it, and what many rollouts take. */
export async function timeline(): Promise<readonly Figure[]> {
  const simulator = await startSimulator();
  const [browser, server] = await Promise.all([launchBrowser(), serveTimeline()]);
  try {
    const page = await openPage(browser, server, { theme: theme('dark') });
    const times = timesOf(await repaints(simulator, page));
    return [
      {
        name: 'change in the event stream to repainted timeline',
        value: times.median,
        unit: 'ms',
        limit,
        least: times.least,
        ratio: times.median / referenceMs(),
        note: 'the way through VS Code’s own messages is not in it',
      },
      ...(await largeTimeline(browser, server)),
    ];
  } finally {
    await browser.close();
    await server.close();
    await simulator.stop();
  }
}

async function repaints(simulator: Simulator, timelinePage: TimelinePage): Promise<number[]> {
  const parts = headless(simulator);
  const { clock, clients, store, log } = parts;
  const context = { store, clock, log, random: Math.random, rules: failureRules(serviceOfFeed) };
  const feed = new Feed(rolloutsFeed(clients.rollouts, store, context.clock), context);
  const stream = new RolloutStream(clients.rollouts, feed, context);
  // As the panel does it: the whole state with every change.
  const following = store.onDidChange(({ feed: name }) => {
    if (name !== rolloutsKey.name) return;
    const rollouts = [...store.state(rolloutsKey).records.values()];
    const selected = rollouts.find(({ kind }) => kind === 'rollout_ic_os_to_mainnet_subnets');
    const now = simulator.world().now();
    const known = { now, asOf: now, rollouts, engines: enginesOf(store) };
    void timelinePage.send(snapshot({ ...known, selected: selected === undefined ? undefined : rolloutKey(selected) }));
  });
  try {
    stream.attend('active');
    stream.start();
    await timelinePage.page.locator('#timeline select option').first().waitFor({ state: 'attached' });
    await watchPaints(timelinePage);
    const times: number[] = [];
    for (let change = 0; change < changes; change++) {
      const writtenAt = performance.timeOrigin + performance.now();
      // Trouble shows in every part of the page.
      const state = change % 2 === 0 ? 'waiting_for_adoption' : 'error';
      simulator.switch('rollouts', 'setCell', { batch: 12, subnet: 'o3ow2', state });
      const paintedAt = await waitFor('the repainted page', () => lastPaint(timelinePage, writtenAt), { everyMs: 20 });
      times.push(paintedAt - writtenAt);
    }
    return times;
  } finally {
    following.dispose();
    stream.dispose();
    feed.dispose();
    parts.dispose();
  }
}

interface Watched {
  paintedAt: number;
}

/** From now on the page notes when it has painted what a message brought. */
async function watchPaints({ page }: TimelinePage): Promise<void> {
  await page.evaluate(() => {
    const watched = window as unknown as Watched;
    watched.paintedAt = 0;
    // The page, which listens first, renders before the next frame; a task that comes after a frame comes after its paint.
    window.addEventListener('message', () => {
      requestAnimationFrame(() => setTimeout(() => (watched.paintedAt = performance.timeOrigin + performance.now())));
    });
  });
}

/** When the page last painted a message; undefined when that was before `after`. Both by the clock of this machine. */
async function lastPaint({ page }: TimelinePage, after: number): Promise<number | undefined> {
  const paintedAt = await page.evaluate(() => (window as unknown as Watched).paintedAt);
  return paintedAt > after ? paintedAt : undefined;
}

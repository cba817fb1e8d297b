import assert from 'node:assert/strict';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { rolloutKey, type Rollout, type RolloutKind } from '../../../src/domain/releases/rollout.ts';
import type { BatchRun } from '../../../src/domain/releases/timeline/comparison.ts';
import {
  laneBasis,
  laneOf,
  lanesBeside,
  recordedLanes,
  type LanesMessage,
} from '../../../src/domain/releases/timeline/lanes.ts';
import { parsePageMessage, type Snapshot } from '../../../src/domain/releases/timeline/messages.ts';
import { SnapshotSender, type SnapshotMessage } from '../../../src/domain/releases/timeline/sentSnapshots.ts';
import { headingOf, shownOf } from '../../../src/domain/releases/timeline/shown.ts';
import { inOrderOfInterest } from '../../../src/domain/releases/timeline/timeline.ts';
import type { RolloutTimes } from '../../../src/domain/releases/times/current.ts';
import type { KindEstimates } from '../../../src/domain/releases/times/estimates.ts';
import { waitOf } from '../../../src/domain/releases/waits.ts';
import { withPlainNote } from '../../../src/views/releases/plainNote.ts';
import { wednesday } from '../../support/feeds/rolloutBuilder.ts';
import { launchBrowser } from '../../support/vscode/browser.ts';
import { newPage } from '../newPage.ts';
import { servePage, type PageServer } from '../pageServer.ts';
import { theme, type Theme } from '../themes.ts';

// The real page, as it ships, in a real browser: only the editor around it is a stub.

/** Serves the page of the timeline. */
export const serveTimeline = (): Promise<PageServer> => servePage('timeline', 'Release Timeline');

/** What the host knows; what of it the page is sent is decided as the host does. */
export interface HostRecords extends Omit<Snapshot, 'rollouts' | 'shown'> {
  readonly rollouts: readonly Rollout[];
  readonly times: readonly RolloutTimes[];
  readonly estimates: Readonly<Partial<Record<RolloutKind, KindEstimates>>>;
}

/** When the batches ran of rollouts that only the record knows. Without it the page is sent no other rollouts. */
export type Recorded = ReadonlyMap<string, readonly BatchRun[]>;

/** The page with a stub of the editor around it. */
export interface TimelinePage {
  readonly page: Page;
  /** What the page posted, oldest first. */
  readonly posted: () => Promise<readonly unknown[]>;
  /** The state that the page asked the editor to keep. */
  readonly saved: () => Promise<unknown>;
  /** The page is sent what the host knows now, and again each time that a person chooses another rollout. */
  readonly send: (known: HostRecords, recorded?: Recorded) => Promise<void>;
  /** Any message, by the editor's `postMessage`, which sends JSON. */
  readonly post: (message: unknown) => Promise<void>;
  /** What the policy refused, and what went wrong in the page. */
  readonly faults: readonly string[];
}

export interface PageOptions extends BrowserContextOptions {
  readonly theme: Theme;
  readonly state?: unknown;
  readonly bodyClass?: string;
  /** Fakes the browser's clock, which then moves only by `page.clock`. */
  readonly fakeClock?: boolean;
}

export async function openPage(browser: Browser, server: PageServer, options: PageOptions): Promise<TimelinePage> {
  const { theme, state, bodyClass, fakeClock, ...context } = options;
  const { page, faults } = await newPage(
    browser,
    { viewport: { width: 1200, height: 900 }, ...context },
    { ...theme, bodyClass: `${theme.bodyClass} ${bodyClass ?? ''}` },
  );
  if (fakeClock === true) await page.clock.install({ time: wednesday });
  const host = hostDouble(async (message) => post(message));
  await page.exposeFunction('toHost', host.receive);
  await page.addInitScript(
    ({ saved }) => {
      const posted: unknown[] = [];
      let kept: unknown = saved;
      Object.assign(window, {
        posted,
        kept: () => kept,
        acquireVsCodeApi: () => ({
          postMessage: (message: unknown) => {
            posted.push(JSON.parse(JSON.stringify(message)));
            void (window as unknown as { toHost: (message: unknown) => Promise<void> }).toHost(message);
          },
          getState: () => kept,
          setState: (next: unknown) => void (kept = JSON.parse(JSON.stringify(next))),
        }),
      });
    },
    { saved: state },
  );
  await page.goto(server.url);
  await page.locator('#timeline > *').first().waitFor();
  const post = async (message: unknown): Promise<void> => {
    await page.evaluate((data) => window.postMessage(data, '*'), JSON.parse(JSON.stringify(message)));
  };
  return {
    page,
    faults,
    post,
    posted: () => page.evaluate(() => (window as unknown as { posted: unknown[] }).posted),
    saved: () => page.evaluate(() => (window as unknown as { kept: () => unknown }).kept()),
    send: host.send,
  };
}

/** The host as far as it decides which rollout is shown. */
function hostDouble(post: (message: SnapshotMessage | LanesMessage) => Promise<void>) {
  const sender = new SnapshotSender();
  let known: HostRecords | undefined;
  let recorded: Recorded | undefined;
  const choice: { selected: string | undefined; pinned: string | undefined } = {
    selected: undefined,
    pinned: undefined,
  };
  const answer = async (): Promise<void> => {
    if (known === undefined) return;
    const message = snapshotOf(known, choice);
    const lanes = recorded && lanesOf(known, message, recorded);
    if (lanes !== undefined) await post(lanes);
    if (message.shown !== undefined) choice.pinned = rolloutKey(message.shown.rollout);
    await post(sender.next(message));
  };
  return {
    send: async (now: HostRecords, ofRecord?: Recorded): Promise<void> => {
      recorded = ofRecord;
      if (now.selected !== undefined && now.selected !== known?.selected) choice.selected = now.selected;
      known = now;
      await answer();
    },
    receive: async (raw: unknown): Promise<void> => {
      const message = parsePageMessage(raw);
      if (!message.ok) return;
      const { value } = message;
      if (value.type !== 'ready' && value.type !== 'resend' && value.type !== 'select') return;
      if (value.type === 'select') choice.selected = value.rollout;
      else sender.reset();
      if (value.type === 'ready') choice.selected ??= value.rollout;
      await answer();
    },
  };
}

/** What the page is sent of other rollouts. */
export function lanesOf(
  { rollouts, now, estimates }: HostRecords,
  { shown }: Snapshot,
  recorded: Recorded,
): LanesMessage | undefined {
  if (shown === undefined) return undefined;
  const lanes = lanesBeside(shown.rollout, inOrderOfInterest(rollouts), recordedLanes(recorded), (rollout) =>
    laneOf(rollout, laneBasis(rollout, { now, estimates: estimates[rollout.kind] })),
  );
  return { type: 'lanes', lanes };
}

/** A message that has all of what is known, while this is chosen. */
export function messageOf(known: HostRecords, choice: Parameters<typeof shownOf>[1]): SnapshotMessage {
  return new SnapshotSender().next(snapshotOf(known, choice));
}

/** What the page is sent of what is known, while this is chosen. */
export function snapshotOf(known: HostRecords, { selected, pinned }: Parameters<typeof shownOf>[1]): Snapshot {
  const { rollouts, times, estimates, ...rest } = known;
  const offered = inOrderOfInterest(rollouts);
  const rollout = shownOf(offered, { selected, pinned });
  const whole = rollout && {
    rollout: withPlainNote(rollout),
    wait: waitOf(rollout, offered),
    times: times.find((each) => each.rollout === rolloutKey(rollout)),
    estimates: estimates[rollout.kind],
  };
  return { ...rest, rollouts: offered.map(headingOf), shown: whole, selected };
}

/** What is known on a Wednesday at 13:50:11 UTC, and fresh. */
export function snapshot(over: Partial<HostRecords> = {}): HostRecords {
  return {
    type: 'snapshot',
    now: wednesday,
    rollouts: [],
    engines: [],
    times: [],
    estimates: {},
    asOf: wednesday - 4_000,
    feed: { condition: 'fresh' },
    locale: 'en-GB',
    timeZone: 'utc',
    ...over,
  };
}

/** For the tests of one file: a browser and the page as it ships. */
export interface Pages {
  readonly server: PageServer;
  readonly show: (options?: Partial<PageOptions>) => Promise<TimelinePage>;
}

/** Has a browser for the tests of the present `describe`, and checks after each that nothing failed or was refused in its page. */
export function usePages(): Pages {
  let browser: Browser;
  let server: PageServer;
  let open: TimelinePage | undefined;

  before(async () => {
    [browser, server] = await Promise.all([launchBrowser(), serveTimeline()]);
  });

  after(async () => {
    await browser.close();
    await server.close();
  });

  afterEach(async () => {
    const faults = open?.faults ?? [];
    await open?.page.context().close();
    open = undefined;
    assert.deepEqual(faults, []);
  });

  return {
    get server() {
      return server;
    },
    show: async (options = {}) => (open = await openPage(browser, server, { theme: theme('dark'), ...options })),
  };
}

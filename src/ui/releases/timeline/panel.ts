import * as vscode from 'vscode';
import { dashboard, subjectPage } from '../../../domain/links/pages.ts';
import { rolloutKey, type Rollout } from '../../../domain/releases/rollout.ts';
import {
  airflowUrl,
  parsePageMessage,
  type CopyText,
  type OpenTarget,
  type PageMessage,
  type Snapshot,
} from '../../../domain/releases/timeline/messages.ts';
import type { HostMessage } from '../../../domain/releases/timeline/hostMessages.ts';
import type { OpenedByMark } from '../../../domain/releases/timeline/marks.ts';
import { SnapshotSender } from '../../../domain/releases/timeline/sentSnapshots.ts';
import { shownOf } from '../../../domain/releases/timeline/shown.ts';
import type { Failure } from '../../../domain/base/failure.ts';
import type { Disposable } from '../../../engine/base/clock.ts';
import { Lifetime } from '../../../engine/base/lifetime.ts';
import type { Store } from '../../../engine/read/store.ts';
import type { Feeds } from '../../../feeds/feeds.ts';
import {
  enginesKey,
  fullReadKey,
  pastLengthsKey,
  releasesKey,
  rolloutsKey,
  timesKey,
} from '../../../feeds/releases/keys.ts';
import { rotationsKey } from '../../../feeds/rotation/keys.ts';
import { linkTo } from '../../../views/releases/opening.ts';
import { openPage } from '../../kit/openPage.ts';
import { fillPanel } from '../../kit/pagePanels.ts';
import type { Host } from '../../kit/host.ts';
import type { Documents } from '../../kit/documents.ts';
import type { LiveLinks } from '../../links/liveLinks.ts';
import { saveImage } from './images.ts';
import { pickCompared } from './comparison.ts';
import { marksOf } from './marks.ts';
import { drawnRollouts, snapshotOf } from './snapshot.ts';
import { TimelineLanes } from './lanes.ts';
import { TimelineRecords, type TimelineRecordsParts } from './records.ts';

export interface TimelineParts extends Pick<Host, 'clock' | 'log' | 'settings'> {
  readonly extensionUri: vscode.Uri;
  readonly store: Store<Failure>;
  readonly feeds: Pick<Feeds, 'rollouts'>;
  readonly links: Pick<LiveLinks, 'current' | 'onDidChange'>;
  readonly documents: Pick<Documents, 'open'>;
  readonly times: TimelineRecordsParts['times'];
}

/** What is shown of a rollout that is opened. */
export interface OpenOptions {
  /** The keyboard stays where it is. */
  readonly keepFocus?: boolean;
  /** The batch (`rowId`) whose details are shown. */
  readonly batch?: string | undefined;
  /** What is made of the timeline once it is shown. */
  readonly wanted?: NonNullable<Snapshot['wanted']>['format'];
  /** A person is asked what the rollout is compared with, once it is shown. */
  readonly compare?: boolean;
}

/** One panel with its page. Each is answered for itself: VS Code can bring back a second one after a reload. */
interface Page {
  readonly panel: vscode.WebviewPanel;
  /** The page has requested its state. */
  isReady: boolean;
  selected: string | undefined;
  /** See `RolloutChoice`. */
  pinned: string | undefined;
  readonly records: TimelineRecords;
  readonly lanes: TimelineLanes;
  readonly snapshots: SnapshotSender;
  /** The marks that it was sent last. */
  marks: string;
  /** The batch whose details are to be shown; until that was sent. */
  batch: Snapshot['batch'];
  /** What is requested of the page; until that was sent. */
  wanted: Snapshot['wanted'];
  /** What it shows is to be compared; until a person was asked with what. */
  isToCompare: boolean;
}

/** The feeds whose changes the page shows. */
const sentFeeds: ReadonlySet<string> = new Set([
  rolloutsKey.name,
  enginesKey.name,
  fullReadKey.name,
  timesKey.name,
  pastLengthsKey.name,
]);
/** Those that marks are made from, besides links. */
const markedFeeds: ReadonlySet<string> = new Set([releasesKey.name, rotationsKey.name]);

/** The extension host's side of the release timeline. */
export class TimelinePanel implements Disposable {
  readonly #parts: TimelineParts;
  readonly #lifetime = new Lifetime();
  /** The panels that are open, the one that was used last at the end. */
  readonly #pages = new Set<Page>();
  /** How often something was requested of a page. */
  #requests = 0;

  constructor(parts: TimelineParts) {
    this.#parts = parts;
    this.#lifetime.own(
      parts.store.onDidChange(({ feed }) => {
        if (sentFeeds.has(feed)) this.#sendAll();
        else if (markedFeeds.has(feed)) this.#sendAllMarks();
      }),
    );
    this.#lifetime.own(parts.settings.onDidChange(() => this.#sendAll()));
    this.#lifetime.own(parts.links.onDidChange(() => this.#sendAllMarks()));
  }

  /** Opens the timeline or brings it to the front, at a rollout (`rolloutKey`) and a batch of it (`rowId`) if given. */
  open(rollout: string | undefined, { keepFocus = false, batch, wanted, compare = false }: OpenOptions = {}): void {
    const known = [...this.#pages].at(-1);
    const page = known ?? this.#adopt(newPanel(keepFocus));
    if (rollout !== undefined) page.selected = rollout;
    if (batch !== undefined) page.batch = { row: batch, request: (this.#requests += 1) };
    if (wanted !== undefined) page.wanted = { format: wanted, request: (this.#requests += 1) };
    page.isToCompare ||= compare;
    if (known === undefined) return;
    page.panel.reveal(undefined, keepFocus);
    this.#send(page);
  }

  /** The rollout (`rolloutKey`) that is shown in the active editor; undefined where the timeline is not in it. */
  get activeRollout(): string | undefined {
    const page = [...this.#pages].find(({ panel }) => panel.active);
    if (page === undefined) return undefined;
    const shown = shownOf(drawnRollouts(this.#parts.store), page);
    return shown === undefined ? undefined : rolloutKey(shown);
  }

  /** Fills a panel that VS Code brings back after a reload. */
  adopt(panel: vscode.WebviewPanel): void {
    this.#adopt(panel);
  }

  dispose(): void {
    this.#lifetime.dispose();
    for (const { panel } of [...this.#pages]) panel.dispose();
  }

  #adopt(panel: vscode.WebviewPanel): Page {
    const { extensionUri } = this.#parts;
    const [records, lanes] = [new TimelineRecords(this.#parts), new TimelineLanes(this.#parts)];
    const snapshots = new SnapshotSender();
    const none = { selected: undefined, pinned: undefined, batch: undefined, wanted: undefined, isToCompare: false };
    const page: Page = { panel, records, lanes, snapshots, marks: '', isReady: false, ...none };
    this.#pages.add(page);
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(page, message));
    panel.onDidChangeViewState(() => {
      if (panel.active) {
        this.#pages.delete(page);
        this.#pages.add(page);
      }
      this.#send(page);
    });
    panel.onDidDispose(() => this.#pages.delete(page));
    fillPanel(panel, extensionUri, { name: 'timeline', title: 'Release Timeline' });
    return page;
  }

  #sendAll(): void {
    for (const page of this.#pages) this.#send(page);
  }

  /** Sends the whole state. A page that is hidden or not ready requests it by `ready` or by becoming visible. */
  #send(page: Page): void {
    if (!page.panel.visible || !page.isReady) return;
    const snapshot = snapshotOf(page, this.#parts);
    // Before the snapshot, so that what is painted first has them.
    if (snapshot.shown !== undefined) this.#sendLanes(page, snapshot.shown.rollout);
    this.#post(page, page.snapshots.next(snapshot));
    page.batch = undefined;
    page.wanted = undefined;
    const rollout = snapshot.shown?.rollout;
    if (rollout === undefined) return;
    const key = rolloutKey(rollout);
    if (key !== page.selected) page.pinned = key;
    this.#sendMarks(page, rollout);
    this.#sendRecord(page, rollout);
    this.#readLanes(page, rollout);
    if (!page.isToCompare) return;
    page.isToCompare = false;
    this.#compare(page, key).catch((cause: unknown) =>
      this.#parts.log.error('timeline', 'the timeline is not compared', cause),
    );
  }

  #post(page: Page, message: HostMessage): void {
    void page.panel.webview.postMessage(message);
  }

  #sendAllMarks(): void {
    for (const page of this.#pages) {
      if (!page.panel.visible || !page.isReady) continue;
      const rollout = shownOf(drawnRollouts(this.#parts.store), page);
      if (rollout !== undefined) this.#sendMarks(page, rollout);
    }
  }

  /** Sends what else happens on the axis of the shown rollout, if it is other than before. */
  #sendMarks(page: Page, rollout: Rollout): void {
    const { store, links, clock } = this.#parts;
    const marks = marksOf(rollout, {
      releases: store.state(releasesKey).records.values(),
      rotations: store.state(rotationsKey).records.values(),
      links: links.current,
      now: clock.now(),
    });
    const message: HostMessage = { type: 'marks', rollout: rolloutKey(rollout), marks };
    const text = JSON.stringify(message);
    if (text === page.marks) return;
    page.marks = text;
    this.#post(page, message);
  }

  /** Sends the rollouts beside the shown one, if they are others than before. */
  #sendLanes(page: Page, shown: Rollout): void {
    const message = page.lanes.next(shown);
    if (message !== undefined) this.#post(page, message);
  }

  /** Sends them again with those that only the record has, once that is read. */
  #readLanes(page: Page, shown: Rollout): void {
    page.lanes
      .read(shown)
      .then((isNew) => {
        const now = shownOf(drawnRollouts(this.#parts.store), page);
        if (isNew && now !== undefined && this.#pages.has(page)) this.#sendLanes(page, now);
      })
      .catch((cause: unknown) => this.#parts.log.error('timeline', 'the record cannot be read', cause));
  }

  /** Sends what was recorded of the shown rollout, once that is read. */
  #sendRecord(page: Page, rollout: Rollout): void {
    page.records
      .next(rollout)
      .then((record) => {
        if (record !== undefined && this.#pages.has(page)) this.#post(page, { type: 'record', record });
      })
      .catch((cause: unknown) => this.#parts.log.error('timeline', 'the record cannot be read', cause));
  }

  #receive(page: Page, raw: unknown): void {
    const parsed = parsePageMessage(raw);
    if (!parsed.ok) {
      this.#parts.log.warn('timeline', `the page sent what is no message: ${parsed.failure}`);
      return;
    }
    this.#act(page, parsed.value).catch((cause: unknown) =>
      this.#parts.log.error('timeline', 'a message failed', cause),
    );
  }

  async #act(page: Page, message: PageMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        page.isReady = true;
        // A page that was made anew has nothing yet.
        page.marks = '';
        page.records.reset();
        page.lanes.reset();
        page.snapshots.reset();
        page.selected ??= message.rollout;
        page.pinned = undefined;
        this.#send(page);
        return;
      case 'resend':
        page.snapshots.reset();
        this.#send(page);
        return;
      case 'refresh':
        await this.#parts.feeds.rollouts.refresh();
        return;
      case 'select':
        page.selected = message.rollout;
        this.#send(page);
        return;
      case 'setTimeZone':
        await this.#parts.settings.setTimeZone(message.timeZone === 'utc' ? 'UTC' : 'local');
        return;
      case 'openTarget': {
        await this.#open(message.target);
        return;
      }
      case 'compare':
        await this.#compare(page, message.rollout);
        return;
      case 'saveImage': {
        const rollout = drawnRollouts(this.#parts.store).find((each) => rolloutKey(each) === message.rollout);
        await saveImage(rollout?.name ?? '', message.image);
        return;
      }
      case 'copyMarkdown':
        await vscode.env.clipboard.writeText(message.text);
        return;
      case 'copy': {
        const text = this.#textOf(message.text);
        if (text !== undefined) await vscode.env.clipboard.writeText(text);
        return;
      }
    }
  }

  async #compare(page: Page, key: string): Promise<void> {
    const rollouts = drawnRollouts(this.#parts.store);
    const rollout = rollouts.find((each) => rolloutKey(each) === key);
    if (rollout === undefined) return;
    const compared = await pickCompared(rollout, rollouts, this.#parts);
    if (compared !== undefined && this.#pages.has(page)) this.#post(page, { type: 'runs', rollout: key, compared });
  }

  async #open(target: OpenTarget): Promise<void> {
    switch (target.kind) {
      case 'alert':
      case 'proposal':
        await this.#parts.documents.open(target.kind, target.id);
        return;
      case 'airflow':
      case 'proposals':
      case 'subnet':
      case 'node':
      case 'revision': {
        const link = this.#linkOf(target);
        if (link !== undefined) await openPage(link);
      }
    }
  }

  #linkOf(target: Exclude<OpenTarget, OpenedByMark>): string | undefined {
    switch (target.kind) {
      case 'subnet':
      case 'node':
        return subjectPage(target);
      case 'revision':
        return subjectPage({ kind: 'version', id: target.id });
      case 'proposals':
        return `${dashboard}/governance`;
      case 'airflow': {
        const url = airflowUrl(drawnRollouts(this.#parts.store), target);
        return url === undefined ? undefined : linkTo(url, this.#parts.settings.current.airflowUrl.href);
      }
    }
  }

  #textOf(text: CopyText): string | undefined {
    if (text.kind !== 'name') return text.id;
    return drawnRollouts(this.#parts.store).find((rollout) => rolloutKey(rollout) === text.rollout)?.name;
  }
}

function newPanel(preserveFocus: boolean): vscode.WebviewPanel {
  const place = { viewColumn: vscode.ViewColumn.Active, preserveFocus };
  return vscode.window.createWebviewPanel('drDre.timeline', 'Release Timeline', place);
}

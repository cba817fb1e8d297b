import type { Failure, Service } from '../domain/base/failure.ts';
import { second } from '../domain/base/time.ts';
import type { Disposable } from '../engine/base/clock.ts';
import { Emitter, type Event } from '../engine/base/emitter.ts';
import { Lifetime } from '../engine/base/lifetime.ts';
import type { FeedContext } from '../engine/read/definition.ts';
import { Feed } from '../engine/read/feed.ts';
import type { AttentionByFeed } from '../engine/windows/presence.ts';
import type { Request } from '../engine/windows/requests.ts';
import type { Attention } from '../engine/read/schedule.ts';
import type { RestoreStage, SnapshotFolder, Snapshots } from '../engine/read/snapshot.ts';
import type { Store } from '../engine/read/store.ts';
import type { Windows } from '../engine/windows/windows.ts';
import { accountFeed, isStoredAccount } from './kit/account.ts';
import { alertsFeed } from './alerts/alerts.ts';
import { isStoredAlert, teamKey, isStoredHeartbeat } from './alerts/keys.ts';
import type { Clients } from './clients.ts';
import { closedAlertsFeed } from './alerts/closed.ts';
import { heartbeatsFeed } from './alerts/heartbeats.ts';
import { ofOthersKey } from './alerts/ofOthers.ts';
import { urgentReadKey } from './alerts/urgentReads.ts';
import { isStoredProposal, proposalsFeed } from './proposals/proposals.ts';
import { isStoredPullRequest, pullRequestsFeed } from './ci/pullRequests.ts';
import { isStoredTicket, queueFeed } from './queue/queue.ts';
import { isStoredRollout, rolloutsFeed, RolloutStream } from './releases/rollouts.ts';
import { enginesKey, fullReadKey, pastLengthsKey, rolloutsKey, timesKey } from './releases/keys.ts';
import { isStoredRelease, releasesFeed } from './releases/releases.ts';
import { shareOthers } from './sharedRecords.ts';
import { isStoredRotation, rotationsFeed } from './rotation/rotations.ts';
import { isStoredWorkflowRun, workflowRunsFeed } from './ci/workflowRuns.ts';

/** What the feeds take from the settings. */
export interface FeedSettings {
  readonly team: string;
  readonly schedules: Readonly<Record<string, string>>;
  readonly epic: string;
  readonly repository: string;
}

/** The service that each feed reads, by the feed's name. The types require every feed here, and no other. */
const services = {
  account: 'jira',
  rotations: 'ops',
  alerts: 'ops',
  closedAlerts: 'ops',
  heartbeats: 'ops',
  queue: 'jira',
  proposals: 'governance',
  rollouts: 'rollouts',
  releases: 'github',
  pullRequests: 'github',
  workflowRuns: 'github',
} as const satisfies Readonly<Record<string, Service>>;
export type FeedName = keyof typeof services;

const atlassianServices: ReadonlySet<Service> = new Set(['ops', 'jira']);

/** The service that a feed reads, for failures that the engine itself makes; of what is no feed, the disk. */
export function serviceOfFeed(feed: string): Service {
  const known: Partial<Record<string, Service>> = services;
  return known[feed] ?? 'disk';
}

/** What all feeds have in common, whatever their records are. */
type AnyFeed = Pick<
  Feed<unknown, Failure>,
  | 'name'
  | 'dueAt'
  | 'reason'
  | 'start'
  | 'stop'
  | 'attend'
  | 'refresh'
  | 'burst'
  | 'wake'
  | 'reset'
  | 'clear'
  | 'dispose'
>;

/** A feed, and how its state is kept on disk and shared among the windows. */
interface SharedFeed {
  readonly feed: AnyFeed;
  readonly share: (snapshots: Snapshots<Failure>, store: Store<Failure>) => void;
}

/** `readable` is what a record must be to be taken from the disk. */
function sharedFeed<R>(feed: Feed<R, Failure>, readable: (record: unknown) => record is R): SharedFeed {
  const { key } = feed;
  return {
    feed,
    share: (snapshots, store) => {
      snapshots.share({ key, readable, adopt: (state) => feed.adopt(state) });
      // What was brought back for the first rows.
      const { asOf } = store.state(key);
      if (asOf !== undefined) feed.adopt({ asOf });
    },
  };
}

/**
 * What is read off shift, while no window pays attention, sends no service more requests than this in any hour, unless one read alone takes
 * more pages.
 */
export const offShiftPerHour = 4;

/** What a person signs in to, each on its own. */
const signIns = ['atlassian', 'github'] as const;
export type SignIn = (typeof signIns)[number];

/** A request of another window to begin anew is met by what this window did itself within this time. */
const renewedMs = 5 * second;

/** What is read beside the feeds, and is read again at once when a person wants it. */
export interface BesideFeeds {
  /** What other windows call it. */
  readonly name: string;
  /** Reads all of it, or what shows the record of a key, which was changed a moment ago. Resolves when the store has it. */
  readonly readNow: (changed?: string) => Promise<void>;
}

/** When a feed is read next, and why then; both undefined while it is read, and while it waits for a person. */
export type FeedPlan = Pick<AnyFeed, 'name' | 'dueAt' | 'reason'> & { readonly service: Service };

/**
 * All that is kept up to date. What one read costs, in requests (`test/contract/engine/budgets.test.ts` counts them and follows
 * the paces): alerts 1 for each hundred (and 1 now and then to prove that there are none), heartbeats 1, closed alerts 1 for
 * each hundred, only while they are shown, rotations 3 for each schedule (list, on call, timeline), queue 1
 * for each hundred (and 1 now and then to prove that there are none), proposals 1 for each hundred, rollouts 1, releases 3, pull
 * requests 1 for each hundred up to three and 1 for their checks, workflow runs 2 (main branch, weekly upgrade), the account 1. What takes
 * several pages is read as much more seldom (`engine/read/schedule.ts`). The first reads also return the site's id, the names of
 * people, the site's fields and the network's keys.
 */
export class Feeds implements Disposable {
  readonly account;
  readonly alerts;
  readonly closedAlerts;
  readonly heartbeats;
  readonly rotations;
  readonly queue;
  readonly proposals;
  readonly rollouts;
  readonly releases;
  readonly pullRequests;
  readonly workflowRuns;
  readonly #stream: RolloutStream;
  readonly #shared: Readonly<Record<FeedName, SharedFeed>>;
  readonly #all: readonly AnyFeed[];
  readonly #context: FeedContext<Failure>;
  readonly #renewals: Emitter<SignIn>;
  readonly #besides: BesideFeeds[] = [];
  readonly #lifetime = new Lifetime();
  #sharing: { readonly snapshots: Snapshots<Failure>; readonly windows: Windows } | undefined;
  #attention: AttentionByFeed = {};
  #moving: Promise<void> = Promise.resolve();
  /** Moves that wait for their turn. */
  #moves = 0;
  /** Nothing is read until it is known who reads with the present settings. */
  #isMoving = false;
  /** What this window read is good though it has just begun to read for others. */
  #continues = false;
  /** When this window began anew with what each sign-in gave. */
  readonly #renewedAt = new Map<SignIn, number>();

  constructor(clients: Clients, settings: () => FeedSettings, context: FeedContext<Failure>) {
    this.#context = context;
    this.#renewals = this.#lifetime.own(new Emitter((error) => context.log.error('feeds', 'a listener failed', error)));
    const team = (): string => settings().team;
    this.account = new Feed(accountFeed(clients), context);
    this.alerts = new Feed(alertsFeed(clients.ops, team, context), context);
    this.closedAlerts = new Feed(closedAlertsFeed(clients.ops, team, context), context);
    this.heartbeats = new Feed(heartbeatsFeed(clients.ops, team, context.clock), context);
    this.rotations = new Feed(
      rotationsFeed(clients.ops, () => settings().schedules, context),
      context,
    );
    this.queue = new Feed(
      queueFeed(clients.jira, () => settings().epic, context.clock),
      context,
    );
    this.proposals = new Feed(proposalsFeed(clients.governance), context);
    const polling = { isPolling: false };
    this.rollouts = new Feed(rolloutsFeed(clients.rollouts, context.store, context.clock, polling), context);
    this.#stream = this.#lifetime.own(new RolloutStream(clients.rollouts, this.rollouts, context, polling));
    const repository = (): string => settings().repository;
    this.releases = new Feed(releasesFeed(clients.github, repository), context);
    this.pullRequests = new Feed(pullRequestsFeed(clients.github, repository), context);
    this.workflowRuns = new Feed(workflowRunsFeed(clients.github, repository), context);
    this.#shared = {
      account: sharedFeed(this.account, isStoredAccount),
      rotations: sharedFeed(this.rotations, isStoredRotation),
      alerts: sharedFeed(this.alerts, isStoredAlert),
      closedAlerts: sharedFeed(this.closedAlerts, isStoredAlert),
      heartbeats: sharedFeed(this.heartbeats, isStoredHeartbeat),
      queue: sharedFeed(this.queue, isStoredTicket),
      proposals: sharedFeed(this.proposals, isStoredProposal),
      rollouts: sharedFeed(this.rollouts, isStoredRollout),
      releases: sharedFeed(this.releases, isStoredRelease),
      pullRequests: sharedFeed(this.pullRequests, isStoredPullRequest),
      workflowRuns: sharedFeed(this.workflowRuns, isStoredWorkflowRun),
    };
    this.#all = Object.values(this.#shared).map(({ feed }) => this.#lifetime.own(feed));
  }

  /** Fires when another window signed in or out: this one, which reads for it, has to begin anew with what is kept now. */
  get onDidAskToRenew(): Event<SignIn> {
    return this.#renewals.event;
  }

  /**
   * Brings back what was known and is not back yet, stage by stage; then reads, or takes over what another window reads.
   */
  async start(snapshots: Snapshots<Failure>, windows: Windows, stages?: readonly RestoreStage[]): Promise<void> {
    const { store } = this.#context;
    for (const feed of Object.values(this.#shared)) feed.share(snapshots, store);
    shareOthers(snapshots, store);
    await snapshots.restore(stages);
    this.#sharing = { snapshots, windows };
    this.#lifetime.own(windows.onDidChangeRole(() => this.#takeRole()));
    this.#lifetime.own(windows.onDidChangeAttention(() => this.#attend()));
    this.#takeRole();
    windows.say(this.#attention);
    await windows.start((request) => this.#perform(request));
  }

  /** Sets the attention that this window pays to each feed; undefined where what it reads is not shown. */
  attend(attentionOf: (feed: string) => Attention | undefined): void {
    const all = this.#all.map(({ name }) => [name, attentionOf(name)] as const);
    this.#attention = Object.fromEntries(all.filter(([, attention]) => attention !== undefined));
    if (this.#sharing === undefined) this.#attend();
    else this.#sharing.windows.say(this.#attention);
  }

  /** When each feed is read next. */
  plans(): readonly FeedPlan[] {
    return this.#all.map(({ name, dueAt, reason }) => ({ name, dueAt, reason, service: serviceOfFeed(name) }));
  }

  /** Reads all now. */
  async refresh(): Promise<void> {
    const wanted = this.#all.filter((feed) => feed !== this.closedAlerts || this.#isClosedWanted());
    const besides = this.#besides.map(({ name }) => this.readBeside(name));
    await Promise.all([...wanted.map((feed) => feed.refresh()), ...besides]);
  }

  /** Lets something be read whenever a person refreshes all, by the window that reads the services. */
  addBeside(beside: BesideFeeds): void {
    this.#besides.push(beside);
  }

  /**
   * Reads what was added by a name now, or requests it of the window that reads the services. `changed`: the key of a record that
   * was changed a moment ago.
   */
  async readBeside(name: string, changed?: string): Promise<void> {
    const windows = this.#sharing?.windows;
    const request = changed === undefined ? name : `${name}/${changed}`;
    if (windows?.role === 'follower' && (await windows.request(request, 'refresh'))) return;
    await this.#readBeside(request);
  }

  async #readBeside(request: string): Promise<void> {
    const [name, changed] = request.split('/');
    await Promise.all(this.#besides.filter((each) => each.name === name).map((each) => each.readNow(changed)));
  }

  /** The machine slept or its network changed. */
  wake(): void {
    for (const feed of this.#all) feed.wake();
  }

  /** The Atlassian credentials changed: what they read is read anew, here or where the reading is done. */
  reset(): void {
    this.#renewedAt.set('atlassian', this.#context.clock.now());
    // The window that reads reads who is signed in now; the others follow it.
    if (this.#sharing?.windows.role !== 'follower') this.account.clear();
    const feeds = this.#all.filter(({ name }) => atlassianServices.has(serviceOfFeed(name)));
    for (const feed of feeds) feed.reset();
    void this.#sharing?.windows.request('atlassian', 'renew');
  }

  /**
   * The settings changed so that these feeds read something else: what is known of them is removed and they are read
   * anew; the others go on. `folder` is that of the windows with the same settings.
   */
  takeSettings(changed: ReadonlySet<string>, folder: SnapshotFolder): Promise<void> {
    if (this.#sharing !== undefined) {
      this.#moves++;
      this.#sharing.snapshots.keepToItself();
      for (const feed of [...this.#all, this.#stream]) feed.stop();
      this.#moving = this.#moving.then(() => this.#move(folder));
    }
    for (const feed of this.#all) {
      if (!changed.has(feed.name)) continue;
      feed.clear();
      feed.reset();
    }
    if (changed.has(rolloutsKey.name)) {
      this.#context.store.update(enginesKey, { status: 'neverLoaded', records: [] });
      this.#context.store.update(fullReadKey, { status: 'neverLoaded', asOf: undefined, records: [] });
      this.#context.store.update(timesKey, { status: 'neverLoaded', records: [] });
      this.#context.store.update(pastLengthsKey, { status: 'neverLoaded', records: [] });
      this.#stream.reset();
    }
    if (changed.has(this.alerts.name)) {
      this.#context.store.update(teamKey, { status: 'neverLoaded', records: [] });
      this.#context.store.update(urgentReadKey, { status: 'neverLoaded', asOf: undefined, records: [] });
      this.#context.store.update(ofOthersKey, { status: 'neverLoaded', records: [] });
    }
    return this.#moving;
  }

  /** Joins the windows with the same settings. What they have read of it is shown before it is read here. */
  async #move(folder: SnapshotFolder): Promise<void> {
    this.#moves--;
    // The settings may have changed again meanwhile.
    if (this.#sharing === undefined || this.#moves > 0 || this.#lifetime.isOver) return;
    const { snapshots, windows } = this.#sharing;
    this.#isMoving = true;
    snapshots.move(folder);
    await snapshots.restore();
    this.#isMoving = false;
    this.#continues = true;
    await windows.move(folder.disk);
  }

  /** Somebody signed in to GitHub, or out of it: it is read anew, here or where the reading is done. */
  resetGitHub(): void {
    this.#renewedAt.set('github', this.#context.clock.now());
    for (const feed of this.#all.filter(({ name }) => serviceOfFeed(name) === 'github')) feed.reset();
    void this.#sharing?.windows.request('github', 'renew');
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #takeRole(): void {
    if (this.#sharing === undefined || this.#isMoving || this.#moves > 0) return;
    const { snapshots, windows } = this.#sharing;
    const { role } = windows;
    if (role === 'leader') snapshots.lead(windows.access);
    else if (role === 'follower') snapshots.follow();
    else snapshots.keepToItself();
    for (const feed of [...this.#all, this.#stream]) {
      if (role === 'follower') feed.stop();
      else if (feed !== this.closedAlerts) feed.start(this.#continues);
    }
    this.#attend();
    if (role === 'leader') this.#continues = false;
  }

  /** Every feed is read at the pace of the most attentive window. */
  #attend(): void {
    const closest = (feed: string): Attention =>
      this.#sharing?.windows.attention(feed) ?? this.#attention[feed] ?? 'quiet';
    for (const feed of this.#all) feed.attend(closest(feed.name));
    this.#stream.attend(closest(rolloutsKey.name));
    if (this.#sharing?.windows.role === 'follower' || this.#isMoving || this.#moves > 0) return;
    if (this.#sharing !== undefined && this.#isClosedWanted()) this.closedAlerts.start(this.#continues);
    else this.closedAlerts.stop();
  }

  /** Whether any window shows closed alerts. */
  #isClosedWanted(): boolean {
    const { name } = this.closedAlerts;
    return this.#sharing?.windows.isWanted(name) ?? this.#attention[name] !== undefined;
  }

  /** Does what another window requests, until the answer is where that window finds it. */
  async #perform({ refresh, burst, renew }: Request): Promise<void> {
    const { clock } = this.#context;
    for (const signIn of signIns) {
      const isDone = Math.abs(clock.now() - (this.#renewedAt.get(signIn) ?? -Infinity)) <= renewedMs;
      if (renew.includes(signIn) && !isDone) this.#renewals.fire(signIn);
    }
    for (const each of burst) {
      const [name, changed] = each.split('/');
      this.#all.find((feed) => feed.name === name)?.burst(changed);
    }
    const requested = this.#all.filter(({ name }) => refresh.includes(name));
    await Promise.all([...requested.map((feed) => feed.refresh()), ...refresh.map((name) => this.#readBeside(name))]);
    await this.#sharing?.snapshots.flush();
  }
}

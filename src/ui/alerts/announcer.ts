import type { Alert } from '../../domain/alerts/alert.ts';
import type { Failure } from '../../domain/base/failure.ts';
import {
  decide,
  nothingAnnounced,
  type Notification,
  type PagingDecision,
  type PagingSituation,
  type PagingState,
} from '../../domain/alerts/paging.ts';
import type { Account, Rotation } from '../../domain/rotation/rotation.ts';
import { isOnCall, nextChange } from '../../domain/rotation/shift.ts';
import { minute, second } from '../../domain/base/time.ts';
import { withinHours } from '../../domain/base/workingHours.ts';
import type { Clock, Disposable } from '../../engine/base/clock.ts';
import type { Disk } from '../../engine/disk/disk.ts';
import type { Log } from '../../engine/base/log.ts';
import { SharedValue, type Version } from '../../engine/disk/sharedValue.ts';
import type { FeedState, Store } from '../../engine/read/store.ts';
import { alertsKey } from '../../feeds/alerts/alerts.ts';
import { urgentReadKey } from '../../feeds/alerts/urgentReads.ts';
import { accountKey } from '../../feeds/kit/account.ts';
import { rotationsKey } from '../../feeds/rotation/rotations.ts';

/** What a person chose of notifications. */
export type NotificationSettings = Pick<PagingSituation, 'enabled' | 'audience' | 'minimum' | 'windowMs'>;

export interface AnnouncerParts {
  readonly store: Store<Failure>;
  readonly clock: Clock;
  readonly log: Log;
  /** What the windows share. */
  readonly disk: Disk;
  /** A name of this window that no other has. */
  readonly window: string;
  readonly account: () => Account | undefined;
  readonly settings: () => NotificationSettings;
  readonly focused: () => boolean;
  /** Resolves when the window itself answers, which it cannot do while the connection to it is lost. */
  readonly answered: () => Promise<unknown>;
  readonly show: (notification: Notification) => void;
}

/** Several changes of one moment are looked at once. */
const gatherMs = 100;
/** From a list that is older than this nothing is told: a new one comes first. */
const oldListMs = 10 * minute;
/** A window that the person does not look at tells only after the one that he looks at had its chance. */
const stepInMs = 5 * second;
/** A window that does not answer within this time shows nothing to anybody. */
const answerMs = 2 * second;
/** That something has passed untold is written down no oftener. */
const passingMs = minute;
const focusFile = 'focus.json';

/**
 * Sees to it that one window tells what is new, once. The window tells that has the focus, or had it last, as that is
 * where a person sees it; another one steps in when that window is gone, or cannot be reached from its extension host,
 * which lives on for hours on a remote machine. What was told is kept on the shared disk, in
 * versions of which each is made once, and before it is shown: of all windows one tells, also after a restart. After a
 * crash in between that one message is lost; the alert still stands in the view, the badge and the status bar.
 */
export class Announcer implements Disposable {
  readonly #parts: AnnouncerParts;
  readonly #shared: SharedValue<PagingState>;
  /** What this window decided last: for a disk that refuses. */
  #own: PagingState | undefined;
  #timer: { readonly at: number; readonly disposable: Disposable } | undefined;
  #looking: Promise<void> = Promise.resolve();
  /** Since when another window, which the person looks at, has had its chance. */
  #waitingSince: number | undefined;
  #silence: string | undefined;
  #refused = false;
  #disposed = false;

  constructor(parts: AnnouncerParts) {
    this.#parts = parts;
    this.#shared = new SharedValue(parts.disk, 'paging', isPagingState);
  }

  /** Something changed: looks soon whether something is to be told. */
  look(): void {
    this.#lookAt(this.#parts.clock.now() + gatherMs);
  }

  /** This window got the focus: from now on it tells. */
  focus(): void {
    this.#parts.disk
      .write(focusFile, JSON.stringify({ window: this.#parts.window }), 'passing')
      .catch((cause: unknown) => this.#parts.log.debug('notifications', 'the focus cannot be told', cause));
    this.look();
  }

  dispose(): void {
    this.#disposed = true;
    this.#timer?.disposable.dispose();
  }

  /** Asked before something is told alone; a window that does not answer leaves it to the others. */
  async #answers(): Promise<boolean> {
    const { answered, clock, log } = this.#parts;
    let patience: Disposable | undefined;
    const silent = new Promise<boolean>((resolve) => {
      patience = clock.after(answerMs, () => resolve(false));
    });
    try {
      const answers = await Promise.race([answered().then(() => true), silent]);
      if (!answers) this.#say('this window does not answer, another one tells');
      return answers;
    } catch (cause) {
      // It answered, if only that something is wrong: rather tell into the void than not at all.
      log.warn('notifications', 'whether this window can be reached is not known', cause);
      return true;
    } finally {
      patience?.dispose();
    }
  }

  /** The earliest moment of those that were asked for. */
  #lookAt(at: number): void {
    const { clock, log } = this.#parts;
    if (this.#disposed || (this.#timer !== undefined && this.#timer.at <= at)) return;
    this.#timer?.disposable.dispose();
    const disposable = clock.after(at - clock.now(), () => {
      this.#timer = undefined;
      this.#looking = this.#looking
        .then(() => this.#look())
        .catch((cause: unknown) => log.error('notifications', 'it could not be decided what to tell', cause));
    });
    this.#timer = { at, disposable };
  }

  async #look(): Promise<void> {
    const { store, clock } = this.#parts;
    const change = nextChange(store.state(rotationsKey).records.values(), clock.now());
    // Shifts and hours begin and end by the clock, without anything being read.
    if (change !== undefined) this.#lookAt(change);
    if (this.#situation() === undefined || !(await this.#isTurn())) return;
    let answers = false;
    for (;;) {
      const { value, version } = await this.#read();
      // Read anew at each attempt: it may have taken a while.
      const situation = this.#situation();
      if (this.#disposed || situation === undefined) return;
      const before = value ?? nothingAnnounced;
      const decision = decide(before, situation);
      if (decision.again !== undefined) this.#lookAt(decision.again);
      if (decision.notification !== undefined && !answers) {
        answers = await this.#answers();
        if (answers) continue;
        this.#lookAt(clock.now() + stepInMs);
        return;
      }
      if (isWorthKeeping(before, decision) && !(await this.#keep(version, decision.state))) continue;
      this.#note(decision);
      if (decision.notification !== undefined) this.#parts.show(decision.notification);
      return;
    }
  }

  #situation(): PagingSituation | undefined {
    const { store, clock, account, settings } = this.#parts;
    const alerts = store.state(alertsKey);
    const now = clock.now();
    // In a storm what is urgent is read more often than the list of all.
    const asOf = Math.max(alerts.asOf ?? -Infinity, store.state(urgentReadKey).asOf ?? -Infinity);
    if (alerts.asOf === undefined || now - asOf > oldListMs) return undefined;
    const rotation = [...store.state(rotationsKey).records.values()].find(({ role }) => role === 'alerts');
    const me = account();
    return {
      ...settings(),
      now,
      alerts: alerts.records.values() as Iterable<Alert>,
      onCall: this.#isOnCall(rotation, me, now),
      withinHours: rotation === undefined || withinHours(rotation, now),
      // There is no way to ask VS Code for it; it keeps warnings to itself meanwhile (pager.ts).
      doNotDisturb: false,
    };
  }

  /** Not told is another thing than not read yet: the first rows come before the schedules and the account are read. */
  #isOnCall(rotation: Rotation | undefined, me: Account | undefined, now: number): PagingSituation['onCall'] {
    if (rotation !== undefined && me !== undefined) return isOnCall(rotation, me.accountId, now) ?? 'notTold';
    const { store } = this.#parts;
    const areAnswered =
      isAnswered(store.state(rotationsKey)) && (me !== undefined || isAnswered(store.state(accountKey)));
    return areAnswered ? 'notTold' : undefined;
  }

  /** Whether this window may tell now; if not, it looks again when it may. */
  async #isTurn(): Promise<boolean> {
    const { focused, window, clock } = this.#parts;
    if (focused() || (await this.#lastFocused()) === window) {
      this.#waitingSince = undefined;
      return true;
    }
    const now = clock.now();
    this.#waitingSince ??= now;
    if (now - this.#waitingSince < stepInMs) {
      this.#lookAt(this.#waitingSince + stepInMs);
      return false;
    }
    this.#waitingSince = undefined;
    return true;
  }

  async #lastFocused(): Promise<string | undefined> {
    try {
      const said: unknown = JSON.parse((await this.#parts.disk.read(focusFile)) ?? '');
      if (typeof said === 'object' && said !== null && 'window' in said) return String(said.window);
    } catch {
      // No window had the focus yet, or the file is damaged: each steps in after a while, and one is first.
    }
    return undefined;
  }

  /** Without a version when the disk refuses. */
  async #read(): Promise<Partial<Version<PagingState>>> {
    try {
      const read = await this.#shared.read();
      return read.value === undefined ? { ...read, value: this.#own } : read;
    } catch (cause) {
      this.#report(cause);
      return { value: this.#own };
    }
  }

  /** False when another window was first. A disk that refuses silences nobody: then each window tells for itself. */
  async #keep(version: number | undefined, state: PagingState): Promise<boolean> {
    try {
      if (version !== undefined) {
        if (!(await this.#shared.replace(version, state))) return false;
        this.#refused = false;
      }
    } catch (cause) {
      this.#report(cause);
    }
    this.#own = state;
    return true;
  }

  #report(cause: unknown): void {
    const message = 'the windows cannot agree on who tells, as the disk refuses: each tells for itself';
    this.#parts.log[this.#refused ? 'debug' : 'error']('notifications', message, cause);
    this.#refused = true;
  }

  #note({ silence, notification }: PagingDecision): void {
    if (notification === undefined) this.#say(silence);
    else {
      this.#parts.log.info('notifications', `shown: ${notification.kind}`);
      this.#silence = undefined;
    }
  }

  /** The log says why nothing is told, when the reason changes. */
  #say(silence: string | undefined): void {
    if (silence !== this.#silence) this.#parts.log.info('notifications', `none: ${silence}`);
    this.#silence = silence;
  }
}

/** Something was read, or the service failed. Where nobody is signed in there is nobody to tell. */
function isAnswered({ asOf, failure }: FeedState<unknown, Failure>): boolean {
  return failure === undefined ? asOf !== undefined : failure.kind !== 'notSignedIn';
}

function isWorthKeeping(before: PagingState, { notification, state }: PagingDecision): boolean {
  if (notification !== undefined || before.passedUntil === undefined) return true;
  return Math.abs((state.passedUntil ?? 0) - before.passedUntil) >= passingMs;
}

function isPagingState(value: unknown): value is PagingState {
  if (typeof value !== 'object' || value === null || !('announced' in value)) return false;
  const { announced } = value;
  const isEntry = (entry: unknown): boolean =>
    Array.isArray(entry) && typeof entry[0] === 'string' && typeof entry[1] === 'number';
  const times = ['announcedUntil', 'passedUntil', 'shownAt'] as const;
  const found = value as Partial<Record<(typeof times)[number], unknown>>;
  const isTime = (name: (typeof times)[number]): boolean =>
    found[name] === undefined || typeof found[name] === 'number';
  return Array.isArray(announced) && announced.every(isEntry) && times.every(isTime);
}

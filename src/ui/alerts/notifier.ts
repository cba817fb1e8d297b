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
import { nextChange } from '../../domain/rotation/shift.ts';
import { minute, second } from '../../domain/base/time.ts';
import type { Clock, Disposable } from '../../engine/base/clock.ts';
import { Lifetime, type Timer } from '../../engine/base/lifetime.ts';
import { Sequence } from '../../engine/base/sequence.ts';
import type { Disk } from '../../engine/disk/disk.ts';
import { objectFromJson } from '../../engine/disk/json.ts';
import type { Log } from '../../engine/base/log.ts';
import { SharedValue, type SharedVersion } from '../../engine/disk/sharedValue.ts';
import type { Store } from '../../engine/read/store.ts';
import { alertsKey } from '../../feeds/alerts/keys.ts';
import { urgentReadKey } from '../../feeds/alerts/urgentReads.ts';
import { rotationsKey } from '../../feeds/rotation/keys.ts';
import { onCallNow } from '../../feeds/rotation/onCallNow.ts';

/** What a person chose of notifications. */
export type NotificationSettings = Pick<PagingSituation, 'enabled' | 'audience' | 'minimum' | 'windowMs'>;

export interface AlertNotifierParts {
  readonly store: Store<Failure>;
  readonly clock: Clock;
  readonly log: Log;
  /** The folder that the windows with the present settings share. */
  readonly disk: () => Disk;
  /** A name of this window that no other has. */
  readonly window: string;
  readonly settings: () => NotificationSettings;
  readonly focused: () => boolean;
  /** Resolves when the window itself answers, which it cannot do while the connection to it is lost. */
  readonly answered: () => Promise<unknown>;
  readonly show: (notification: Notification) => void;
}

/** What the windows of one scope have decided, and the last decision of this one, for when the disk refuses. */
interface SharedPaging {
  readonly disk: Disk;
  readonly value: SharedValue<PagingState>;
  own: PagingState | undefined;
}

/** Changes that come within this time are handled together. */
const gatherMs = 100;
/** An older list makes no notification: it is read again first. */
const oldListMs = 10 * minute;
/** How long a window without the focus leaves a notification to the window that had it last. */
const takeOverMs = 5 * second;
/** A window that does not answer within this time cannot show a notification. */
const answerMs = 2 * second;
/** How often it is saved at most that changes passed without a notification. */
const passingMs = minute;
const focusFile = 'focus.json';

/**
 * Decides when this window shows a notification, so that of all windows one shows it, once. It is the window that has the
 * focus, or had it last, as a person sees it there. Another window takes over when that one is closed or cannot be
 * reached from its extension host, which continues for hours on a remote machine. What was shown is saved on the shared
 * disk before it is shown, in numbered versions that only one window can write, also after a restart. After a crash in
 * between, that one notification is lost; the alert is still in the view, the badge and the status bar.
 */
export class AlertNotifier implements Disposable {
  readonly #parts: AlertNotifierParts;
  #shared: SharedPaging | undefined;
  readonly #lifetime = new Lifetime();
  readonly #timer: Timer;
  /** When the timer, where it is set, leads to a check. */
  #checkDue = 0;
  readonly #checks: Sequence;
  /** Since when a notification is left to another window. */
  #waitingSince: number | undefined;
  #reason: string | undefined;
  #refused = false;

  constructor(parts: AlertNotifierParts) {
    this.#parts = parts;
    this.#timer = this.#lifetime.timer(parts.clock);
    this.#checks = new Sequence((cause) =>
      parts.log.error('notifications', 'it could not be decided what to show', cause),
    );
  }

  /** Something changed: checks soon whether there is something to notify of. */
  update(): void {
    this.#checkAt(this.#parts.clock.now() + gatherMs);
  }

  /** This window got the focus: from now on it shows notifications. */
  focus(): void {
    this.#parts
      .disk()
      .write(focusFile, JSON.stringify({ window: this.#parts.window }), 'passing')
      .catch((cause: unknown) =>
        this.#parts.log.debug('notifications', 'the focus could not be written for the other windows', cause),
      );
    this.update();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /** Whether the window itself answers. One that does not leaves the notification to the others. */
  async #answers(): Promise<boolean> {
    const { answered, clock, log } = this.#parts;
    let timeLimit: Disposable | undefined;
    const noAnswer = new Promise<boolean>((resolve) => {
      timeLimit = clock.after(answerMs, () => resolve(false));
    });
    try {
      const answers = await Promise.race([answered().then(() => true), noAnswer]);
      if (!answers) this.#say('this window does not answer, another one shows it');
      return answers;
    } catch (cause) {
      // It answered with an error: a notification that nobody sees is better than none.
      log.warn('notifications', 'whether this window can be reached is not known', cause);
      return true;
    } finally {
      timeLimit?.dispose();
    }
  }

  /** Checks at this moment, or at an earlier one that was set. */
  #checkAt(at: number): void {
    if (this.#timer.isSet && this.#checkDue <= at) return;
    this.#checkDue = at;
    this.#timer.set(at - this.#parts.clock.now(), () => this.#checks.run(() => this.#check()));
  }

  async #check(): Promise<void> {
    const { store, clock } = this.#parts;
    const change = nextChange(store.state(rotationsKey).records.values(), clock.now());
    // Shifts and hours begin and end by the clock, without anything being read.
    if (change !== undefined) this.#checkAt(change);
    if (this.#situation() === undefined || !(await this.#isTurn())) return;
    let answers = false;
    for (;;) {
      const shared = this.#sharedNow();
      const { value, version } = await this.#read(shared);
      // Read anew at each attempt: it may have taken a while.
      const situation = this.#situation();
      if (this.#lifetime.isOver || situation === undefined) return;
      const before = value ?? nothingAnnounced;
      const decision = decide(before, situation);
      if (decision.again !== undefined) this.#checkAt(decision.again);
      if (decision.notification !== undefined && !answers) {
        answers = await this.#answers();
        if (answers) continue;
        this.#checkAt(clock.now() + takeOverMs);
        return;
      }
      if (isWorthKeeping(before, decision) && !(await this.#keep(shared, version, decision.state))) continue;
      this.#note(decision);
      if (decision.notification !== undefined) this.#parts.show(decision.notification);
      return;
    }
  }

  #situation(): PagingSituation | undefined {
    const { store, clock, settings } = this.#parts;
    const alerts = store.state(alertsKey);
    const now = clock.now();
    // In a storm what is urgent is read more often than the list of all.
    const asOf = Math.max(alerts.asOf ?? -Infinity, store.state(urgentReadKey).asOf ?? -Infinity);
    if (alerts.asOf === undefined || now - asOf > oldListMs) return undefined;
    return { ...settings(), now, alerts: alerts.records.values() as Iterable<Alert>, ...onCallNow(store, now) };
  }

  /** Whether this window may show a notification now; if not, it checks again when it may. */
  async #isTurn(): Promise<boolean> {
    const { focused, window, clock } = this.#parts;
    if (focused() || (await this.#lastFocused()) === window) {
      this.#waitingSince = undefined;
      return true;
    }
    const now = clock.now();
    this.#waitingSince ??= now;
    if (now - this.#waitingSince < takeOverMs) {
      this.#checkAt(this.#waitingSince + takeOverMs);
      return false;
    }
    this.#waitingSince = undefined;
    return true;
  }

  async #lastFocused(): Promise<string | undefined> {
    // Without a file that says so, as where no window had the focus yet, each takes over after a while, and one is first.
    const text = await this.#parts
      .disk()
      .read(focusFile)
      .catch(() => undefined);
    return objectFromJson(text, ({ window }) => (typeof window === 'string' ? window : undefined));
  }

  /** What is shared in the present scope of the settings: what was decided in another one counts for nothing here. */
  #sharedNow(): SharedPaging {
    const disk = this.#parts.disk();
    if (this.#shared?.disk !== disk) {
      this.#shared = { disk, value: new SharedValue(disk, 'paging', isPagingState), own: undefined };
    }
    return this.#shared;
  }

  /** Without a version when the disk cannot be read. */
  async #read({ value, own }: SharedPaging): Promise<Partial<SharedVersion<PagingState>>> {
    try {
      const read = await value.read();
      return read.value === undefined ? { ...read, value: own } : read;
    } catch (cause) {
      this.#report(cause);
      return { value: own };
    }
  }

  /** False when another window was first. When the disk cannot be written, each window decides for itself. */
  async #keep(shared: SharedPaging, version: number | undefined, state: PagingState): Promise<boolean> {
    try {
      if (version !== undefined) {
        if (!(await shared.value.replace(version, state))) return false;
        this.#refused = false;
      }
    } catch (cause) {
      this.#report(cause);
    }
    shared.own = state;
    return true;
  }

  #report(cause: unknown): void {
    const message = 'the windows cannot agree on one of them, as the disk cannot be written: each shows notifications';
    this.#parts.log[this.#refused ? 'debug' : 'error']('notifications', message, cause);
    this.#refused = true;
  }

  #note({ reasonForNone, notification }: PagingDecision): void {
    if (notification === undefined) this.#say(reasonForNone);
    else {
      this.#parts.log.info('notifications', `shown: ${notification.kind}`);
      this.#reason = undefined;
    }
  }

  /** Logs why there is no notification, when the reason changes. */
  #say(reasonForNone: string | undefined): void {
    if (reasonForNone !== this.#reason) this.#parts.log.info('notifications', `none: ${reasonForNone}`);
    this.#reason = reasonForNone;
  }
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

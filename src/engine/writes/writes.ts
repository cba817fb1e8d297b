import type { Disposable } from '../base/clock.ts';
import { Emitter, type Event } from '../base/emitter.ts';
import { Lifetime } from '../base/lifetime.ts';
import { hour, minute, second } from '../base/units.ts';
import {
  entryFor,
  isElsewhere,
  isEnd,
  isRetryable,
  payloadAgain,
  stateAt,
  statusOf,
  typedFor,
  undoingOf,
  waitsForPerson,
  requestedWrite,
  type WriteEntry,
} from './entry.ts';
import { contestOf, type Contest } from './contest.ts';
import type { WritesContext } from './context.ts';
import { WriteFiles, type Claimed } from './files.ts';
import { Delivery } from './delivery.ts';
import type { AnyKind, EndedWrite, WriteEnd, WriteKind, WriteState, WriteStatus } from './kind.ts';
import { OptimisticChanges, shownRecord } from './optimistic.ts';
import { OtherWindows } from './otherWindows.ts';
import { Queue } from './queue.ts';
import type { SavedWrite } from './saved.ts';

/** How long a row shows that a write was applied, and that nothing was sent because a person canceled it. */
const keepAppliedMs = 15 * second;
const keepCancelledMs = 5 * minute;
/** How long what did not go through, and holds nothing that a person typed, is shown after restarts. */
const keepUntypedMs = 24 * hour;
/** How long a write can be undone. */
const undoMs = 2 * minute;

/**
 * Sends what people want changed: shown at once, in order for each record, confirmed by the service, rolled back if not,
 * never sent twice while its fate is not known. A pending write is on disk; what a person typed stays there until it is
 * applied or taken back.
 *
 * Two writes to one record: the second is sent when the first is confirmed. If the first does not go through, the second
 * is not sent, unless its kind says that it makes sense whatever came before.
 */
export class Writes<F> implements Disposable {
  readonly #context: WritesContext<F>;
  readonly #files: WriteFiles;
  readonly #queue: Queue<WriteEntry<F>>;
  readonly #optimistic: OptimisticChanges<F>;
  readonly #delivery: Delivery<F>;
  readonly #kinds = new Map<string, AnyKind<F>>();
  readonly #entries = new Map<string, WriteEntry<F>>();
  readonly #changes: Emitter<void>;
  readonly #ends: Emitter<EndedWrite<F>>;
  readonly #lifetime = new Lifetime();
  readonly #others: OtherWindows<F>;

  constructor(context: WritesContext<F>) {
    const { disk, clock, log, store, newId, scope } = context;
    this.#context = context;
    const onError = (error: unknown): void => log.error('writes', 'a listener failed', error);
    this.#ends = this.#lifetime.own(new Emitter(onError));
    this.#changes = this.#lifetime.own(new Emitter(onError));
    this.#files = this.#lifetime.own(new WriteFiles({ disk, clock, log, session: newId(), scope }));
    this.#delivery = this.#lifetime.own(new Delivery({ clock, log, files: this.#files, scope }));
    this.#optimistic = this.#lifetime.own(new OptimisticChanges(store, clock));
    this.#queue = this.#lifetime.own(new Queue(clock));
    this.#others = this.#lifetime.own(
      new OtherWindows<F>({
        files: this.#files,
        clock,
        take: (claimed) => this.#recover(claimed),
        changed: () => this.#changes.fire(),
      }),
    );
  }

  /** Fires whenever `list` changes. */
  get onDidChange(): Event<void> {
    return this.#changes.event;
  }

  /** Fires once for every write that ended, those of earlier sessions included. */
  get onDidEnd(): Event<EndedWrite<F>> {
    return this.#ends.event;
  }

  /** Makes kinds known. Before `recover`. */
  register<R, P>(kind: WriteKind<R, P, F>): void {
    // Its methods get only what `run` and `readPayload` took for this kind, by its name.
    this.#kinds.set(kind.name, kind as unknown as AnyKind<F>);
  }

  /**
   * The writes that are under way, in trouble, or applied a moment ago; in the order in which they were requested. Those under
   * way in other windows come first, and those that a closed window was sending, until this one has taken them over.
   */
  list(feed?: string): readonly WriteStatus<F>[] {
    const here = [...this.#entries.values()].filter(({ saved }) => saved.scope === this.#context.scope());
    const own = here.map((entry) => this.#status(entry));
    const others = this.#others.underWay.filter(({ id }) => !this.#entries.has(id));
    return [...others, ...own].filter((each) => feed === undefined || each.feed === feed);
  }

  /**
   * Sends one write, after those of the same record that were requested before. Resolves with how it ended; never rejects.
   * `signal` cancels it as long as it is not sent, also when its service did not take it and required a pause. `reread`:
   * what was read for it a moment ago.
   */
  run<R, P>(
    kind: WriteKind<R, P, F>,
    record: string,
    payload: P,
    signal?: AbortSignal,
    reread?: WriteEntry<F>['reread'],
  ): Promise<EndedWrite<F>> {
    this.register(kind);
    const before = shownRecord(this.#context.store, kind, record);
    const saved: SavedWrite = {
      id: this.#context.newId(),
      kind: kind.name,
      feed: kind.feed.name,
      record,
      subject: before === undefined ? (kind.subjectOf?.(payload) ?? record) : kind.subject(before),
      title: kind.title,
      payload,
      at: this.#context.clock.now(),
      receipt: undefined,
      scope: this.#context.scope(),
      before,
    };
    const entry = this.#enter(saved, { kind: 'waiting', until: undefined }, payload);
    entry.ready = this.#files.add(saved).then(() => 'moved');
    const end = this.#enqueue(entry);
    entry.signal = signal;
    entry.reread = reread;
    const cancel = (): void => {
      // Once it is tried again, that is another request.
      if (entry.signal === signal && this.#queue.remove(entry)) {
        this.#end(entry, { kind: 'notSent', because: 'cancelled' });
      }
    };
    if (signal?.aborted === true) cancel();
    else signal?.addEventListener('abort', cancel, { once: true });
    return end;
  }

  /** Whether trying it again makes no sense any more, as what was requested has passed: a person must be asked anew. */
  isOutdated(id: string): boolean {
    const entry = this.#entryOf(id);
    return entry !== undefined && isRetryable(entry) && payloadAgain(entry, this.#context.clock.now()) === undefined;
  }

  /**
   * Tries again what did not go through, with what was typed. One whose fate is not known is read back first, and sent
   * again only if that is harmless or it is certain that it was not applied. Undefined when it is gone or outdated.
   */
  retry(id: string): Promise<EndedWrite<F>> | undefined {
    const entry = this.#entryOf(id);
    const payload = entry === undefined ? undefined : payloadAgain(entry, this.#context.clock.now());
    if (entry === undefined || payload === undefined || !isRetryable(entry)) return undefined;
    const isRenewed = payload !== entry.payload;
    if (isRenewed) {
      entry.payload = payload;
      entry.saved = { ...entry.saved, payload, at: this.#context.clock.now(), receipt: undefined };
      void this.#files.update(entry.saved);
    }
    // What came of the earlier request says nothing of a renewed one.
    const unsure = entry.state.kind === 'unconfirmed' && !isRenewed;
    return this.#again(entry, unsure ? 'findOutThenSend' : 'send');
  }

  /** Finds out once more what became of a write whose fate is not known. Sends nothing. Undefined when there is none such. */
  check(id: string): Promise<EndedWrite<F>> | undefined {
    const entry = this.#unconfirmed(id);
    if (entry === undefined) return undefined;
    entry.mode = 'findOut';
    entry.ready = this.#files.move(id, 'sent');
    return this.#enqueue(entry);
  }

  /**
   * Sends once more a write whose fate is not known: a person has seen for themselves that it is not there, or takes it
   * upon them that it is there twice. Undefined when there is none such, or what was requested has passed.
   */
  sendAgain(id: string): Promise<EndedWrite<F>> | undefined {
    const entry = this.#unconfirmed(id);
    if (entry === undefined || payloadAgain(entry, this.#context.clock.now()) === undefined) return undefined;
    return this.#again(entry, 'send');
  }

  /** What somebody else has changed of that which trying a write again, or undoing it, replaces: see `contestOf`. */
  async contest(id: string, by: 'retry' | 'undo', mayRead: boolean): Promise<Contest | undefined> {
    const entry = this.#entryOf(id);
    return entry === undefined ? undefined : contestOf(entry, by, this.#entries.values(), this.#context, mayRead);
  }

  /** Undoes what was applied a moment ago, as a write of its own. */
  undo(id: string): Promise<EndedWrite<F>> | undefined {
    const entry = this.#entryOf(id);
    const request = entry === undefined ? undefined : undoingOf(entry);
    const kind = request === undefined ? undefined : this.#kinds.get(request.kind);
    const payload = kind?.readPayload(request?.payload);
    if (entry === undefined || request === undefined || kind === undefined || payload === undefined) return undefined;
    this.#remove(entry);
    return this.run(kind, request.record, payload, undefined, entry.reread);
  }

  /** Gives up a write that ended in trouble: a person took the text back, or does not want it any more. */
  discard(id: string): void {
    const entry = this.#entryOf(id);
    if (entry !== undefined && isEnd(entry.state)) this.#remove(entry);
  }

  /**
   * Takes over the writes of windows that were closed: what was sent is read back, what was not is reported. Nothing is
   * sent. Resolves when all of it has been taken over, which may be before it has ended. From then on the same is done for
   * each window that is closed, within a minute.
   */
  recover(): Promise<void> {
    return this.#others.start();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #unconfirmed(id: string): WriteEntry<F> | undefined {
    const entry = this.#entryOf(id);
    return entry?.state.kind === 'unconfirmed' && entry.kind !== undefined ? entry : undefined;
  }

  /** One that was requested where the settings lead now: elsewhere the same id may be of another record. */
  #entryOf(id: string): WriteEntry<F> | undefined {
    const entry = this.#entries.get(id);
    return entry?.saved.scope === this.#context.scope() ? entry : undefined;
  }

  #recover({ write, stage }: Claimed): void {
    const kind = this.#kinds.get(write.kind);
    const payload = kind?.readPayload(write.payload);
    if (kind === undefined || payload === undefined) {
      this.#context.log.warn('writes', `${write.kind} ${write.id} is not known to this version`);
    }
    const entry = this.#enter(write, stateAt(stage, this.#context.failures.bringBack(write.failure)), payload);
    entry.recovered = true;
    switch (stage) {
      case 'queued':
        this.#end(entry, { kind: 'notSent', because: 'closed' });
        break;
      case 'sent':
        entry.mode = 'findOut';
        void this.#enqueue(entry);
        break;
      case 'failed':
      case 'unconfirmed':
      case 'notSent':
        // Reported when it happened; it waits for a person. What was typed does so however long it takes.
        if (typedFor(entry) === undefined && this.#context.clock.now() - write.at > keepUntypedMs) this.#remove(entry);
        break;
    }
    this.#changes.fire();
  }

  #enter(saved: SavedWrite, state: WriteState<F>, payload: unknown): WriteEntry<F> {
    const kind = payload === undefined ? undefined : this.#kinds.get(saved.kind);
    const entry = entryFor(saved, kind, payload, state, (own) => this.#perform(own));
    this.#entries.set(saved.id, entry);
    return entry;
  }

  /** A person requests it once more. */
  #again(entry: WriteEntry<F>, mode: 'send' | 'findOutThenSend'): Promise<EndedWrite<F>> {
    entry.mode = mode;
    entry.tries = 0;
    entry.isRetried = true;
    entry.recovered = false;
    entry.signal = undefined;
    entry.ready = this.#files.move(entry.saved.id, mode === 'send' ? 'queued' : 'sent');
    return this.#enqueue(entry);
  }

  #enqueue(entry: WriteEntry<F>): Promise<EndedWrite<F>> {
    entry.timer?.dispose();
    if (entry.kind !== undefined && entry.mode !== 'findOut') {
      entry.shown = this.#optimistic.lay(entry.kind, requestedWrite(entry));
    }
    this.#setState(entry, { kind: 'waiting', until: undefined });
    const end = new Promise<EndedWrite<F>>((resolve) => entry.waiters.push(resolve));
    this.#queue.add(entry);
    return end;
  }

  /** One turn: from its place in the queue to its end, or back into the queue. */
  async #perform(entry: WriteEntry<F>): Promise<void> {
    const outcome = await this.#delivery.deliver(entry, () => this.#setState(entry, { kind: 'sending' }));
    if (this.#lifetime.isOver) return;
    switch (outcome.kind) {
      case 'ended':
        this.#end(entry, outcome.end);
        break;
      case 'later':
        this.#queue.pause(entry.service, outcome.afterMs);
        if (entry.signal?.aborted === true) {
          this.#end(entry, { kind: 'notSent', because: 'cancelled' });
          break;
        }
        this.#queue.putBack(entry);
        this.#setState(entry, { kind: 'waiting', until: undefined });
        break;
      case 'windowClosed':
        break;
    }
  }

  #end(entry: WriteEntry<F>, end: WriteEnd<F>): void {
    const { saved, kind } = entry;
    this.#context.log.info('writes', `${saved.title} ${saved.record}: ${end.kind}`);
    const applied = end.kind === 'applied';
    if (applied) entry.shown?.keepUntilShown();
    else entry.shown?.drop();
    entry.shown = undefined;
    entry.state = end;
    const undoing = undoingOf(entry);
    entry.undoUntil = undoing === undefined ? undefined : this.#context.clock.now() + undoMs;
    entry.undoWarning = undoing === undefined ? undefined : this.#kinds.get(undoing.kind)?.warning;
    const ended = { ...statusOf(entry, end), recovered: entry.recovered };
    for (const resolve of entry.waiters.splice(0)) resolve(ended);
    // Fires before it is removed from disk: after a crash in between it fires again rather than never.
    if (!isElsewhere(end)) this.#ends.fire(ended);
    this.#changes.fire();
    this.#settle(entry, end);
    if (!applied && kind?.independent !== true) this.#holdBack(entry.lane);
    kind?.readAgain(saved.record);
  }

  /** Keeps what waits for a person until it is tried again, discarded or done another way; plans to remove the rest. */
  #settle(entry: WriteEntry<F>, end: WriteEnd<F>): void {
    if (end.kind === 'applied' || end.kind === 'overtaken') {
      void this.#files.remove(entry.saved.id);
      this.#removeEarlier(entry);
    } else {
      this.#keepFailure(entry, end);
      void this.#files.move(entry.saved.id, end.kind);
    }
    if (waitsForPerson(entry)) return;
    const keepMs = end.kind !== 'applied' ? keepCancelledMs : entry.undoUntil === undefined ? keepAppliedMs : undoMs;
    entry.timer = this.#lifetime.after(this.#context.clock, keepMs, () => this.#remove(entry));
  }

  /** For a person who comes to it after a restart. */
  #keepFailure(entry: WriteEntry<F>, end: WriteEnd<F>): void {
    const failure = end.kind === 'failed' || end.kind === 'unconfirmed' ? end.failure : undefined;
    if (failure === undefined) return;
    entry.saved = { ...entry.saved, failure: this.#context.failures.keep(failure) };
    void this.#files.update(entry.saved);
  }

  /** What went wrong before with the same to the same record is over, unless it holds what a person typed. */
  #removeEarlier({ saved }: WriteEntry<F>): void {
    for (const other of this.#entries.values()) {
      const isSame = other.saved.kind === saved.kind && other.saved.record === saved.record;
      if (isSame && waitsForPerson(other) && typedFor(other) === undefined) this.#remove(other);
    }
  }

  /** What was requested on top of a write that did not go through is not sent. */
  #holdBack(lane: string): void {
    for (const entry of this.#queue.waiting(lane)) {
      if (entry.kind?.independent === true || entry.mode !== 'send') continue;
      if (this.#queue.remove(entry)) this.#end(entry, { kind: 'notSent', because: 'earlierFailed' });
    }
  }

  #status(entry: WriteEntry<F>): WriteStatus<F> {
    const { state } = entry;
    const until = state.kind === 'waiting' ? this.#queue.pausedUntil(entry.service) : undefined;
    return statusOf(entry, state.kind === 'waiting' ? { kind: 'waiting', until } : state);
  }

  #setState(entry: WriteEntry<F>, state: WriteState<F>): void {
    entry.state = state;
    this.#changes.fire();
  }

  #remove(entry: WriteEntry<F>): void {
    entry.timer?.dispose();
    this.#entries.delete(entry.saved.id);
    void this.#files.remove(entry.saved.id);
    this.#changes.fire();
  }
}

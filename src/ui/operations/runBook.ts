import { isRunId } from '../../domain/base/ids.ts';
import type { Run, RunEnd, RunStart } from '../../domain/operations/run.ts';
import { lostEnd, readEnd, type SeenWarnings } from '../../dre/output.ts';
import { readReport, type RunReport } from '../../dre/report.ts';
import { runFiles, runOfFile } from '../../dre/runFiles.ts';
import { readLive, readRunEnd, readRunStart, readWarnings } from '../../dre/runRecords.ts';
import type { Clock, Disposable } from '../../engine/base/clock.ts';
import { Emitter, type Event } from '../../engine/base/emitter.ts';
import { lazily } from '../../engine/base/lazy.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';
import type { Log } from '../../engine/base/log.ts';
import { Sequence } from '../../engine/base/sequence.ts';
import { minute, second } from '../../engine/base/units.ts';
import type { Disk } from '../../engine/disk/disk.ts';
import { fromJson } from '../../engine/disk/json.ts';

export interface RunBookContext {
  /** The folder of runs, which all windows share. */
  readonly disk: Disk;
  readonly clock: Clock;
  readonly log: Log;
  /** Whether the process of the runner of a run goes on. */
  readonly isAlive: (pid: number, id: string) => boolean;
  /** Reports a run that ended, once for all windows. Resolves when it is in the journal. */
  readonly report: (run: EndedRun) => Promise<void>;
  /** Takes out what must not be written down. */
  readonly redact: (text: string) => string;
}

/** A run that ended. */
export interface EndedRun extends Run {
  readonly end: RunEnd;
}

/** A run whose terminal is in this window. */
interface OwnRun {
  warnings: readonly string[];
  /** Its terminal was read from the start on. */
  isRead: boolean;
  /** All that its terminal showed was read. */
  isReadToEnd: boolean;
  isClosed: boolean;
}

/** Reports are read this often: the disk usually notifies of them earlier, but may fail to. */
const checkMs = second;
/** The window that has the terminal of a run comes first; the others take what is left after so long. */
const graceMs = 5 * second;
/** What a terminal showed last arrives this long after the report, at most. */
const lastWordsMs = 2 * second;
/** A run that has not begun after so long never will. */
const beginMs = minute;
/** Older runs are removed. */
const mostRuns = 200;

/**
 * The runs of dre of all windows, kept on disk. Each has a file that the window writes which starts it, and one that is
 * created once, by the window that reads the runner's report first: that window reports it. So a run whose window was
 * reloaded, or closed for good, is found by the next one.
 */
export class RunBook implements Disposable {
  readonly #context: RunBookContext;
  readonly #lifetime = new Lifetime();
  readonly #runs = new Map<string, Run>();
  readonly #own = new Map<string, OwnRun>();
  readonly #changes: Emitter<void>;
  readonly #timer;
  /** Reports that wait for the last words of their terminal: until when. */
  readonly #waits = new Map<string, number>();
  /** The runs whose end another window has written down, until it is certain that it was reported. */
  readonly #unreported = new Set<string>();
  readonly #turns: Sequence;

  constructor(context: RunBookContext) {
    this.#context = context;
    const failed = (cause: unknown): void => context.log.error('dre', 'a listener failed', cause);
    this.#changes = this.#lifetime.own(new Emitter<void>(failed));
    this.#timer = this.#lifetime.timer(context.clock);
    this.#turns = new Sequence((cause) => context.log.error('dre', 'the runs cannot be read', cause));
  }

  /** Fires when a run began or ended, in any window. */
  get onDidChange(): Event<void> {
    return this.#changes.event;
  }

  /** The runs that are known, in no order. */
  get runs(): Iterable<Run> {
    return this.#runs.values();
  }

  get(id: string): Run | undefined {
    return this.#runs.get(id);
  }

  /** Reads what is on disk, and follows it from now on. Resolves when it was read; never rejects. */
  readonly load = lazily(async () => {
    this.#lifetime.own(
      this.#context.disk.watch((name) => {
        const id = runOfFile(name);
        if (id !== undefined) void this.#inTurn(() => this.#readRun(id));
      }),
    );
    await this.#inTurn(() => this.#readAll());
    this.#keepLooking();
  });

  /** Writes down that a run begins. Its runner may start when this has resolved. Rejects when the disk refuses. */
  async begin(start: RunStart): Promise<void> {
    const { disk } = this.#context;
    const names = runFiles(start.id);
    this.#own.set(start.id, { warnings: [], isRead: false, isReadToEnd: false, isClosed: false });
    try {
      // The permission first: a run without one, and without a process, is over. For the same reason nothing reads the
      // run before both are written.
      await disk.write(names.permission, '');
      await disk.write(names.start, JSON.stringify(start));
    } catch (cause) {
      this.#own.delete(start.id);
      throw cause;
    }
    if (!this.#runs.has(start.id)) this.#runs.set(start.id, start);
    this.#changes.fire();
    this.#keepLooking();
  }

  /** The process of the runner of a run that goes on; undefined where it is not known. */
  async processOf(id: string): Promise<number | undefined> {
    return fromJson(await this.#read(runFiles(id).live), readLive)?.pid;
  }

  /** The terminal of this run is in this window, which reports its end. What it showed before is not known. */
  adopt(id: string): void {
    if (!this.#own.has(id) && this.#runs.get(id)?.end === undefined) {
      this.#own.set(id, { warnings: [], isRead: false, isReadToEnd: false, isClosed: false });
    }
  }

  /** The terminal of a run is read from the start on. */
  reads(id: string): void {
    const own = this.#own.get(id);
    if (own !== undefined) own.isRead = true;
  }

  /** What a run has warned of until now. */
  warned(id: string, warnings: readonly string[]): void {
    const own = this.#own.get(id);
    if (own === undefined) return;
    own.warnings = warnings.map((warning) => this.#context.redact(warning));
    // For the window that reads the report, should this one be reloaded meanwhile.
    const text = JSON.stringify(own.warnings);
    void this.#inTurn(() =>
      this.#runs.get(id)?.end === undefined
        ? this.#context.disk.write(runFiles(id).warnings, text, 'passing')
        : Promise.resolve(),
    );
  }

  /** All that the terminal of a run showed was read. */
  readToEnd(id: string): void {
    const own = this.#own.get(id);
    if (own === undefined) return;
    own.isReadToEnd = own.isRead;
    void this.#inTurn(() => this.#readRun(id));
  }

  /** The terminal of a run was closed: nothing more comes of it, or soon. */
  closed(id: string): void {
    const own = this.#own.get(id);
    if (own !== undefined) own.isClosed = true;
    void this.#inTurn(() => this.#readRun(id));
  }

  /** The standard output of a run; undefined where there is none. */
  output(id: string): Promise<string | undefined> {
    return isRunId(id) ? this.#read(runFiles(id).output) : Promise.resolve(undefined);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #keepLooking(): void {
    const isOpen = ({ id, end }: Run): boolean => end === undefined || this.#unreported.has(id);
    if (this.#lifetime.isOver || ![...this.#runs.values()].some(isOpen)) return;
    this.#timer.set(checkMs, () => {
      void this.#inTurn(async () => {
        for (const run of [...this.#runs.values()]) if (isOpen(run)) await this.#readRun(run.id);
      }).then(() => this.#keepLooking());
    });
  }

  async #readAll(): Promise<void> {
    const names = await this.#context.disk.list();
    const ids = new Set(names.map(runOfFile).filter((id) => id !== undefined));
    for (const id of ids) await this.#readRun(id);
    const known = [...this.#runs.values()].sort((one, other) => other.startedAt - one.startedAt);
    const old = known.slice(mostRuns).filter(({ end }) => end !== undefined);
    for (const { id } of old) this.#runs.delete(id);
    const unknown = [...ids].filter((id) => !this.#runs.has(id));
    for (const id of [...old.map((run) => run.id), ...unknown]) {
      const { permission, ...names } = runFiles(id);
      // A permission without a start may be that of a run that another window begins just now.
      await this.#remove(id, [...Object.values(names), ...(unknown.includes(id) ? [] : [permission])]);
    }
    this.#changes.fire();
  }

  /** Takes in what is new of a run, and settles how it ended where this window may. */
  async #readRun(id: string): Promise<void> {
    const names = runFiles(id);
    let run = this.#runs.get(id);
    if (run === undefined) {
      run = fromJson(await this.#read(names.start), readRunStart);
      if (run === undefined) return;
      const end = fromJson(await this.#read(names.end), readRunEnd);
      run = { ...run, end };
      this.#runs.set(id, run);
      if (end !== undefined) this.#unreported.add(id);
      this.#changes.fire();
      this.#keepLooking();
    }
    if (run.end !== undefined) {
      if (this.#unreported.has(id)) await this.#reportOfOther({ ...run, end: run.end });
      return;
    }
    const end = fromJson(await this.#read(names.end), readRunEnd);
    if (end === undefined) await this.#settle(run);
    else {
      this.#take(run, end);
      this.#unreported.add(id);
      this.#keepLooking();
    }
  }

  /** Reports a run whose end another window has written down, in case that was closed before it did. */
  async #reportOfOther(run: EndedRun): Promise<void> {
    const { clock, disk, report } = this.#context;
    const names = runFiles(run.id);
    if ((await this.#read(names.report)) === undefined) {
      this.#unreported.delete(run.id);
      return;
    }
    const age = clock.now() - run.end.endedAt;
    if (age >= 0 && age < 2 * graceMs) return;
    this.#unreported.delete(run.id);
    try {
      await disk.rename(names.report, names.telling);
    } catch {
      // Another window was first.
      return;
    }
    await report(run);
    await this.#remove(run.id, [names.telling, names.live, names.permission, names.warnings]);
  }

  #take(run: Run, end: RunEnd): EndedRun {
    const ended = { ...run, end };
    this.#runs.set(run.id, ended);
    this.#own.delete(run.id);
    this.#waits.delete(run.id);
    this.#changes.fire();
    return ended;
  }

  async #settle(run: Run): Promise<void> {
    const { clock, log } = this.#context;
    const names = runFiles(run.id);
    const own = this.#own.get(run.id);
    const text = await this.#read(names.report);
    if (text === undefined) {
      if (await this.#isLost(run, own)) await this.#end(run, lostEnd(clock.now(), await this.#seen(run, own)));
      return;
    }
    const report = readReport(text);
    if (!report.ok) {
      log.error('dre', 'the report of a run cannot be read', report.failure.cause);
      await this.#end(run, lostEnd(clock.now(), await this.#seen(run, own)));
      return;
    }
    if (this.#mustWait(run, own, report.value)) return;
    await this.#end(run, readEnd(run, report.value, await this.#seen(run, own)));
  }

  /** Whether another window, or the rest of what the terminal shows, comes first. */
  #mustWait(run: Run, own: OwnRun | undefined, { endedAt }: RunReport): boolean {
    const now = this.#context.clock.now();
    // A clock that was set back meanwhile must not keep anybody waiting.
    if (own === undefined) return now >= endedAt && now - endedAt < graceMs;
    if (!own.isRead || own.isReadToEnd || own.isClosed) return false;
    const until = this.#waits.get(run.id) ?? now + lastWordsMs;
    this.#waits.set(run.id, until);
    return now < until;
  }

  async #isLost(run: Run, own: OwnRun | undefined): Promise<boolean> {
    const { clock, isAlive } = this.#context;
    const names = runFiles(run.id);
    const live = await this.#read(names.live);
    if (live !== undefined) {
      const pid = fromJson(live, readLive)?.pid;
      // Its runner makes the file before it writes the process into it.
      if (pid === undefined ? clock.now() - run.startedAt < beginMs : isAlive(pid, run.id)) return false;
    } else if ((await this.#read(names.permission)) !== undefined) {
      if (own?.isClosed !== true && clock.now() - run.startedAt < beginMs) return false;
      // Nobody may begin it any more.
      await this.#remove(run.id, [names.permission]);
      return (await this.#read(names.live)) === undefined;
    } else if ((await this.#read(names.live)) !== undefined) {
      // Its runner took the permission between the two reads.
      return false;
    }
    // It ended between the two reads, or in another window.
    return (await this.#read(names.report)) === undefined && (await this.#read(names.end)) === undefined;
  }

  async #seen({ id }: Run, own: OwnRun | undefined): Promise<SeenWarnings> {
    const before = fromJson(await this.#read(runFiles(id).warnings), readWarnings) ?? [];
    const warnings = [...new Set([...before, ...(own?.warnings ?? [])])];
    return { warnings, sawAll: own?.isReadToEnd ?? false };
  }

  async #end(run: Run, end: RunEnd): Promise<void> {
    const { disk, log, redact, report } = this.#context;
    const names = runFiles(run.id);
    const kept = { ...end, output: redact(end.output) };
    let isFirst = true;
    try {
      isFirst = await disk.create(names.end, JSON.stringify(kept));
    } catch (cause) {
      log.error('dre', 'how a run ended cannot be written down', cause);
    }
    const written = isFirst ? kept : fromJson(await this.#read(names.end), readRunEnd);
    const ended = this.#take(run, written ?? kept);
    if (!isFirst) return;
    await report(ended);
    await this.#remove(run.id, [names.report, names.live, names.permission, names.warnings]);
  }

  async #read(name: string): Promise<string | undefined> {
    try {
      return await this.#context.disk.read(name);
    } catch (cause) {
      this.#context.log.warn('dre', `${name} cannot be read`, cause);
      return undefined;
    }
  }

  async #remove(id: string, names: readonly string[]): Promise<void> {
    try {
      for (const name of names) await this.#context.disk.remove(name);
    } catch (cause) {
      this.#context.log.warn('dre', `the files of the run ${id} cannot be removed`, cause);
    }
  }

  /** One after the other: a read that is requested during another comes after it. */
  #inTurn(step: () => Promise<void>): Promise<void> {
    this.#turns.run(async () => {
      if (!this.#lifetime.isOver) await step();
    });
    return this.#turns.flush();
  }
}

import * as vscode from 'vscode';
import type { Failure } from '../../domain/base/failure.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { lazily } from '../../engine/base/lazy.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';
import type { Disk } from '../../engine/disk/disk.ts';
import type { Store } from '../../engine/read/store.ts';
import { runsKey } from '../../feeds/operations/keys.ts';
import type { Host } from '../kit/host.ts';
import { afterFirstRowsMs } from '../kit/startParts.ts';
import type { EndedRun, RunBook } from './runBook.ts';

export interface RunsFollowingParts extends Pick<Host, 'clock' | 'log'> {
  readonly store: Store<Failure>;
  /** The folder of runs, shared by all windows. */
  readonly disk: Disk;
  readonly redact: (text: string) => string;
  /** What reports runs; loaded when there is something to report. */
  readonly reporters: () => Promise<RunReporters>;
}

/** What is done about runs of this window and of earlier ones. */
export interface RunReporters {
  /** A run ended, and it is for this window to report it. Resolves when it is in the journal. */
  ended(run: EndedRun): Promise<void>;
  /** A run goes on that this window did not start, or that it started before it was reloaded. */
  goesOn(id: string): Promise<void>;
}

/** Follows the runs of dre of all windows: brings them into the store, and has reported what is to be reported. */
export class RunsFollowing implements Disposable {
  readonly #parts: RunsFollowingParts;
  readonly #lifetime = new Lifetime();

  constructor(parts: RunsFollowingParts) {
    this.#parts = parts;
  }

  /** Begins to follow, after the first rows. */
  start(): void {
    const { clock, log } = this.#parts;
    this.#lifetime.after(clock, afterFirstRowsMs, () => {
      this.book().catch((cause: unknown) => log.error('dre', 'the runs of dre were not read', cause));
    });
  }

  /** The runs, read from disk and followed from now on. */
  readonly book = lazily(async (): Promise<RunBook> => {
    const { clock, log, disk, store, redact, reporters } = this.#parts;
    const { RunBook: Book } = await import('./runBook.ts');
    const { isRunnerAlive } = await import('./runnerProcess.ts');
    const { hasProposals, isSubmittable } = await import('../../views/operations/view.ts');
    const failed = (cause: unknown): void => log.error('dre', 'the end of a run was not reported', cause);
    const report = (run: EndedRun): Promise<void> =>
      reporters()
        .then((all) => all.ended(run))
        .catch(failed);
    const book = this.#lifetime.own(new Book({ disk, clock, log, redact, report, isAlive: isRunnerAlive }));
    const show = (): void => {
      const runs = [...book.runs];
      store.update(runsKey, { status: 'fresh', records: runs });
      const { executeCommand } = vscode.commands;
      void executeCommand('setContext', 'drDre.operations.hasRuns', runs.length > 0);
      void executeCommand('setContext', 'drDre.operations.hasSubmittable', runs.some(isSubmittable));
      void executeCommand('setContext', 'drDre.operations.hasProposals', runs.some(hasProposals));
    };
    this.#lifetime.own(book.onDidChange(show));
    await book.load();
    for (const { id, end } of [...book.runs]) {
      if (end === undefined) {
        void reporters()
          .then((all) => all.goesOn(id))
          .catch(failed);
      }
    }
    return book;
  });

  dispose(): void {
    this.#lifetime.dispose();
  }
}

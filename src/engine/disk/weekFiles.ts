import type { Log } from '../base/log.ts';
import type { Disk } from './disk.ts';

/** The weeks by which lines are divided into files: names such as "2026-W35", which sort by time. */
export interface Weeks {
  /** The week of an instant, epoch milliseconds. */
  of(at: number): string;
  /** The weeks from one instant to another, oldest first; of more than `most` the newest. */
  between(from: number, to: number, most: number): readonly string[];
}

export interface WeekFilesContext {
  /** The folder of the files, which may be another one later. */
  readonly disk: () => Disk;
  readonly log: Log;
  readonly weeks: Weeks;
  /** Letters: a file is called `<name>-<week>.jsonl`, and this is its name in the log. */
  readonly name: string;
}

/** What a week's file says. */
export interface WeekLines {
  readonly week: string;
  readonly lines: readonly string[];
  /** Older lines were left out, as there are too many. */
  readonly truncated: boolean;
}

/** Of a week's file no more than its end is read, in characters. */
const mostRead = 4 * 1024 * 1024;
/** Files of more weeks than this are removed, oldest first. */
const weeksKept = 26;

/**
 * Lines that are only ever added, in one file for each week. Several windows may add at once: a line is one write at the
 * end of the file. A line begins with a line break, so that one torn by a crash damages no other.
 */
export class WeekFiles {
  readonly #context: WeekFilesContext;
  readonly #seen = new Set<string>();
  #last: Promise<unknown> = Promise.resolve();
  #refused = false;

  constructor(context: WeekFilesContext) {
    this.#context = context;
  }

  /**
   * Adds lines of an instant. Resolves with true when they are on disk, with false when the disk has refused, which is
   * logged once. Never rejects.
   */
  append(at: number, lines: readonly string[]): Promise<boolean> {
    const written = this.#last.then(() => this.#append(at, lines));
    this.#last = written;
    return written;
  }

  /** Resolves when all lines added so far are on disk, or refused by it. */
  async flush(): Promise<void> {
    await this.#last;
  }

  /** The lines of the weeks of a time, oldest first, both ends included. Never rejects: what cannot be read is left out. */
  async read({ from, to }: { readonly from: number; readonly to: number }): Promise<readonly WeekLines[]> {
    await this.#last;
    const found: WeekLines[] = [];
    for (const week of this.#context.weeks.between(from, to, weeksKept)) {
      const text = await this.#load(this.#fileOf(week));
      const truncated = text.length > mostRead;
      const lines = text.slice(-mostRead).split('\n');
      if (truncated) lines.shift();
      found.push({ week, lines: lines.filter((line) => line !== ''), truncated });
    }
    return found;
  }

  async #append(at: number, lines: readonly string[]): Promise<boolean> {
    const { disk, log, name, weeks } = this.#context;
    const file = this.#fileOf(weeks.of(at));
    try {
      if (!this.#seen.has(file)) await this.#rotate(file);
      await disk().append(file, `\n${lines.join('\n')}\n`);
      this.#refused = false;
      return true;
    } catch (cause) {
      // Once is enough: a full disk stays full for a while.
      log[this.#refused ? 'debug' : 'error'](name, `${file} cannot be written`, cause);
      this.#refused = true;
      return false;
    }
  }

  /** At the first line of a week: the files of weeks long ago go. */
  async #rotate(file: string): Promise<void> {
    const { disk, log, name } = this.#context;
    this.#seen.add(file);
    const files = (await disk().list()).filter((each) => this.#isFile(each)).sort();
    for (const old of files.slice(0, Math.max(0, files.length - weeksKept))) {
      if (old === file) continue;
      log.info(name, `${old} is removed, as it is older than ${weeksKept} weeks`);
      await disk().remove(old);
    }
  }

  async #load(file: string): Promise<string> {
    const { disk, log, name } = this.#context;
    try {
      return (await disk().read(file)) ?? '';
    } catch (cause) {
      log.warn(name, `${file} cannot be read`, cause);
      return '';
    }
  }

  #fileOf(week: string): string {
    return `${this.#context.name}-${week}.jsonl`;
  }

  #isFile(file: string): boolean {
    const { name } = this.#context;
    return file.startsWith(`${name}-`) && /^\d{4}-W\d\d\.jsonl$/.test(file.slice(name.length + 1));
  }
}

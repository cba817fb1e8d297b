import type { Disk } from './disk.ts';
import { objectFromJson, type Fields } from './json.ts';
import type { Log } from '../base/log.ts';
import { redactStart } from '../base/redact.ts';

/** What a line tells: that something came, was done to a record, was run, or that a person noted something. */
export const journalKinds = ['came', 'done', 'ran', 'noted'] as const;
export type JournalKind = (typeof journalKinds)[number];

/** How it ended. `unconfirmed`: it may or may not have taken effect. */
export const outcomes = ['applied', 'succeeded', 'failed', 'notSent', 'unconfirmed'] as const;
export type Outcome = (typeof outcomes)[number];

/** One line of the shift's journal. */
export interface JournalEntry {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly what: JournalKind;
  /** What it is about: "alerts" and an id. */
  readonly record?: { readonly feed: string; readonly key: string } | undefined;
  /** By whom, where that is known. */
  readonly who?: string | undefined;
  /** In words. Text from outside: data, never markup. */
  readonly title: string;
  /** More words: the reason of a failure, what was typed. */
  readonly detail?: string | undefined;
  readonly outcome?: Outcome | undefined;
  /** A page in the browser. */
  readonly link?: string | undefined;
}

export interface JournalContext {
  /** The folder of journals, shared by all windows. */
  readonly disk: Disk;
  readonly log: Log;
  /** What must not be written down. */
  readonly secrets: () => readonly string[];
  readonly weeks: JournalWeeks;
}

/** The weeks by which lines are divided into files: names such as "2026-W35", which sort by time. */
export interface JournalWeeks {
  /** The week of an instant, epoch milliseconds. */
  of(at: number): string;
  /** The weeks from one instant to another, oldest first; of more than `most` the newest. */
  between(from: number, to: number, most: number): readonly string[];
}

/** The lines of the journal in a span of time. */
export interface JournalPages {
  /** Oldest first. */
  readonly entries: readonly JournalEntry[];
  /** Lines that could not be read: torn by a crash, or not ours. */
  readonly skipped: number;
  /** Older lines of a week were left out, as there are too many. */
  readonly truncated: boolean;
}

/** Of a week's file no more than its end is read, in characters. */
const mostRead = 4 * 1024 * 1024;
/** No text of a line is longer, in characters. */
const longestText = 1_000;
/** Files of more weeks than this are removed, oldest first. */
const weeksKept = 26;

/**
 * The append-only journal of the shift: JSON lines, one file for each week. Several windows append at once: a
 * line is one write at the end of the file. A line begins with a line break, so that one torn by a crash damages no other.
 */
export class Journal {
  readonly #context: JournalContext;
  readonly #seen = new Set<string>();
  readonly #damaged = new Set<string>();
  #last: Promise<void> = Promise.resolve();
  #refused = false;

  constructor(context: JournalContext) {
    this.#context = context;
  }

  /** Adds a line. Resolves when it is on disk, or the disk has refused, which the log tells once. Never rejects. */
  append(entry: JournalEntry): Promise<void> {
    this.#last = this.#last.then(() => this.#append(entry));
    return this.#last;
  }

  /** Resolves when all lines added so far are on disk, or refused by it. */
  flush(): Promise<void> {
    return this.#last;
  }

  /** The lines of a time, both ends included, epoch milliseconds. Never rejects: what cannot be read is left out. */
  async read({ from, to }: { readonly from: number; readonly to: number }): Promise<JournalPages> {
    await this.#last;
    const entries: JournalEntry[] = [];
    let skipped = 0;
    let truncated = false;
    for (const week of this.#context.weeks.between(from, to, weeksKept)) {
      const text = await this.#load(fileOf(week));
      const lines = text.slice(-mostRead).split('\n');
      if (text.length > mostRead) {
        truncated = true;
        lines.shift();
      }
      const written = lines.filter((line) => line !== '');
      const found = written.map((line) => objectFromJson(line, readEntry)).filter((entry) => entry !== undefined);
      const damaged = written.length - found.length;
      if (damaged > 0) this.#tellDamaged(week, damaged);
      skipped += damaged;
      for (const entry of found) if (entry.at >= from && entry.at <= to) entries.push(entry);
    }
    return { entries: entries.sort((a, b) => a.at - b.at), skipped, truncated };
  }

  async #append(entry: JournalEntry): Promise<void> {
    const { disk, log, secrets, weeks } = this.#context;
    const week = weeks.of(entry.at);
    const file = fileOf(week);
    try {
      if (!this.#seen.has(file)) await this.#rotate(file);
      await disk.append(file, `\n${encodeEntry(entry, secrets())}\n`);
      this.#refused = false;
    } catch (cause) {
      // Once is enough: a full disk stays full for a while.
      log[this.#refused ? 'debug' : 'error']('journal', `${file} cannot be written`, cause);
      this.#refused = true;
    }
  }

  /** At the first line of a week: the files of weeks long ago go. */
  async #rotate(file: string): Promise<void> {
    const { disk, log } = this.#context;
    this.#seen.add(file);
    const files = (await disk.list()).filter((name) => filePattern.test(name)).sort();
    for (const old of files.slice(0, Math.max(0, files.length - weeksKept))) {
      if (old === file) continue;
      log.info('journal', `${old} is removed, as it is older than ${weeksKept} weeks`);
      await disk.remove(old);
    }
  }

  async #load(file: string): Promise<string> {
    try {
      return (await this.#context.disk.read(file)) ?? '';
    } catch (cause) {
      this.#context.log.warn('journal', `${file} cannot be read`, cause);
      return '';
    }
  }

  #tellDamaged(week: string, count: number): void {
    if (this.#damaged.has(week)) return;
    this.#damaged.add(week);
    this.#context.log.warn('journal', `${count} lines of ${week} cannot be read, and are skipped`);
  }
}

const filePattern = /^journal-\d{4}-W\d\d\.jsonl$/;

function fileOf(week: string): string {
  return `journal-${week}.jsonl`;
}

function encodeEntry({ record, ...entry }: JournalEntry, secrets: readonly string[]): string {
  return JSON.stringify({ ...entry, feed: record?.feed, key: record?.key }, (_, value: unknown) =>
    typeof value === 'string' ? redactStart(value, secrets, longestText) : value,
  );
}

function readEntry(fields: Fields): JournalEntry | undefined {
  const { at, title, feed, key } = fields;
  const what = journalKinds.find((each) => each === fields['what']);
  if (what === undefined || typeof at !== 'number' || typeof title !== 'string') return undefined;
  return {
    at,
    what,
    title,
    record: typeof feed === 'string' && typeof key === 'string' ? { feed, key } : undefined,
    who: textOr(fields['who']),
    detail: textOr(fields['detail']),
    outcome: outcomes.find((each) => each === fields['outcome']),
    link: textOr(fields['link']),
  };
}

function textOr(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

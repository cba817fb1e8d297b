import type { Disk } from './disk.ts';
import { objectFromJson, type Fields } from './json.ts';
import type { Log } from '../base/log.ts';
import { redactStart } from '../base/redact.ts';
import { WeekFiles, type Weeks } from './weekFiles.ts';

/** What a line says: that something came, was done to a record, was run, or that a person noted something. */
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
  readonly weeks: Weeks;
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

/** No text of a line is longer, in characters. */
const longestText = 1_000;

/** The append-only journal of the shift: JSON lines, one file for each week. Several windows append at once. */
export class Journal {
  readonly #context: JournalContext;
  readonly #files: WeekFiles;
  readonly #damaged = new Set<string>();

  constructor(context: JournalContext) {
    this.#context = context;
    const { disk, log, weeks } = context;
    this.#files = new WeekFiles({ disk: () => disk, log, weeks, name: 'journal' });
  }

  /** Adds a line. Resolves when it is on disk, or the disk has refused, which is logged once. Never rejects. */
  async append(entry: JournalEntry): Promise<void> {
    await this.#files.append(entry.at, [encodeEntry(entry, this.#context.secrets())]);
  }

  /** Resolves when all lines added so far are on disk, or refused by it. */
  flush(): Promise<void> {
    return this.#files.flush();
  }

  /** The lines of a time, both ends included, epoch milliseconds. Never rejects: what cannot be read is left out. */
  async read({ from, to }: { readonly from: number; readonly to: number }): Promise<JournalPages> {
    const entries: JournalEntry[] = [];
    let skipped = 0;
    let isCut = false;
    for (const { week, lines, truncated } of await this.#files.read({ from, to })) {
      isCut ||= truncated;
      const found = lines.map((line) => objectFromJson(line, readEntry)).filter((entry) => entry !== undefined);
      const damaged = lines.length - found.length;
      if (damaged > 0) this.#logDamaged(week, damaged);
      skipped += damaged;
      for (const entry of found) if (entry.at >= from && entry.at <= to) entries.push(entry);
    }
    return { entries: entries.sort((a, b) => a.at - b.at), skipped, truncated: isCut };
  }

  #logDamaged(week: string, count: number): void {
    if (this.#damaged.has(week)) return;
    this.#damaged.add(week);
    this.#context.log.warn('journal', `${count} lines of ${week} cannot be read, and are skipped`);
  }
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

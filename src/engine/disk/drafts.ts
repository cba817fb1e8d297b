import { createHash } from 'node:crypto';
import type { Clock, Disposable } from '../base/clock.ts';
import { Gather } from '../base/lifetime.ts';
import type { Log } from '../base/log.ts';
import { minute } from '../base/units.ts';
import type { Disk } from './disk.ts';
import { isTexts, objectFromJson } from './json.ts';

/** What a draft is kept under: what it is typed for. */
export interface DraftKey {
  /** What it is for: the name of the kind of write that the answer goes into, or a name of its own. */
  readonly kind: string;
  /** Which one, where there are several for the same thing. */
  readonly step?: string | undefined;
  /** The service that has the records, where the settings may lead to another one with the same keys. */
  readonly site?: string | undefined;
  /** Keys of the records that it is about; none where it is about none. */
  readonly records: readonly string[];
}

/** What was typed, and when, epoch milliseconds. */
export interface Draft {
  readonly text: string;
  readonly at: number;
}

/** A draft of several for the same thing. */
export interface ListedDraft extends Draft, Pick<DraftKey, 'site' | 'records'> {}

/** A draft on disk. */
interface SavedDraft extends Draft {
  readonly site: string | undefined;
  readonly records: readonly string[];
  /** It went into writes to these records that are not applied yet; undefined while it was not used. */
  readonly waits: readonly string[] | undefined;
  /** One of them did not go through: it is offered again, though it is gone when a further attempt is applied. */
  readonly isBack: boolean;
}

export interface DraftsContext {
  /** A folder of its own, shared by all windows. */
  readonly disk: Disk;
  readonly clock: Clock;
  readonly log: Log;
  /** What must not be written down. */
  readonly secrets: () => readonly string[];
}

/** What is typed within this time is written down together. */
const gatherMs = 300;
/** Older ones are removed. */
const keptMs = 14 * 24 * 60 * minute;
/** Of more than this the oldest are removed. */
const mostKept = 50;
/** A longer text is not kept, in characters: a description is kept as a document of Jira, too. */
const longestText = 2_000_000;

/**
 * Keeps what a person typed until it is used: a box that is closed half way, or a window that is reloaded, loses none of it.
 * What went into a write is kept until the service has applied it. One small file for each key, readable by the user only.
 * Never ask for a secret through this. No call rejects: failures are logged.
 */
export class Drafts implements Disposable {
  readonly #context: DraftsContext;
  /** What this window typed or was offered last, by file: another window may have put another text in its place since. */
  readonly #here = new Map<string, string>();
  /** What is typed now and not written down yet. */
  #typing: { readonly key: DraftKey; readonly draft: Draft } | undefined;
  readonly #gather: Gather;
  #last: Promise<unknown> = Promise.resolve();

  constructor(context: DraftsContext) {
    this.#context = context;
    this.#gather = new Gather(context.clock, gatherMs, () => this.#settle());
  }

  /** What was typed for this the last time and not used; undefined when there is nothing, or it is being sent. */
  async offered(key: DraftKey): Promise<Draft | undefined> {
    this.#settle();
    return this.#inTurn('read', async () => {
      const name = fileOf(key);
      const kept = await this.#read(name);
      const isBeingSent = kept?.waits !== undefined && !kept.isBack;
      if (kept === undefined || isBeingSent) return undefined;
      this.#here.set(name, kept.text);
      return { text: kept.text, at: kept.at };
    });
  }

  /** Keeps a text, soon, also while typing goes on. An empty one is none. */
  type(key: DraftKey, text: string): void {
    if (this.#typing !== undefined && fileOf(this.#typing.key) !== fileOf(key)) this.#settle();
    this.#typing = { key, draft: { text, at: this.#context.clock.now() } };
    this.#gather.note();
  }

  /**
   * The texts of this kind that were typed in this window went into writes to these records: they are kept until those are
   * applied. What another window has typed in their place stays as it is.
   */
  handOver(kind: string, records: readonly string[], site?: string): void {
    this.#settle();
    void this.#inTurn('hand over', async () => {
      for (const [name, kept] of await this.#all(kind)) {
        if (kept.site !== site || !sameRecords(kept.records, records)) continue;
        if (this.#here.get(name) !== kept.text) continue;
        await this.#write(name, { ...kept, waits: records, isBack: false });
      }
    });
  }

  /** A write has ended: what was typed for it is gone if it was applied, and is offered again if not. */
  ended(kind: string, record: string, applied: boolean): void {
    void this.#inTurn('settle', async () => {
      for (const [name, kept] of await this.#all(kind)) {
        if (kept.waits?.includes(record) !== true) continue;
        const left = kept.waits.filter((each) => each !== record);
        if (!applied) await this.#write(name, { ...kept, isBack: true });
        else if (left.length > 0) await this.#write(name, { ...kept, waits: left });
        else await this.#context.disk.remove(name);
      }
    });
  }

  /** All drafts of a kind that were not used, in whichever window, the newest first. */
  async listed(kind: string): Promise<readonly ListedDraft[]> {
    this.#settle();
    const all = (await this.#inTurn('list', () => this.#all(kind))) ?? [];
    return all
      .flatMap(([, { text, at, site, records, waits, isBack }]) =>
        waits === undefined || isBack ? [{ text, at, site, records }] : [],
      )
      .sort((one, other) => other.at - one.at);
  }

  /** This text was used. Another text that is kept in its place stays, whoever typed it. */
  removeText(key: DraftKey, text: string): void {
    this.#settle();
    void this.#inTurn('remove', async () => {
      const name = fileOf(key);
      if ((await this.#read(name))?.text === text) await this.#context.disk.remove(name);
    });
  }

  /** All drafts of this kind were used, in whichever window. */
  remove(kind: string): void {
    this.#settle();
    void this.#inTurn('remove', async () => {
      for (const [name] of await this.#all(kind)) await this.#context.disk.remove(name);
    });
  }

  /** Resolves when all is written down. */
  async flush(): Promise<void> {
    this.#settle();
    await this.#last;
  }

  dispose(): void {
    this.#settle();
    this.#gather.dispose();
  }

  /** Writes down what was typed last. */
  #settle(): void {
    if (this.#typing === undefined) return;
    const { key, draft } = this.#typing;
    this.#gather.cancel();
    this.#typing = undefined;
    void this.#inTurn('write', async () => {
      const name = fileOf(key);
      if (!this.#mayKeep(draft.text)) {
        await this.#context.disk.remove(name);
        return;
      }
      const kept = await this.#read(name);
      const isNew = this.#here.get(name) !== draft.text;
      this.#here.set(name, draft.text);
      // An editor that is saved gives the same text once more: what another window has typed since is newer.
      if (!isNew && kept !== undefined && kept.text !== draft.text) return;
      if (kept === undefined) await this.#makeRoom();
      await this.#write(name, {
        ...draft,
        site: key.site,
        records: key.records,
        waits: undefined,
        isBack: false,
      });
    });
  }

  #mayKeep(text: string): boolean {
    if (text.trim() === '' || text.length > longestText) return false;
    return !this.#context.secrets().some((secret) => secret !== '' && text.includes(secret));
  }

  async #makeRoom(): Promise<void> {
    const all = await this.#all();
    const oldest = all.sort(([, one], [, other]) => one.at - other.at).slice(0, Math.max(0, all.length - mostKept + 1));
    for (const [name] of oldest) await this.#context.disk.remove(name);
  }

  /** Those of a kind, or all. */
  async #all(kind?: string): Promise<[name: string, kept: SavedDraft][]> {
    const prefix = kind === undefined ? '' : prefixOf(kind);
    const names = (await this.#context.disk.list()).filter((name) => name.startsWith(prefix) && name.endsWith('.json'));
    const found: [string, SavedDraft][] = [];
    for (const name of names) {
      const kept = await this.#read(name);
      if (kept !== undefined) found.push([name, kept]);
    }
    return found;
  }

  /** One that is too old or damaged is removed. */
  async #read(name: string): Promise<SavedDraft | undefined> {
    const { disk, clock } = this.#context;
    const text = await disk.read(name);
    if (text === undefined) return undefined;
    const kept = parse(text, (why) => this.#context.log.warn('drafts', `${name} ${why}, and is removed`));
    if (kept !== undefined && clock.now() - kept.at < keptMs) return kept;
    await disk.remove(name);
    return undefined;
  }

  #write(name: string, kept: SavedDraft): Promise<void> {
    return this.#context.disk.write(name, JSON.stringify(kept), 'passing');
  }

  /** One after the other: what is read has been written before. */
  #inTurn<T>(what: string, run: () => Promise<T>): Promise<T | undefined> {
    const done = this.#last.then(run).catch((cause: unknown) => {
      this.#context.log.warn('drafts', `could not ${what} what was typed`, cause);
      return undefined;
    });
    this.#last = done;
    return done;
  }
}

function prefixOf(kind: string): string {
  return `${kind.replace(/[^A-Za-z0-9.]/g, '_')}-`;
}

/** The records may be many, and their keys anything. */
function fileOf({ kind, step = '', site, records }: DraftKey): string {
  const key = JSON.stringify([kind, step, ...(site === undefined ? [] : [{ site }]), ...records.toSorted()]);
  return `${prefixOf(kind)}${createHash('sha256').update(key).digest('hex').slice(0, 24)}.json`;
}

function sameRecords(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((record) => other.includes(record));
}

function parse(text: string, damaged: (why: string) => void): SavedDraft | undefined {
  return objectFromJson(
    text,
    ({ text: typed, at, site, records, waits, isBack }) => {
      if (typeof typed !== 'string' || typeof at !== 'number' || typeof isBack !== 'boolean') return undefined;
      if (!isTexts(records) || !(waits === undefined || isTexts(waits))) return undefined;
      if (site !== undefined && typeof site !== 'string') return undefined;
      return { text: typed, at, site, records, waits, isBack };
    },
    damaged,
  );
}

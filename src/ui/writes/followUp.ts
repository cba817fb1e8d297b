import type { Failure } from '../../domain/base/failure.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime, type Gather } from '../../engine/base/lifetime.ts';
import type { EndedWrite } from '../../engine/writes/kind.ts';
import type { Writes } from '../../engine/writes/writes.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import type { CreatedTickets } from '../../feeds/queue/creation.ts';
import type { Documents } from '../kit/documents.ts';
import { afterFirstRowsMs } from '../kit/shell.ts';
import type { Host } from '../kit/host.ts';

/** Recovered writes that end within this time are told in one message. */
const gatherMs = 1_000;

export interface WriteFollowUpParts extends Pick<Host, 'clock' | 'log'> {
  readonly writes: Writes<Failure>;
  readonly writeKinds: () => Promise<unknown>;
  readonly journal: Pick<Host['journal'], 'append'>;
  readonly account: Pick<SignedInAccount, 'current'>;
  readonly createdTickets: Pick<CreatedTickets, 'keyOf'>;
  /** The page of a record, if it has one. */
  readonly pageOf: (feed: string, record: string) => Promise<string | undefined>;
  readonly documents: Pick<Documents, 'refresh'>;
}

/** Follows up on writes: adds their lines to the journal, and recovers those of closed windows. */
export class WriteFollowUp implements Disposable {
  readonly #parts: WriteFollowUpParts;
  readonly #lifetime = new Lifetime();
  readonly #reports: Gather;
  readonly #recovered: EndedWrite<Failure>[] = [];
  /** Lines on their way into the journal. */
  readonly #notes = new Set<Promise<void>>();

  constructor(parts: WriteFollowUpParts) {
    this.#parts = parts;
    const { writes, clock } = parts;
    this.#reports = this.#lifetime.gather(clock, gatherMs, () => this.#reportRecovered());
    this.#lifetime.own(writes.onDidEnd((ended) => this.#ended(ended)));
  }

  /** Recovers the writes of closed windows, after the first rows. */
  start(): void {
    const { writes, writeKinds, clock, log } = this.#parts;
    this.#lifetime.after(clock, afterFirstRowsMs, () => {
      writeKinds()
        .then(() => writes.recover())
        .catch((cause: unknown) => log.error('writes', 'the writes of closed windows were not recovered', cause));
    });
  }

  /** Resolves when the journal has a line of each write that ended: nothing else on disk tells of one that was applied. */
  async flush(): Promise<void> {
    await Promise.all(this.#notes);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #ended(ended: EndedWrite<Failure>): void {
    const note = this.#note(ended)
      .catch((cause: unknown) => this.#parts.log.error('writes', 'the journal has no line of a write', cause))
      .finally(() => this.#notes.delete(note));
    this.#notes.add(note);
    if (!ended.recovered) return;
    this.#recovered.push(ended);
    this.#reports.note();
  }

  #reportRecovered(): void {
    const { log } = this.#parts;
    import('./reports.ts')
      .then(({ reportRecovered }) => reportRecovered(this.#parts, this.#recovered.splice(0)))
      .catch((cause: unknown) => log.error('writes', 'recovered writes could not be reported', cause));
  }

  async #note(ended: EndedWrite<Failure>): Promise<void> {
    const { journal, account, clock, pageOf, createdTickets } = this.#parts;
    const created = createdTickets.keyOf(ended.record);
    const told = created === undefined ? ended : { ...ended, record: created, subject: `${created} ${ended.subject}` };
    const [{ journalEntry }, link] = await Promise.all([
      import('../../views/journal/entry.ts'),
      pageOf(told.feed, told.record),
    ]);
    await journal.append(journalEntry(told, account.current?.name, clock.now(), link));
    this.#parts.documents.refresh('journal');
  }
}

import type { Failure } from '../../domain/base/failure.ts';
import type { Instant } from '../../domain/base/time.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime, type Gather } from '../../engine/base/lifetime.ts';
import { Sequence } from '../../engine/base/sequence.ts';
import type { EndedWrite } from '../../engine/writes/kind.ts';
import type { Writes } from '../../engine/writes/writes.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import type { CreatedTickets } from '../../feeds/queue/creation.ts';
import type { Documents } from '../kit/documents.ts';
import { afterFirstRowsMs } from '../kit/startParts.ts';
import type { Host } from '../kit/host.ts';

/** Recovered writes that end within this time are shown in one message: each is confirmed seconds after it was read back. */
const gatherMs = 5_000;

export interface WriteFollowUpParts extends Pick<Host, 'clock' | 'log'> {
  readonly writes: Writes<Failure>;
  readonly writeKinds: () => Promise<unknown>;
  readonly journal: Pick<Host['journal'], 'append'>;
  readonly account: Pick<SignedInAccount, 'current'>;
  readonly createdTickets: Pick<CreatedTickets, 'of'>;
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
  /** Adds lines to the journal: one after the other, as the first one waits for code that is loaded. */
  readonly #lines: Sequence;

  constructor(parts: WriteFollowUpParts) {
    this.#parts = parts;
    const { writes, clock, log } = parts;
    this.#lines = new Sequence((cause) => log.error('writes', 'the journal has no line of a write', cause));
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

  /** Resolves when the journal has a line of each write that ended: nothing else on disk has one that was applied. */
  flush(): Promise<void> {
    return this.#lines.flush();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #ended(ended: EndedWrite<Failure>): void {
    const created = this.#parts.createdTickets.of(ended.record)?.key;
    const noted = created === undefined ? ended : { ...ended, record: created, subject: `${created} ${ended.subject}` };
    const at = this.#parts.clock.now();
    this.#lines.run(() => this.#note(noted, at));
    if (!ended.recovered) return;
    this.#recovered.push(ended);
    this.#reports.note();
  }

  #reportRecovered(): void {
    const { log } = this.#parts;
    const ended = this.#recovered.splice(0);
    import('./reports.ts')
      .then(({ reportRecovered }) => reportRecovered(this.#parts, ended))
      .catch((cause: unknown) => log.error('writes', 'recovered writes could not be reported', cause));
  }

  async #note(ended: EndedWrite<Failure>, at: Instant): Promise<void> {
    const { journal, account, pageOf } = this.#parts;
    const [{ journalEntry }, link] = await Promise.all([
      import('../../views/journal/entry.ts'),
      pageOf(ended.feed, ended.record),
    ]);
    await journal.append(journalEntry(ended, account.current?.name, at, link));
    this.#parts.documents.refresh('journal');
  }
}

import type { Failure } from '../../domain/base/failure.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import type { EndedWrite } from '../../engine/writes/kind.ts';
import { alertsKey } from '../../feeds/alerts/alerts.ts';
import type { Documents } from '../kit/documents.ts';
import { afterFirstRowsMs } from '../kit/shell.ts';
import type { Views } from '../kit/views.ts';
import type { World } from '../kit/world.ts';

/** What was recovered is gathered for so long, and told in one message. */
const gatherMs = 1_000;

/** What the keeper takes from the world. */
type WriteKeeperParts = Pick<World, 'writes' | 'clock' | 'log'> & {
  readonly writeKinds: () => Promise<unknown>;
  readonly journal: Pick<World['journal'], 'append'>;
  readonly account: Pick<World['account'], 'current'>;
  readonly settings: { readonly current: Pick<World['settings']['current'], 'atlassianSite'> };
};

/** Tells of writes wherever it shows: in the rows, in the journal, and of those that an earlier window has left. */
export class WriteKeeper implements Disposable {
  readonly #world: WriteKeeperParts;
  readonly #documents: Pick<Documents, 'refresh'>;
  readonly #subscriptions: readonly Disposable[];
  readonly #recovered: EndedWrite<Failure>[] = [];
  /** Lines on their way into the journal. */
  readonly #notes = new Set<Promise<void>>();
  #starting: Disposable | undefined;
  #timer: Disposable | undefined;

  constructor(world: WriteKeeperParts, views: Pick<Views, 'repaint'>, documents: Pick<Documents, 'refresh'>) {
    this.#world = world;
    this.#documents = documents;
    this.#subscriptions = [
      world.writes.onDidChange(() => {
        views.repaint('drDre.alerts');
        views.repaint('drDre.week');
        documents.refresh('alert');
      }),
      world.writes.onDidEnd((ended) => this.#ended(ended)),
    ];
  }

  /** Looks after what windows that are gone have left, in a moment. */
  start(): void {
    const { writes, writeKinds, clock, log } = this.#world;
    this.#starting = clock.after(afterFirstRowsMs, () => {
      writeKinds()
        .then(() => writes.recover())
        .catch((cause: unknown) => log.error('writes', 'what an earlier window has left was not looked after', cause));
    });
  }

  /** Resolves when how the writes ended is in the journal: nothing else on disk tells of one that was applied. */
  async flush(): Promise<void> {
    await Promise.all(this.#notes);
  }

  dispose(): void {
    this.#starting?.dispose();
    this.#timer?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #ended(ended: EndedWrite<Failure>): void {
    const note = this.#note(ended)
      .catch((cause: unknown) => this.#world.log.error('writes', 'the journal has no line of a write', cause))
      .finally(() => this.#notes.delete(note));
    this.#notes.add(note);
    if (!ended.recovered) return;
    this.#recovered.push(ended);
    this.#timer ??= this.#world.clock.after(gatherMs, () => {
      this.#timer = undefined;
      void import('./reports.ts').then(({ reportRecovered }) =>
        reportRecovered(this.#world.writes, this.#recovered.splice(0)),
      );
    });
  }

  async #note(ended: EndedWrite<Failure>): Promise<void> {
    const { journal, account, clock, settings } = this.#world;
    const [{ journalEntry }, { alertUrl }] = await Promise.all([
      import('../../views/journal/entry.ts'),
      import('../../views/alerts/row.ts'),
    ]);
    const site = settings.current.atlassianSite.href;
    const link = ended.feed === alertsKey.name ? alertUrl(site, ended.record) : undefined;
    await journal.append(journalEntry(ended, account.current?.name, clock.now(), link));
    this.#documents.refresh('journal');
  }
}

import type { Disposable } from '../../engine/base/clock.ts';
import type { Disk } from '../../engine/disk/disk.ts';
import { alertsKey } from '../../feeds/alerts/alerts.ts';
import { worldOf } from '../../feeds/kit/settingsWorld.ts';
import type { CommandContext } from '../commandTable.ts';
import { afterFirstRowsMs } from '../kit/shell.ts';

export interface AlarmsContext extends Omit<
  CommandContext,
  'views' | 'timeline' | 'terminals' | 'extension' | 'showLog'
> {
  /** What the windows share. */
  readonly disk: Disk;
}

/** Tells of what comes: notifications, the status bar while something burns, and lines in the journal. */
export class Alarms implements Disposable {
  readonly #context: AlarmsContext;
  readonly #subscription: Disposable;
  #timer: Disposable | undefined;
  #parts: readonly Disposable[] = [];
  #looks: readonly (() => void)[] = [];
  #disposed = false;

  constructor(context: AlarmsContext) {
    this.#context = context;
    this.#subscription = context.store.onDidChange(({ feed }) => {
      if (feed !== alertsKey.name) return;
      this.#subscription.dispose();
      this.#timer = context.clock.after(afterFirstRowsMs, () => {
        this.#load().catch((cause: unknown) => context.log.error('notifications', 'nothing tells of alerts', cause));
      });
    });
  }

  /** The machine woke: what goes by the clock is looked at again. */
  look(): void {
    for (const look of this.#looks) look();
  }

  dispose(): void {
    this.#disposed = true;
    this.#timer?.dispose();
    this.#subscription.dispose();
    for (const part of this.#parts) part.dispose();
  }

  async #load(): Promise<void> {
    const { settings, disk, windows, documents } = this.#context;
    const [{ Pager }, { BurningItem }, { NewsKeeper }, { alertUrl }, { ticketUrl }] = await Promise.all([
      import('./pager.ts'),
      import('./burningItem.ts'),
      import('../journal/newsKeeper.ts'),
      import('../../views/alerts/row.ts'),
      import('../../views/queue/view.ts'),
    ]);
    if (this.#disposed) return;
    const site = (): string => settings.current.atlassianSite.href;
    const pager = new Pager(this.#context, disk);
    const item = new BurningItem(this.#context);
    const news = new NewsKeeper({
      ...this.#context,
      role: () => windows.role,
      world: () => worldOf(settings.current),
      links: { alert: (id) => alertUrl(site(), id), ticket: (key) => ticketUrl(site(), key) },
      added: () => documents.refresh('journal'),
    });
    this.#parts = [pager, item, news];
    this.#looks = [() => pager.look(), () => item.paint()];
  }
}

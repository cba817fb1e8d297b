import type { Disposable } from '../engine/base/clock.ts';
import { alertsKey } from '../feeds/alerts/alerts.ts';
import { worldOf } from '../feeds/kit/settingsWorld.ts';
import type { NotificationParts } from '../ui/alerts/notifications.ts';
import type { Host } from '../ui/kit/host.ts';
import type { Documents } from '../ui/kit/documents.ts';
import { afterFirstRowsMs } from '../ui/kit/shell.ts';
import type { EngineParts } from './engine.ts';

export interface TellingParts extends NotificationParts, Pick<Host, 'journal'>, Pick<EngineParts, 'windows'> {
  readonly documents: Documents;
}

/**
 * What tells of new alerts: notifications, the urgent item of the status bar, and lines in the journal. The first rows do
 * not need it: it is loaded after them.
 */
export class Telling implements Disposable {
  readonly #parts: TellingParts;
  readonly #subscription: Disposable;
  #timer: Disposable | undefined;
  #loaded: readonly Disposable[] = [];
  #updates: readonly (() => void)[] = [];
  #disposed = false;

  constructor(parts: TellingParts) {
    this.#parts = parts;
    this.#subscription = parts.store.onDidChange(({ feed }) => {
      if (feed !== alertsKey.name) return;
      this.#subscription.dispose();
      this.#timer = parts.clock.after(afterFirstRowsMs, () => {
        this.#load().catch((cause: unknown) =>
          parts.log.error('notifications', 'the code that tells of alerts did not load', cause),
        );
      });
    });
  }

  /** The machine woke: what is due by the clock may be due by now. */
  update(): void {
    for (const update of this.#updates) update();
  }

  dispose(): void {
    this.#disposed = true;
    this.#timer?.dispose();
    this.#subscription.dispose();
    for (const part of this.#loaded) part.dispose();
  }

  async #load(): Promise<void> {
    const { store, clock, log, journal, settings, sharedDisk, windows, documents } = this.#parts;
    const [{ AlertNotifications }, { UrgentItem }, { JournalRecorder }, { alertUrl }, { ticketUrl }] =
      await Promise.all([
        import('../ui/alerts/notifications.ts'),
        import('../ui/alerts/urgentItem.ts'),
        import('../ui/journal/recorder.ts'),
        import('../views/alerts/row.ts'),
        import('../views/queue/view.ts'),
      ]);
    if (this.#disposed) return;
    const site = (): string => settings.current.atlassianSite.href;
    const notifications = new AlertNotifications(this.#parts);
    const item = new UrgentItem(this.#parts);
    const recorder = new JournalRecorder({
      store,
      clock,
      log,
      journal,
      disk: sharedDisk,
      role: () => windows.role,
      world: () => worldOf(settings.current),
      links: { alert: (id) => alertUrl(site(), id), ticket: (key) => ticketUrl(site(), key) },
      added: () => documents.refresh('journal'),
    });
    this.#loaded = [notifications, item, recorder];
    this.#updates = [() => notifications.look(), () => item.paint()];
  }
}

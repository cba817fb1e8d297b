import type { Disposable } from '../engine/base/clock.ts';
import { Lifetime } from '../engine/base/lifetime.ts';
import { alertsKey } from '../feeds/alerts/keys.ts';
import { scopeOf } from '../feeds/scope.ts';
import type { NotificationParts } from '../ui/alerts/notifications.ts';
import type { Host } from '../ui/kit/host.ts';
import type { Documents } from '../ui/kit/documents.ts';
import { viewpoint } from '../ui/kit/viewpoint.ts';
import { afterFirstRowsMs } from '../ui/kit/startParts.ts';
import type { EngineParts } from './engine.ts';

export interface AnnouncingParts extends NotificationParts, Pick<Host, 'journal'>, Pick<EngineParts, 'windows'> {
  readonly documents: Documents;
}

/**
 * What announces new alerts: notifications, the urgent item of the status bar, and lines in the journal. The first rows do
 * not need it: it is loaded after them.
 */
export class Announcing implements Disposable {
  readonly #parts: AnnouncingParts;
  readonly #lifetime = new Lifetime();
  #updates: readonly (() => void)[] = [];

  constructor(parts: AnnouncingParts) {
    this.#parts = parts;
    const first = this.#lifetime.own(
      parts.store.onDidChange(({ feed }) => {
        if (feed !== alertsKey.name) return;
        this.#lifetime.end(first);
        this.#lifetime.after(parts.clock, afterFirstRowsMs, () => {
          this.#load().catch((cause: unknown) =>
            parts.log.error('notifications', 'the code that shows notifications of alerts did not load', cause),
          );
        });
      }),
    );
  }

  /** The machine woke: what is due by the clock may be due by now. */
  update(): void {
    for (const update of this.#updates) update();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  async #load(): Promise<void> {
    const { store, clock, log, account, journal, settings, scopeDisk, windows, documents } = this.#parts;
    const [
      { AlertNotifications },
      { UrgentItem },
      { keepAlertContextKeys },
      { JournalRecorder },
      stuckParts,
      stuckWords,
      ...pages
    ] = await Promise.all([
      import('../ui/alerts/notifications.ts'),
      import('../ui/alerts/urgentItem.ts'),
      import('../ui/alerts/contextKeys.ts'),
      import('../ui/journal/recorder.ts'),
      import('../ui/releases/stuckNotifications.ts'),
      import('../views/releases/stuckWords.ts'),
      import('../views/alerts/row.ts'),
      import('../views/queue/view.ts'),
    ]);
    if (this.#lifetime.isOver) return;
    const [{ alertUrl }, { ticketUrl }] = pages;
    const site = (): string => settings.current.atlassianSite.href;
    const notifications = this.#lifetime.own(new AlertNotifications(this.#parts));
    const { StuckNotifications, stuckNow } = stuckParts;
    const stuck = this.#lifetime.own(new StuckNotifications(this.#parts));
    const sentences = (): readonly string[] =>
      stuckNow(this.#parts).map((each) => stuckWords.stuckSentence(each, viewpoint(clock)));
    const item = this.#lifetime.own(new UrgentItem({ clock, store, account, stuck: sentences }));
    const recorder = new JournalRecorder({
      store,
      clock,
      log,
      journal,
      disk: scopeDisk,
      role: () => windows.role,
      scope: () => scopeOf(settings.current),
      links: { alert: (id) => alertUrl(site(), id), ticket: (key) => ticketUrl(site(), key) },
      added: () => documents.refresh('journal'),
    });
    this.#lifetime.own(recorder);
    this.#lifetime.own(keepAlertContextKeys(this.#parts));
    this.#updates = [() => notifications.update(), () => item.paint(), () => stuck.update()];
  }
}

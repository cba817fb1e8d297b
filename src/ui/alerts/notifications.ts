import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { alertConditions } from '../../domain/alerts/conditions.ts';
import { isAlertId } from '../../domain/base/ids.ts';
import type { Notification } from '../../domain/alerts/paging.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';
import type { Disk } from '../../engine/disk/disk.ts';
import { alertsKey } from '../../feeds/alerts/keys.ts';
import type { SignedInAccount } from '../../feeds/kit/account.ts';
import { rotationsKey } from '../../feeds/rotation/keys.ts';
import type { WriteKinds } from '../../feeds/writeKinds.ts';
import { alertVerbs } from '../../feeds/alerts/verbs.ts';
import { notificationWords, takenWords } from '../../views/alerts/words.ts';
import type { Commands } from '../kit/commands.ts';
import type { Documents } from '../kit/documents.ts';
import { inform, showMessage } from '../kit/messages.ts';
import { stillFitting, type CheckContext } from './targets.ts';
import { AlertNotifier } from './notifier.ts';
import type { Host } from '../kit/host.ts';
import { runWrites } from '../writes/reports.ts';

export interface NotificationParts extends CheckContext, Pick<Host, 'settings'> {
  readonly account: SignedInAccount;
  readonly writeKinds: () => Promise<WriteKinds>;
  readonly commands: Commands;
  readonly documents: Pick<Documents, 'open'>;
  /** The folder that the windows with the present settings share. */
  readonly scopeDisk: () => Disk;
}

const buttons = { acknowledge: alertVerbs.acknowledge.label, open: 'Open', show: 'Show Alerts' };

/** Shows notifications of alerts, and runs the button that a person chooses. */
export class AlertNotifications implements Disposable {
  readonly #parts: NotificationParts;
  readonly #notifier: AlertNotifier;
  readonly #lifetime = new Lifetime();

  constructor(parts: NotificationParts) {
    const { store, clock, log, account, settings, scopeDisk } = parts;
    this.#parts = parts;
    const notifier = new AlertNotifier({
      store,
      clock,
      log,
      disk: scopeDisk,
      window: randomUUID(),
      settings: () => settings.current.notifications,
      focused: () => vscode.window.state.focused,
      // The answer to a command of VS Code comes from the window, and is the smallest request to it.
      answered: async () => vscode.commands.executeCommand('setContext', 'drDre.isReached', true),
      show: (notification) => void this.#show(notification).catch((cause: unknown) => this.#report(cause)),
    });
    this.#notifier = notifier;
    this.#lifetime.own(notifier);
    this.#lifetime.own(
      store.onDidChange(({ feed }) => {
        if (feed === alertsKey.name || feed === rotationsKey.name) notifier.update();
      }),
    );
    this.#lifetime.own(account.onDidChange(() => notifier.update()));
    this.#lifetime.own(
      settings.onDidChange(() => {
        // They may have led to other windows, which have not read yet that this one has the focus.
        if (vscode.window.state.focused) notifier.focus();
        else notifier.update();
      }),
    );
    this.#lifetime.own(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) notifier.focus();
      }),
    );
    if (vscode.window.state.focused) notifier.focus();
    notifier.update();
  }

  /** The machine woke: what is due by the clock may be due by now. */
  update(): void {
    this.#notifier.update();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  /**
   * Always a warning: VS Code holds warnings back while its do-not-disturb is on, in the list behind its bell, and shows
   * errors nevertheless. Extensions cannot read whether it is on.
   */
  async #show(notification: Notification): Promise<void> {
    const words = notificationWords(notification, this.#parts.store.state(alertsKey));
    if (notification.kind === 'several') {
      const choice = await showMessage('warning', words, buttons.show);
      if (choice !== undefined) await vscode.commands.executeCommand('drDre.alerts.focus');
      return;
    }
    const { id } = notification.alert;
    const choice = await showMessage('warning', words, buttons.acknowledge, buttons.open);
    if (choice === buttons.open && isAlertId(id)) await this.#parts.documents.open('alert', id);
    if (choice === buttons.acknowledge) await this.#acknowledge(id);
  }

  /** A notification may stand for hours: whoever took the alert meanwhile is shown instead. */
  async #acknowledge(id: string): Promise<void> {
    const { store, writeKinds, account } = this.#parts;
    const listed = store.state(alertsKey).records.get(id);
    if (listed === undefined || !alertConditions[alertVerbs.acknowledge.fits](listed)) {
      inform(takenWords(listed, account.current));
      return;
    }
    if ((await stillFitting(this.#parts, alertVerbs.acknowledge, [listed])).length === 0) return;
    await runWrites(this.#parts, (await writeKinds()).alerts.acknowledge, [id], null);
  }

  #report(cause: unknown): void {
    this.#parts.log.error('notifications', 'a notification was not carried through', cause);
  }
}

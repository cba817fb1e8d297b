import * as vscode from 'vscode';
import type { Failure } from '../../domain/base/failure.ts';
import type { Disposable } from '../../engine/base/clock.ts';
import type { Store } from '../../engine/read/store.ts';
import { alertsKey } from '../../feeds/alerts/keys.ts';
import { accountKey, type SignedInAccount } from '../../feeds/kit/account.ts';

interface AlertContextParts {
  readonly store: Store<Failure>;
  readonly account: SignedInAccount;
}

/** Sets the context key once whoever is signed in has acknowledged an alert: the walkthrough ticks that step then. */
export function keepAlertContextKeys({ store, account }: AlertContextParts): Disposable {
  const isSet = (): boolean => {
    const { current } = account;
    if (current === undefined) return false;
    for (const { acknowledgedAt, owner } of store.state(alertsKey).records.values()) {
      if (acknowledgedAt === undefined || (owner !== current.name && owner !== current.accountId)) continue;
      void vscode.commands.executeCommand('setContext', 'drDre.alerts.acknowledged', true);
      return true;
    }
    return false;
  };
  if (isSet()) return { dispose: () => undefined };
  const watch = store.onDidChange(({ feed }) => {
    if ((feed === alertsKey.name || feed === accountKey.name) && isSet()) watch.dispose();
  });
  return watch;
}

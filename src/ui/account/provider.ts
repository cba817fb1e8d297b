import * as vscode from 'vscode';
import type { Disposable } from '../../engine/base/clock.ts';
import { Lifetime } from '../../engine/base/lifetime.ts';
import type { Log } from '../../engine/base/log.ts';
import type { Credentials } from '../../platform/credentials.ts';

/** Id of the provider, as in the manifest. */
const id = 'drDre.atlassian';
const label = 'Atlassian';

export interface AccountProviderParts {
  readonly credentials: Pick<Credentials, 'email' | 'onDidChange'>;
  readonly log: Log;
}

/** Shows who is signed in to Atlassian in VS Code's Accounts menu, where they can also sign out. */
export function registerAtlassianAccount(parts: AccountProviderParts): Disposable {
  const lifetime = new Lifetime();
  const provider = lifetime.own(new AtlassianAccount(parts));
  const options = { supportsMultipleAccounts: false };
  lifetime.own(vscode.authentication.registerAuthenticationProvider(id, label, provider, options));
  return lifetime;
}

type SessionsChange = vscode.AuthenticationProviderAuthenticationSessionsChangeEvent;

class AtlassianAccount implements vscode.AuthenticationProvider, Disposable {
  readonly #parts: AccountProviderParts;
  readonly #lifetime = new Lifetime();
  readonly #changes = this.#lifetime.own(new vscode.EventEmitter<SessionsChange>());
  #shown: vscode.AuthenticationSession | undefined;
  readonly onDidChangeSessions = this.#changes.event;

  constructor(parts: AccountProviderParts) {
    this.#parts = parts;
    const update = (): void => {
      this.#update().catch((cause: unknown) => parts.log.error('account', 'the account could not be shown', cause));
    };
    this.#lifetime.own(parts.credentials.onDidChange(update));
    update();
  }

  async getSessions(): Promise<vscode.AuthenticationSession[]> {
    await this.#update();
    return this.#shown === undefined ? [] : [this.#shown];
  }

  async createSession(): Promise<vscode.AuthenticationSession> {
    await vscode.commands.executeCommand('drDre.signIn');
    const session = await this.#session();
    if (session === undefined) throw new Error('Nobody signed in.');
    return session;
  }

  async removeSession(): Promise<void> {
    await vscode.commands.executeCommand('drDre.signOut');
    await this.#update();
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  async #update(): Promise<void> {
    const before = this.#shown;
    const now = await this.#session();
    this.#shown = now;
    if (before?.account.id === now?.account.id) return;
    void vscode.commands.executeCommand('setContext', 'drDre.signedIn', now !== undefined);
    this.#changes.fire({
      added: now === undefined ? [] : [now],
      removed: before === undefined ? [] : [before],
      changed: [],
    });
  }

  /** Other extensions may get the session: the token is not in it. */
  async #session(): Promise<vscode.AuthenticationSession | undefined> {
    const email = await this.#parts.credentials.email();
    if (email === undefined) return undefined;
    return { id: email, accessToken: '', account: { id: email, label: email }, scopes: [] };
  }
}

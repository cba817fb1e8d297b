import * as vscode from 'vscode';
import { secretForms } from '../domain/base/secretForms.ts';
import { Lifetime } from '../engine/base/lifetime.ts';
import { describeCause, type Log } from '../engine/base/log.ts';
import { objectFromJson } from '../engine/disk/json.ts';

const key = 'drDre.github';
/** What reading a private repository requires. */
const scopes = ['repo'];

/**
 * The token for GitHub: stored securely by VS Code, else from the environment (`DR_DRE_GITHUB_TOKEN`), else the
 * account that VS Code itself is signed in with. That account's token goes to github.com's API alone, and a kept token
 * to the host that it was kept for.
 */
export class GitHubCredentials implements vscode.Disposable {
  readonly #secrets: vscode.SecretStorage;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #log: Log;
  readonly #used = new Set<string>();
  readonly #lifetime = new Lifetime();
  readonly #changed = this.#lifetime.own(new vscode.EventEmitter<void>());
  /** What VS Code returned last; undefined when it was not read yet or may be something else now. */
  #session: Promise<string | undefined> | undefined;

  constructor(secrets: vscode.SecretStorage, environment: NodeJS.ProcessEnv, log: Log) {
    this.#secrets = secrets;
    this.#environment = environment;
    this.#log = log;
    this.#lifetime.own(
      secrets.onDidChange((event) => {
        if (event.key === key) this.#changed.fire();
      }),
    );
    this.#lifetime.own(
      vscode.authentication.onDidChangeSessions(({ provider }) => {
        if (provider.id === 'github') void this.#sessionsChanged();
      }),
    );
  }

  /** Fires when another token than before may be in use. */
  readonly onDidChange = this.#changed.event;

  /** The token for the API at an address, or undefined when it is read without one. Never shows a question. */
  async token(apiUrl: URL): Promise<string | undefined> {
    const kept = parse(await this.#secrets.get(key));
    const own = kept?.host === apiUrl.host ? kept.token : this.#environment['DR_DRE_GITHUB_TOKEN'];
    const found = own === undefined || own === '' ? await this.#sessionFor(apiUrl) : own;
    if (found !== undefined) this.#use(found);
    return found;
  }

  /** Asks the person to sign in with the GitHub account of VS Code. Only for github.com's own API. Never rejects. */
  async signIn(): Promise<SignInEnd> {
    try {
      await vscode.authentication.getSession('github', scopes, { createIfNone: true });
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      this.#log.info('credentials', `the sign-in to GitHub ended: ${reason}`);
      return leaving.test(reason) ? { kind: 'left' } : { kind: 'failed', reason };
    }
    this.askAnew();
    return { kind: 'signedIn' };
  }

  /** What VS Code said of its account counts no more: somebody signed in, in this window or in another one. */
  askAnew(): void {
    this.#session = undefined;
    this.#changed.fire();
  }

  /** Keeps a token for one host in the secret store. */
  async store(apiUrl: URL, token: string): Promise<void> {
    this.#use(token);
    await this.#secrets.store(key, JSON.stringify({ host: apiUrl.host, token }));
  }

  /** Whether a token of ours is stored, for whichever host. */
  async isKept(): Promise<boolean> {
    return (await this.#secrets.get(key)) !== undefined;
  }

  /** Removes the kept token. */
  async remove(): Promise<void> {
    await this.#secrets.delete(key);
  }

  /** Every token that was returned since the start, in all its forms (`secretForms`), for the log to leave out. */
  secrets(): readonly string[] {
    return [...this.#used];
  }

  #use(token: string): void {
    for (const form of secretForms(token)) this.#used.add(form);
  }

  dispose(): void {
    this.#lifetime.dispose();
  }

  #sessionFor(apiUrl: URL): Promise<string | undefined> {
    if (!isGitHubItself(apiUrl)) return Promise.resolve(undefined);
    return (this.#session ??= this.#readSession());
  }

  async #readSession(): Promise<string | undefined> {
    try {
      const session = await vscode.authentication.getSession('github', scopes, { silent: true });
      return session?.accessToken;
    } catch (cause) {
      // Without an authentication provider GitHub is read as anybody may; the session is read again when sessions change.
      this.#log.info('credentials', `VS Code has no GitHub session: ${describeCause(cause)}`);
      return undefined;
    }
  }

  /** VS Code fires for every account's sessions, also for those that other extensions requested. */
  async #sessionsChanged(): Promise<void> {
    if (this.#session === undefined) return;
    const before = await this.#session;
    this.#session = this.#readSession();
    if ((await this.#session) !== before) this.#changed.fire();
  }
}

/**
 * How VS Code and its GitHub extension say that the person left the sign-in: they have no kind of error for it (VS Code
 * 1.139).
 */
const leaving = /\b(user did not consent|cancell?ed)\b/i;

/** How a sign-in ended. `reason` is in VS Code's words. */
export type SignInEnd = { readonly kind: 'signedIn' | 'left' } | { readonly kind: 'failed'; readonly reason: string };

/** Whether an address is the API of github.com. */
export function isGitHubItself(apiUrl: URL): boolean {
  return apiUrl.protocol === 'https:' && apiUrl.host === 'api.github.com';
}

/** What another version has written is treated as none, and replaced by the next token. */
function parse(text: string | undefined): { readonly host: string; readonly token: string } | undefined {
  return objectFromJson(text, ({ host, token }) =>
    typeof host === 'string' && typeof token === 'string' ? { host, token } : undefined,
  );
}

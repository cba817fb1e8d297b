import type * as vscode from 'vscode';

/** What signs a person in to Atlassian. */
export interface AtlassianCredentials {
  readonly email: string;
  readonly token: string;
}

const key = 'drDre.atlassian';

/**
 * Credentials: from the secret store of VS Code, else from the environment (`DR_DRE_ATLASSIAN_EMAIL`,
 * `DR_DRE_ATLASSIAN_TOKEN`). They are kept nowhere else.
 */
export class Credentials {
  readonly #secrets: vscode.SecretStorage;
  readonly #environment: NodeJS.ProcessEnv;
  /** The tokens that were handed out since the start: the log takes care to show none of them. */
  readonly #used = new Set<string>();

  constructor(secrets: vscode.SecretStorage, environment: NodeJS.ProcessEnv) {
    this.#secrets = secrets;
    this.#environment = environment;
  }

  /** The Atlassian credentials, or undefined when nobody is signed in. */
  async atlassian(): Promise<AtlassianCredentials | undefined> {
    const found = parse(await this.#secrets.get(key)) ?? this.#fromEnvironment();
    if (found !== undefined) this.#use(found);
    return found;
  }

  /** Keeps credentials in the secret store. */
  async storeAtlassian(credentials: AtlassianCredentials): Promise<void> {
    this.#use(credentials);
    await this.#secrets.store(key, JSON.stringify(credentials));
  }

  /** Forgets what the secret store has. Returns whether the environment still signs in. */
  async forgetAtlassian(): Promise<'signedOut' | 'environmentRemains'> {
    await this.#secrets.delete(key);
    return this.#fromEnvironment() === undefined ? 'signedOut' : 'environmentRemains';
  }

  /** Told when somebody signs in or out, in this window or another. */
  onDidChange(run: () => void): vscode.Disposable {
    return this.#secrets.onDidChange((event) => {
      if (event.key === key) run();
    });
  }

  /** Every token in use, also as it is sent, for the log to leave out. */
  secrets(): readonly string[] {
    return [...this.#used];
  }

  #use({ email, token }: AtlassianCredentials): void {
    this.#used.add(token).add(Buffer.from(`${email}:${token}`).toString('base64'));
  }

  #fromEnvironment(): AtlassianCredentials | undefined {
    const email = this.#environment['DR_DRE_ATLASSIAN_EMAIL'];
    const token = this.#environment['DR_DRE_ATLASSIAN_TOKEN'];
    return email === undefined || email === '' || token === undefined || token === '' ? undefined : { email, token };
  }
}

function parse(text: string | undefined): AtlassianCredentials | undefined {
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not ours: as good as none, and signing in again replaces it.
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('email' in value) || !('token' in value)) return undefined;
  const { email, token } = value;
  return typeof email === 'string' && typeof token === 'string' ? { email, token } : undefined;
}
